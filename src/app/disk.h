/* disk.h: reading files and law folders from disk, whole and bounded. Floor 5: the app is where the
 * outside comes in. Every failure names the path and what to do. */
#ifndef SHENCHA_DISK_H
#define SHENCHA_DISK_H

#include <stdio.h>

#include "folder.h"

/* A file being written: under a name of its own beside PATH until it is whole. A PATH that is
 * there and is no regular file (a device, a pipe) is written in place and never replaced. */
typedef struct DiskOut {
    FILE *file;
    char *path, *part;       /* part is NULL when written in place */
} DiskOut;

/* The bytes of a regular file (or of standard input for "-"), in arena. Larger than `max` bytes or
 * unreadable: a fault, FAIL_INPUT. */
Fail disk_read(Arena *arena, const char *path, size_t max, Str *ret_bytes, Fault *fault) MUST_USE;
/* Begins a file; on FAIL_SYSTEM nothing is left behind and disk_end must not be called. */
Fail disk_begin(DiskOut *out, const char *path, Fault *fault) MUST_USE;
/* Ends it: synced and named when `so_far` is FAIL_NONE, else thrown away. What was under the name
 * before stays as it was unless all went well. Returns `so_far` or FAIL_SYSTEM. */
Fail disk_end(DiskOut *out, Fail so_far, Fault *fault) MUST_USE;
/* Both at once, for bytes at hand. */
Fail disk_write(const char *path, Str bytes, Fault *fault) MUST_USE;
/* Every .yaml below `dir`, sorted by path. A folder that does not exist is FAIL_INPUT. */
Fail disk_law_folder(Arena *arena, const char *dir, LawFolder *ret_folder, Fault *fault) MUST_USE;

#endif
