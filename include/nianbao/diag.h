/* Diagnostics: what is wrong with a file, or what a rule found in a draft, as data.
 *
 * One table (src/base/message.c) words them all; the command line and the screen only show them.
 * Every string of a diagnostic is owned by its list and lives until the list is cleared. */
#ifndef NIANBAO_DIAG_H
#define NIANBAO_DIAG_H

#include "nianbao/base.h"

/* A place in a text: both count from 1, the column in code points. 0 in `line`: not known. */
struct nb_mark {
    int line, column;
};

enum nb_severity { NB_INFO, NB_WARNING, NB_ERROR };
/* "info", "warning", "error" */
const char *nb_severity_name(enum nb_severity severity);

enum nb_message {
    NB_MSG_FILE_READ,
    NB_MSG_FILE_WRITE,
    NB_MSG_FILE_SIZE,
    NB_MSG_FILE_EXISTS,
    NB_MSG_JOURNAL,
    NB_MSG_YAML_SYNTAX,
    NB_MSG_YAML_ENCODING,
    NB_MSG_YAML_CHARACTER,
    NB_MSG_YAML_ALIAS,
    NB_MSG_YAML_ANCHOR,
    NB_MSG_YAML_TAG,
    NB_MSG_YAML_DOCUMENT,
    NB_MSG_YAML_NESTING,
    NB_MSG_YAML_DUPLICATE,
    NB_MSG_YAML_TYPE,
    NB_MSG_YAML_KEY,
    NB_MSG_KEY_UNKNOWN,
    NB_MSG_KEY_MISSING,
    NB_MSG_VERSION,
    NB_MSG_DRAFT_FORM,
    NB_MSG_DRAFT_FORM_MISSING,
    NB_MSG_DRAFT_FIGURE,
    NB_MSG_DRAFT_FIGURE_RANGE,
    NB_MSG_DRAFT_FIGURE_QUOTED,
    NB_MSG_DRAFT_FIGURE_NORMALISED,
    NB_MSG_DRAFT_VALUE,
    NB_MSG_DRAFT_ADDRESS,
    NB_MSG_DRAFT_FINISHED,
    NB_MSG_DRAFT_COMMENTS,
    NB_MSG_FORM_VALUE,
    NB_MSG_FORM_DUPLICATE,
    NB_MSG_FORM_LABEL,
    NB_MSG_FORM_CELL_UNKNOWN,
    NB_MSG_FORM_EXPRESSION,
    NB_MSG_FORM_UNREACHABLE,
    NB_MSG_FORM_IDLE,
    NB_MSG_FORM_LIMIT,
    NB_MSG_LINT_UNRULED,
    NB_MSG_LINT_UNNOTICED,
    NB_MSG_LINT_CONTRADICTION,
    NB_MSG_LINT_ZERO,
    NB_MSG_SUM_DIFFERS,
    NB_MSG_NOT_AT_MOST,
    NB_MSG_NOT_AT_LEAST,
    NB_MSG_NOT_BOTH_ZERO,
    NB_MSG_SUSPECT,
    NB_MSG_SUSPECT_TIE,
    NB_MSG_SUSPECT_STATED,
    NB_MSG_SUSPECT_SEVERAL,
    NB_MSG_SUSPECT_CHANGE,
    NB_MSG_SUSPECT_FILL,
    NB_MSG_SUSPECT_SWAP,
    NB_MSG_SLIP_DIGIT, /* in the order of enum nb_slip */
    NB_MSG_SLIP_TRANSPOSITION,
    NB_MSG_SLIP_DROPPED,
    NB_MSG_SLIP_DOUBLED,
    NB_MSG_SLIP_SHIFTED,
    NB_MSG_SLIP_SIGN,
    NB_MSG_SLIP_UNIT,
    NB_MSG_SLIP_MISPLACED,
    NB_MSG_SLIP_OTHER,
    NB_MSG_SLIP_BLANK,
    NB_MSG_CELL_BLANK,
    NB_MSG_REFERENCE_UNKNOWN,
    NB_MSG_REFERENCE_BLANK,
    NB_MSG_VERIFY_CHANGED,
    NB_MSG_PROSE_FIGURE,
    NB_MSG_PROSE_PERCENT,
    NB_MSG_PROSE_GROWTH,
    NB_MSG_PROSE_PART,
    NB_MSG_PROSE_TWICE,
    NB_MSG_PRIOR_UNREADABLE,
    NB_MSG_PRIOR_UNIT,
    NB_MSG_PRIOR_YEAR,
    NB_MSG_TEXT_YEAR,
    NB_MSG_TEXT_PERIOD,
    NB_MSG_TEXT_NOTICE,
    NB_MSG_TEXT_NAME,
    NB_MSG_TEXT_MOBILE,
    NB_MSG_TEXT_IDENTITY,
    NB_MSG_TEXT_CARD,
    NB_MSG_TEXT_HALFWIDTH,
    NB_MSG_TEXT_BRACKETS,
    NB_MSG_TEXT_NUMBER,
    NB_MSG_TEXT_UNPAIRED,
    NB_MSG_TEXT_MARKS,
    NB_MSG_TEXT_EMPTY,
    NB_MSG_TEXT_TEMPLATE,
    NB_MSG_TEXT_DOUBLED,
    NB_MSG_TEXT_REPEATED,
    NB_MSG_TEXT_COPIED,
    NB_MSG_TEXT_ASPECT,
    NB_MSG_TEXT_ALONE,
    NB_MSG_TEXT_MISSING,
    NB_MSG_ACCEPTED_LAPSED,
    NB_MSG_CARRY_REVIEW,
    NB_MSG_CARRY_DROPPED,
    NB_MSG_CARRY_YEAR,
    NB_MSG_CARRY_UNIT,
    NB_MSG_JOIN_CONFLICT,
    NB_MSG_TABLE_WIDTH,
    NB_MSG_IMPORT_ENCODING,
    NB_MSG_IMPORT_KIND,
    NB_MSG_IMPORT_EMPTY,
    NB_MSG_IMPORT_LIBRARY,
    NB_MSG_IMPORT_DAMAGED,
    NB_MSG_IMPORT_NUMBERED,
    NB_MSG_IMPORT_NO_YEAR,
    NB_MSG_IMPORT_NO_FORM,
    NB_MSG_IMPORT_FORM,
    NB_MSG_IMPORT_NO_REPORT,
    NB_MSG_IMPORT_NO_UNIT_NAME,
    NB_MSG_IMPORT_UNIT,
    NB_MSG_IMPORT_NO_HEADING,
    NB_MSG_IMPORT_LEFT_OUT,
    NB_MSG_IMPORT_STRANGE_TABLE,
    NB_MSG_IMPORT_MISSING_TABLE,
    NB_MSG_IMPORT_MISSING_ROW,
    NB_MSG_IMPORT_UNKNOWN_ROW,
    NB_MSG_IMPORT_AMBIGUOUS,
    NB_MSG_IMPORT_SPILLED,
    NB_MSG_IMPORT_PIECES,
    NB_MSG_IMPORT_LABEL,
    NB_MSG_IMPORT_NAMELESS,
    NB_MSG_IMPORT_ASTRAY,
    NB_MSG_IMPORT_HEADS,
    NB_MSG_IMPORT_CROSSED,
    NB_MSG_IMPORT_BY_HEADS,
    NB_MSG_IMPORT_FEWER_HEADS,
    NB_MSG_IMPORT_BY_SUMS,
    NB_MSG_IMPORT_COUNT,
    NB_MSG_IMPORT_FIGURE,
    NB_MSG_IMPORT_NO_UNIT,
    NB_MSG_IMPORT_HEADS_UNIT,
    NB_MSG_IMPORT_CONVERTED,
    NB_MSG_IMPORT_REFUTED,
    NB_MSG_IMPORT_PROPOSAL,
    NB_MSG_IMPORT_NOTE,
    NB_MSG_COUNT
};

