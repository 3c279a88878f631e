/* test_check_pages.c: the check of the form, item by item, as the Review Center does it (2022: 8;
 * in the draft of 2019 the Office): the handlers over a record, without a server around them. */
#include "kit.h"

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chance.h"
#include "request.h"

enum { FIELDS_MAX = 64 };
#define OPERATOR "91000000MADEM0A157"

static Arena lasting, arena;     /* of the program; of one request */
static Fault fault;
static Law *law, *writers_law;
static Writer *writer;
static Service service;
static const char *dir;
static int64_t now;
static Typed typed[FIELDS_MAX];
static size_t typed_count;
static Request request;
static Reply reply;
static Docket *docket;
static Language language = LANGUAGE_EN;
static const char *documents[2];     /* as the record names them */

#define DONE(call) assert_int_equal((call), FAIL_NONE)

/* Filed on Monday 2 March 2026, and looked at on Wednesday. */
static const char purchase[] =
    "edition: \"2022\"\n"
    "title: {zh: 采购, en: purchase}\nnote: {zh: 测试, en: test}\n"
    "case: purchase-%d\n"
    "purchase: {title: Routers, operator_id: " OPERATOR ", product: \"<b>routers</b>\",\n"
    "    category: core_network, sector: telecoms, value: 38600000, currency: CNY}\n"
    "on: 2026-03-04\n"
    "acts:\n"
    "  - {on: 2026-03-02, by: operator, act: declare, with: {materials: [%s],\n"
    "     commitments: [no_cut_off], undertakings: [\"no_cut_off: clause 12.3\"],\n"
    "     documents: [\"%s\"]}}\n"
    "%s"
    "expect: [{on: 2026-03-04, stage: filing}]\n";
static const char again[] =
    "  - {on: 2026-03-03, by: center, act: return_materials,\n"
    "     with: {reasons: [\"analysis_report: no word on <i>supply</i>\"]}}\n"
    "  - {on: 2026-03-03, by: operator, act: redeclare, with: {materials: [declaration,\n"
    "     analysis_report, procurement_document], documents: [\"%s\"]}}\n";
static const char listing[] =
    "edition: \"2022\"\n"
    "title: {zh: 上市, en: listing}\nnote: {zh: 测试, en: test}\n"
    "case: listing\n"
    "purchase: {title: A platform, operator_id: " OPERATOR "}\n"
    "on: 2026-03-04\n"
    "acts:\n"
    "  - {on: 2026-03-02, by: operator, act: declare, with: {ground: foreign_listing,\n"
    "     materials: [declaration, analysis_report, listing_documents]}}\n"
    "expect: [{on: 2026-03-04, stage: filing}]\n";
static const char draft_of_2019[] =
    "edition: 2019-draft\n"
    "title: {zh: 征求意见稿, en: draft}\nnote: {zh: 测试, en: test}\n"
    "case: draft-of-2019\n"
    "purchase: {title: Terminals, operator_id: " OPERATOR "}\n"
    "on: 2026-03-04\n"
    "acts:\n"
    "  - {on: 2026-03-02, by: operator, act: declare, with: {materials: [declaration,\n"
    "     security_risk_report, procurement_document]}}\n"
    "expect: [{on: 2026-03-04, stage: filing}]\n";
static const char of_2017[] =
    "edition: \"2017\"\n"
    "title: {zh: 试行, en: trial}\nnote: {zh: 测试, en: test}\n"
    "case: of-2017\n"
    "purchase: {title: Cameras}\n"
    "on: 2026-03-04\n"
    "acts:\n"
    "  - {on: 2026-03-02, by: association/one, act: recommend, with: {product: cameras}}\n"
    "expect: [{on: 2026-03-04, stage: nomination}]\n";

/* ---- in the server's place ---- */

void request_work(Request *of, Reply *to, void (*work)(Request *request), Handler *then)
{
    work(of);
    then(of, to);
}

void request_submit(Request *of, Reply *to, const Wanted *wanted, ActDone *then)
{
    Written written = {0};
    Fault told = {0};
    Fail fail = writer_do(writer, wanted, &written, &told);
    then(of, to, &written, fail, &told);
}

