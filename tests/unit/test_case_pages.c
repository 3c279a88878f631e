/* test_case_pages.c: what stands on the case page, on notices, desks, lists, the month, figures and
 * the law's pages, for whom: the handlers over the demonstration docket, without a server. */
#include "kit.h"

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "request.h"

enum { QUERY_MAX = 8 };
#define NOW ((int64_t)1795428970843)   /* 23 November 2026 */
#define CORE "core-routers-northern-backbone"

static Arena kept, arena;
static Law *law;
static Docket *docket;
static Service service;
static Look look;
static Typed query[QUERY_MAX];
static Request request;
static Reply reply;
static char *body;
static Language language = LANGUAGE_EN;
static int64_t person = 1;
static unsigned may = MAY_ACT;

/* A matter whose every text is hostile or long. */
static const char hostile[] =
    "edition: \"2022\"\n"
    "title: {zh: 敌意, en: hostile}\nnote: {zh: 演示, en: demo}\n"
    "case: hostile\n"
    "purchase: {title: \"<script>alert(1)</script>\", operator_id: 91000000MADEM0A157,\n"
    "    product: \"\\u202Eevil\", category: core_network, sector: telecoms, quantity: \"a & b\"}\n"
    "on: 2026-11-23\n"
    "acts:\n"
    "  - {on: 2026-11-02, by: operator, act: declare, with: {materials: [declaration,\n"
    "      analysis_report, procurement_document], note: \"\\\"><img src=x onerror=y>\"}}\n"
    "  - {on: 2026-11-03, by: center, act: accept_materials}\n"
    "  - {on: 2026-11-05, by: office, act: request_materials,\n"
    "     with: {id: \"<b>r</b>\", from: [operator], items: [\"%s\"]}}\n"
    "expect: [{on: 2026-11-23, stage: screening}]\n";

static int take_in(Str text, const char *name)
{
    Fault fault;
    Imported imported;
    Fail fail = docket_import(docket, &kept, text, str_from(name), NOW, &imported, &fault);
    if (fail != FAIL_NONE && fail != FAIL_REFUSED) {
        Buf said = {0};
        fault_put(&said, &fault, LANGUAGE_EN);
        print_error("%.*s\n", STR_ARG(buf_str(&said)));
        buf_done(&said);
        return -1;
    }
    return 0;
}

static int take_in_hostile(void)
{
    char text[8192], longest[3001];
    memset(longest, 'w', sizeof longest - 1);
    longest[sizeof longest - 1] = 0;
    snprintf(text, sizeof text, hostile, longest);
    return take_in(str_copy(&kept, str_from(text)), "hostile.yaml");
}

static int fill(void **state)
{
    (void)state;
    Fault fault;
    const char *dir = kit_folder();
    size_t moved;
    if (law_open(&kept, NULL, NULL, &law, &fault) || docket_create(dir, HASH_SM3, &fault) ||
        docket_open(dir, law, DOCKET_WRITE, NOW, &docket, &moved, &fault) ||
        people_open(dir, &service.people, &fault) || desk_open(dir, &service.desk, &fault)) {
        return -1;
    }
    DIR *demo = opendir("law/stories/demo");
    struct dirent *entry;
    int bad = take_in_hostile();
    while (demo && (entry = readdir(demo))) {
        if (str_ends(str_from(entry->d_name), STR(".yaml"))) {
            char *text = kit_read(kit_path("law/stories/demo", entry->d_name), NULL);
            bad |= take_in(str_copy(&kept, str_from(text)), entry->d_name);
            free(text);
        }
    }
    closedir(demo);
    look = (Look){.docket = docket, .law = law, .version = 1};
    return bad;
}

static int empty(void **state)
{
    (void)state;
    free(body);
    buf_done(&reply.body);
    desk_close(service.desk);
    people_close(service.people);
    docket_close(docket);
    arena_done(&arena);
    arena_done(&kept);
    return 0;
}

