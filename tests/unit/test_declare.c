/* test_declare.c: an operator declares: the pages of the declaration, its papers, filing, and a
 * supplier that hands in; the handlers, without a server around them. */
#include "kit.h"

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "chance.h"
#include "request.h"

enum { FIELDS_MAX = 64 };

static Arena lasting, arena;     /* of the program; of one request */
static Fault fault;
static Law *law, *writers_law;
static Writer *writer;
static Service service;
static const char *dir;
static Day today;
static int64_t now;
static Typed typed[FIELDS_MAX];
static size_t typed_count;
static Request request;
static Reply reply;
static Docket *docket;
static bool no_finish;           /* the service is killed right after the act */

#define DONE(call) assert_int_equal((call), FAIL_NONE)

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
    if (!no_finish) {
        then(of, to, &written, fail, &told);
    }
}

static bool fits(const char *pattern, Str path, Str rest[4])
{
    size_t at = 0;
    int stars = 0;
    for (; *pattern; pattern++) {
        if (*pattern == '*') {
            size_t from = at;
            while (at < path.len && path.at[at] != '/') {
                at++;
            }
            rest[stars++] = str_part(path, from, at);
        } else if (at == path.len || path.at[at++] != *pattern) {
            return false;
        }
    }
    return at == path.len;
}

static const Route *route_of(Method method, Str path, Str rest[4])
{
    const Route *const tables[] = {routes_declare, routes_papers, routes_case, routes_new};
    for (size_t i = 0; i < 4; i++) {
        for (const Route *route = tables[i]; route->pattern; route++) {
            if (route->method == method && fits(route->pattern, path, rest)) {
                return route;
            }
        }
    }
    return NULL;
}

static void type(const char *name, const char *value)
{
    assert_true(typed_count < FIELDS_MAX);
    typed[typed_count++] = (Typed){str_from(name), str_from(value)};
}

/* ---- who ---- */

typedef struct Somebody { const char *party, *org; int64_t person; } Somebody;
static const Somebody acme = {"operator", "91acme", 11}, rival = {"operator", "91rival", 12};
static const Somebody maker = {"provider", "maker", 13}, office = {"office", "office", 14};
static const Somebody mps = {"member/mps", "mps", 16};
static const Somebody other_maker = {"provider", "other-maker", 15};

static Signed signed_in(const Somebody *who)
{
    Signed in = {.person = {.id = who->person, .name = STR("somebody"), .org = str_from(who->org),
                            .may = MAY_ACT},
                 .org = {.id = str_from(who->org), .party = str_from(who->party),
                         .name_zh = STR("单位"), .name_en = str_from(who->org)}};
    in.hat = (Hat){in.org.party, in.org.id};
    return in;
}

static void begin(const Somebody *who, Method method, const char *address)
{
    static Signed in;
    static Look look;
    arena_reset(&arena);
    buf_clear(&reply.body);
    reply = (Reply){.body = reply.body, .file = -1};
    in = signed_in(who);
    docket_close(docket);
    DONE(docket_open(dir, law, DOCKET_READ, now, &docket, NULL, &fault));
    look = (Look){.docket = docket, .law = law};
    Str whole = str_from(address);
    size_t query = str_find(whole, '?');
    request = (Request){.arena = &arena, .service = &service, .method = method, .who = &in,
                        .path = str_part(whole, 0, query), .language = LANGUAGE_EN,
                        .typed = {typed, typed_count}, .today = today, .now = ++now,
                        .reader = &look};
    typed_count = 0;
}

static void end(const Somebody *who, Method method, const char *address)
{
    begin(who, method, address);
    const Route *route = route_of(method, request.path, request.rest);
    assert_non_null(route);
    route->run(&request, &reply);
    buf_put_byte(&reply.body, 0);
    reply.status = reply.status ? reply.status : 200;
}

static void get(const Somebody *who, const char *address) { end(who, METHOD_GET, address); }
static void post(const Somebody *who, const char *address) { end(who, METHOD_POST, address); }

static bool says(const char *text) { return strstr(reply.body.at, text) != NULL; }

static const char *location(void)
{
    return str_terminated(&lasting, reply.location);
}

static void upload(const Somebody *who, const char *address, const char *kind, const char *name,
                   const char *bytes)
{
    type("kind", kind);
    type("file", name);
    begin(who, METHOD_POST, address);
    const Route *route = route_of(METHOD_POST, request.path, request.rest);
    route->upload_begins(&request, &reply);
    if (request.upload) {
        DONE(upload_bytes(request.upload, bytes, strlen(bytes), &fault));
    }
    if (reply.status == 0) {
        route->run(&request, &reply);
    }
    buf_put_byte(&reply.body, 0);
}

