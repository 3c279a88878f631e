/* people_forms.c: what those who manage people do: add and change organisations, invite, say what
 * somebody may, suspend, unlock, end. Every act but an invitation answers with 303; an invitation
 * is shown once, in the answer itself, so that its secret stands in no address. */
#include "pages.h"
#include "people_pages.h"
#include "sign_in.h"

enum { STATUS_FAULTS = 422, STATUS_CONFLICT = 409, ADDRESS_BYTES_MAX = 1024 };

static const struct { const char *id; uint32_t bit; } mays[] = {
    {"act", MAY_ACT}, {"sign", MAY_SIGN}, {"manage", MAY_MANAGE},
};

static uint32_t typed_may(Request *request)
{
    uint32_t may = 0;
    for (size_t i = 0; i < sizeof mays / sizeof mays[0]; i++) {
        may |= typed_has(&request->typed, STR("may"), str_from(mays[i].id)) ? mays[i].bit : 0;
    }
    return may;
}

static Out begin_form(Request *request, Reply *reply, Str title, const FormFaults *faults,
                      Fail fail)
{
    reply->not_kept = true;
    reply->status = faults->count == 0 ? 200 : fail == FAIL_CONFLICT ? STATUS_CONFLICT
                                                                     : STATUS_FAULTS;
    buf_clear(&reply->body);
    PageHead head = {.title = title, .here = "people"};
    return request_page(request, reply, &head);
}

static void see(Request *request, Reply *reply, const char *kind, Str id, const char *done)
{
    Buf address = buf_new(ADDRESS_BYTES_MAX);
    Out out = {&address, request->language};
    buf_print(&address, "/people/%s/", kind);
    out_url(&out, id);
    buf_print(&address, "?done=%s", done);
    reply_see(request, reply, str_copy(request->arena, buf_str(&address)));
    buf_done(&address);
}

/* A fault of the system is a page of its own; one of input goes beside its field. */
static bool system_fault(Request *request, Reply *reply, Fail fail, const Fault *fault)
{
    if (fail == FAIL_SYSTEM || fail == FAIL_REFUSED) {
        reply_fault(request, reply, fault);
        return true;
    }
    return false;
}

/* ---- organisations: for the administrator alone ---- */

static bool need_admin(Request *request, Reply *reply)
{
    if (!manages_all(request)) {
        reply_not_there(request, reply);
    }
    return manages_all(request);
}

static void show_org_form(Request *request, Reply *reply, const Org *org, OrgForm *form, Fail fail)
{
    size_t slash = str_find(org->party, '/');
    form->part = str_part(org->party, slash + 1, org->party.len);
    form->credit_code = org->credit_code;
    form->name_zh = org->name_zh;
    form->name_en = org->name_en;
    form->closed = org->closed;
    form->groups = people_parties(request, org->party, &form->groups_count);
    Word title = form->id.len ? WORD_PEOPLE_ORG_EDIT : WORD_PEOPLE_ORG_NEW;
    Out out = begin_form(request, reply, word_text(request->language, title), &form->faults, fail);
    page_people_org_form(&out, form);
    request_page_end(request, &out);
}

void people_org_new(Request *request, Reply *reply)
{
    Org org = {0};
    OrgForm form = {0};
    if (need_admin(request, reply)) {
        show_org_form(request, reply, &org, &form, FAIL_NONE);
    }
}

void people_org_edit(Request *request, Reply *reply)
{
    Org org;
    OrgForm form = {0};
    if (need_admin(request, reply) &&
        people_need_org(request, reply, request->rest[0], &org)) {
        form.id = org.id;
        show_org_form(request, reply, &org, &form, FAIL_NONE);
    }
}

/* Credit codes are written with large letters. */
static Str typed_code(Request *request)
{
    Str typed = str_trim(typed_text(request, "credit_code"));
    char *large = arena_take(request->arena, typed.len + 1);
    for (size_t i = 0; i < typed.len; i++) {
        char letter = typed.at[i];
        large[i] = letter >= 'a' && letter <= 'z' ? (char)(letter - 'a' + 'A') : letter;
    }
    return (Str){large, typed.len};
}

static Str typed_party(Request *request)
{
    Str role = typed_text(request, "party");
    if (!str_ends(role, STR("/"))) {
        return role;
    }
    Str part = str_trim(typed_text(request, "part"));
    char *whole = arena_take(request->arena, role.len + part.len + 1);
    memcpy(whole, role.at, role.len);
    memcpy(whole + role.len, part.at ? part.at : "", part.len);
    return (Str){whole, role.len + part.len};
}

static Org typed_org(Request *request)
{
    return (Org){
        .party = typed_party(request), .credit_code = typed_code(request),
        .name_zh = str_trim(typed_text(request, "name_zh")),
        .name_en = str_trim(typed_text(request, "name_en")),
        .closed = typed_has(&request->typed, STR("closed"), STR("yes")),
    };
}