/* --- asking --- */

static Typed typed_of(Str pair)
{
    size_t equals = str_find(pair, '=');
    return (Typed){str_part(pair, 0, equals), str_part(pair, equals + 1, pair.len)};
}

static bool fits(const char *pattern, Str path)
{
    size_t stars = 0, at = 0;
    for (; *pattern; pattern++) {
        if (*pattern != '*') {
            if (at == path.len || path.at[at++] != *pattern) {
                return false;
            }
            continue;
        }
        size_t from = at;
        while (at < path.len && path.at[at] != '/') {
            at++;
        }
        request.rest[stars++] = str_part(path, from, at);
    }
    return at == path.len;
}

static void run(Str path)
{
    const Route *const tables[] = {routes_case, routes_desk, routes_law, routes_act,
                                   routes_declare};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        for (const Route *route = tables[i]; route->pattern; route++) {
            if (fits(route->pattern, path)) {
                route->run(&request, &reply);
                return;
            }
        }
    }
    fail_msg("no route for %.*s", STR_ARG(path));
}

/* Asks for an address as somebody; party "" is nobody. */
static void get(const char *party, const char *org, const char *address)
{
    static Signed who;
    who = (Signed){.person = {.id = person, .may = may}, .hat = {str_from(party), str_from(org)},
                   .org = {.id = str_from(org), .party = str_from(party)}};
    Str whole = str_from(address);
    size_t mark = str_find(whole, '?');
    arena_reset(&arena);
    buf_done(&reply.body);
    reply = (Reply){.status = 200, .file = -1};
    request = (Request){.arena = &arena, .service = &service, .method = METHOD_GET,
                        .path = str_part(whole, 0, mark), .back = whole, .now = NOW,
                        .language = language, .today = day_of_moment(NOW), .reader = &look,
                        .query = {query, 0}, .who = *party ? &who : NULL};
    for (Str rest = str_part(whole, mark + 1, whole.len); rest.len;) {
        size_t end = str_find(rest, '&');
        query[request.query.count++] = typed_of(str_part(rest, 0, end));
        rest = str_part(rest, end + 1, rest.len);
    }
    run(request.path);
    free(body);
    buf_put_byte(&reply.body, 0);
    body = strdup(reply.body.at);
}

static void as_office(const char *address) { get("office", "office", address); }
static void as_operator(const char *address) { get("operator", "91000000MADEM0A157", address); }

static void says(const char *words)
{
    if (!strstr(body, words)) {
        fail_msg("\"%s\" is missing in: %s", words, body);
    }
}

static void says_not(const char *words)
{
    if (strstr(body, words)) {
        fail_msg("\"%s\" should not be in: %s", words, body);
    }
}

static void in_order(const char *first, const char *second)
{
    says(first);
    says(second);
    assert_true(strstr(body, first) < strstr(body, second));
}

/* --- the case page --- */

static void the_office_sees_where_it_stands_by_when_and_why(void **state)
{
    (void)state;
    as_office("/matters/" CORE);
    assert_int_equal(reply.status, 200);
    says("aria-current=\"step\">Preliminary review");
    says("15 of 30 working days");
    says("<time datetime=\"2026-12-14\">Mon 14 December 2026</time>");
    says("href=\"/law/2022#clause-11\">clause 11</a>");
    says("If extended by 15 working days: due Tue 5 January 2027");
    in_order("18 November 2026", "12 November 2026");   /* the newest first */
    says("one source for the routing processor");
    says("href=\"/matters/" CORE "/do/suggest\"");
    says("class=\"button primary\" href=\"/matters/" CORE "/do/suggest\"");
    says("38,600,000 CNY");
    says_not("/do/cancel_request");   /* nothing was asked: nothing to take back */
}

