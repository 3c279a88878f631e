/* fuzz_edition.c: any bytes as a procedure become an edition that keeps its promises, or faults
 * with a place; and what could be read is checked without harm. */
#include <stdlib.h>

#include "lawcheck.h"

static const char bodies[] =
    "groups:\n  members_2020: [cac, mof]\n  members_2022: [cac, csrc]\n  sectors: [telecoms]\n";

static void require(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void require_branch(const Edition *edition, const Branch *branch)
{
    require(branch->in || branch->opens != ID_NONE);
    require(branch->opens == ID_NONE || branch->opens < edition->stages_count);
    require(branch->to == ID_NONE || branch->to < edition->stages_count);
    require(branch->imposes == ID_NONE || branch->imposes < edition->duties_count);
    require(branch->extends.clock == ID_NONE ||
            branch->extends.days > 0 || branch->extends.field < edition->fields_count);
    require(branch->needs_count <= EDITION_GUARDS_MAX && branch->node != NULL);
    for (uint8_t i = 0; i < branch->notices_count; i++) {
        require(branch->notices[i] < edition->notices_count);
    }
}

static void require_edition(const Edition *edition)
{
    require(edition->id.len > 0 && edition->acts_count <= EDITION_ACTS_MAX);
    require(edition->from == DAY_NONE || edition->from < edition->until);
    for (size_t i = 0; i < edition->acts_count; i++) {
        const ActKind *act = &edition->acts[i];
        require(act->clause.count > 0 && (act->by_addressee || act->by));
        require(edition_act(edition, act->id) == i);
        for (uint8_t j = 0; j < act->branches_count; j++) {
            require_branch(edition, &act->branches[j]);
        }
    }
    for (size_t i = 0; i < edition->clocks_count; i++) {
        require(edition->clocks[i].working_days > 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    Arena arena = {0};
    LawCheck check = {.faults = {.arena = &arena}, .notes = {.arena = &arena}};
    const Edition *edition = NULL;
    Fail fail = edition_read_text(&arena, (Str){(const char *)bytes, size}, STR("fuzz.yaml"),
                                  (Str){bodies, sizeof bodies - 1}, &edition, &check.faults);
    require((fail == FAIL_NONE) == (check.faults.all == 0));
    if (fail == FAIL_NONE) {
        require_edition(edition);
        law_check_procedure(&arena, edition, &check);
    }
    for (size_t i = 0; i < check.faults.count; i++) {
        require(check.faults.at[i].file[0] && check.faults.at[i].word != WORD_NONE);
    }
    arena_done(&arena);
    return 0;
}
