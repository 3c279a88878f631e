/* backup.c: a docket and what stands beside it, into a fresh folder. */
#include "backup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "desk.h"
#include "people.h"

enum { BACKUP_PATH_BYTES = 4096, BACKUP_PIECE_BYTES = 1 << 20 };

static Fail cannot(const char *path, Fault *fault)
{
    return FAULT(fault, FAIL_SYSTEM, WORD_FILE_UNWRITABLE, str_from(path),
                 str_from(strerror(errno)));
}

static bool join(char *path, const char *folder, const char *name)
{
    int len = snprintf(path, BACKUP_PATH_BYTES, "%s/%s", folder, name);
    return len > 0 && len < BACKUP_PATH_BYTES;
}

static bool sync_folder(const char *path)
{
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool synced = folder >= 0 && (fsync(folder) == 0 || errno == EINVAL);
    if (folder >= 0) {
        close(folder);
    }
    return synced;
}

/* The bytes of one open file into another; false with errno. */
static bool copy_bytes(int from, int to, char *piece)
{
    for (;;) {
        ssize_t got = read(from, piece, BACKUP_PIECE_BYTES);
        if (got <= 0) {
            return got == 0 && fsync(to) == 0;
        }
        for (ssize_t put = 0; put < got;) {
            ssize_t more = write(to, piece + put, (size_t)(got - put));
            if (more < 0) {
                return false;
            }
            put += more;
        }
    }
}

/* A document of a draft may have been removed meanwhile: then there is nothing to copy. */
static Fail copy_paper(const char *from_path, const char *to_path, char *piece, int64_t *count,
                       Fault *fault)
{
    int from = open(from_path, O_RDONLY | O_CLOEXEC);
    if (from < 0) {
        return errno == ENOENT ? FAIL_NONE : FAULT(fault, FAIL_SYSTEM, WORD_FILE_UNREADABLE,
                                                   str_from(from_path), str_from(strerror(errno)));
    }
    int to = open(to_path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool copied = to >= 0 && copy_bytes(from, to, piece);
    Fail fail = copied ? FAIL_NONE : cannot(to_path, fault);
    if (to >= 0 && close(to) != 0 && fail == FAIL_NONE) {
        fail = cannot(to_path, fault);
    }
    close(from);
    *count += fail == FAIL_NONE;
    return fail;
}

static bool is_paper(const char *name)
{
    return name[0] == 'd' && name[1] && strspn(name + 1, "0123456789") == strlen(name + 1);
}

static Fail copy_papers(const char *dir, const char *part, int64_t *count, Fault *fault)
{
    char from[BACKUP_PATH_BYTES], to[BACKUP_PATH_BYTES];
    char from_path[BACKUP_PATH_BYTES], to_path[BACKUP_PATH_BYTES];
    errno = ENAMETOOLONG;
    if (!join(from, dir, "papers") || !join(to, part, "papers") || mkdir(to, 0700) != 0) {
        return cannot(part, fault);
    }
    DIR *papers = opendir(from);
    if (!papers) {
        return errno == ENOENT ? FAIL_NONE : FAULT(fault, FAIL_SYSTEM, WORD_FILE_UNREADABLE,
                                                   str_from(from), str_from(strerror(errno)));
    }
    char *piece = memory_take(BACKUP_PIECE_BYTES);
    Fail fail = FAIL_NONE;
    for (struct dirent *entry; fail == FAIL_NONE && (entry = readdir(papers));) {
        if (is_paper(entry->d_name) && join(from_path, from, entry->d_name) &&
            join(to_path, to, entry->d_name)) {
            fail = copy_paper(from_path, to_path, piece, count, fault);
        }
    }
    free(piece);
    closedir(papers);
    return fail == FAIL_NONE && !sync_folder(to) ? cannot(to, fault) : fail;
}

/* What was begun and did not come to its end; it holds two levels at most. */
static void remove_part(const char *part)
{
    char path[BACKUP_PATH_BYTES], papers[BACKUP_PATH_BYTES];
    const char *const folders[] = {join(papers, part, "papers") ? papers : part, part};
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        DIR *folder = opendir(folders[i]);
        for (struct dirent *entry; folder && (entry = readdir(folder));) {
            if (join(path, folders[i], entry->d_name)) {
                unlink(path);    /* "." and ".." are refused */
            }
        }
        if (folder) {
            closedir(folder);
        }
        rmdir(folders[i]);
    }
}

static Fail copy_all(Docket *docket, const char *dir, const char *part, BackedUp *done,
                     Fault *fault)
{
    char path[BACKUP_PATH_BYTES];
    Fail fail = join(path, part, "docket.db") ? ledger_backup(docket_ledger(docket), path, fault)
                                              : cannot(part, fault);
    if (fail == FAIL_NONE && join(path, part, "desk.db")) {
        fail = desk_backup(dir, path, &done->desk, fault);
    }
    if (fail == FAIL_NONE && join(path, part, "people.db")) {
        fail = people_backup(dir, path, &done->people, fault);
    }
    if (fail == FAIL_NONE) {
        fail = copy_papers(dir, part, &done->papers, fault);
    }
    return fail == FAIL_NONE && !sync_folder(part) ? cannot(part, fault) : fail;
}

Fail backup_all(Docket *docket, const char *dir, const char *to, BackedUp *ret_done, Fault *fault)
{
    struct stat about;
    char part[BACKUP_PATH_BYTES], above[BACKUP_PATH_BYTES];
    *ret_done = (BackedUp){0};
    size_t len = strlen(to);
    while (len > 1 && to[len - 1] == '/') {
        len--;
    }
    if (stat(to, &about) == 0) {
        return FAULT(fault, FAIL_INPUT, WORD_STORE_FILE_EXISTS, str_from(to));
    }
    errno = ENAMETOOLONG;
    if (len > sizeof part - sizeof ".part-XXXXXX" ||
        snprintf(part, sizeof part, "%.*s.part-XXXXXX", (int)len, to) < 0 || !mkdtemp(part)) {
        return cannot(to, fault);
    }
    Fail fail = copy_all(docket, dir, part, ret_done, fault);
    if (fail == FAIL_NONE && rename(part, to) != 0) {
        fail = cannot(to, fault);
    }
    if (fail != FAIL_NONE) {
        remove_part(part);
        return fail;
    }
    snprintf(above, sizeof above, "%.*s/..", (int)len, to);
    return sync_folder(above) ? FAIL_NONE : cannot(to, fault);
}
