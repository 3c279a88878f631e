/* disk.h: reading files and law folders from disk, whole and bounded. Floor 5: the app is where the
 * outside comes in. Every failure names the path and what to do. */
#ifndef SHENCHA_DISK_H
#define SHENCHA_DISK_H

#include "folder.h"

/* The bytes of a regular file (or of standard input for "-"), in arena. Larger than `max` bytes or
 * unreadable: a fault, FAIL_INPUT. */
Fail disk_read(Arena *arena, const char *path, size_t max, Str *ret_bytes, Fault *fault) MUST_USE;
/* Writes a file whole: to PATH.part, synced, then renamed. FAIL_SYSTEM when it cannot. */
Fail disk_write(const char *path, Str bytes, Fault *fault) MUST_USE;
/* Every .yaml below `dir`, sorted by path. A folder that does not exist is FAIL_INPUT. */
Fail disk_law_folder(Arena *arena, const char *dir, LawFolder *ret_folder, Fault *fault) MUST_USE;

#endif