static void every_day_of_the_count_says_why(void **state)
{
    (void)state;
    as_office("/matters/core-banking-database");
    says("<td class=\"off\"><time datetime=\"2026-10-01\">");
    says("off for National Day (国办发明电〔2025〕7号)");
    says("worked for National Day");
    says("<span class=\"nth\">30</span>");
    says("first day, not counted (policy P1)");
    as_office("/matters/cloud-service-hospitals");
    says("No due day while it is held");
    says("held by the request r1");
    as_operator("/matters/cloud-service-hospitals");
    says("held by a request for materials");   /* the supplier was asked: not whose, not what */
    says_not("places where data are kept");
    as_office("/matters/servers-grid");
    says("1032 working days over");
}

static void the_party_sees_no_findings_and_no_opinions(void **state)
{
    (void)state;
    as_operator("/matters/" CORE);
    assert_int_equal(reply.status, 200);
    says("What it says is not shown to you.");
    says("href=\"/matters/" CORE "/do/withdraw\"");
    says_not("routing processor");
    says_not("Assess a risk factor");
    says_not("/do/suggest");
    as_operator("/matters/core-banking-database");
    says_not("Give a written opinion");
    says_not("have answered");
}

/* Asked as somebody of the Office with a number and rights of their own. */
static void as_officer(int64_t number, unsigned rights, const char *address)
{
    person = number;
    may = rights;
    as_office(address);
    person = 1;
    may = MAY_ACT;
}

static void what_waits_for_a_signature_is_told_to_who_drafted_it_and_who_may_sign(void **state)
{
    (void)state;
    Fault fault;
    Typed typed[] = {{STR("with.finding"), STR("pass")}, {STR("two_persons"), STR("yes")}};
    Draft draft = {.hat = STR("office"), .org = STR("office"), .matter = STR(CORE), .person = 5,
                   .edition = STR("2022"), .act = STR("suggest"), .typed = {typed, 2}, .at = NOW,
                   .key = STR("sign-1")};
    as_officer(5, MAY_ACT, "/matters/" CORE);
    says("drafted by one, signed by another");   /* before anything was drafted */
    says_not("id=\"signs\"");
    assert_int_equal(draft_begin(service.desk, &draft, &draft.id, &fault), FAIL_NONE);
    draft.version = 1;
    draft.state = DRAFT_TO_SIGN;
    draft.drafter = 5;
    assert_int_equal(draft_save(service.desk, &draft, &fault), FAIL_NONE);
    as_officer(5, MAY_ACT | MAY_SIGN, "/matters/" CORE);
    says("id=\"signs\"");
    says("You drafted it: another person signs.");
    as_officer(6, MAY_SIGN, "/matters/" CORE);
    says("Read it, then sign it or send it back.");
    says("href=\"/matters/" CORE "/sign/");
    says_not("/do/");                            /* who only signs does nothing else */
    as_officer(6, MAY_ACT | MAY_SIGN, "/drafts");
    says("href=\"/matters/" CORE "/sign/");       /* not to the steps of a declaration */
    says_not("href=\"/drafts/");
    as_officer(7, MAY_ACT, "/matters/" CORE);
    says_not("id=\"signs\"");
    as_officer(6, MAY_SIGN, "/matters/" CORE "?on=2026-11-20");
    says_not("id=\"signs\"");                    /* it was not there on that day */
    as_operator("/matters/" CORE);
    says_not("/sign/");
    get("auditor", "auditor", "/matters/" CORE);
    says_not("/sign/");
    draft.state = DRAFT_OPEN;
    draft.version = 2;
    assert_int_equal(draft_save(service.desk, &draft, &fault), FAIL_NONE);
    as_officer(5, MAY_ACT, "/matters/" CORE);
    says("It was sent back to you with a remark.");
    as_officer(6, MAY_SIGN, "/matters/" CORE);
    says_not("id=\"signs\"");
    draft.state = DRAFT_DROPPED;
    draft.version = 3;
    assert_int_equal(draft_save(service.desk, &draft, &fault), FAIL_NONE);
}