/* Everything that is wrong with what was typed. */
static Fail check_org(Request *request, const Org *org, FaultList *faults)
{
    Fault fault;
    people_org_faults(org, faults);
    for (size_t i = 0; i < faults->count; i++) {
        if (strcmp(faults->at[i].args[0], "party") == 0) {
            return FAIL_INPUT;
        }
    }
    if (request->reader &&
        people_check_party(request->reader->law, org->party, &fault) != FAIL_NONE) {
        faults_add(faults, &fault);
    }
    return faults->count ? FAIL_INPUT : FAIL_NONE;
}

void people_org_make(Request *request, Reply *reply)
{
    Fault fault = {0};
    FaultList faults = {.arena = request->arena};
    if (!need_admin(request, reply)) {
        return;
    }
    Org org = typed_org(request);
    OrgForm form = {.typed_id = str_trim(typed_text(request, "id"))};
    org.id = form.typed_id.len ? form.typed_id : org.credit_code;
    Fail fail = check_org(request, &org, &faults);
    if (fail == FAIL_NONE) {
        fail = people_add_org(request->service->people, &org, &fault);
        if (system_fault(request, reply, fail, &fault)) {
            return;
        }
        if (fail != FAIL_NONE) {
            faults_add(&faults, &fault);
        }
    }
    if (fail == FAIL_NONE) {
        see(request, reply, "org", org.id, "org-added");
        return;
    }
    form.faults = people_faults(request, &faults);
    show_org_form(request, reply, &org, &form, fail);
}

void people_org_change(Request *request, Reply *reply)
{
    Org before;
    Fault fault = {0};
    FaultList faults = {.arena = request->arena};
    if (!need_admin(request, reply) ||
        !people_need_org(request, reply, request->rest[0], &before)) {
        return;
    }
    Org org = typed_org(request);
    org.id = before.id;
    OrgForm form = {.id = org.id};
    Fail fail = check_org(request, &org, &faults);
    if (fail == FAIL_NONE && str_eq(org.id, request->who->org.id) &&
        (org.closed || !str_is(org.party, "admin"))) {
        fail = FAULT(&fault, FAIL_INPUT, WORD_PEOPLE_OWN_ORG,
                     org.closed ? STR("closed") : STR("party"));
        faults_add(&faults, &fault);
    }
    if (fail == FAIL_NONE) {
        fail = people_change_org(request->service->people, &org, &fault);
        if (system_fault(request, reply, fail, &fault)) {
            return;
        }
        if (fail != FAIL_NONE) {
            faults_add(&faults, &fault);
        }
    }
    if (fail == FAIL_NONE) {
        see(request, reply, "org", org.id, "org-changed");
        return;
    }
    form.faults = people_faults(request, &faults);
    show_org_form(request, reply, &org, &form, fail);
}

/* ---- invitations ---- */

static void show_invite_form(Request *request, Reply *reply, const Org *org, InviteForm *form,
                             Fail fail)
{
    form->org = org->id;
    form->org_name = people_org_line(request, org).name;
    Out out = begin_form(request, reply, word_text(request->language, WORD_PEOPLE_INVITE),
                         &form->faults, fail);
    page_people_invite(&out, form);
    request_page_end(request, &out);
}

void people_invite_form(Request *request, Reply *reply)
{
    Org org;
    InviteForm form = {.may = MAY_ACT};
    if (people_need_org(request, reply, request->rest[0], &org)) {
        show_invite_form(request, reply, &org, &form, FAIL_NONE);
    }
}

static void show_invited(Request *request, Reply *reply, const Person *person, Str token)
{
    FormFaults none = {0};
    char *address = arena_take(request->arena, sizeof "/invitation/" + token.len);
    memcpy(address, "/invitation/", sizeof "/invitation/");
    memcpy(address + strlen(address), token.at, token.len);
    InvitedView view = {.org = person->org, .name = person->name, .login = person->login,
                        .person = person->id,
                        .address = {address, strlen("/invitation/") + token.len}};
    Out out = begin_form(request, reply, word_text(request->language, WORD_PEOPLE_INVITED_TITLE),
                         &none, FAIL_NONE);
    page_people_invited(&out, &view);
    request_page_end(request, &out);
}

void people_invite_make(Request *request, Reply *reply)
{
    Org org;
    Fault fault = {0};
    FaultList faults = {.arena = request->arena};
    Str token = {0};
    if (!people_need_org(request, reply, request->rest[0], &org)) {
        return;
    }
    InviteForm form = {.login = typed_text(request, "login"), .name = typed_text(request, "name"),
                       .may = typed_may(request)};
    Person person = {.login = str_trim(form.login), .name = str_trim(form.name), .org = org.id};
    Fail fail = FAIL_INPUT;
    people_person_faults(form.login, form.name, &faults);
    if (faults.count == 0) {
        fail = people_invite(request->service->people, request->arena, form.login, form.name,
                             org.id, form.may, request->now, &token, &person.id, &fault);
        if (system_fault(request, reply, fail, &fault)) {
            return;
        }
        if (fail != FAIL_NONE) {
            faults_add(&faults, &fault);
        }
    }
    if (fail == FAIL_NONE) {
        show_invited(request, reply, &person, token);
        return;
    }
    form.faults = people_faults(request, &faults);
    show_invite_form(request, reply, &org, &form, fail);
}

