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

static void out_done(DiskOut *out)
{
    if (out->file) {
        fclose(out->file);
    }
    free(out->path);
    free(out->part);
    *out = (DiskOut){0};
}

/* Opens what `out` is written to: the thing itself when it is no regular file, else a part. */
static bool out_open(DiskOut *out)
{
    struct stat about;
    bool there = stat(out->path, &about) == 0;
    if (there && S_ISDIR(about.st_mode)) {
        errno = EISDIR;
        return false;
    }
    if (there && !S_ISREG(about.st_mode)) {
        int file = open(out->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        out->file = file < 0 ? NULL : fdopen(file, "w");
        return out->file != NULL;
    }
    if (there) {   /* through a link to the file itself */
        char *whole = realpath(out->path, NULL);
        free(out->path);
        out->path = whole;
        if (!whole) {
            return false;
        }
    }
    size_t len = strlen(out->path), room = len + sizeof ".part-XXXXXX";
    out->part = memory_take(room);
    snprintf(out->part, room, "%s.part-XXXXXX", out->path);
    int file = mkostemp(out->part, O_CLOEXEC);
    if (file < 0) {
        return false;
    }
    mode_t mask = umask(0);
    umask(mask);
    out->file = fchmod(file, there ? about.st_mode & 0777 : 0666 & ~mask) == 0
                    ? fdopen(file, "w") : NULL;
    if (!out->file) {
        close(file);
        unlink(out->part);
    }
    return out->file != NULL;
}

Fail disk_begin(DiskOut *out, const char *path, Fault *fault)
{
    size_t len = strlen(path);
    *out = (DiskOut){.path = memory_take(len + 1)};
    memcpy(out->path, path, len + 1);
    if (!out_open(out)) {
        int why = errno;
        out_done(out);
        errno = why;
        return told(fault, FAIL_SYSTEM, WORD_FILE_UNWRITABLE, path);
    }
    return FAIL_NONE;
}

Fail disk_end(DiskOut *out, Fail so_far, Fault *fault)
{
    Fail fail = so_far;
    bool kept = fflush(out->file) == 0 && (!out->part || fsync(fileno(out->file)) == 0);
    int why = errno;
    kept = fclose(out->file) == 0 && kept;
    out->file = NULL;
    if (fail == FAIL_NONE && kept && out->part) {
        kept = rename(out->part, out->path) == 0;
        why = errno;
    }
    if (fail == FAIL_NONE && !kept) {
        errno = why;
        fail = told(fault, FAIL_SYSTEM, WORD_FILE_UNWRITABLE, out->path);
    }
    if (fail != FAIL_NONE && out->part) {
        unlink(out->part);
    }
    out_done(out);
    return fail;
}

Fail disk_write(const char *path, Str bytes, Fault *fault)
{
    DiskOut out;
    Fail fail = disk_begin(&out, path, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    bool put = fwrite(bytes.at, 1, bytes.len, out.file) == bytes.len;
    return disk_end(&out, put ? FAIL_NONE : told(fault, FAIL_SYSTEM, WORD_FILE_UNWRITABLE, path),
                    fault);
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
        Buf max = {0};
        buf_put_int(&max, FOLDER_FILES_MAX);
        Fail fail = FAULT(walk->fault, FAIL_INPUT, WORD_FOLDER_TOO_MANY, str_from(walk->root),
                          buf_str(&max));
        buf_done(&max);
        return fail;
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