static bool fits(const char *pattern, Str path)
{
    size_t at = 0;
    int stars = 0;
    for (; *pattern; pattern++) {
        if (*pattern == '*') {
            size_t from = at;
            while (at < path.len && path.at[at] != '/') {
                at++;
            }
            request.rest[stars++] = str_part(path, from, at);
        } else if (at == path.len || path.at[at++] != *pattern) {
            return false;
        }
    }
    return at == path.len;
}

static void run(void)
{
    const Route *const tables[] = {routes_check, routes_act, routes_case};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        for (const Route *route = tables[i]; route->pattern; route++) {
            if (route->method == request.method && fits(route->pattern, request.path)) {
                route->run(&request, &reply);
                return;
            }
        }
    }
    fail_msg("no route for %.*s", STR_ARG(request.path));
}

typedef struct Somebody { const char *party, *org; unsigned may; } Somebody;
static const Somebody center = {"center", "center", MAY_ACT};
static const Somebody office = {"office", "office", MAY_ACT};
static const Somebody operator_ = {"operator", OPERATOR, MAY_ACT};
static const Somebody reader = {"center", "center", 0};

static void ask(const Somebody *who, Method method, const char *address)
{
    static Signed in;
    static Look look;
    arena_reset(&arena);
    buf_clear(&reply.body);
    reply = (Reply){.status = 200, .body = reply.body, .file = -1};
    in = (Signed){.person = {.id = 7, .name = STR("somebody"), .may = who->may},
                  .hat = {str_from(who->party), str_from(who->org)},
                  .org = {.id = str_from(who->org), .party = str_from(who->party)}};
    docket_close(docket);
    DONE(docket_open(dir, law, DOCKET_READ, now, &docket, NULL, &fault));
    look = (Look){.docket = docket, .law = law};
    request = (Request){.arena = &arena, .service = &service, .method = method, .who = &in,
                        .path = str_from(address), .back = str_from(address),
                        .language = language, .typed = {typed, typed_count},
                        .today = day_from(2026, 3, 4), .now = ++now, .reader = &look};
    typed_count = 0;
    run();
    buf_put_byte(&reply.body, 0);
}

static void get(const Somebody *who, const char *address) { ask(who, METHOD_GET, address); }
static void post(const Somebody *who, const char *address) { ask(who, METHOD_POST, address); }

static void type(const char *name, const char *value)
{
    assert_true(typed_count < FIELDS_MAX);
    typed[typed_count++] = (Typed){str_from(name), str_from(value)};
}

static void says(const char *words)
{
    if (!strstr(reply.body.at, words)) {
        fail_msg("\"%s\" is missing in: %s", words, reply.body.at);
    }
}

static void says_not(const char *words)
{
    if (strstr(reply.body.at, words)) {
        fail_msg("\"%s\" should not be in: %s", words, reply.body.at);
    }
}

/* ---- the house ---- */

static int64_t clock_now(void) { return now; }

static void take_in(const char *text)
{
    Imported imported;
    Fail fail = docket_import(docket, &lasting, str_copy(&lasting, str_from(text)),
                              STR("test.yaml"), now, &imported, &fault);
    if (fail != FAIL_NONE) {
        Buf said = {0};
        fault_put(&said, &fault, LANGUAGE_EN);
        print_error("%.*s\n", STR_ARG(buf_str(&said)));
        buf_done(&said);
    }
    DONE(fail);
}

static void take_purchase(int number, const char *materials, const char *document,
                          const char *more)
{
    char text[4096];
    snprintf(text, sizeof text, purchase, number, materials, document, more);
    take_in(text);
}

