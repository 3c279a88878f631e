/* people_pages.h: what pages/people.html shows: organisations and their people, for those who
 * manage them, and the handlers of people_forms.c. Floor 6. */
#ifndef SHENCHA_PEOPLE_PAGES_H
#define SHENCHA_PEOPLE_PAGES_H

#include "request.h"

typedef struct FieldFault {
    Str field, words;
} FieldFault;

typedef struct FormFaults {
    const FieldFault *at;
    size_t count;
} FormFaults;

/* Is this field among them? */
static inline bool form_bad(const FormFaults *faults, const char *field)
{
    for (size_t i = 0; i < faults->count; i++) {
        if (str_is(faults->at[i].field, field)) {
            return true;
        }
    }
    return false;
}

typedef struct PartyChoice {
    Str id, label;               /* "member/mof"; "institution/" wants a part */
    bool chosen;
} PartyChoice;

typedef struct PartyGroup {
    Str label;                   /* empty: those that stand alone */
    const PartyChoice *choices;
    size_t count;
} PartyGroup;

typedef struct OrgLine {
    Str id, name, capacity, credit_code;
    bool closed;
} OrgLine;

typedef struct OrgsView {
    const OrgLine *lines;
    size_t count, all;           /* shown; found */
    Str sought;
    Word done;
} OrgsView;

typedef struct OrgView {
    OrgLine org;
    const Person *people;
    size_t people_count;
    int64_t now;
    Day today;
    bool admin;                  /* may change the organisation itself */
    Word done;
} OrgView;

typedef struct OrgForm {         /* of a new organisation, or of one that is there */
    Str id;                      /* of the one that is there; empty: a new one */
    Str typed_id, part, credit_code, name_zh, name_en;
    const PartyGroup *groups;
    size_t groups_count;
    bool closed;
    FormFaults faults;
} OrgForm;

typedef struct InviteForm {
    Str org, org_name, login, name;
    uint32_t may;
    FormFaults faults;
} InviteForm;

typedef struct InvitedView {     /* shown once */
    Str org, name, login, address;
    int64_t person;
} InvitedView;

typedef struct PersonView {
    Person person;
    OrgLine org;
    const Session *sessions;
    size_t sessions_count;
    const Person *colleagues;    /* who may stand in */
    size_t colleagues_count;
    Str deputy, typed_deputy, typed_from, typed_until;
    int64_t now;
    Day today;
    bool oneself;
    FormFaults faults;
    Word done;
} PersonView;

/* Shared by people_pages.c and people_forms.c. */
bool manages_all(const Request *request);
/* The organisation, when who asks manages it; otherwise the reply is made. */
bool people_need_org(Request *request, Reply *reply, Str id, Org *ret_org);
/* The same for a person, from the number in the address. */
bool people_need_person(Request *request, Reply *reply, Str id, Person *ret_person);
OrgLine people_org_line(Request *request, const Org *org);
const PartyGroup *people_parties(Request *request, Str chosen, size_t *ret_count);
void people_show_person(Request *request, Reply *reply, const Person *person, PersonView *view);
/* Faults as a form shows them, with the field that each names first. */
FormFaults people_faults(Request *request, const FaultList *faults);

Handler people_org_new, people_org_make, people_org_edit, people_org_change, people_invite_form,
    people_invite_make, people_person_do;

#endif
