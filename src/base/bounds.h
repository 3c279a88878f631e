/* bounds.h: every limit of the program in one place, named with its unit. Reaching one is a fault
 * in words, never a silent cut. Floor 0. */
#ifndef SHENCHA_BOUNDS_H
#define SHENCHA_BOUNDS_H

enum {
    /* Text files that people write: law files, notices, case scripts. */
    TEXT_FILE_BYTES_MAX = 4 << 20,
    TEXT_DEPTH_MAX = 24,          /* nesting of lists and maps */
    TEXT_NODES_MAX = 400000,      /* scalars, lists and maps in one file */
    TEXT_SCALAR_BYTES_MAX = 1 << 16,

    /* One edition. Masks of 32 and 64 bits stand behind these. */
    EDITION_STAGES_MAX = 32,
    EDITION_CLOCKS_MAX = 32,
    EDITION_DUTIES_MAX = 32,
    EDITION_ACTS_MAX = 64,
    EDITION_ROLES_MAX = 32,
    EDITION_FIELDS_MAX = 64,
    EDITION_GUARDS_MAX = 8,       /* of one branch */
    EDITION_BRANCHES_MAX = 8,     /* of one act */
    EDITION_WHEN_MAX = 4,
    EDITION_CITES_MAX = 6,

    DRAWING_LINES_MAX = 400,      /* lines of one drawn procedure */

    /* One matter. */
    MATTER_ACTS_MAX = 10000,
    MATTER_HOLDS_MAX = MATTER_ACTS_MAX / 2,   /* a hold takes a request and its answer */
    MATTER_NAME_BYTES_MAX = 128,
    MATTER_RECIPIENTS_MAX = 64,
    ACT_FIELDS_MAX = 32,
    ACT_KEY_BYTES_MAX = 128,
    EXTENSION_DAYS_MAX = 3650,

    /* Messages. */
    FAULT_ARGS_MAX = 6,
    FAULT_ARG_BYTES_MAX = 240,
    FAULTS_MAX = 200,             /* kept of one check; the rest are counted */
};

#endif