static void the_unknown_and_the_forbidden_look_alike(void **state)
{
    (void)state;
    get("operator", "91000000MADEM0B2X8", "/matters/" CORE);
    assert_int_equal(reply.status, 404);
    char *forbidden = strdup(body);
    get("operator", "91000000MADEM0B2X8", "/matters/" "core-routers-northern-backbonf");
    assert_int_equal(reply.status, 404);
    for (char *at = strstr(forbidden, "backbone"); at; at = strstr(at, "backbone")) {
        at[sizeof "backbone" - 2] = 'f';   /* the address itself */
    }
    assert_string_equal(body, forbidden);
    free(forbidden);
    get("admin", "admin", "/matters/" CORE);
    assert_int_equal(reply.status, 404);
}

static void a_sealed_opinion_shows_who_answered_and_not_what(void **state)
{
    (void)state;
    as_office("/matters/core-banking-database");
    says("3 of 6 have answered");
    says("Sealed until all have answered, at the latest until Thu 3 December 2026");
    says("<span class=\"tag quiet\">sealed</span>");
    says("Not before the round of opinions is over");
    says_not("<dt>agrees</dt>");
    get("member/cac", "cac", "/matters/core-banking-database");
    says("<dt>agrees</dt>");   /* its own */
    as_office("/matters/satellite-terminals-aviation");
    says("<dt>agrees</dt>");   /* the round is over */
}

static void only_the_way_that_opinions_open_is_offered(void **state)
{
    (void)state;
    as_office("/matters/servers-water-management");   /* one kept silent until after its day */
    says("href=\"/matters/servers-water-management/do/open_special\"");
    says("All who were asked must agree: of 6 asked, 5 agree");
    says_not("/do/conclude");
    as_office("/matters/core-banking-database");      /* under seal nothing is told of it */
    says_not("All who were asked must agree");
    says_not("/do/open_special");
}

static void an_earlier_day_leaves_out_what_came_later(void **state)
{
    (void)state;
    as_office("/matters/" CORE "?on=2026-11-01");
    says("You see this matter as it stood on 1 November 2026.");
    says("aria-current=\"step\">Screening");
    says("9 of 10 working days");
    says_not("Assess a risk factor");
    says_not("/do/");   /* nothing can be done in the past */
    as_office("/matters/" CORE "?on=2030-01-01");
    says("15 of 30 working days");   /* no later than today */
    as_office("/matters/" CORE "?on=tomorrow<");
    says("15 of 30 working days");
}

static void hostile_and_long_texts_are_shown_harmlessly(void **state)
{
    (void)state;
    as_office("/matters/hostile");
    assert_int_equal(reply.status, 200);
    says("&lt;script&gt;alert(1)&lt;/script&gt;");
    says("&#34;&gt;&lt;img src=x onerror=y&gt;");
    says("&lt;b&gt;r&lt;/b&gt;");
    says("\xEF\xBF\xBD" "evil");
    says("a &amp; b");
    says("<details><summary>wwwwwwww");   /* long: folded, and whole inside */
    says_not("<script>alert");
    says_not("<img src=x");
    says_not("<b>r</b>");
    says_not("\xE2\x80\xAE");
    as_office("/matters/hostile/notices/1");
    assert_int_equal(reply.status, 200);
    says_not("<img src=x");
    as_office("/matters?q=<script>");
    says_not("<script>alert");
}

static void who_approves_sees_what_was_suggested_and_who_authorizes_what_was_proposed(void **state)
{
    (void)state;
    get("commission", "commission", "/matters/backup-health-2020/do/approve");
    in_order("What was suggested", "conditional pass");
    in_order("Opinions and answers: written opinions", "the maker has answered every question");
    get("commission", "commission", "/matters/ticketing-railways-2020/do/authorize");
    in_order("What was proposed", "remote maintenance from abroad");
    says_not("What was suggested");
    as_operator("/matters/" CORE "/do/withdraw");
    assert_int_equal(reply.status, 200);
    says_not("What was");
}

