/* What the stages of reading a report share. */
#ifndef IMPORT_READING_H
#define IMPORT_READING_H

#include "nianbao/import.h"
#include "rows.h"
#include "sort.h"

struct nb_reading {
    const char *file;
    const struct nb_form *form;
    struct nb_document *document;
    struct nb_known *known;
    struct nb_sorting *sorting;
    struct nb_diags *diags;
    struct nb_import *import;
    int cap_doubts;
    bool *doubted; /* by cell */
};

/* ---- tables ---- */

/* Reads all frames into the draft and tells what is not certain. */
void nb_read_tables(struct nb_reading *reading);

/* How far a row reaches, in columns of its grid. */
int nb_right_edge(const struct nb_strip *strip);

/* The heads of the columns of one table. */
struct nb_heads {
    bool complete;                        /* every one is there */
    bool seen;                            /* all but one are, at least */
    bool crossed;                         /* they stand in another order than the form's */
    int width;                            /* of nearly all rows of the frame, 0: they differ */
    bool placed;                          /* column_of is known, for rows of that width */
    int column_of[NB_IMPORT_MAX_COLUMNS]; /* by column of the grid: a cell's place in its row, -1 */
    uint32_t present;                     /* by cell of the row: its head is there; 0: unknown */
    const char *unit;                     /* the unit of money they name, NULL: none */
};
/* From the labels among the atoms [from, to), for the rows of `target`'s table. */
void nb_heads_read(struct nb_heads *heads, const struct nb_form *form, const struct nb_atoms *atoms,
                   int from, int to, const struct nb_frame *frame, const struct nb_target *target,
                   int width);

/* The unit of money that the labels among the atoms [from, to) name, broken over lines or not;
 * NULL: none. */
const char *nb_money_unit(const struct nb_atoms *atoms, int from, int to);

/* Which slot of a record is which cell of its row. */
enum nb_fit {
    NB_FIT_EXACT,
    NB_FIT_HEADS,       /* in the order of the heads, which is not the form's */
    NB_FIT_FEWER_HEADS, /* some columns are not there, heads and all */
    NB_FIT_SUMS,
    NB_FIT_NONE
};
struct nb_slots {
    enum nb_fit fit;
    int *atom_of; /* by cell of the row: its atom, -1: none or not known; heap */
};

/* Resolves the records of a frame that have other slots than their row has cells; `slots` is by
 * record. */
void nb_slots_resolve(const struct nb_reading *reading, const struct nb_frame *frame,
                      const struct nb_records *records, const struct nb_atoms *atoms,
                      const struct nb_heads *heads, struct nb_slots *slots);

/* ---- figures ---- */

enum nb_value {
    NB_VALUE_FINE,
    NB_VALUE_BLANK,
    NB_VALUE_CONVERTED, /* from the unit behind the figure */
    NB_VALUE_BY_HEADS,  /* from the unit of the heads */
    NB_VALUE_NO_UNIT,   /* money of no unit at all */
    NB_VALUE_BAD
};
/* What the atom says in that cell; `unit` is what the heads name, NULL: nothing. */
enum nb_value nb_value_read(const struct nb_form *form, int cell, const struct nb_atom *atom,
                            const char *unit, struct nb_figure *figure);

/* ---- doubts ---- */

/* Marks cells as doubtful for the reason just told, `diag`. `strip` is -1 where the source says
 * nothing about them. */
void nb_doubt(struct nb_reading *reading, struct nb_diag *diag, const int *cells, int n_cells,
              int strip);
/* Tells sums of the report that are wrong; blanks what was read without certainty and does not fit
 * them. */
void nb_judge_sums(struct nb_reading *reading);
/* One doubt for each cell, in the order of the form, and a note in the draft where the report says
 * something about the cell: other blanks speak for themselves. */
void nb_settle_doubts(struct nb_reading *reading);

/* Tells about `count` strips from `strip` on, which are quoted by the first. */
void nb_tell_strips(const struct nb_reading *reading, enum nb_message message, int strip,
                    int count);

/* ---- texts ---- */

/* Takes out what stands behind the report on its web page. */
void nb_drop_surroundings(struct nb_reading *reading);

/* Reads a line below a table that names people or the date; false: it does not. */
bool nb_read_foot(struct nb_reading *reading, const char *line);
/* Offers the figures that the texts name for cells that were not read. */
void nb_propose_figures(struct nb_reading *reading);
/* The body's name where the title has none: appends it and returns where it stands; NULL: it is not
 * certain. The signature has been read. */
const char *nb_unit_find(const struct nb_reading *reading, struct nb_buf *unit);
/* Does the name stand on a line of the report? */
bool nb_unit_is_said(const struct nb_reading *reading, const char *unit);

/* Title, unit, year, preamble, proses, signature. */
void nb_read_texts(struct nb_reading *reading, const struct nb_import_options *options);

#endif
