/* assets.c: style, script and pictures as one C file. Run at build time: assets OUT.c FILE…
 * Each file's bytes, the same compressed by zlib, and its address with a hash of its bytes. */
#include <stdio.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { FILE_BYTES_MAX = 1 << 20, BYTES_PER_LINE = 20, GZIP_WINDOW = 15 + 16, MEMORY_LEVEL = 9,
       FILES_MAX = 32, HASH_DIGITS = 12 };

static void stop(const char *file, const char *why)
{
    fprintf(stderr, "%s: %s\n", file, why);
    exit(1);
}

static const char *type_of(const char *name)
{
    static const char *const types[][2] = {
        {".css", "text/css; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".svg", "image/svg+xml"},
    };
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < sizeof types / sizeof types[0]; i++) {
        if (!strcmp(dot, types[i][0])) {
            return types[i][1];
        }
    }
    stop(name, "an asset ends in .css, .js or .svg");
    return NULL;
}

static void put_bytes(FILE *out, const char *kind, int n, const unsigned char *bytes, size_t len)
{
    fprintf(out, "static const unsigned char %s_%d[] = {", kind, n);
    for (size_t i = 0; i < len; i++) {
        fprintf(out, "%s%u,", i % BYTES_PER_LINE ? "" : "\n    ", bytes[i]);
    }
    fputs("\n};\n", out);
}

/* Style without its comments, and with one space where there were many. */
static size_t shorten(const char *name, unsigned char *bytes, size_t len)
{
    size_t to = 0;
    const char *dot = strrchr(name, '.');
    if (!dot || strcmp(dot, ".css") != 0) {
        return len;
    }
    for (size_t i = 0; i < len; i++) {
        unsigned char byte = bytes[i], last = to ? bytes[to - 1] : ' ';
        if (byte == '/' && i + 1 < len && bytes[i + 1] == '*') {
            for (i += 2; i + 1 < len && !(bytes[i] == '*' && bytes[i + 1] == '/'); i++) {
            }
            i++;
        } else if (byte == '\n' || byte == ' ') {
            if (last != ' ' && !strchr("{};,", last)) {
                bytes[to++] = ' ';
            }
        } else {
            to -= last == ' ' && to && strchr("{}", byte) != NULL;
            bytes[to++] = byte;
        }
    }
    return to;
}

static size_t compress_bytes(const char *name, const unsigned char *bytes, size_t len,
                             unsigned char *to, size_t room)   /* NOLINT: zlib writes it */
{
    z_stream stream = {.next_in = (unsigned char *)bytes, .avail_in = (uInt)len, .next_out = to,
                       .avail_out = (uInt)room};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, MEMORY_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK || deflate(&stream, Z_FINISH) != Z_STREAM_END) {
        stop(name, "cannot be compressed");
    }
    deflateEnd(&stream);
    return stream.total_out;
}

/* FNV-1a of 64 bits: tells versions of one file apart; nobody has a reason to forge it. */
static uint64_t hash_of(const unsigned char *bytes, size_t len)
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (size_t i = 0; i < len; i++) {
        hash = (hash ^ bytes[i]) * 0x100000001B3u;
    }
    return hash;
}

int main(int argc, char **argv)
{
    static unsigned char bytes[FILE_BYTES_MAX], packed[FILE_BYTES_MAX + 1024];
    FILE *out = argc > 2 && argc < FILES_MAX ? fopen(argv[1], "w") : NULL;
    if (!out) {
        fputs("usage: assets OUT.c FILE...\n", stderr);
        return 2;
    }
    char *table = NULL;
    size_t table_size;
    FILE *rows = open_memstream(&table, &table_size);
    fputs("/* made by tools/assets.c; not to be edited. */\n#include \"asset.h\"\n\n", out);
    for (int n = 2; n < argc; n++) {
        const char *slash = strrchr(argv[n], '/'), *name = slash ? slash + 1 : argv[n];
        const char *type = type_of(name), *dot = strrchr(name, '.');
        FILE *from = fopen(argv[n], "rb");
        size_t len = from ? fread(bytes, 1, sizeof bytes, from) : 0;
        if (!from || len == 0 || len == sizeof bytes || fclose(from)) {
            stop(argv[n], "cannot be read, is empty or too large");
        }
        len = shorten(name, bytes, len);
        size_t packed_len = compress_bytes(name, bytes, len, packed, sizeof packed);
        char hash[HASH_DIGITS + 1], whole[17];
        snprintf(whole, sizeof whole, "%016llx", (unsigned long long)hash_of(bytes, len));
        snprintf(hash, sizeof hash, "%.*s", HASH_DIGITS, whole);
        put_bytes(out, "bytes", n, bytes, len);
        put_bytes(out, "gzip", n, packed, packed_len);
        fprintf(rows, "    {{\"%s\", %zu}, {\"/assets/%.*s-%s%s\", %zu}, \"%s\",\n"
                "     {(const char *)bytes_%d, %zu}, {(const char *)gzip_%d, %zu},"
                " {\"%s\", %d}},\n",
                name, strlen(name), (int)(dot - name), name, hash, dot,
                strlen("/assets/-") + strlen(name) + HASH_DIGITS, type, n, len, n, packed_len,
                hash, HASH_DIGITS);
    }
    fclose(rows);
    fprintf(out, "\nconst Asset assets[] = {\n%s};\n"
            "const size_t assets_count = sizeof assets / sizeof assets[0];\n", table);
    free(table);
    return fclose(out) ? 1 : 0;
}
