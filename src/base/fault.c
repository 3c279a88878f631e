/* fault.c: filling and printing faults. */
#include "fault.h"

#include "utf8.h"

static void keep(char *room, size_t size, Str text)
{
    size_t len = text.len < size - 1 ? text.len : size - 1;
    while (len > 0 && len < text.len && ((unsigned char)text.at[len] & 0xC0) == 0x80) {
        len--;
    }
    size_t out = 0;
    for (size_t i = 0; i < len; i++) {   /* a fault is printed: no control bytes in it */
        unsigned char byte = (unsigned char)text.at[i];
        room[out++] = (char)(byte < 0x20 || byte == 0x7F ? ' ' : byte);
    }
    room[out] = 0;
    size_t bad;
    if (!utf8_valid((Str){room, out}, &bad)) {
        room[bad] = 0;
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
