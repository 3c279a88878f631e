/* embed.c: the law folder as one C file. Run at build time: embed LAW OUT.c OUT.d [LEFT-OUT…]
 * Packs every .yaml below LAW, sorted by path in byte order, but for the folders named LEFT-OUT
 * directly below it. OUT.d tells ninja every file and folder that was looked at, so that a changed,
 * new or removed file builds again. */
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILES_MAX = 1024, PATH_BYTES_MAX = 512, LINE_BYTES = 96 };

static char *paths[FILES_MAX];
static int count;
static const char *root;
static char **left_out;
static FILE *depends;

static __attribute__((noreturn, format(printf, 1, 2))) void stop(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("embed: ", stderr);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(1);
}

static void depend_on(const char *path)
{
    fputs(" \\\n  ", depends);
    for (; *path; path++) {
        if (*path == ' ' || *path == '#') {
            fputc('\\', depends);
        }
        fputc(*path, depends);
    }
}

static int is_left_out(const char *below)
{
    for (char **name = left_out; *name; name++) {
        if (!strcmp(*name, below)) {
            return 1;
        }
    }
    return 0;
}

static int ends_in_yaml(const char *name)
{
    size_t len = strlen(name);
    return len > 5 && !strcmp(name + len - 5, ".yaml");
}

/* `below` is the folder's path below the root, empty for the root itself. */
static void walk(const char *below)
{
    char folder[PATH_BYTES_MAX * 2];
    snprintf(folder, sizeof folder, "%s%s%s", root, *below ? "/" : "", below);
    depend_on(folder);
    DIR *dir = opendir(folder);
    if (!dir) {
        stop("%s: %s", folder, strerror(errno));
    }
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        char path[PATH_BYTES_MAX], whole[PATH_BYTES_MAX * 2];
        int len = snprintf(path, sizeof path, "%s%s%s", below, *below ? "/" : "", entry->d_name);
        if (len < 0 || (size_t)len >= sizeof path) {
            stop("%s/%s: the path is too long", folder, entry->d_name);
        }
        snprintf(whole, sizeof whole, "%s/%s", root, path);
        struct stat about;
        if (stat(whole, &about) != 0) {
            stop("%s: %s", whole, strerror(errno));
        }
        if (S_ISDIR(about.st_mode) && !is_left_out(path)) {
            walk(path);
        } else if (S_ISREG(about.st_mode) && ends_in_yaml(path)) {
            if (count == FILES_MAX) {
                stop("more than %d files", FILES_MAX);
            }
            paths[count++] = strdup(path);
            depend_on(whole);
        }
    }
    closedir(dir);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void put_byte(FILE *out, int byte)
{
    if (byte == '"' || byte == '\\' || byte == '?') {
        fputc('\\', out);
        fputc(byte, out);
    } else if (byte == '\n') {
        fputs("\\n", out);
    } else if (byte < 0x20 || byte == 0x7F) {
        fprintf(out, "\\%03o", (unsigned)byte);
    } else {
        fputc(byte, out);
    }
}

/* The file's bytes as `static const char text_N[] = "…" "…";` */
static void put_text(FILE *out, int n)
{
    char whole[PATH_BYTES_MAX * 2];
    snprintf(whole, sizeof whole, "%s/%s", root, paths[n]);
    FILE *in = fopen(whole, "rb");
    if (!in) {
        stop("%s: %s", whole, strerror(errno));
    }
    fprintf(out, "static const char text_%d[] =\n    \"", n);
    int column = 0;
    for (int byte; (byte = fgetc(in)) != EOF;) {
        if (column >= LINE_BYTES && (byte & 0xC0) != 0x80) {
            fputs("\"\n    \"", out);
            column = 0;
        }
        put_byte(out, byte);
        column = byte == '\n' ? LINE_BYTES : column + 1;
    }
    fputs("\";\n", out);
    if (ferror(in) || fclose(in)) {
        stop("%s: cannot be read", whole);
    }
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        stop("usage: embed LAW OUT.c OUT.d [LEFT-OUT...]");
    }
    root = argv[1];
    left_out = argv + 4;
    FILE *out = fopen(argv[2], "w");
    depends = fopen(argv[3], "w");
    if (!out || !depends) {
        stop("%s: cannot be written", out ? argv[3] : argv[2]);
    }
    fprintf(depends, "%s:", argv[2]);
    walk("");
    fputc('\n', depends);
    qsort(paths, (size_t)count, sizeof *paths, by_bytes);
    fputs("/* law_files.c: made by tools/embed.c from law/; not to be edited. */\n"
          "#include \"folder.h\"\n\n", out);
    for (int n = 0; n < count; n++) {
        put_text(out, n);
    }
    fputs("\nstatic const LawFile files[] = {\n", out);
    for (int n = 0; n < count; n++) {
        fprintf(out, "    {{\"%s\", %zu}, {\"law/%s\", %zu}, {text_%d, sizeof text_%d - 1}},\n",
                paths[n], strlen(paths[n]), paths[n], strlen(paths[n]) + 4, n, n);
    }
    fputs("};\n\nconst LawFolder law_built_in = {files, sizeof files / sizeof *files};\n", out);
    return fclose(out) || fclose(depends) ? 1 : 0;
}