/* --- notices --- */

static void a_notice_says_to_whom_what_and_by_when(void **state)
{
    (void)state;
    as_operator("/matters/" CORE "/notices/3");
    assert_int_equal(reply.status, 200);
    says("<h1>Opening of the review</h1>");
    says("91000000MADEM0A157 (party)");   /* no organisation of that id in this people.db */
    says("30 working days");
    says("<time datetime=\"2026-12-14\">Mon 14 December 2026</time>");
    says("backbone of a telecoms operator");
    as_operator("/matters/" CORE "/notices/1");
    says("<h1>Receipt of the materials</h1>");
}

static void what_is_no_notice_of_this_reader_is_not_there(void **state)
{
    (void)state;
    static const char *const none[] = {"0", "2", "99", "-1", "1-2", "1-0", "+1", "x", "1x", "1-",
                                       "99999999999999999999"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        char address[128];
        snprintf(address, sizeof address, "/matters/" CORE "/notices/%s", none[i]);
        as_operator(address);
        assert_int_equal(reply.status, 404);
    }
    get("operator", "91000000MADEM0B2X8", "/matters/" CORE "/notices/1");
    assert_int_equal(reply.status, 404);
}

/* --- desks --- */

static void the_desk_has_the_overdue_first_then_by_due_day(void **state)
{
    (void)state;
    as_office("/desk");
    in_order("radios-rescue-2020", "firewalls-power-dispatch");
    in_order("overdue by 8 working days", "4 working days left");
    in_order("switches-railway-signalling", CORE);
    says("Suggest a conclusion");
    says("9 matters are overdue");
    says("href=\"/matters?due=2026-12-14\"");   /* the strip */
    says("others must answer first");
    get("member/miit", "miit", "/desk");
    says("core-banking-database");
    says("Give a written opinion");
    says_not(CORE);   /* it was not asked */
    get("admin", "admin", "/desk");
    assert_int_equal(reply.status, 303);
    get("operator", "91000000MADEM0ZZZZ", "/desk");
    says("Nothing waits for you.");
    says_not("/matters/");
    get("operator", "91000000MADEM0ZZZZ", "/desk");
    says("<a class=\"button\" href=\"/declare\">");   /* where to begin */
    get("member/mof", "mof", "/desk");
    says("<a class=\"button\" href=\"/new\">");
    get("supplier", "nobody", "/desk");
    says_not("<a class=\"button\"");
}

static void the_list_is_filtered_counted_and_paged(void **state)
{
    (void)state;
    as_office("/matters");
    says("36 matters");
    as_office("/matters?q=backbone");
    says("1 matter<");
    says(CORE);
    as_office("/matters?show=overdue");
    says("9 matters");
    says_not(CORE);
    as_office("/matters?due=2026-12-14");
    says("1 matter<");
    as_office("/matters?edition=2017&stage=expert_review");
    says("routers-public-sector");
    as_office("/matters?due=never&after=x.y&stage=\x01");
    assert_int_equal(reply.status, 200);
    as_operator("/matters?q=A platform");
    says("0 matters");
    get("auditor", "auditor", "/matters");
    says("36 matters");
    says_not("Your task");
}

static void the_month_shows_what_falls_due_and_why_a_day_is_off(void **state)
{
    (void)state;
    as_office("/month?m=2026-12");
    says("<h1>December 2026</h1>");
    says("href=\"/matters/" CORE "\">核心路由器，北方骨干网 · Core routers, northern backbone</a>");
    says("/month?m=2027-01");
    says("30 Nov</time>");   /* of the month before */
    says_not("12-14<");
    as_office("/month");
    in_order("<time datetime=\"2026-11-11\">11</time>", "firewalls-power-dispatch");
    in_order("<span class=\"tag bad\">overdue</span>", "firewalls-power-dispatch");
    as_office("/month?m=2026-10");
    says("off for National Day");
    as_office("/month?m=2027-03");
    says("the holiday notice for 2027 is not yet published");
    as_office("/month?m=2026-13");
    says("<h1>November 2026</h1>");
    get("member/mof", "mof", "/month?m=2026-12");
    says_not(CORE);
}

