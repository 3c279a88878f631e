/* papers.c: documents. A file comes in as part-…, held by a lock while its upload lives; when it is
 * whole it is synced, its row is written, it is named d17 and the row is committed: in that order,
 * so that a row never stands without its file. What breaks off leaves a part or a file without a
 * row, both swept when the desk is opened. */
#include "papers.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "desk_inside.h"
#include "utf8.h"

enum { PATH_MAX_BYTES = 4096, WRITE_BACK_BYTES = 8 << 20 };

struct Upload {
    Desk *desk;
    Arena arena;             /* of the texts of `paper` */
    Paper paper;
    Hasher *hasher;
    int file;
    char part[PATH_MAX_BYTES];
    int64_t pushed;          /* bytes that the disk was told to write already */
    Fail fail;               /* the first fault stays */
    Fault fault;
};

static void path_of(char *path, const Desk *desk, int64_t id)
{
    snprintf(path, PATH_MAX_BYTES, "%s/d%" PRId64, desk->folder, id);
}

static bool id_of(Str id, int64_t *ret_number)
{
    return id.len > 1 && id.len < 20 && id.at[0] == 'd' && id.at[1] != '0' && id.at[1] != '-' &&
           id.at[1] != '+' && str_int(str_part(id, 1, id.len), ret_number) && *ret_number > 0;
}

static Fail disk_fault(const char *path, int error, Fault *fault)
{
    if (error == ENOSPC || error == EDQUOT || error == EFBIG) {
        return FAULT_PLAIN(fault, FAIL_SYSTEM, WORD_PAPER_DISK_FULL);
    }
    return FAULT(fault, FAIL_SYSTEM, WORD_PAPER_CANNOT_WRITE, str_from(path),
                 str_from(strerror(error)));
}

static bool folder_sync(const char *folder)
{
    int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool synced = file >= 0 && (fsync(file) == 0 || errno == EINVAL);
    if (file >= 0) {
        close(file);
    }
    return synced;
}

/* ---- names ---- */

/* Copies a name without folders, control and direction characters, and not longer than it may
 * be. */
static Str clean_name(Arena *arena, Str name)
{
    for (size_t i = name.len; i > 0; i--) {
        if (name.at[i - 1] == '/' || name.at[i - 1] == '\\') {
            name = str_part(name, i, name.len);
            break;
        }
    }
    char *clean = arena_take(arena, name.len + 1);
    size_t len = 0;
    for (size_t at = 0; at < name.len;) {
        size_t from = at;
        utf8_next(name, &at);
        if (!utf8_unsafe(str_part(name, from, at)) && len + (at - from) <= PAPER_NAME_BYTES_MAX) {
            memcpy(clean + len, name.at + from, at - from);
            len += at - from;
        }
    }
    Str kept = str_trim((Str){clean, len});
    while (kept.len > 0 && kept.at[0] == '.') {   /* no hidden file where it is saved */
        kept = str_part(kept, 1, kept.len);
    }
    return kept.len > 0 ? kept : STR("-");
}

/* ---- uploads ---- */

static Fail upload_failed(Upload *upload, Fail fail, Fault *fault)
{
    upload->fail = fail;
    if (fault) {
        *fault = upload->fault;
    }
    return fail;
}

static Fail open_part(Upload *upload)
{
    snprintf(upload->part, sizeof upload->part, "%s/part-XXXXXX", upload->desk->folder);
    upload->file = mkostemp(upload->part, O_CLOEXEC);
    if (upload->file < 0) {
        upload->part[0] = 0;
        return disk_fault(upload->desk->folder, errno, &upload->fault);
    }
    return flock(upload->file, LOCK_EX | LOCK_NB) == 0
               ? FAIL_NONE : disk_fault(upload->part, errno, &upload->fault);
}