/* ---- what is done to somebody ---- */

typedef Fail Deed(Request *request, const Person *person, Fault *fault);

static Fail set_may(Request *request, const Person *person, Fault *fault)
{
    uint32_t may = typed_may(request);
    if (person->id == request->who->person.id && may != person->may) {
        return FAULT(fault, FAIL_INPUT, WORD_PEOPLE_OWN_MAY, STR("may"));
    }
    return people_set_may(request->service->people, person->id, may, fault);
}

static Fail suspend(Request *request, const Person *person, Fault *fault)
{
    if (person->id == request->who->person.id) {
        return FAULT(fault, FAIL_INPUT, WORD_PEOPLE_OWN_SUSPEND, STR("suspend"));
    }
    return people_suspend(request->service->people, person->id, true, fault);
}

static Fail resume(Request *request, const Person *person, Fault *fault)
{
    return people_suspend(request->service->people, person->id, false, fault);
}

static Fail unlock(Request *request, const Person *person, Fault *fault)
{
    return people_unlock(request->service->people, person->id, fault);
}

static Fail end_codes(Request *request, const Person *person, Fault *fault)
{
    return people_onetime_end(request->service->people, person->id, fault);
}

static Fail end_sessions(Request *request, const Person *person, Fault *fault)
{
    return people_end_session(request->service->people, person->id,
                              typed_text(request, "session"), fault);
}

static Fail set_deputy(Request *request, const Person *person, Fault *fault)
{
    int64_t deputy = 0;
    Day from = DAY_NONE, until = DAY_NONE;
    if (!str_int(typed_text(request, "deputy"), &deputy) || deputy <= 0) {
        return FAULT(fault, FAIL_INPUT, WORD_PEOPLE_DEPUTY_WANTED, STR("deputy"));
    }
    if (!day_parse(typed_text(request, "from"), &from)) {
        return FAULT(fault, FAIL_INPUT, WORD_PEOPLE_DEPUTY_DAYS, STR("from"));
    }
    if (!day_parse(typed_text(request, "until"), &until)) {
        return FAULT(fault, FAIL_INPUT, WORD_PEOPLE_DEPUTY_DAYS, STR("until"));
    }
    return people_set_deputy(request->service->people, person->id, deputy, from, until, fault);
}

static Fail end_deputy(Request *request, const Person *person, Fault *fault)
{
    return people_set_deputy(request->service->people, person->id, 0, DAY_NONE, DAY_NONE, fault);
}

static const struct { const char *id; Deed *run; } deeds[] = {
    {"may", set_may},          {"suspend", suspend},          {"resume", resume},
    {"unlock", unlock},        {"codes-end", end_codes},      {"sessions-end", end_sessions},
    {"deputy", set_deputy},    {"deputy-end", end_deputy},
};

static void invite_again(Request *request, Reply *reply, const Person *person)
{
    Fault fault = {0};
    Str token = {0};
    Fail fail = people_invite_again(request->service->people, request->arena, person->id,
                                    request->now, &token, &fault);
    if (fail != FAIL_NONE) {
        reply_fault(request, reply, &fault);
        return;
    }
    show_invited(request, reply, person, token);
}

static void do_deed(Request *request, Reply *reply, const Person *person, const char *id,
                    Deed *deed)
{
    Fault fault = {0};
    FaultList faults = {.arena = request->arena};
    Fail fail = deed(request, person, &fault);
    if (fail == FAIL_NONE) {
        see(request, reply, "person", request->rest[0], id);
        return;
    }
    if (system_fault(request, reply, fail, &fault)) {
        return;
    }
    faults_add(&faults, &fault);
    PersonView view = {.faults = people_faults(request, &faults),
                       .typed_deputy = typed_text(request, "deputy"),
                       .typed_from = typed_text(request, "from"),
                       .typed_until = typed_text(request, "until")};
    people_show_person(request, reply, person, &view);
}

void people_person_do(Request *request, Reply *reply)
{
    Person person;
    if (!people_need_person(request, reply, request->rest[0], &person)) {
        return;
    }
    if (str_is(request->rest[1], "invite")) {
        invite_again(request, reply, &person);
        return;
    }
    for (size_t i = 0; i < sizeof deeds / sizeof deeds[0]; i++) {
        if (str_is(request->rest[1], deeds[i].id)) {
            do_deed(request, reply, &person, deeds[i].id, deeds[i].run);
            return;
        }
    }
    reply_not_there(request, reply);
}
