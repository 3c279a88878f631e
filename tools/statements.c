/* statements.c: sql/ → statement.h and statement.c, run at build time:
 *   statements OUT.h OUT.c SCHEMA… -- STATEMENTS…
 * A schema file becomes one text, named by its folder and stem (schema_ledger_schema); a statements
 * file holds `-- name: x` before each statement (STATEMENT_X, after the header's own name).
 * Parameters must appear first in the order $1, $2 …: SQLite numbers them so. */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_BYTES_MAX = 1 << 16, NAMES_MAX = 256 };

typedef struct Entry { char *name, *text; } Entry;
static Entry schemas[NAMES_MAX], statements[NAMES_MAX];
static int schemas_count, statements_count;

static void stop(const char *file, const char *why, const char *what)
{
    fprintf(stderr, "%s: %s: %s\n", file, why, what);
    exit(1);
}

static char *read_file(const char *name)
{
    FILE *file = fopen(name, "r");
    char *text = calloc(1, TEXT_BYTES_MAX);
    if (!file || !text) {
        stop(name, "cannot be read", "");
    }
    size_t len = fread(text, 1, TEXT_BYTES_MAX - 1, file);
    fclose(file);
    text[len] = 0;
    return text;
}

static void check_order(const char *file, const Entry *entry)
{
    int seen = 0;
    for (const char *c = entry->text; *c; c++) {
        if (*c == '$' && isdigit((unsigned char)c[1])) {
            int which = (int)strtol(c + 1, NULL, 10);
            if (which > seen + 1) {
                stop(file, "parameters out of order", entry->name);
            }
            seen = which > seen ? which : seen;
        }
    }
}

/* Adds a line to a statement's text. */
static void add_line(Entry *entry, const char *line, size_t len)
{
    size_t have = strlen(entry->text);
    if (have + len + 2 > TEXT_BYTES_MAX) {
        stop(entry->name, "too long", "");
    }
    memcpy(entry->text + have, line, len);
    entry->text[have + len] = ' ';
}

static void read_statements(const char *file)
{
    Entry *open = NULL;
    char *text = read_file(file);
    for (const char *line = text; *line;) {
        size_t len = strcspn(line, "\n");
        if (!strncmp(line, "-- name: ", 9)) {
            if (statements_count == NAMES_MAX) {
                stop(file, "too many statements", line);
            }
            open = &statements[statements_count++];
            *open = (Entry){strndup(line + 9, len - 9), calloc(1, TEXT_BYTES_MAX)};
        } else if (open && strncmp(line, "--", 2) != 0 && len > 0) {
            add_line(open, line, len);
        }
        line += len + (line[len] == '\n');
    }
    free(text);
    for (int i = 0; i < statements_count; i++) {
        check_order(file, &statements[i]);
    }
}

static void put_upper(FILE *out, const char *text)
{
    for (; *text; text++) {
        fputc(isalnum((unsigned char)*text) ? toupper((unsigned char)*text) : '_', out);
    }
}

static void put_text(FILE *out, const char *text)
{
    fputc('"', out);
    for (; *text; text++) {
        if (*text == '\n') {
            fputs("\\n\"\n    \"", out);
        } else {
            if (*text == '"' || *text == '\\') {
                fputc('\\', out);
            }
            fputc(*text, out);
        }
    }
    fputc('"', out);
}

static void read_schema(const char *file)
{
    const char *stem = strrchr(file, '/');
    if (!stem) {
        stop(file, "a schema stands in a folder that names it", "");
    }
    const char *folder = stem;
    while (folder > file && folder[-1] != '/') {
        folder--;
    }
    char name[256];
    snprintf(name, sizeof name, "%.*s_%.*s", (int)(stem - folder), folder,
             (int)strcspn(stem + 1, "."), stem + 1);
    schemas[schemas_count++] = (Entry){strdup(name), read_file(file)};
}

/* ---- the header and its text, both named after the header's file ---- */

static char stem[64], type[64];   /* "desk_sql", "DeskSql" */

static void name_them(const char *header)
{
    const char *slash = strrchr(header, '/');
    snprintf(stem, sizeof stem, "%s", slash ? slash + 1 : header);
    stem[strcspn(stem, ".")] = 0;
    size_t len = 0;
    for (const char *c = stem; *c; c++) {
        if (*c != '_') {
            bool first = c == stem || c[-1] == '_';
            type[len++] = (char)(first ? toupper((unsigned char)*c) : *c);
        }
    }
    type[len] = 0;
}

static void put_header(FILE *out)
{
    fprintf(out, "/* %s.h: made by tools/statements.c from sql/; not to be edited. */\n", stem);
    fputs("#ifndef SHENCHA_", out);
    put_upper(out, stem);
    fputs("_H\n#define SHENCHA_", out);
    put_upper(out, stem);
    fprintf(out, "_H\n\ntypedef enum %s {\n", type);
    for (int i = 0; i <= statements_count; i++) {
        fputs("    ", out);
        put_upper(out, stem);
        fputc('_', out);
        put_upper(out, i < statements_count ? statements[i].name : "count");
        fputs(",\n", out);
    }
    fprintf(out, "} %s;\n\nextern const char *const %s_text[", type, stem);
    put_upper(out, stem);
    fputs("_COUNT];\n", out);
    for (int i = 0; i < schemas_count; i++) {
        fprintf(out, "extern const char schema_%s[];\n", schemas[i].name);
    }
    fputs("\n#endif\n", out);
}

static void put_source(FILE *out)
{
    fprintf(out, "#include \"%s.h\"\n\nconst char *const %s_text[", stem, stem);
    put_upper(out, stem);
    fputs("_COUNT] = {\n", out);
    for (int i = 0; i < statements_count; i++) {
        fputs("    ", out);
        put_text(out, statements[i].text);
        fputs(",\n", out);
    }
    fputs("};\n", out);
    for (int i = 0; i < schemas_count; i++) {
        fprintf(out, "const char schema_%s[] =\n    ", schemas[i].name);
        put_text(out, schemas[i].text);
        fputs(";\n", out);
    }
}

int main(int argc, char **argv)
{
    int at = 3;
    for (; at < argc && strcmp(argv[at], "--") != 0; at++) {
        read_schema(argv[at]);
    }
    for (at++; at < argc; at++) {
        read_statements(argv[at]);
    }
    FILE *header = argc > 3 ? fopen(argv[1], "w") : NULL;
    FILE *source = argc > 3 ? fopen(argv[2], "w") : NULL;
    if (!header || !source) {
        fputs("usage: statements OUT.h OUT.c SCHEMA... -- STATEMENTS...\n", stderr);
        return 2;
    }
    name_them(argv[1]);
    put_header(header);
    put_source(source);
    return fclose(header) | fclose(source) ? 1 : 0;
}
