/* Import: a published report becomes a draft.
 *
 * Text, web pages, .docx and PDF become one list of strips: lines, and rows of tables with their
 * cells. One reader looks in it for what the form knows: headings cut it into sections, labels
 * into rows, and what remains is prose. Labels are compared without blanks, width and punctuation,
 * and may be misspelt; what they cannot settle order does, and sums show what was settled wrongly.
 *
 * Nothing is guessed in silence: a figure that was not read with certainty is a doubt, and doubts
 * are told. A sum of the report that is wrong although all was read is told as `check` would. */
#ifndef NIANBAO_IMPORT_H
#define NIANBAO_IMPORT_H

#include "nianbao/draft.h"

/* What the user knows better than the report; NULL and 0: let the report say. */
struct nb_import_options {
    const char *unit;
    int year;
    const struct nb_form *form;
};

/* A cell that was not read with certainty. The draft holds what was read, or a blank, and a note
 * on the cell where the report says something about it. */
struct nb_doubt {
    int cell;
    struct nb_mark mark;  /* in the report */
    const char *source;   /* that line, cells separated by a blank; "": it says nothing about it */
    const char *message;  /* why, as told */
    const char *proposed; /* a figure that a text of the report names for it; NULL: none does */
    const char *said;     /* in these words */
    int said_line;
};

/* Lines count as the source does: lines of the file, of pdftotext's output for PDF, paragraphs and
 * rows of tables for .docx. */
struct nb_import {
    struct nb_draft *draft;  /* unsaved */
    struct nb_mark *places;  /* by cell: where its figure was read; line 0: nowhere */
    struct nb_doubt *doubts; /* by cell, one for each */
    int n_doubts;
    struct nb_arena strings;
};

/* Reads the bytes of a report; `file` names it in diagnostics. The form is chosen from the catalog
 * by labels and year. NB_OK: release *out with nb_import_release(); the catalog must outlive it.
 * Otherwise at least one error tells why, and *out is empty. */
enum nb_status nb_import_read(const char *file, const char *bytes, size_t len_bytes,
                              struct nb_catalog *catalog, const struct nb_import_options *options,
                              struct nb_diags *diags, struct nb_import *out);
/* The same from a path, "-" for standard input. */
enum nb_status nb_import_load(const char *path, struct nb_catalog *catalog,
                              const struct nb_import_options *options, struct nb_diags *diags,
                              struct nb_import *out);
void nb_import_release(struct nb_import *import);

#endif
