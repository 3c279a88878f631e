/* fault.c: filling and printing faults. */
#include "fault.h"

#include "utf8.h"

/* A fault is printed: what could move the cursor or turn the line is blanked, and text ends before
 * the first byte that is no UTF-8. */
static void keep(char *room, size_t size, Str text)
{
    size_t len = text.len < size - 1 ? text.len : size - 1;
    while (len > 0 && len < text.len && ((unsigned char)text.at[len] & 0xC0) == 0x80) {
        len--;
    }
    Str kept = {text.at, len};
    if (!utf8_valid(kept, &len)) {
        kept.len = len;
    }
    if (len) {
        memcpy(room, text.at, len);
    }
    room[len] = 0;
    for (size_t at = 0, from = 0; at < len; from = at) {
        utf8_next(kept, &at);
        if (utf8_unsafe((Str){kept.at + from, at - from})) {
            memset(room + from, ' ', at - from);
        }
    }
}

Fail fault_set(Fault *fault, Fail fail, Word word, const Str *args, size_t count)
{
    if (fault) {
        *fault = (Fault){.fail = fail, .word = word};
        for (size_t i = 0; i < count && i < FAULT_ARGS_MAX; i++) {
            keep(fault->args[i], sizeof fault->args[i], args[i]);
            fault->args_count++;
        }
    }
    return fail;
}

Fail fault_at(Fault *fault, Str file, int line, int column)
{
    if (!fault) {
        return FAIL_INPUT;
    }
    keep(fault->file, sizeof fault->file, file);
    fault->line = line;
    fault->column = column;
    return fault->fail;
}

void fault_put(Buf *buf, const Fault *fault, Language language)
{
    if (fault->file[0]) {
        buf_put(buf, str_from(fault->file));
        if (fault->line) {
            buf_print(buf, ":%d:%d", fault->line, fault->column);
        }
        buf_put(buf, STR(": "));
    }
    Str args[FAULT_ARGS_MAX];
    for (int i = 0; i < fault->args_count; i++) {
        args[i] = str_from(fault->args[i]);
    }
    word_put(buf, language, fault->word, args, (size_t)fault->args_count);
    if (fault->because != WORD_NONE) {
        buf_put(buf, language == LANGUAGE_ZH ? STR_NONE : STR(" "));
        buf_put(buf, word_text(language, fault->because));
    }
}

int fail_exit(Fail fail)
{
    switch (fail) {
    case FAIL_NONE: return 0;
    case FAIL_REFUSED: return 1;
    case FAIL_INPUT: return 2;
    case FAIL_SYSTEM:
    case FAIL_CONFLICT: return 3;
    }
    return 3;
}

void faults_add(FaultList *faults, const Fault *fault)
{
    faults->all++;
    if (faults->count < FAULTS_MAX) {
        faults->at = arena_grow(faults->arena, faults->at, faults->count, &faults->capacity,
                                faults->count + 1, sizeof *faults->at);
        faults->at[faults->count++] = *fault;
    }
}
