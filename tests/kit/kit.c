/* kit.c: files and folders for unit tests. */
#include "kit.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FOLDERS_MAX = 64, PATHS_MAX = 1024, PATH_BYTES_MAX = 512 };

static char folders[FOLDERS_MAX][PATH_BYTES_MAX];
static size_t folders_count;

static _Noreturn void stop(const char *what, const char *path)
{
    fprintf(stderr, "kit: %s %s: %s\n", what, path, strerror(errno));
    exit(99);
}

char *kit_read(const char *path, size_t *ret_size)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        stop("cannot open", path);
    }
    char *bytes = NULL;
    size_t size = 0, capacity = 0;
    do {
        if (capacity - size < 2) {
            capacity = capacity ? capacity * 2 : 65536;
            bytes = realloc(bytes, capacity);
            if (!bytes) {
                stop("no memory for", path);
            }
        }
        size += fread(bytes + size, 1, capacity - size - 1, file);
    } while (!feof(file) && !ferror(file));
    if (ferror(file)) {
        stop("cannot read", path);
    }
    fclose(file);
    bytes[size] = 0;
    if (ret_size) {
        *ret_size = size;
    }
    return bytes;
}

void kit_write(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes, 1, size, file) != size || fclose(file)) {
        stop("cannot write", path);
    }
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *where)
{
    (void)about, (void)kind, (void)where;
    return remove(path);
}

static void remove_folders(void)
{
    for (size_t i = 0; i < folders_count; i++) {
        nftw(folders[i], remove_one, 16, FTW_DEPTH | FTW_PHYS);
    }
}

const char *kit_folder(void)
{
    if (folders_count == FOLDERS_MAX) {
        errno = ENOSPC;
        stop("too many temporary folders", "");
    }
    const char *parent = getenv("TMPDIR");
    char *folder = folders[folders_count];
    snprintf(folder, PATH_BYTES_MAX, "%s/shencha-test-XXXXXX", parent && *parent ? parent : "/tmp");
    if (!mkdtemp(folder)) {
        stop("cannot make", folder);
    }
    if (folders_count++ == 0) {
        atexit(remove_folders);
    }
    return folder;
}

const char *kit_path(const char *folder, const char *name)
{
    static char paths[PATHS_MAX][PATH_BYTES_MAX];
    static size_t count;
    if (count == PATHS_MAX) {
        errno = ENOSPC;
        stop("too many paths", name);
    }
    char *path = paths[count++];
    int length = snprintf(path, PATH_BYTES_MAX, "%s/%s", folder, name);
    if (length < 0 || length >= PATH_BYTES_MAX) {
        errno = ENAMETOOLONG;
        stop("path too long", name);
    }
    return path;
}
