/* people_pages.c: organisations and people, as those who manage them see them: the administrator
 * all of them, somebody with MAY_MANAGE those of their own organisation. What one does not manage
 * answers like what is not there. */
#include "people_pages.h"

#include "pages.h"
#include "sign_in.h"

enum { STATUS_FAULTS = 422, ORGS_SHOWN_MAX = 200, ADDRESS_BYTES_MAX = 1024 };

static const struct { const char *id; Word word; } done_words[] = {
    {"org-added", WORD_PEOPLE_DONE_ORG_ADDED}, {"org-changed", WORD_PEOPLE_DONE_ORG_CHANGED},
    {"may", WORD_PEOPLE_DONE_MAY},             {"suspend", WORD_PEOPLE_DONE_SUSPEND},
    {"resume", WORD_PEOPLE_DONE_RESUME},       {"unlock", WORD_PEOPLE_DONE_UNLOCK},
    {"codes-end", WORD_PEOPLE_DONE_CODES},     {"sessions-end", WORD_PEOPLE_DONE_SESSIONS},
    {"deputy", WORD_PEOPLE_DONE_DEPUTY},       {"deputy-end", WORD_PEOPLE_DONE_DEPUTY_END},
};

static Word done_word(Request *request)
{
    Str id = typed_get(&request->query, STR("done"));
    for (size_t i = 0; i < sizeof done_words / sizeof done_words[0]; i++) {
        if (str_is(id, done_words[i].id)) {
            return done_words[i].word;
        }
    }
    return WORD_NONE;
}

/* ---- who manages what ---- */

bool manages_all(const Request *request)
{
    return str_is(request->who->hat.party, "admin");
}

static bool manages(const Request *request, Str org)
{
    return manages_all(request) ||
           ((request->who->person.may & MAY_MANAGE) && str_eq(request->who->org.id, org));
}

bool people_need_org(Request *request, Reply *reply, Str id, Org *ret_org)
{
    Fault fault = {0};
    bool found = false;
    Fail fail = manages(request, id) ? people_org(request->service->people, request->arena, id,
                                                  &found, ret_org, &fault)
                                     : FAIL_NONE;
    if (fail != FAIL_NONE) {
        reply_fault(request, reply, &fault);
    } else if (!found) {
        reply_not_there(request, reply);
    }
    return fail == FAIL_NONE && found;
}

bool people_need_person(Request *request, Reply *reply, Str id, Person *ret_person)
{
    Fault fault = {0};
    bool found = false;
    int64_t number = 0;
    Fail fail = str_int(id, &number)
                    ? people_person(request->service->people, request->arena, number, &found,
                                    ret_person, &fault)
                    : FAIL_NONE;
    found = found && manages(request, ret_person->org);
    if (fail != FAIL_NONE) {
        reply_fault(request, reply, &fault);
    } else if (!found) {
        reply_not_there(request, reply);
    }
    return fail == FAIL_NONE && found;
}

/* ---- what organisations take part as ---- */

static Str party_words(Request *request, Str party)
{
    size_t slash = str_find(party, '/');
    if (str_is(party, "admin") || str_is(party, "auditor")) {
        return word_text(request->language, str_is(party, "admin") ? WORD_PEOPLE_ADMIN
                                                                   : WORD_PEOPLE_AUDITOR);
    }
    const LawWords *words = request_words(request, STR_NONE);
    Str role = str_part(party, 0, slash), id = str_part(party, slash + 1, party.len);
    if (id.len == 0 || str_is(role, "member")) {
        return lawwords_party(words, role, id);
    }
    Buf buf = buf_new(ADDRESS_BYTES_MAX);
    buf_put(&buf, lawwords_get(words, "role", role));
    buf_put(&buf, request->language == LANGUAGE_ZH ? STR("：") : STR(": "));
    buf_put(&buf, lawwords_party(words, role, id));
    Str told = str_copy(request->arena, buf_str(&buf));
    buf_done(&buf);
    return told;
}

OrgLine people_org_line(Request *request, const Org *org)
{
    return (OrgLine){
        .id = org->id,
        .name = request->language == LANGUAGE_ZH ? org->name_zh : org->name_en,
        .capacity = party_words(request, org->party), .credit_code = org->credit_code,
        .closed = org->closed,
    };
}

typedef struct Choices {     /* one group while it grows */
    Arena *arena;
    PartyChoice *at;
    size_t count, capacity;
} Choices;

static void add_choice(Request *request, Choices *choices, Str id, Str chosen)
{
    for (size_t i = 0; i < choices->count; i++) {
        if (str_eq(choices->at[i].id, id)) {
            return;
        }
    }
    choices->at = arena_grow(request->arena, choices->at, choices->count, &choices->capacity,
                             choices->count + 1, sizeof *choices->at);
    Str whole = str_ends(id, STR("/")) ? str_part(id, 0, id.len - 1) : id;
    size_t slash = str_find(chosen, '/');
    bool named = whole.len < id.len && str_eq(str_part(chosen, 0, slash), whole);
    choices->at[choices->count++] =
        (PartyChoice){id, party_words(request, whole), named || str_eq(id, chosen)};
}