Fail upload_begin(Desk *desk, const Paper *paper, Upload **ret_upload, Fault *fault)
{
    if (!utf8_valid(paper->name, NULL) || !utf8_valid(paper->kind, NULL)) {
        return FAULT_PLAIN(fault, FAIL_INPUT, WORD_PAPER_BAD_NAME);
    }
    Upload *upload = memory_take(sizeof *upload);
    *upload = (Upload){.desk = desk, .file = -1};
    upload->paper = (Paper){
        .kind = str_copy(&upload->arena, paper->kind),
        .name = clean_name(&upload->arena, paper->name),
        .matter = str_copy(&upload->arena, paper->matter), .draft = paper->draft,
        .act = str_copy(&upload->arena, paper->act), .hat = str_copy(&upload->arena, paper->hat),
        .org = str_copy(&upload->arena, paper->org), .person = paper->person, .at = paper->at,
        .filed = paper->filed,
    };
    Fail fail = open_part(upload);
    if (fail != FAIL_NONE) {
        upload_failed(upload, fail, fault);
        upload_drop(upload);
        return fail;
    }
    upload->hasher = hasher_new(HASH_SM3);
    hasher_begin(upload->hasher);
    *ret_upload = upload;
    return FAIL_NONE;
}

Fail upload_bytes(Upload *upload, const void *bytes, size_t count, Fault *fault)
{
    if (upload->fail != FAIL_NONE) {
        return upload_failed(upload, upload->fail, fault);
    }
    Paper *paper = &upload->paper;
    if ((int64_t)count > PAPER_BYTES_MAX - paper->size) {
        return upload_failed(upload, FAULT(&upload->fault, FAIL_INPUT, WORD_PAPER_TOO_LARGE,
                                           STR("4 GB")), fault);
    }
    for (size_t done = 0; done < count;) {
        ssize_t put = write(upload->file, (const char *)bytes + done, count - done);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            int error = put < 0 ? errno : ENOSPC;
            return upload_failed(upload, disk_fault(upload->part, error, &upload->fault), fault);
        }
        done += (size_t)put;
    }
    hasher_feed(upload->hasher, (Str){bytes, count});
    paper->size += (int64_t)count;
    if (paper->size - upload->pushed >= WRITE_BACK_BYTES) {   /* so that the end need not wait */
        sync_file_range(upload->file, upload->pushed, paper->size - upload->pushed,
                        SYNC_FILE_RANGE_WRITE);
        upload->pushed = paper->size;
    }
    return FAIL_NONE;
}

