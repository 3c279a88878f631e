/* disk.c: files in and out. */
#include "disk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_BYTES_MAX = 4096, FOLDER_DEPTH_MAX = 8, FOLDER_FILES_MAX = 4096 };

static Fail told(Fault *fault, Fail fail, Word word, const char *path)
{
    return FAULT(fault, fail, word, str_from(path), str_from(strerror(errno)));
}

static Fail read_all(Arena *arena, int file, const char *path, size_t max, Str *ret_bytes,
                     Fault *fault)
{
    Buf buf = buf_new(max + 1);
    char part[65536];
    Fail fail = FAIL_NONE;
    for (;;) {
        ssize_t got = read(file, part, sizeof part);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            fail = told(fault, FAIL_INPUT, WORD_FILE_UNREADABLE, path);
            break;
        }
        if (got == 0) {
            break;
        }
        buf_put(&buf, (Str){part, (size_t)got});
        if (buf.full || buf.len > max) {
            Buf size = buf_new(32);
            buf_put_int(&size, (int64_t)max);
            fail = FAULT(fault, FAIL_INPUT, WORD_FILE_TOO_LARGE, str_from(path), buf_str(&size));
            buf_done(&size);
            break;
        }
    }
    if (fail == FAIL_NONE) {
        *ret_bytes = str_copy(arena, buf_str(&buf));
    }
    buf_done(&buf);
    return fail;
}

Fail disk_read(Arena *arena, const char *path, size_t max, Str *ret_bytes, Fault *fault)
{
    if (strcmp(path, "-") == 0) {
        return read_all(arena, STDIN_FILENO, path, max, ret_bytes, fault);
    }
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (file < 0) {
        return told(fault, FAIL_INPUT, WORD_FILE_UNREADABLE, path);
    }
    struct stat about;
    Fail fail;
    if (fstat(file, &about) == 0 && S_ISDIR(about.st_mode)) {
        errno = EISDIR;
        fail = told(fault, FAIL_INPUT, WORD_FILE_UNREADABLE, path);
    } else {
        fail = read_all(arena, file, path, max, ret_bytes, fault);
    }
    close(file);
    return fail;
}

static bool write_all(int file, Str bytes)
{
    while (bytes.len) {
        ssize_t put = write(file, bytes.at, bytes.len);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            return false;
        }
        bytes = str_part(bytes, (size_t)put, bytes.len);
    }
    return true;
}

Fail disk_write(const char *path, Str bytes, Fault *fault)
{
    char part[PATH_BYTES_MAX];
    if (snprintf(part, sizeof part, "%s.part", path) >= (int)sizeof part) {
        errno = ENAMETOOLONG;
        return told(fault, FAIL_SYSTEM, WORD_FILE_UNWRITABLE, path);
    }
    int file = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0) {
        return told(fault, FAIL_SYSTEM, WORD_FILE_UNWRITABLE, path);
    }
    bool kept = write_all(file, bytes) && fsync(file) == 0;
    int why = errno;
    kept = close(file) == 0 && kept;
    if (kept && rename(part, path) == 0) {
        return FAIL_NONE;
    }
    errno = kept ? errno : why;
    Fail fail = told(fault, FAIL_SYSTEM, WORD_FILE_UNWRITABLE, path);
    unlink(part);
    return fail;
}

typedef struct Walk {
    Arena *arena;
    const char *root;
    LawFile *files;
    size_t count, capacity;
    Fault *fault;
} Walk;

static Fail walk_file(Walk *walk, const char *path, Str below)
{
    if (!str_ends(below, STR(".yaml"))) {
        return FAIL_NONE;
    }
    if (walk->count == FOLDER_FILES_MAX) {
        errno = EFBIG;
        return told(walk->fault, FAIL_INPUT, WORD_FILE_UNREADABLE, walk->root);
    }
    walk->files = arena_grow(walk->arena, walk->files, walk->count, &walk->capacity,
                             walk->count + 1, sizeof *walk->files);
    LawFile *file = &walk->files[walk->count];
    file->path = str_copy(walk->arena, below);
    file->shown = str_copy(walk->arena, str_from(path));
    Fail fail = disk_read(walk->arena, path, TEXT_FILE_BYTES_MAX, &file->text, walk->fault);
    walk->count += fail == FAIL_NONE;
    return fail;
}

static Fail walk_folder(Walk *walk, const char *below, int depth)
{
    char path[PATH_BYTES_MAX];
    snprintf(path, sizeof path, "%s%s%s", walk->root, below[0] ? "/" : "", below);
    DIR *folder = opendir(path);
    if (!folder) {
        return told(walk->fault, FAIL_INPUT, WORD_FOLDER_UNREADABLE, path);
    }
    Fail fail = FAIL_NONE;
    for (struct dirent *entry; fail == FAIL_NONE && (entry = readdir(folder));) {
        char name[PATH_BYTES_MAX], whole[PATH_BYTES_MAX];
        struct stat about;
        if (entry->d_name[0] == '.') {
            continue;
        }
        int one = snprintf(name, sizeof name, "%s%s%s", below, below[0] ? "/" : "",
                           entry->d_name);
        int two = snprintf(whole, sizeof whole, "%s/%s", walk->root, name);
        if (one >= (int)sizeof name || two >= (int)sizeof whole || stat(whole, &about) != 0) {
            continue;
        }
        if (S_ISDIR(about.st_mode) && depth < FOLDER_DEPTH_MAX) {
            fail = walk_folder(walk, name, depth + 1);
        } else if (S_ISREG(about.st_mode)) {
            fail = walk_file(walk, whole, str_from(name));
        }
    }
    closedir(folder);
    return fail;
}

static int by_path(const void *a, const void *b)
{
    return str_cmp(((const LawFile *)a)->path, ((const LawFile *)b)->path);
}

Fail disk_law_folder(Arena *arena, const char *dir, LawFolder *ret_folder, Fault *fault)
{
    Walk walk = {.arena = arena, .root = dir, .fault = fault};
    Fail fail = walk_folder(&walk, "", 0);
    if (fail != FAIL_NONE) {
        return fail;
    }
    if (walk.count) {
        qsort(walk.files, walk.count, sizeof *walk.files, by_path);
    }
    *ret_folder = (LawFolder){walk.files, walk.count};
    return FAIL_NONE;
}