/* An analysis report, handed in with an act of a matter. */
static const char *paper_in(const char *name, int64_t draft)
{
    Upload *upload;
    Paper paper = {.kind = STR("analysis_report"), .name = str_from(name), .draft = draft,
                   .hat = STR("operator:" OPERATOR), .org = STR(OPERATOR), .at = now};
    DONE(upload_begin(service.desk, &paper, &upload, &fault));
    DONE(upload_bytes(upload, name, strlen(name), &fault));
    DONE(upload_end(upload, &lasting, &paper, &fault));
    Buf reference = {0};
    paper_put_reference(&reference, &paper);
    const char *text = str_terminated(&lasting, buf_str(&reference));
    buf_done(&reference);
    return text;
}

static int set_up(void **state)
{
    (void)state;
    static const char all[] = "declaration, analysis_report, procurement_document";
    char more[1024];
    dir = kit_path(kit_folder(), "docket");
    now = (int64_t)day_from(2026, 3, 4) * 86400000 + 3600000;
    assert_true(chance_start());
    DONE(law_open(&lasting, NULL, NULL, &law, &fault));
    DONE(law_open(&lasting, NULL, NULL, &writers_law, &fault));
    DONE(docket_create(dir, HASH_SM3, &fault));
    DONE(people_open(dir, &service.people, &fault));
    DONE(desk_open(dir, &service.desk, &fault));
    documents[0] = paper_in("first report.pdf", 1);
    documents[1] = paper_in("second report.pdf", 2);
    DONE(docket_open(dir, law, DOCKET_WRITE, now, &docket, NULL, &fault));
    take_purchase(1, all, documents[0], "");
    take_purchase(2, "declaration, procurement_document", "other", "");
    snprintf(more, sizeof more, again, documents[1]);
    take_purchase(3, all, documents[0], more);
    take_purchase(4, all, "other", "");
    take_purchase(5, all, "other", "");
    take_in(listing);
    take_in(draft_of_2019);
    take_in(of_2017);
    DONE(papers_file(service.desk, 1, STR("purchase-1"), STR("declare"), &fault));
    DONE(papers_file(service.desk, 2, STR("purchase-3"), STR("redeclare"), &fault));
    docket_close(docket);
    docket = NULL;
    DONE(writer_start(dir, writers_law, now, &writer, &fault));
    service.writer = writer;
    service.dir = dir;
    service.now = clock_now;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    docket_close(docket);
    writer_stop(writer);
    desk_close(service.desk);
    people_close(service.people);
    buf_done(&reply.body);
    arena_done(&arena);
    arena_done(&lasting);
    return 0;
}

static Folded fold(const char *matter)
{
    Folded folded;
    docket_close(docket);
    DONE(docket_open(dir, law, DOCKET_READ, now, &docket, NULL, &fault));
    DONE(docket_fold(docket, str_from(matter), &folded, &fault));
    return folded;
}

static void has_acts(const char *matter, size_t count, const char *stage)
{
    Folded folded = fold(matter);
    assert_int_equal(folded.acts_count, count);
    assert_true(str_is(folded.edition->stages[folded.matter.stage].id, stage));
    folded_done(&folded);
}

/* What the form sends along: what its reader has seen, and the key. */
static void type_hidden(const char *seen, const char *key)
{
    type("seen", seen);
    type("key", key);
}

static void type_all_fine(void)
{
    type("mark.declaration", "fine");
    type("mark.analysis_report", "fine");
    type("mark.procurement_document", "fine");
}

/* ---- what it shows ---- */

static void what_is_asked_stands_beside_what_was_filed(void **state)
{
    (void)state;
    get(&center, "/matters/purchase-1/check");
    assert_int_equal(reply.status, 200);
    says("analysis report on the influence on national security");
    says("href=\"/law/2022#clause-8\">clause 8(2)</a>");
    says(">first report.pdf</a>");
    says("href=\"/matters/purchase-1/papers/d1\"");
    says("name=\"mark.analysis_report\" value=\"missing\"");
    says("12.3");   /* where the promise stands */
    says("&lt;b&gt;routers&lt;/b&gt;");
    says_not("<b>routers");
    says_not("listing_documents");   /* of another ground */
}