static Str joined(Request *request, Str role, Str id)
{
    Buf buf = buf_new(ADDRESS_BYTES_MAX);
    buf_put(&buf, role);
    buf_put_byte(&buf, '/');
    buf_put(&buf, id);
    Str whole = str_copy(request->arena, buf_str(&buf));
    buf_done(&buf);
    return whole;
}

/* The roles of one edition, each into its group: alone, members, departments, with a part. */
static void add_roles(Request *request, const Edition *edition, Choices groups[4], Str chosen)
{
    for (size_t i = 0; i < edition->roles_count; i++) {
        const Role *role = &edition->roles[i];
        if (str_is(role->id, "public")) {
            continue;   /* nobody in particular */
        }
        if (role->kind == ROLE_ONE) {
            add_choice(request, &groups[0], role->id, chosen);
        } else if (role->kind == ROLE_NAMED) {
            add_choice(request, &groups[3], joined(request, role->id, STR_NONE), chosen);
        } else {
            Choices *into = &groups[str_is(role->id, "member") ? 1 : 2];
            for (size_t j = 0; role->group && j < role->group->count; j++) {
                add_choice(request, into, joined(request, role->id, role->group->ids[j]), chosen);
            }
        }
    }
}

const PartyGroup *people_parties(Request *request, Str chosen, size_t *ret_count)
{
    enum { GROUPS = 4 };
    static const Word labels[GROUPS] = {WORD_NONE, WORD_PEOPLE_GROUP_MEMBERS,
                                        WORD_PEOPLE_GROUP_DEPARTMENTS, WORD_PEOPLE_GROUP_NAMED};
    Choices groups[GROUPS] = {0};
    const Str *ids = NULL;
    size_t count = 0;
    Fault unheard;
    if (request->reader &&
        law_edition_ids(request->reader->law, &ids, &count, &unheard) != FAIL_NONE) {
        count = 0;
    }
    for (size_t i = count; i-- > 0;) {   /* the newest first: its order is the one to read */
        const Edition *edition;
        if (law_edition(request->reader->law, ids[i], &edition, &unheard) == FAIL_NONE) {
            add_roles(request, edition, groups, chosen);
        }
    }
    add_choice(request, &groups[0], STR("auditor"), chosen);
    add_choice(request, &groups[0], STR("admin"), chosen);
    PartyGroup *told = ARENA_MANY(request->arena, PartyGroup, GROUPS);
    for (int i = 0; i < GROUPS; i++) {
        told[i] = (PartyGroup){labels[i] ? word_text(request->language, labels[i]) : STR_NONE,
                               groups[i].at, groups[i].count};
    }
    *ret_count = GROUPS;
    return told;
}

FormFaults people_faults(Request *request, const FaultList *faults)
{
    FieldFault *at = ARENA_MANY(request->arena, FieldFault, faults->count + 1);
    for (size_t i = 0; i < faults->count; i++) {
        const Fault *fault = &faults->at[i];
        at[i] = (FieldFault){str_copy(request->arena, str_from(fault->args[0])),
                             fault_words(request, fault)};
    }
    return (FormFaults){at, faults->count};
}

/* ---- the pages ---- */

static Out begin_page(Request *request, Reply *reply, Str title, bool faulty)
{
    reply->not_kept = true;
    reply->status = faulty ? STATUS_FAULTS : 200;
    buf_clear(&reply->body);
    PageHead head = {.title = title, .here = "people"};
    return request_page(request, reply, &head);
}

/* Small ASCII letters match large ones; other scripts have none. */
static bool holds(Str text, Str part)
{
    for (size_t at = 0; at + part.len <= text.len; at++) {
        size_t i = 0;
        while (i < part.len) {
            char a = text.at[at + i], b = part.at[i];
            a = a >= 'A' && a <= 'Z' ? (char)(a | 32) : a;
            b = b >= 'A' && b <= 'Z' ? (char)(b | 32) : b;
            if (a != b) {
                break;
            }
            i++;
        }
        if (i == part.len) {
            return true;
        }
    }
    return false;
}

