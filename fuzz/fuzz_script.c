/* fuzz_script.c: any bytes as a case script: a fault in words or a position, never a crash. */
#include "position_json.h"
#include "script.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static Arena kept;   /* the law, read once */
    static Law *law;
    static const Calendar *calendar;
    static const LawWords *words;
    Fault fault;
    if (!law && (law_open(&kept, NULL, NULL, &law, &fault) != FAIL_NONE ||
                 law_calendar(law, DAY_LAST, &calendar, &fault) != FAIL_NONE ||
                 law_words(law, STR_NONE, LANGUAGE_ZH, &words, &fault) != FAIL_NONE)) {
        __builtin_trap();
    }
    Arena arena = {0};
    Script script;
    Str text = {(const char *)bytes, size};
    if (script_read(law, &arena, text, STR("fuzz"), &script, &fault) == FAIL_NONE &&
        script_day(&script, DAY_NONE) != DAY_NONE) {
        const Position *position =
            position_of(&arena, script.name, script.edition, &script.facts, script.acts,
                        script.acts_count, calendar, script_day(&script, DAY_NONE));
        Reader reader = {LANGUAGE_ZH, words};
        Buf buf = {0};
        position_json(&buf, position, &reader, true, &arena);
        buf_done(&buf);
    }
    arena_done(&arena);
    return 0;
}