/* ---- the house ---- */

static int64_t clock_now(void) { return now; }

static void add_org(People *people, const char *id, const char *party)
{
    Org org = {.id = str_from(id), .party = str_from(party), .name_zh = STR("单位"),
               .name_en = str_from(id)};
    DONE(people_add_org(people, &org, &fault));
}

static int set_up(void **state)
{
    (void)state;
    dir = kit_path(kit_folder(), "docket");
    today = day_from(2026, 3, 2);
    now = (int64_t)today * 86400000;
    assert_true(chance_start());
    DONE(law_open(&lasting, NULL, NULL, &law, &fault));
    DONE(law_open(&lasting, NULL, NULL, &writers_law, &fault));
    DONE(docket_create(dir, HASH_SM3, &fault));
    DONE(writer_start(dir, writers_law, now, &writer, &fault));
    service = (Service){.writer = writer, .dir = dir, .now = clock_now};
    DONE(people_open(dir, &service.people, &fault));
    DONE(desk_open(dir, &service.desk, &fault));
    add_org(service.people, "maker", "provider");
    add_org(service.people, "other-maker", "provider");
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

/* ---- a declaration ---- */

static char draft_at[64];

static const char *at(const char *step)
{
    char address[128];
    snprintf(address, sizeof address, "%s/%s", draft_at, step);
    return str_terminated(&lasting, str_from(address));
}

static void begin_draft(const Somebody *who)
{
    post(who, "/declare");
    assert_int_equal(reply.status, 303);
    snprintf(draft_at, sizeof draft_at, "%s", location());
}

static int page_number;

static void type_page(void)
{
    char page[32];
    snprintf(page, sizeof page, "p%d", ++page_number);
    type("page", str_terminated(&lasting, str_from(page)));
}

static void type_object(const char *seen, const char *signed_word)
{
    type_page();
    type("seen", seen);
    type("fact.title", "Core routers, northern backbone");
    type("fact.product", "Router X 9000, twelve of them");
    type("fact.category", "core_network");
    type("fact.object", "the northern backbone");
    type("fact.provider", "maker");
    type("fact.value", "38,600,000.00");
    type("fact.currency", "CNY");
    type("fact.signed", signed_word);
    if (!strcmp(signed_word, "true")) {
        type("fact.conditional", "false");
    }
    type("fact.sector", "telecoms");
}

static void write_all(const Somebody *who)
{
    begin_draft(who);
    type_page();
    type("seen", "0");
    type("with.ground", "purchase");
    post(who, at("ground"));
    assert_string_equal(location(), at("object"));
    type_object("0", "false");
    post(who, at("object"));
    assert_string_equal(location(), at("commitments"));
    type_page();
    type("seen", "0");
    type("promise", "no_cut_off");
    type("contract.no_cut_off", "article 12.3");
    post(who, at("commitments"));
    assert_string_equal(location(), at("materials"));
    upload(who, at("papers"), "analysis_report", "report.pdf", "a report");
    assert_int_equal(reply.status, 303);
    upload(who, at("papers"), "procurement_document", "contract.pdf", "a contract");
    assert_string_equal(location(), at("materials"));
}

static const char *number_of_receipt(void)
{
    const char *from = strstr(reply.body.at, "under the number ");
    assert_non_null(from);
    return str_terminated(&lasting, (Str){from + sizeof "under the number " - 1, 9});
}

static Folded fold(const char *matter)
{
    Folded folded;
    docket_close(docket);
    DONE(docket_open(dir, law, DOCKET_READ, now, &docket, NULL, &fault));
    DONE(docket_fold(docket, str_from(matter), &folded, &fault));
    return folded;
}

static void it_is_written_step_by_step_and_filed(void **state)
{
    (void)state;
    get(&acme, "/declare");
    assert_true(says("Analysis report"));
    write_all(&acme);
    get(&acme, at("check"));
    assert_true(says("Core routers, northern backbone") && says("article 12.3"));
    assert_false(says("class=\"summary\""));
    post(&acme, at("file"));
    assert_string_equal(location(), at("receipt"));
    get(&acme, at("receipt"));
    const char *matter = number_of_receipt();
    assert_true(says("16 March 2026"));   /* 10 working days after 2 March */
    assert_true(says("declaration.txt") && says("report.pdf"));
    Folded folded = fold(matter);
    assert_int_equal(folded.acts_count, 1);
    assert_true(str_is(facts_purchase(&folded.facts, STR("operator_id"))->text, "91acme"));
    assert_true(str_is(facts_purchase(&folded.facts, STR("providers"))->text, "maker"));
    assert_true(str_is(facts_purchase(&folded.facts, STR("value"))->text, "38600000.00"));
    assert_true(str_is(folded.acts[0].person, "p11"));
    const Edition *edition = folded.edition;
    const Value *documents = act_given(&folded.acts[0], edition_field(edition, STR("documents")));
    const Value *materials = act_given(&folded.acts[0], edition_field(edition, STR("materials")));
    const Value *promises = act_given(&folded.acts[0],
                                      edition_field(edition, STR("undertakings")));
    assert_int_equal(documents->many_count, 3);
    assert_int_equal(materials->many_count, 3);
    assert_true(str_is(promises->many[0], "no_cut_off: clause article 12.3"));
    folded_done(&folded);
    post(&acme, at("file"));   /* once more: the same receipt */
    assert_string_equal(location(), at("receipt"));
    folded = fold(matter);
    assert_int_equal(folded.acts_count, 1);
    folded_done(&folded);
}

static void what_is_missing_is_told_and_nothing_is_filed(void **state)
{
    (void)state;
    begin_draft(&acme);
    post(&acme, at("file"));
    assert_int_equal(reply.status, 422);
    assert_true(says("Name of the matter") && says("There is no document yet"));
    get(&acme, at("receipt"));
    assert_int_equal(reply.status, 404);
}

static void what_is_wrong_comes_back_with_its_fault_and_is_saved(void **state)
{
    (void)state;
    begin_draft(&acme);
    type_page();
    type("seen", "0");
    type("fact.title", "<script>alert(1)</script>");
    type("fact.value", "a lot");
    type("fact.planned", "2026-02-30");
    type("fact.object", "turned \xe2\x80\xae round");
    post(&acme, at("object"));
    assert_int_equal(reply.status, 422);
    assert_true(says("This is no amount of money") && says("value=\"a lot\""));
    assert_true(says("This is no day") && says("turn the direction"));
    assert_false(says("<script>alert"));
    assert_true(says("&lt;script&gt;alert(1)"));
    get(&acme, at("object"));
    assert_true(says("value=\"a lot\""));   /* it was saved all the same */
}

static void the_law_warns_of_a_signed_contract_and_lets_it_be_filed(void **state)
{
    (void)state;
    write_all(&acme);
    type_object("1", "true");
    post(&acme, at("object"));
    get(&acme, at("check"));
    assert_true(says("The law warns"));
    post(&acme, at("file"));
    assert_string_equal(location(), at("receipt"));
}

static void two_who_write_one_step_are_told(void **state)
{
    (void)state;
    begin_draft(&acme);
    type("page", "mine");
    type("seen", "0");
    type("fact.title", "mine");
    post(&acme, at("object"));
    type("page", "mine");   /* the same page saves again */
    type("seen", "0");
    type("fact.title", "mine, better");
    post(&acme, at("object"));
    assert_int_equal(reply.status, 303);
    type("page", "theirs");
    type("seen", "0");
    type("fact.title", "theirs");
    post(&acme, at("object"));
    assert_int_equal(reply.status, 409);
    assert_true(says("value=\"theirs\"") && says("mine, better"));
    type("page", "theirs");
    type("seen", "2");
    type("fact.title", "theirs");
    post(&acme, at("object"));
    assert_int_equal(reply.status, 303);
}

static void it_saves_itself(void **state)
{
    (void)state;
    begin_draft(&acme);
    type("save", "yes");
    type("page", "a");
    type("seen", "0");
    type("fact.title", "half a na");
    post(&acme, at("object"));
    assert_int_equal(reply.status, 204);
    get(&acme, "/drafts");
    assert_true(says("half a na"));
}

static void a_draft_and_its_papers_are_its_organisations_alone(void **state)
{
    (void)state;
    write_all(&acme);
    static const char *const steps[] = {"ground", "object", "commitments", "materials", "check"};
    for (size_t i = 0; i < 5; i++) {
        get(&rival, at(steps[i]));
        assert_int_equal(reply.status, 404);
        get(&office, at(steps[i]));
        assert_int_equal(reply.status, 404);
    }
    post(&rival, at("file"));
    assert_int_equal(reply.status, 404);
    post(&rival, at("drop"));
    assert_int_equal(reply.status, 404);
    upload(&rival, at("papers"), "other", "x.pdf", "x");
    assert_int_equal(reply.status, 404);
    get(&rival, "/drafts");
    assert_false(says("northern backbone"));
    get(&office, "/declare");   /* the Office does not declare */
    assert_int_equal(reply.status, 404);
}

static void killed_after_the_act_it_is_found_filed(void **state)
{
    (void)state;
    write_all(&acme);
    no_finish = true;
    post(&acme, at("file"));
    no_finish = false;
    get(&acme, at("check"));
    assert_string_equal(location(), at("receipt"));
    get(&acme, at("receipt"));
    const char *matter = number_of_receipt();
    assert_true(says("report.pdf") && says("declaration.txt"));
    Folded folded = fold(matter);
    assert_int_equal(folded.acts_count, 1);
    folded_done(&folded);
}

static void papers_named_by_the_record_are_the_matters(void **state)
{
    (void)state;
    const Draft *drafts;
    size_t count;
    write_all(&acme);
    no_finish = true;
    post(&acme, at("file"));
    no_finish = false;
    DONE(drafts_of(service.desk, &lasting, STR("operator:91acme"), STR("91acme"), STR_NONE, &drafts,
                   &count, &fault));
    char address[128];
    snprintf(address, sizeof address, "/matters/%.*s/papers", STR_ARG(drafts[0].matter));
    get(&office, address);   /* nobody of the operator has come back */
    assert_true(says("report.pdf") && says("contract.pdf"));
}

static void a_dropped_draft_takes_its_papers_along(void **state)
{
    (void)state;
    const Paper *papers;
    size_t count;
    int64_t id;
    write_all(&acme);
    assert_true(str_int(str_part(str_from(draft_at), 8, strlen(draft_at)), &id));
    post(&acme, at("drop"));
    assert_string_equal(location(), "/drafts");
    DONE(papers_of(service.desk, &lasting, STR_NONE, id, &papers, &count, &fault));
    assert_int_equal(count, 0);
    get(&acme, at("check"));
    assert_int_equal(reply.status, 404);
}

static void uploads_that_cannot_be_are_told(void **state)
{
    (void)state;
    begin_draft(&acme);
    upload(&acme, at("papers"), "analysis_report", "empty.pdf", "");
    assert_true(says("is empty"));
    upload(&acme, at("papers"), "../../etc", "a.pdf", "a");
    assert_true(says("kind of document"));
    upload(&acme, at("papers"), "other", "\xff.pdf", "a");
    assert_true(says("UTF-8"));
    post(&acme, at("papers"));
    assert_true(says("No file was chosen"));
    upload(&acme, at("papers"), "other", "<b>\xe2\x80\xaegpj.exe", "a");
    assert_int_equal(reply.status, 303);
    get(&acme, at("materials"));
    assert_true(says("&lt;b&gt;gpj.exe"));
}

/* ---- after filing ---- */

static const char *filed_matter(void)
{
    write_all(&acme);
    post(&acme, at("file"));
    get(&acme, at("receipt"));
    return number_of_receipt();
}

static void act(const char *matter, const char *by, const char *what, const TypedList *list)
{
    Folded folded = fold(matter);
    Party party;
    assert_true(edition_party(folded.edition, str_from(by), &party));
    const ActForm *form = actform_of(&lasting, &folded.matter,
                                     edition_act(folded.edition, str_from(what)), list);
    assert_non_null(form);
    const Edition *edition;
    DONE(law_edition(writers_law, folded.edition->id, &edition, &fault));
    Wanted wanted = {.matter = str_from(matter), .edition = folded.edition,
                     .act = actform_act(&lasting, form, party, today), .now = now};
    Written written;
    DONE(writer_do(writer, &wanted, &written, &fault));
    assert_false(written.refused);
    folded_done(&folded);
}

static const char *address_of(const char *matter, const char *end)
{
    char address[128];
    snprintf(address, sizeof address, "/matters/%s%s", matter, end);
    return str_terminated(&lasting, str_from(address));
}

static void a_returned_filing_is_filed_again_with_what_was_there(void **state)
{
    (void)state;
    const char *matter = filed_matter();
    get(&acme, address_of(matter, "/redeclare"));
    assert_int_equal(reply.status, 404);   /* not returned yet */
    const Typed why[] = {{STR("with.reasons"), STR("analysis_report: says nothing of supply")},
                         {STR("with.reason"), STR("please complete")}};
    act(matter, "center", "return_materials", &(TypedList){why, 2});
    get(&rival, address_of(matter, "/redeclare"));
    assert_int_equal(reply.status, 404);
    get(&acme, address_of(matter, "/redeclare"));
    assert_true(says("says nothing of supply") && says("please complete"));
    post(&acme, address_of(matter, "/redeclare"));
    snprintf(draft_at, sizeof draft_at, "%s", location());
    *strrchr(draft_at, '/') = 0;
    get(&acme, at("commitments"));
    assert_true(says("article 12.3"));
    get(&acme, at("materials"));
    assert_true(says("says nothing of supply") && says("contract.pdf") && says("report.pdf"));
    upload(&acme, at("papers"), "analysis_report", "better report.pdf", "a better report");
    post(&acme, at("file"));
    assert_string_equal(location(), at("receipt"));
    Folded folded = fold(matter);
    assert_int_equal(folded.acts_count, 3);
    assert_true(str_is(folded.acts[2].act_word, "redeclare"));
    const Value *documents =
        act_given(&folded.acts[2], edition_field(folded.edition, STR("documents")));
    assert_int_equal(documents->many_count, 4);   /* two kept, a new one, a new declaration */
    folded_done(&folded);
}

static void a_supplier_hands_in_what_the_operator_does_not_see(void **state)
{
    (void)state;
    const char *matter = filed_matter();
    get(&other_maker, address_of(matter, "/supply"));
    assert_int_equal(reply.status, 404);   /* not invited */
    get(&acme, address_of(matter, "/supply"));
    assert_int_equal(reply.status, 404);
    post(&maker, address_of(matter, "/supply"));
    get(&maker, address_of(matter, "/supply"));
    const char *draft = strstr(reply.body.at, "/drafts/");
    assert_non_null(draft);
    const char *papers = str_terminated(&lasting, (Str){draft, strcspn(draft, "\"")});
    upload(&maker, papers, "other", "source code escrow.pdf", "secret of the maker");
    type("go", "send");
    post(&maker, address_of(matter, "/supply"));
    assert_int_equal(reply.status, 303);
    get(&maker, address_of(matter, "/supply"));
    assert_true(says("source code escrow.pdf"));
    get(&office, address_of(matter, "/papers"));
    assert_true(says("source code escrow.pdf") && says("report.pdf"));
    get(&acme, address_of(matter, "/papers"));
    assert_false(says("escrow"));
    assert_true(says("report.pdf"));
    get(&maker, address_of(matter, "/papers"));
    assert_false(says("report.pdf"));
    get(&rival, address_of(matter, "/papers"));
    assert_int_equal(reply.status, 404);
}

static const char *paper_address(const char *matter, const char *name)
{
    const Paper *papers;
    size_t count;
    DONE(papers_of(service.desk, &lasting, str_from(matter), 0, &papers, &count, &fault));
    for (size_t i = 0; i < count; i++) {
        if (str_is(papers[i].name, name)) {
            char end[32];
            snprintf(end, sizeof end, "/papers/%.*s", STR_ARG(papers[i].id));
            return address_of(matter, end);
        }
    }
    return NULL;
}

static void a_document_is_opened_by_those_who_may(void **state)
{
    (void)state;
    const char *matter = filed_matter();
    const char *address = paper_address(matter, "report.pdf");
    char bytes[32];
    get(&office, address);
    assert_true(reply.file >= 0);
    assert_int_equal(read(reply.file, bytes, sizeof bytes), 8);
    assert_memory_equal(bytes, "a report", 8);
    close(reply.file);
    assert_true(str_is(reply.download, "report.pdf"));
    assert_string_equal(reply.type, "application/octet-stream");
    get(&maker, address);
    assert_int_equal(reply.status, 404);
    get(&rival, address);
    assert_int_equal(reply.status, 404);
    const char *other = filed_matter();   /* nor under another matter's address */
    char crossed[160];
    snprintf(crossed, sizeof crossed, "/matters/%s%s", other, strstr(address, "/papers"));
    get(&office, crossed);
    assert_int_equal(reply.status, 404);
}

static void a_request_is_answered_with_files(void **state)
{
    (void)state;
    const char *matter = filed_matter();
    TypedList nothing = {0};
    act(matter, "center", "accept_materials", &nothing);
    get(&acme, address_of(matter, "/answer"));
    const Typed ask[] = {{STR("with.id"), STR("R-1")}, {STR("with.from"), STR("operator")},
                         {STR("with.items"), STR("list of parts\nsource of the processor")},
                         {STR("with.reason"), STR("the report leaves it open")}};
    act(matter, "office", "request_materials", &(TypedList){ask, 4});
    get(&acme, address_of(matter, "/answer"));
    assert_true(says("source of the processor") && says("the report leaves it open"));
    type("go", "begin");
    post(&acme, address_of(matter, "/answer"));
    get(&acme, address_of(matter, "/answer"));
    const char *draft = strstr(reply.body.at, "/drafts/");
    const char *papers = str_terminated(&lasting, (Str){draft, strcspn(draft, "\"")});
    type("go", "send");
    post(&acme, address_of(matter, "/answer"));
    assert_int_equal(reply.status, 422);   /* nothing to send */
    upload(&acme, papers, "other", "parts.csv", "a,b");
    assert_string_equal(location(), address_of(matter, "/answer"));
    type("with.id", "R-1");
    type("with.note", "the list of parts; the source is in line 7");
    type("go", "send");
    post(&acme, address_of(matter, "/answer"));
    assert_string_equal(location(), address_of(matter, ""));
    Folded folded = fold(matter);
    const Act *last = &folded.acts[folded.acts_count - 1];
    assert_true(str_is(last->act_word, "supply_materials"));
    assert_int_equal(folded.matter.owed[0].state, OWED_ANSWERED);
    folded_done(&folded);
    get(&office, address_of(matter, "/papers"));
    assert_true(says("parts.csv"));
    get(&acme, address_of(matter, "/answer"));
    assert_string_equal(location(), address_of(matter, ""));   /* nothing is asked any more */
}

/* ---- of its own motion ---- */

static void a_member_body_proposes_and_the_office_sees_it(void **state)
{
    (void)state;
    get(&office, "/new");
    assert_int_equal(reply.status, 404);   /* nothing that the Office opens */
    get(&mps, "/new");
    assert_string_equal(location(), "/new/propose");
    post(&mps, "/new/propose");
    assert_int_equal(reply.status, 422);
    assert_true(says("Name of the matter"));
    for (int times = 0; times < 2; times++) {   /* twice is once */
        type("key", "abcdefghijklmnopqrstuvwxyz012345");
        type("fact.title", "Location data of road users");
        type("fact.sector", "transport");
        type("with.grounds", "first\r\nsecond");
        post(&mps, "/new/propose");
        assert_int_equal(reply.status, 303);
    }
    const char *matter = location() + sizeof "/matters/" - 1;
    Folded folded = fold(matter);
    assert_int_equal(folded.acts_count, 1);
    assert_true(str_is(folded.acts[0].by_word, "member/mps"));
    FieldId grounds = edition_field(folded.edition, STR("grounds"));
    assert_int_equal(act_given(&folded.acts[0], grounds)->many_count, 2);
    folded_done(&folded);
    get(&office, address_of(matter, "/papers"));
    assert_int_equal(reply.status, 200);
    get(&rival, address_of(matter, "/papers"));
    assert_int_equal(reply.status, 404);
    type("key", "abcdefghijklmnopqrstuvwxyz012345");   /* another's key tells nothing */
    type("fact.title", "x");
    post(&acme, "/new/propose");
    assert_int_equal(reply.status, 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_written_step_by_step_and_filed),
        cmocka_unit_test(what_is_missing_is_told_and_nothing_is_filed),
        cmocka_unit_test(what_is_wrong_comes_back_with_its_fault_and_is_saved),
        cmocka_unit_test(the_law_warns_of_a_signed_contract_and_lets_it_be_filed),
        cmocka_unit_test(two_who_write_one_step_are_told),
        cmocka_unit_test(it_saves_itself),
        cmocka_unit_test(a_draft_and_its_papers_are_its_organisations_alone),
        cmocka_unit_test(killed_after_the_act_it_is_found_filed),
        cmocka_unit_test(papers_named_by_the_record_are_the_matters),
        cmocka_unit_test(a_dropped_draft_takes_its_papers_along),
        cmocka_unit_test(uploads_that_cannot_be_are_told),
        cmocka_unit_test(a_returned_filing_is_filed_again_with_what_was_there),
        cmocka_unit_test(a_supplier_hands_in_what_the_operator_does_not_see),
        cmocka_unit_test(a_document_is_opened_by_those_who_may),
        cmocka_unit_test(a_request_is_answered_with_files),
        cmocka_unit_test(a_member_body_proposes_and_the_office_sees_it),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
