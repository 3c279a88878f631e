/* folder.h: a law folder as it was read: names and texts of its files. The built-in one is embedded
 * in the program (generated law_files.c); --law DIR reads another from disk (app/lawdisk.h). Floor
 * 1.
 *
 *   editions/ID/procedure.yaml   stages, clocks, duties, acts…: no prose
 *   editions/ID/clauses.yaml     every clause in our own words, zh and en
 *   editions/ID/words.yaml       words that differ in this edition (may be missing)
 *   common/bodies.yaml           members, sectors with their departments: ids in order
 *   words/zh.yaml, words/en.yaml words for all ids
 *   calendars/NAME.yaml          one State Council notice each
 *   calendars/statutory-YEAR.yaml  statutory days of a year without a notice */
#ifndef SHENCHA_FOLDER_H
#define SHENCHA_FOLDER_H

#include "fault.h"

typedef struct LawFile {
    Str path;   /* below the folder, with / */
    Str shown;  /* name for messages: path, or with the folder before it */
    Str text;   /* bytes */
} LawFile;

typedef struct LawFolder {
    const LawFile *files;   /* sorted by path, byte order */
    size_t count;
} LawFolder;

/* The file at `path`, or NULL. */
const LawFile *folder_file(const LawFolder *folder, Str path);
/* Folder that the build carries. */
extern const LawFolder law_built_in;

#endif
