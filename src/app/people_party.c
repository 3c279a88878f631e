/* people_party.c: whether an organisation can take part as something: the editions say as what. */
#include "people.h"

static Fail party_known(Law *law, Str party, bool *ret_known, Fault *fault)
{
    const Str *ids;
    size_t count;
    *ret_known = str_is(party, "auditor") || str_is(party, "admin");
    Fail fail = law_edition_ids(law, &ids, &count, fault);
    for (size_t i = 0; fail == FAIL_NONE && !*ret_known && i < count; i++) {
        const Edition *edition;
        Party found;
        fail = law_edition(law, ids[i], &edition, fault);
        *ret_known = fail == FAIL_NONE && edition_party(edition, party, &found) &&
                     (edition->roles[found.role].kind == ROLE_ONE || found.id.len > 0);
    }
    return fail;
}

Fail people_check_party(Law *law, Str party, Fault *fault)
{
    bool known;
    Fail fail = party_known(law, party, &known, fault);
    return fail != FAIL_NONE || known
               ? fail : FAULT(fault, FAIL_INPUT, WORD_PEOPLE_BAD_PARTY, STR("party"), party);
}
