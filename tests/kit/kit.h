/* kit.h: what unit tests share. Tests run in the root of the source tree; a failing helper ends the
 * test program with a word, because a test that cannot read its files proves nothing. */
#ifndef SHENCHA_KIT_H
#define SHENCHA_KIT_H

#include <stddef.h>

/* cmocka.h wants these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

/* The bytes of a file, followed by a zero that is not counted; *ret_size may be NULL. Caller
 * frees. */
char *kit_read(const char *path, size_t *ret_size);
/* Writes a file whole, making it new. */
void kit_write(const char *path, const void *bytes, size_t size);
/* A new empty folder that is removed with everything in it when the program ends. Lives as long as
 * the program. */
const char *kit_folder(void);
/* "FOLDER/NAME", lives as long as the program. */
const char *kit_path(const char *folder, const char *name);

#endif