static void show_orgs(Request *request, Reply *reply)
{
    Fault fault = {0};
    const Org *orgs;
    size_t count = 0;
    Fail fail = people_orgs(request->service->people, request->arena, &orgs, &count, &fault);
    if (fail != FAIL_NONE) {
        reply_fault(request, reply, &fault);
        return;
    }
    OrgsView view = {.sought = str_trim(typed_get(&request->query, STR("find"))),
                     .done = done_word(request)};
    OrgLine *lines = ARENA_MANY(request->arena, OrgLine, ORGS_SHOWN_MAX);
    for (size_t i = 0; i < count; i++) {
        const Org *org = &orgs[i];
        if (view.sought.len > 0 && !holds(org->id, view.sought) &&
            !holds(org->name_zh, view.sought) && !holds(org->name_en, view.sought) &&
            !holds(org->credit_code, view.sought) && !holds(org->party, view.sought)) {
            continue;
        }
        if (view.count < ORGS_SHOWN_MAX) {
            lines[view.count++] = people_org_line(request, org);
        }
        view.all++;
    }
    view.lines = lines;
    Out out = begin_page(request, reply, word_text(request->language, WORD_PEOPLE_TITLE), false);
    page_people_orgs(&out, &view);
    request_page_end(request, &out);
}

static void show_org(Request *request, Reply *reply, Str id)
{
    Org org;
    Fault fault = {0};
    if (!people_need_org(request, reply, id, &org)) {
        return;
    }
    OrgView view = {.org = people_org_line(request, &org), .now = request->now,
                    .today = request->today, .admin = manages_all(request),
                    .done = done_word(request)};
    Fail fail = people_all(request->service->people, request->arena, org.id, &view.people,
                           &view.people_count, &fault);
    if (fail != FAIL_NONE) {
        reply_fault(request, reply, &fault);
        return;
    }
    Out out = begin_page(request, reply, view.org.name, false);
    page_people_org(&out, &view);
    request_page_end(request, &out);
}

static void people_start(Request *request, Reply *reply)
{
    if (manages_all(request)) {
        show_orgs(request, reply);
    } else {
        show_org(request, reply, request->who->org.id);
    }
}

static void org_page(Request *request, Reply *reply)
{
    show_org(request, reply, request->rest[0]);
}

/* Colleagues who may stand in, and who does. */
static Fail read_colleagues(Request *request, PersonView *view, Fault *fault)
{
    const Person *all;
    size_t count = 0;
    Fail fail = people_all(request->service->people, request->arena, view->person.org, &all,
                           &count, fault);
    Person *colleagues = ARENA_MANY(request->arena, Person, count + 1);
    for (size_t i = 0; fail == FAIL_NONE && i < count; i++) {
        if (all[i].id == view->person.deputy) {
            view->deputy = all[i].name;
        }
        if (all[i].id != view->person.id && !all[i].suspended) {
            colleagues[view->colleagues_count++] = all[i];
        }
    }
    view->colleagues = colleagues;
    return fail;
}

void people_show_person(Request *request, Reply *reply, const Person *person, PersonView *view)
{
    Org org;
    Fault fault = {0};
    if (!people_need_org(request, reply, person->org, &org)) {
        return;
    }
    view->person = *person;
    view->org = people_org_line(request, &org);
    view->now = request->now;
    view->today = request->today;
    view->oneself = person->id == request->who->person.id;
    Fail fail = people_sessions(request->service->people, request->arena, person->id,
                                request->now, &view->sessions, &view->sessions_count, &fault);
    fail = fail ? fail : read_colleagues(request, view, &fault);
    if (fail != FAIL_NONE) {
        reply_fault(request, reply, &fault);
        return;
    }
    Out out = begin_page(request, reply, person->name, view->faults.count > 0);
    page_people_person(&out, view);
    request_page_end(request, &out);
}

static void person_page(Request *request, Reply *reply)
{
    Person person;
    PersonView view = {.done = done_word(request)};
    if (people_need_person(request, reply, request->rest[0], &person)) {
        people_show_person(request, reply, &person, &view);
    }
}

const Route routes_people[] = {
    {METHOD_GET, "/people", people_start, NEED_ADMIN, .reads = true},
    {METHOD_GET, "/people/new", people_org_new, NEED_ADMIN, .reads = true},
    {METHOD_POST, "/people/new", people_org_make, NEED_ADMIN, .reads = true},
    {METHOD_GET, "/people/org/*", org_page, NEED_ADMIN, .reads = true},
    {METHOD_GET, "/people/org/*/change", people_org_edit, NEED_ADMIN, .reads = true},
    {METHOD_POST, "/people/org/*/change", people_org_change, NEED_ADMIN, .reads = true},
    {METHOD_GET, "/people/org/*/invite", people_invite_form, NEED_ADMIN, .reads = true},
    {METHOD_POST, "/people/org/*/invite", people_invite_make, NEED_ADMIN, .reads = true},
    {METHOD_GET, "/people/person/*", person_page, NEED_ADMIN, .reads = true},
    {METHOD_POST, "/people/person/*/*", people_person_do, NEED_ADMIN, .reads = true},
    {0},
};
