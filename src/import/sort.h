/* Sorting the strips of a document to the parts of a form. */
#ifndef IMPORT_SORT_H
#define IMPORT_SORT_H

#include "document.h"
#include "known.h"

enum nb_part_kind {
    NB_PART_BEFORE, /* the first section: title and preamble */
    NB_PART_TEXT,
    NB_PART_TABLE,
};

struct nb_part {
    enum nb_part_kind kind;
    int section; /* -1 before the first */
    int prose;   /* of a text: index into form->proses, -1: the form has no place for it */
    int frame;   /* of a table: index into known->frames */
};

struct nb_sorting {
    struct nb_part *parts; /* in the order they may come */
    int n_parts;
    int *part_of;  /* by strip; NB_IS_HEADING for headings, NB_IS_OUTSIDE for what is not of it */
    int *headings; /* by section: its strip, -1 where no heading was found */
    int n_sections;
};
enum { NB_IS_HEADING = -1, NB_IS_OUTSIDE = -2 };

/* Cuts headings off lines where text stands behind them on the same line. */
void nb_split_headings(struct nb_document *document, const struct nb_known *known);
/* The cheapest way to walk from the first part to the last; release with nb_sorting_release(). */
void nb_sort_strips(struct nb_sorting *sorting, const struct nb_document *document,
                    struct nb_known *known);
void nb_sorting_release(struct nb_sorting *sorting);

#endif