static void the_period_is_told_with_what_is_left_of_it(void **state)
{
    (void)state;
    get(&center, "/matters/purchase-1/check");
    says("8 working days left");     /* of ten, on the second */
    says("<time datetime=\"2026-03-16\">Mon 16 March 2026</time>");
    says("href=\"/law/2022#clause-9\">clause 9</a>");
    language = LANGUAGE_ZH;
    get(&center, "/matters/purchase-1/check");
    language = LANGUAGE_EN;
    says("还有8个工作日");
    says("2026年3月16日（周一）");
    says("第8条第(2)项");
}

static void what_was_not_filed_is_marked_so(void **state)
{
    (void)state;
    get(&center, "/matters/purchase-2/check");
    says("value=\"missing\" checked>");
    says_not("name=\"mark.declaration\" value=\"fine\" checked>");
}

static void a_second_filing_shows_its_own_papers_and_why_the_first_was_returned(void **state)
{
    (void)state;
    get(&center, "/matters/purchase-3/check");
    says(">second report.pdf</a>");
    says_not("first report.pdf");
    says("no word on &lt;i&gt;supply&lt;/i&gt;");
}

static void each_ground_asks_for_its_own_materials(void **state)
{
    (void)state;
    get(&center, "/matters/listing/check");
    says("mark.listing_documents");
    says_not("mark.procurement_document");
    says_not("mark.no_cut_off");   /* nothing is purchased: no promise of a supplier */
}

/* ---- for whom ---- */

static void only_who_checks_finds_the_check(void **state)
{
    (void)state;
    static const Somebody *const others[] = {&office, &operator_, &reader};
    for (size_t i = 0; i < 3; i++) {
        get(others[i], "/matters/purchase-1/check");
        assert_int_equal(reply.status, 404);
        post(others[i], "/matters/purchase-1/check");
        assert_int_equal(reply.status, 404);
        get(others[i], "/matters/purchase-1");
        says_not("/check");
    }
    get(&center, "/matters/purchase-9/check");
    assert_int_equal(reply.status, 404);
    get(&center, "/matters/purchase-1");
    says("href=\"/matters/purchase-1/check\"");
}

static void the_editions_say_who_checks_and_whether(void **state)
{
    (void)state;
    get(&center, "/matters/draft-of-2019/check");
    assert_int_equal(reply.status, 404);
    get(&office, "/matters/draft-of-2019/check");
    assert_int_equal(reply.status, 200);
    says("security risk report");
    says("This edition sets no period for the check.");
    get(&office, "/matters/of-2017/check");
    assert_int_equal(reply.status, 404);
    get(&office, "/matters/of-2017");
    assert_int_equal(reply.status, 200);
    says_not("/check");
}

/* ---- what follows ---- */

static void what_was_not_looked_at_cannot_be_accepted(void **state)
{
    (void)state;
    type_hidden("1", "k-1");
    type("go", "accept");
    type("mark.declaration", "fine");
    type("remark.declaration", "sealed <page 2>");
    post(&center, "/matters/purchase-4/check");
    assert_int_equal(reply.status, 422);
    says("href=\"#item-analysis_report\"");
    says("id=\"fault-analysis_report\"");
    says_not("id=\"fault-declaration\"");
    says("name=\"mark.declaration\" value=\"fine\" checked>");
    says("value=\"sealed &lt;page 2&gt;\"");
    says("value=\"k-1\"");
    has_acts("purchase-4", 1, "filing");
}

static void what_is_not_there_cannot_be_in_order(void **state)
{
    (void)state;
    type_hidden("1", "k-2");
    type("go", "accept");
    type_all_fine();
    post(&center, "/matters/purchase-2/check");
    assert_int_equal(reply.status, 422);
    says("This was not filed: it cannot be in order.");
    has_acts("purchase-2", 1, "filing");
}

static void all_in_order_is_accepted_once(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {   /* sent twice */
        type_hidden("1", "k-3");
        type("go", "accept");
        type_all_fine();
        post(&center, "/matters/purchase-4/check");
        assert_int_equal(reply.status, 303);
        assert_true(str_starts(reply.location, STR("/matters/purchase-4")));
        has_acts("purchase-4", 2, "screening");
    }
    get(&center, "/matters/purchase-4/check");
    assert_int_equal(reply.status, 404);   /* nothing is left to check */
}

