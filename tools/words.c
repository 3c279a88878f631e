/* words.c: words/NAME.tsv → word.h and word.c. Run at build time: words OUT.h OUT.c FILE…
 * One sentence a line: id, English, Chinese, divided by tabs; {0} {1} … stand for arguments.
 * A line without both languages, an id twice, or arguments that differ between the languages stop
 * the build. Lines that begin with # and empty ones are passed over. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINES_MAX = 4096, LINE_BYTES_MAX = 4096 };

typedef struct Entry { char *id, *en, *zh; } Entry;
static Entry entries[LINES_MAX];
static int count;

static void stop(const char *file, int line, const char *why)
{
    fprintf(stderr, "%s:%d: %s\n", file, line, why);
    exit(1);
}

static unsigned arguments(const char *text)
{
    unsigned seen = 0;
    for (; *text; text++) {
        if (text[0] == '{' && text[1] >= '0' && text[1] <= '9' && text[2] == '}') {
            seen |= 1u << (text[1] - '0');
        }
    }
    return seen;
}

static void read_file(const char *name)
{
    FILE *file = fopen(name, "r");
    if (!file) {
        stop(name, 0, "cannot be opened");
    }
    static char line[LINE_BYTES_MAX];
    for (int n = 1; fgets(line, sizeof line, file); n++) {
        line[strcspn(line, "\r\n")] = 0;
        if (!line[0] || line[0] == '#') {
            continue;
        }
        char *en = strchr(line, '\t');
        char *zh = en ? strchr(en + 1, '\t') : NULL;
        if (!en || !zh || !en[1] || !zh[1] || strchr(zh + 1, '\t')) {
            stop(name, n, "expected: id TAB English TAB Chinese");
        }
        *en++ = 0;
        *zh++ = 0;
        if (strspn(line, "abcdefghijklmnopqrstuvwxyz0123456789_") != strlen(line)) {
            stop(name, n, "an id has lower-case letters, digits and _ only");
        }
        for (int i = 0; i < count; i++) {
            if (!strcmp(entries[i].id, line)) {
                stop(name, n, "this id stands twice");
            }
        }
        if (arguments(en) != arguments(zh)) {
            stop(name, n, "the two languages use different arguments");
        }
        if (count == LINES_MAX) {
            stop(name, n, "too many lines");
        }
        entries[count++] = (Entry){strdup(line), strdup(en), strdup(zh)};
    }
    fclose(file);
}

static void put_string(FILE *out, const char *text)
{
    fputc('"', out);
    for (; *text; text++) {
        if (*text == '"' || (*text == '\\' && text[1] != 'n')) {
            fputc('\\', out);
        }
        fputc(*text, out);
    }
    fputs("\"", out);
}

static void put_header(FILE *out)
{
    fputs("/* word.h: made by tools/words.c from words/NAME.tsv; not to be edited. Floor 0. */\n"
          "#ifndef SHENCHA_WORD_H\n#define SHENCHA_WORD_H\n\n#include \"buf.h\"\n\n"
          "typedef enum Language { LANGUAGE_EN, LANGUAGE_ZH } Language;\n\n"
          "typedef enum Word {\n    WORD_NONE,\n", out);
    for (int i = 0; i < count; i++) {
        fputs("    WORD_", out);
        for (const char *c = entries[i].id; *c; c++) {
            fputc(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c, out);
        }
        fputs(",\n", out);
    }
    fputs("    WORD_COUNT\n} Word;\n\n"
          "/* The sentence as it stands in the catalogue. */\n"
          "Str word_text(Language language, Word word);\n"
          "/* The sentence with {0}, {1}… replaced by `args`; a missing one stays as it is. */\n"
          "void word_put(Buf *buf, Language language, Word word, const Str *args, size_t count);\n"
          "#define WORD_PUT(buf, language, word, ...) \\\n"
          "    word_put((buf), (language), (word), (const Str[]){__VA_ARGS__}, \\\n"
          "             sizeof((const Str[]){__VA_ARGS__}) / sizeof(Str))\n\n#endif\n", out);
}

static void put_source(FILE *out)
{
    fputs("#include \"word.h\"\n\nstatic const char *const words[WORD_COUNT][2] = {\n"
          "    [WORD_NONE] = {\"\", \"\"},\n", out);
    for (int i = 0; i < count; i++) {
        fprintf(out, "    [%d] = {", i + 1);
        put_string(out, entries[i].en);
        fputs(", ", out);
        put_string(out, entries[i].zh);
        fputs("},\n", out);
    }
    fputs("};\n\nStr word_text(Language language, Word word)\n{\n"
          "    return str_from(words[word][language == LANGUAGE_ZH]);\n}\n\n"
          "void word_put(Buf *buf, Language language, Word word, const Str *args, size_t count)\n"
          "{\n    Str text = word_text(language, word);\n    size_t plain = 0;\n"
          "    for (size_t i = 0; i + 2 < text.len; i++) {\n"
          "        if (text.at[i] != '{' || text.at[i + 2] != '}') {\n            continue;\n"
          "        }\n        size_t which = (size_t)(text.at[i + 1] - '0');\n"
          "        if (which > 9 || which >= count) {\n            continue;\n        }\n"
          "        buf_put(buf, str_part(text, plain, i));\n        buf_put(buf, args[which]);\n"
          "        plain = i + 3;\n        i += 2;\n    }\n"
          "    buf_put(buf, str_part(text, plain, text.len));\n}\n", out);
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fputs("usage: words OUT.h OUT.c FILE...\n", stderr);
        return 2;
    }
    for (int i = 3; i < argc; i++) {
        read_file(argv[i]);
    }
    FILE *header = fopen(argv[1], "w"), *source = fopen(argv[2], "w");
    if (!header || !source) {
        stop(argv[1], 0, "cannot be written");
    }
    put_header(header);
    put_source(source);
    return fclose(header) | fclose(source) ? 1 : 0;
}