static void figures_are_for_those_who_look_at_many_matters(void **state)
{
    (void)state;
    as_office("/charts");
    says("How much falls due in the next twelve weeks?");
    says("Overdue: 9. This week: 1.");
    says("How long do the periods take, beside their limits?");
    says(">7 Dec</text>");
    in_order(">Filed, form to be checked</th>", ">Screening</th>");   /* as the procedure goes */
    in_order(">Screening</th>", ">Preliminary review</th>");
    in_order(">Consultation</th>", ">Awaiting approval</th>");
    get("center", "center", "/charts");
    assert_int_equal(reply.status, 200);
    says_not("How long do the periods take");
    as_operator("/charts");
    assert_int_equal(reply.status, 404);
}

/* --- the law --- */

static void everybody_may_read_the_law(void **state)
{
    (void)state;
    get("", "", "/law");
    says("href=\"/law/2017-draft\"");
    says("in force today");
    get("", "", "/law/2022");
    says("id=\"clause-23\"");
    says("id=\"policy-P5\"");
    says("Silence is not agreement");
    says("&#34;Preliminary review&#34;: 30 working days");   /* a rule below its clause */
    get("", "", "/law/1999");
    assert_int_equal(reply.status, 404);
}

static void every_page_speaks_chinese_too(void **state)
{
    (void)state;
    language = LANGUAGE_ZH;
    as_office("/matters/" CORE);
    says("已用15个工作日，共30个");
    says("<span class=\"whole\">11月</span><span class=\"whole\">2日</span>");
    says("2026年12月14日（周一）");
    says_not("working day");
    as_office("/desk");
    says("等待您办理");
    says_not("working day");
    as_office("/month?m=2026-12");
    says("<h1>2026年12月</h1>");
    get("", "", "/law/2020");
    says("id=\"clause-10\"");
    language = LANGUAGE_EN;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_office_sees_where_it_stands_by_when_and_why),
        cmocka_unit_test(every_day_of_the_count_says_why),
        cmocka_unit_test(the_party_sees_no_findings_and_no_opinions),
        cmocka_unit_test(what_waits_for_a_signature_is_told_to_who_drafted_it_and_who_may_sign),
        cmocka_unit_test(the_unknown_and_the_forbidden_look_alike),
        cmocka_unit_test(a_sealed_opinion_shows_who_answered_and_not_what),
        cmocka_unit_test(only_the_way_that_opinions_open_is_offered),
        cmocka_unit_test(an_earlier_day_leaves_out_what_came_later),
        cmocka_unit_test(hostile_and_long_texts_are_shown_harmlessly),
        cmocka_unit_test(who_approves_sees_what_was_suggested_and_who_authorizes_what_was_proposed),
        cmocka_unit_test(a_notice_says_to_whom_what_and_by_when),
        cmocka_unit_test(what_is_no_notice_of_this_reader_is_not_there),
        cmocka_unit_test(the_desk_has_the_overdue_first_then_by_due_day),
        cmocka_unit_test(the_list_is_filtered_counted_and_paged),
        cmocka_unit_test(the_month_shows_what_falls_due_and_why_a_day_is_off),
        cmocka_unit_test(figures_are_for_those_who_look_at_many_matters),
        cmocka_unit_test(everybody_may_read_the_law),
        cmocka_unit_test(every_page_speaks_chinese_too),
    };
    return cmocka_run_group_tests(tests, fill, empty);
}