static void a_return_says_what_is_to_be_mended(void **state)
{
    (void)state;
    type_hidden("1", "k-4");
    type("go", "return");
    type("mark.analysis_report", "wrong");
    post(&center, "/matters/purchase-5/check");
    assert_int_equal(reply.status, 422);
    says("Say what is to be mended.");
    has_acts("purchase-5", 1, "filing");
    type_hidden("1", "k-4");
    type("go", "return");
    type("mark.analysis_report", "wrong");
    type("remark.analysis_report", "no word on supply");
    type("mark.no_unlawful_data", "missing");
    type("mark.fact-value", "wrong");
    type("remark.fact-value", "the contract says 40 million");
    type("reasons", "The stamp is missing.");
    post(&center, "/matters/purchase-5/check");
    assert_int_equal(reply.status, 303);
    Folded folded = fold("purchase-5");
    assert_int_equal(folded.acts_count, 2);
    const Value *reasons =
        act_given(&folded.acts[1], edition_field(folded.edition, STR("reasons")));
    assert_int_equal(reasons->many_count, 4);
    assert_true(str_is(reasons->many[0], "analysis_report: no word on supply"));
    assert_true(str_starts(reasons->many[1], STR("no_unlawful_data: ")));
    assert_true(str_is(reasons->many[2], "Value: the contract says 40 million"));
    assert_true(str_is(reasons->many[3], "The stamp is missing."));
    assert_true(str_is(folded.acts[1].person, "p7"));
    assert_true(str_is(folded.edition->stages[folded.matter.stage].id, "returned"));
    folded_done(&folded);
}

static void nothing_is_returned_without_a_reason(void **state)
{
    (void)state;
    type_hidden("1", "k-5");
    type("go", "return");
    post(&center, "/matters/purchase-1/check");
    assert_int_equal(reply.status, 422);
    says("Say why it is returned");
    has_acts("purchase-1", 1, "filing");
}

static void what_happened_meanwhile_is_shown_first(void **state)
{
    (void)state;
    type_hidden("1", "k-6");   /* of three acts its reader had seen one */
    type("go", "accept");
    type_all_fine();
    post(&center, "/matters/purchase-3/check");
    assert_int_equal(reply.status, 409);
    says("Meanwhile this has happened");
    has_acts("purchase-3", 3, "filing");
}

static void hostile_marks_and_remarks_do_no_harm(void **state)
{
    (void)state;
    type_hidden("1", "k-7");
    type("go", "return");
    type("mark.analysis_report", "<script>");
    type("mark.declaration", "wrong");
    type("remark.declaration", "a\xE2\x80\xAE" "b<script>");
    post(&center, "/matters/purchase-1/check");
    assert_true(reply.status == 422);
    says_not("<script>");
    says_not("\xE2\x80\xAE");
    has_acts("purchase-1", 1, "filing");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_asked_stands_beside_what_was_filed),
        cmocka_unit_test(the_period_is_told_with_what_is_left_of_it),
        cmocka_unit_test(what_was_not_filed_is_marked_so),
        cmocka_unit_test(a_second_filing_shows_its_own_papers_and_why_the_first_was_returned),
        cmocka_unit_test(each_ground_asks_for_its_own_materials),
        cmocka_unit_test(only_who_checks_finds_the_check),
        cmocka_unit_test(the_editions_say_who_checks_and_whether),
        cmocka_unit_test(what_was_not_looked_at_cannot_be_accepted),
        cmocka_unit_test(what_is_not_there_cannot_be_in_order),
        cmocka_unit_test(all_in_order_is_accepted_once),
        cmocka_unit_test(a_return_says_what_is_to_be_mended),
        cmocka_unit_test(nothing_is_returned_without_a_reason),
        cmocka_unit_test(what_happened_meanwhile_is_shown_first),
        cmocka_unit_test(hostile_marks_and_remarks_do_no_harm),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
