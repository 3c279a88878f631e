/* template.h: what the files of the template compiler share: the template that is read, where we
 * are in it and in its HTML, and what is being written. */
#ifndef SHENCHA_TEMPLATE_H
#define SHENCHA_TEMPLATE_H

#include <stdbool.h>
#include <stdio.h>

enum { NAME_BYTES_MAX = 64, LITERAL_BYTES_MAX = 1 << 16 };

typedef enum Place { IN_TEXT, IN_TAG_NAME, IN_TAG, IN_NAME, BEFORE_VALUE, IN_QUOTED, IN_UNQUOTED,
                     IN_COMMENT, IN_RAW } Place;

typedef struct Context {
    Place place;
    char quote;
    char tag[NAME_BYTES_MAX];         /* of the tag we are in, or whose raw text we are in */
    char attribute[NAME_BYTES_MAX];
    char before[NAME_BYTES_MAX];      /* beginning of the attribute's value so far */
    bool slotted;                     /* the value began with a slot that may begin an address */
} Context;

extern FILE *source, *header;         /* what is written */
extern const char *file, *text, *at;  /* template, its text, where we are */
extern Context now;
extern bool after_block;              /* the last thing written was a tag of a block */
extern bool pending_space;            /* a run with a line end, not yet decided */

/* main.c */
int line_of(const char *where);
/* Tells the place and why, and ends. */
void stop(const char *where, const char *format, ...)
    __attribute__((noreturn, format(printf, 2, 3)));
bool one_of(const char *word, const char *const *list);

/* literal.c: the template's own text, gathered until something else comes. */
void put_line_mark(const char *where);
void put_literal(char byte);
void flush_literal(void);
bool literal_ends_in_space(void);
/* What comes next is no tag of a block: a run of space before it counts. */
void settle_space(void);
/* A statement comes: what follows may be left out, so that the space is decided before it. */
void settle_before_statement(void);

/* html.c: moves on by one byte of HTML. */
void walk_byte(void);
void add_byte(char *name, char byte, bool lower);

/* slot.c: reads {{…}}, {{{…}}}. */
void read_slot(bool in_page);

#endif