/* A cell that may be wrong. */
struct nb_suspect {
    int set;              /* from 1; cells of a set are to be changed together */
    int rank;             /* from 1, the likeliest; equal ranks: nothing tells which it is */
    bool likely;          /* the set is one of those that the note names */
    const char *cell;     /* address */
    const char *value;    /* as it stands; NULL: blank */
    const char *proposed; /* with which the sums hold */
    const char *slip;     /* what scripts match */
    const char *guess;    /* the slip in words, "" where there is none */
};

/* What explains a group of findings. They share it. */
struct nb_hint {
    const struct nb_suspect *suspects; /* by set */
    int n_suspects;                    /* 0: more than two cells are wrong */
    int n_sets, n_likely;              /* sets, likely ones among them */
    bool is_telling;                   /* worth a person's look; others are for scripts */
    const char *note;                  /* one line of Chinese text; NULL: not telling */
    struct nb_mark mark;               /* where the note belongs */
    int index;                         /* among the hints of a run */
};

struct nb_diag {
    const char *file; /* as the user named it */
    struct nb_mark mark;
    enum nb_severity severity;
    const char *rule;    /* what scripts match: the rule of the form, or the message's own id */
    const char *cell;    /* address, "" where none applies */
    size_t offset, len;  /* bytes of the text `cell` names that it is about; len 0: all of it */
    const char *message; /* one line of Chinese text */
    /* Only for findings that compare two sides; else NULL. `difference` has no sign. */
    const char *left, *right, *difference;
    const char **cells; /* every cell the finding is about */
    int n_cells;
    const struct nb_hint *hint; /* NULL: none was looked for */
    bool ends_hint;             /* the last by place of those that share `hint` */
    const char *about;    /* the finding's own evidence, which an acceptance quotes; may be NULL */
    const char *accepted; /* the reason a person gave for accepting it, else NULL */
    int acceptance;       /* the draft's record of that, or the one that has lapsed; -1: none */
};

/* Start from { 0 }. */
struct nb_diags {
    struct nb_diag *items;
    int count, cap;
    struct nb_arena strings;
};

/* Appends one diagnostic with rule, severity and wording of the table; what follows `message` are
 * pairs of argument name and text, ended by NULL. Returns it, valid until the next call, so that
 * the caller can add what it knows besides. All text is copied. */
struct nb_diag *nb_diag_add(struct nb_diags *diags, const char *file, struct nb_mark mark,
                            enum nb_message message, ...);
/* Appends the wording alone. */
void nb_message_word(struct nb_buf *out, enum nb_message message, ...);
/* Appends a copy of a diagnostic of another list, without its hint. */
void nb_diag_add_copy(struct nb_diags *diags, const struct nb_diag *diag);
/* Copies `text` into the list's own memory; NULL gives NULL. */
const char *nb_diag_keep(struct nb_diags *diags, const char *text);
/* The number of diagnostics of at least that severity. */
int nb_diags_count(const struct nb_diags *diags, enum nb_severity least);
/* The first error, else the first of them; NULL: there is none. Valid until the next change. */
const struct nb_diag *nb_diags_first(const struct nb_diags *diags);
/* Sorts by line, column, then order of arrival. */
void nb_diags_sort(struct nb_diags *diags);
void nb_diags_clear(struct nb_diags *diags);
void nb_diags_release(struct nb_diags *diags);

#endif
