/* people_text.c: what may stand in the fields of organisations and people. */
#include "creditcode.h"
#include "password.h"
#include "people_inside.h"
#include "utf8.h"

enum { ID_BYTES_MAX = 64, LOGIN_BYTES_MIN = 2, LOGIN_BYTES_MAX = 64, NAME_CHARS_MAX = 100 };

/* Code points; -1 when it is no UTF-8. */
static int chars_of(Str text)
{
    int count = 0;
    if (!utf8_valid(text, NULL)) {
        return -1;
    }
    for (size_t at = 0; at < text.len; count++) {
        utf8_next(text, &at);
    }
    return count;
}

Fail people_check_text(Str field, Str text, Fault *fault)
{
    int chars = chars_of(text);
    if (chars == 0 || str_trim(text).len == 0) {
        return FAULT(fault, FAIL_INPUT, WORD_PEOPLE_NAME_WANTED, field);
    }
    if (chars < 0 || chars > NAME_CHARS_MAX || utf8_unsafe(text) ||
        str_trim(text).len != text.len) {
        return FAULT(fault, FAIL_INPUT, WORD_PEOPLE_BAD_NAME, field, text);
    }
    return FAIL_NONE;
}

static bool is_small(char letter)
{
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
}

Str people_login(Arena *arena, Str typed)
{
    typed = str_trim(typed);
    char *small = arena_take(arena, typed.len + 1);
    for (size_t i = 0; i < typed.len; i++) {
        char letter = typed.at[i];
        small[i] = letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
    }
    return (Str){small, typed.len};
}

Fail people_check_login(Str login, Fault *fault)
{
    bool good = login.len >= LOGIN_BYTES_MIN && login.len <= LOGIN_BYTES_MAX &&
                is_small(login.at[0]);
    for (size_t i = 0; good && i < login.len; i++) {
        good = is_small(login.at[i]) || (login.at[i] && strchr("._-@", login.at[i]));
    }
    return good ? FAIL_NONE
                : FAULT(fault, FAIL_INPUT, WORD_PEOPLE_BAD_LOGIN, STR("login"), login);
}

Fail people_check_password(Str login, Str password, Fault *fault)
{
    Str field = STR("password");
    int chars = chars_of(password);
    if (chars < 0 || password.len > PASSWORD_BYTES_MAX) {
        return FAULT(fault, FAIL_INPUT, WORD_PEOPLE_PASSWORD_LONG, field);
    }
    if (chars < PASSWORD_CHARS_MIN) {
        return FAULT(fault, FAIL_INPUT, WORD_PEOPLE_PASSWORD_SHORT, field);
    }
    bool one_sign = true;
    for (size_t i = 1; i < password.len; i++) {
        one_sign = one_sign && password.at[i] == password.at[0];
    }
    if (one_sign || (login.len > 0 && str_eq(password, login))) {
        return FAULT(fault, FAIL_INPUT, WORD_PEOPLE_PASSWORD_EASY, field);
    }
    return FAIL_NONE;
}

/* role or role/id, as editions write parties; which roles there are, the editions know. */
static bool party_form(Str party)
{
    size_t slash = str_find(party, '/');
    bool good = party.len > 0 && party.len <= ID_BYTES_MAX && slash > 0 && slash + 1 != party.len;
    for (size_t i = 0; good && i < party.len; i++) {
        char letter = party.at[i];
        good = i == slash || is_small(letter) || letter == '_' || (i > slash && letter == '-');
    }
    return good;
}

static Fail check_id(const Org *org, Fault *fault)
{
    bool good = org->id.len > 0 && org->id.len <= ID_BYTES_MAX && org->id.at[0] != '-';
    for (size_t i = 0; good && i < org->id.len; i++) {
        good = is_small(org->id.at[i]) || org->id.at[i] == '-';
    }
    good = good || (org->id.len > 0 && str_eq(org->id, org->credit_code));
    return good ? FAIL_NONE
                : FAULT(fault, FAIL_INPUT, WORD_PEOPLE_BAD_ORG_ID, STR("id"), org->id);
}

static Fail check_code(const Org *org, Fault *fault)
{
    Str field = STR("credit_code"), code = org->credit_code;
    if (code.len == 0) {
        return str_is(org->party, "operator")
                   ? FAULT(fault, FAIL_INPUT, WORD_PEOPLE_CODE_WANTED, field) : FAIL_NONE;
    }
    char check = code.len == CREDITCODE_CHARS
                     ? creditcode_check(str_part(code, 0, CREDITCODE_CHARS - 1)) : 0;
    if (!check) {
        return FAULT(fault, FAIL_INPUT, WORD_PEOPLE_CODE_FORM, field, code);
    }
    return creditcode_fits(code)
               ? FAIL_NONE
               : FAULT(fault, FAIL_INPUT, WORD_PEOPLE_CODE_CHECK, field, code, (Str){&check, 1});
}

static Fail check_party_form(const Org *org, Fault *fault)
{
    return party_form(org->party)
               ? FAIL_NONE
               : FAULT(fault, FAIL_INPUT, WORD_PEOPLE_BAD_PARTY, STR("party"), org->party);
}

/* One name is enough; which is missing is told of the first. */
static Fail check_name_zh(const Org *org, Fault *fault)
{
    return org->name_zh.len > 0 || org->name_en.len == 0
               ? people_check_text(STR("name_zh"), org->name_zh, fault) : FAIL_NONE;
}

static Fail check_name_en(const Org *org, Fault *fault)
{
    return org->name_en.len > 0 ? people_check_text(STR("name_en"), org->name_en, fault)
                                : FAIL_NONE;
}

typedef Fail OrgCheck(const Org *org, Fault *fault);
static OrgCheck *const org_checks[] = {check_code, check_id, check_party_form, check_name_zh,
                                       check_name_en};
enum { ORG_CHECKS = sizeof org_checks / sizeof org_checks[0] };

Fail people_check_org(const Org *org, Fault *fault)
{
    for (size_t i = 0; i < ORG_CHECKS; i++) {
        Fail fail = org_checks[i](org, fault);
        if (fail != FAIL_NONE) {
            return fail;
        }
    }
    return FAIL_NONE;
}

void people_org_faults(const Org *org, FaultList *faults)
{
    for (size_t i = 0; i < ORG_CHECKS; i++) {
        Fault fault;
        if (org_checks[i](org, &fault) != FAIL_NONE) {
            faults_add(faults, &fault);
        }
    }
}

void people_person_faults(Str login, Str name, FaultList *faults)
{
    Fault fault;
    if (people_check_login(people_login(faults->arena, login), &fault) != FAIL_NONE) {
        faults_add(faults, &fault);
    }
    if (people_check_text(STR("name"), str_trim(name), &fault) != FAIL_NONE) {
        faults_add(faults, &fault);
    }
}