static Fail insert(Base *base, const Paper *paper, Fault *fault)
{
    Fail fail = base_ask(base, DESK_SQL_PAPER_INSERT, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    base_put_text(base, paper->kind);
    base_put_text(base, paper->name);
    base_put_int(base, paper->size);
    base_put_bytes(base, paper->hash.at, HASH_BYTES);
    base_put_text(base, paper->matter);
    base_put_int(base, paper->draft);
    base_put_text(base, paper->act);
    base_put_text(base, paper->hat);
    base_put_text(base, paper->org);
    base_put_int(base, paper->person);
    base_put_int(base, paper->at);
    base_put_int(base, paper->filed);
    return base_run(base, fault);
}

/* Row, name, commit. Leaves neither when one of them fails. */
static Fail publish(Upload *upload, int64_t *ret_id, Fault *fault)
{
    Desk *desk = upload->desk;
    char path[PATH_MAX_BYTES] = "";
    Fail fail = base_begin(desk->base, true, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = insert(desk->base, &upload->paper, fault);
    *ret_id = base_made(desk->base);
    if (fail == FAIL_NONE) {
        path_of(path, desk, *ret_id);
        if (rename(upload->part, path) != 0 || !folder_sync(desk->folder)) {
            fail = disk_fault(path, errno, fault);
        }
    }
    fail = fail == FAIL_NONE ? base_commit(desk->base, fault) : fail;
    if (fail != FAIL_NONE && path[0]) {
        unlink(path);
    }
    base_end(desk->base);
    return fail;
}

static Paper paper_copy(Arena *arena, const Paper *paper, int64_t id)
{
    Paper copy = *paper;
    char text[24];
    snprintf(text, sizeof text, "d%" PRId64, id);
    copy.id = str_copy(arena, str_from(text));
    copy.kind = str_copy(arena, paper->kind);
    copy.name = str_copy(arena, paper->name);
    copy.matter = str_copy(arena, paper->matter);
    copy.act = str_copy(arena, paper->act);
    copy.hat = str_copy(arena, paper->hat);
    copy.org = str_copy(arena, paper->org);
    return copy;
}

Fail upload_end(Upload *upload, Arena *arena, Paper *ret_paper, Fault *fault)
{
    int64_t id = 0;
    Fail fail = upload->fail;
    if (fail != FAIL_NONE) {
        upload_failed(upload, fail, fault);
    } else if (upload->paper.size == 0) {
        fail = FAULT(fault, FAIL_INPUT, WORD_PAPER_EMPTY, upload->paper.name);
    } else if (fsync(upload->file) != 0) {
        fail = disk_fault(upload->part, errno, fault);
    } else {
        upload->paper.hash = hasher_end(upload->hasher);
        fail = publish(upload, &id, fault);
    }
    if (fail == FAIL_NONE) {
        upload->part[0] = 0;
        *ret_paper = paper_copy(arena, &upload->paper, id);
    }
    upload_drop(upload);
    return fail;
}

void upload_drop(Upload *upload)
{
    if (!upload) {
        return;
    }
    if (upload->part[0]) {
        unlink(upload->part);
    }
    if (upload->file >= 0) {
        close(upload->file);
    }
    hasher_free(upload->hasher);
    arena_done(&upload->arena);
    free(upload);
}

/* ---- what is there ---- */

static Paper read_paper(Base *base, Arena *arena)
{
    Paper paper = {
        .kind = base_text(base, 1), .name = base_text(base, 2), .size = base_int(base, 3),
        .matter = base_text(base, 5), .draft = base_int(base, 6), .act = base_text(base, 7),
        .hat = base_text(base, 8), .org = base_text(base, 9), .person = base_int(base, 10),
        .at = base_int(base, 11), .filed = base_int(base, 12) != 0,
    };
    Str hash = base_text(base, 4);
    if (hash.len == HASH_BYTES) {
        memcpy(paper.hash.at, hash.at, HASH_BYTES);
    }
    return paper_copy(arena, &paper, base_int(base, 0));
}

Fail papers_of(Desk *desk, Arena *arena, Str matter, int64_t draft, const Paper **ret_papers,
               size_t *ret_count, Fault *fault)
{
    Paper *papers = NULL;
    size_t count = 0, capacity = 0;
    Fail fail = base_begin(desk->base, false, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = base_ask(desk->base, draft ? DESK_SQL_PAPERS_OF_DRAFT : DESK_SQL_PAPERS_OF_MATTER,
                    fault);
    if (fail == FAIL_NONE && draft) {
        base_put_int(desk->base, draft);
    } else if (fail == FAIL_NONE) {
        base_put_text(desk->base, matter);
    }
    for (bool row = true; fail == FAIL_NONE && row;) {
        fail = base_next(desk->base, &row, fault);
        if (row) {
            papers = arena_grow(arena, papers, count, &capacity, count + 1, sizeof *papers);
            papers[count++] = read_paper(desk->base, arena);
        }
    }
    base_end(desk->base);
    *ret_papers = papers;
    *ret_count = count;
    return fail;
}

Fail paper_find(Desk *desk, Arena *arena, Str id, bool *ret_found, Paper *ret_paper, Fault *fault)
{
    int64_t number;
    *ret_found = false;
    if (!id_of(id, &number)) {
        return FAIL_NONE;
    }
    Fail fail = base_begin(desk->base, false, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = base_ask(desk->base, DESK_SQL_PAPER_BY_ID, fault);
    if (fail == FAIL_NONE) {
        base_put_int(desk->base, number);
        fail = base_next(desk->base, ret_found, fault);
    }
    if (*ret_found) {
        *ret_paper = read_paper(desk->base, arena);
    }
    base_end(desk->base);
    return fail;
}

Fail paper_open(Desk *desk, const Paper *paper, int *ret_file, Fault *fault)
{
    int64_t number;
    char path[PATH_MAX_BYTES];
    if (!id_of(paper->id, &number)) {
        return FAULT(fault, FAIL_INPUT, WORD_PAPER_GONE, paper->id);
    }
    path_of(path, desk, number);
    *ret_file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    return *ret_file >= 0 ? FAIL_NONE : FAULT(fault, FAIL_SYSTEM, WORD_PAPER_GONE, paper->id);
}

Fail paper_remove(Desk *desk, const Paper *paper, Fault *fault)
{
    int64_t number;
    if (!id_of(paper->id, &number)) {
        return FAULT(fault, FAIL_INPUT, WORD_PAPER_GONE, paper->id);
    }
    Fail fail = base_begin(desk->base, true, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = base_ask(desk->base, DESK_SQL_PAPER_DELETE, fault);
    if (fail == FAIL_NONE) {
        base_put_int(desk->base, number);
        fail = base_run(desk->base, fault);
    }
    if (fail == FAIL_NONE && base_changed(desk->base) != 1) {
        fail = FAULT_PLAIN(fault, FAIL_REFUSED, WORD_PAPER_FILED);
    }
    fail = fail == FAIL_NONE ? base_commit(desk->base, fault) : fail;
    base_end(desk->base);
    if (fail == FAIL_NONE) {   /* a file that stays now is swept later: it has no row */
        char path[PATH_MAX_BYTES];
        path_of(path, desk, number);
        unlink(path);
    }
    return fail;
}

Fail papers_file(Desk *desk, int64_t draft, Str matter, Str act, Fault *fault)
{
    Fail fail = base_begin(desk->base, true, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = base_ask(desk->base, DESK_SQL_PAPERS_FILE, fault);
    if (fail == FAIL_NONE) {
        base_put_text(desk->base, matter);
        base_put_text(desk->base, act);
        base_put_int(desk->base, draft);
        fail = base_run(desk->base, fault);
    }
    fail = fail == FAIL_NONE ? base_commit(desk->base, fault) : fail;
    base_end(desk->base);
    return fail;
}

void paper_put_reference(Buf *buf, const Paper *paper)
{
    buf_put(buf, paper->id);
    buf_put_byte(buf, ' ');
    buf_put(buf, paper->kind);
    buf_put_byte(buf, ' ');
    buf_put_hash(buf, &paper->hash);
}

/* ---- sweeping ---- */

/* A part that no upload holds: the process that wrote it is gone. */
static bool part_left(int folder, const char *name)
{
    int file = openat(folder, name, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    bool left = file >= 0 && flock(file, LOCK_EX | LOCK_NB) == 0;
    if (file >= 0) {
        close(file);
    }
    return left;
}

static Fail row_there(Base *base, int64_t number, bool *ret_there, Fault *fault)
{
    *ret_there = true;
    Fail fail = base_ask(base, DESK_SQL_PAPER_BY_ID, fault);
    if (fail == FAIL_NONE) {
        base_put_int(base, number);
        fail = base_next(base, ret_there, fault);
    }
    return fail;
}

static Fail sweep_folder(Desk *desk, DIR *folder, Fault *fault)
{
    Fail fail = FAIL_NONE;
    for (struct dirent *entry; fail == FAIL_NONE && (entry = readdir(folder));) {
        Str name = str_from(entry->d_name);
        int64_t number;
        bool gone = false;
        if (str_starts(name, STR("part-"))) {
            gone = part_left(dirfd(folder), entry->d_name);
        } else if (id_of(name, &number)) {
            bool there;
            fail = row_there(desk->base, number, &there, fault);
            gone = fail == FAIL_NONE && !there;
        }
        if (gone) {
            unlinkat(dirfd(folder), entry->d_name, 0);
        }
    }
    return fail;
}

Fail papers_sweep(Desk *desk, Fault *fault)
{
    DIR *folder = opendir(desk->folder);
    if (!folder) {
        return FAULT(fault, FAIL_SYSTEM, WORD_PAPER_NO_FOLDER, str_from(desk->folder),
                     str_from(strerror(errno)));
    }
    /* Inside a transaction that writes: nobody names a paper meanwhile. */
    Fail fail = base_begin(desk->base, true, fault);
    if (fail == FAIL_NONE) {
        fail = sweep_folder(desk, folder, fault);
        base_end(desk->base);
    }
    closedir(folder);
    return fail;
}
