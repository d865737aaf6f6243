/* What a scrap of a table says: a label, a figure, nothing. */
#ifndef IMPORT_ATOM_H
#define IMPORT_ATOM_H

#include "document.h"
#include "nianbao/form.h"

enum nb_atom_kind {
    NB_ATOM_LABEL,
    NB_ATOM_FIGURE,    /* as nb_figure_type() takes it, but for units */
    NB_ATOM_BLANK,     /* an empty cell */
    NB_ATOM_DASH,      /* — / 无: says that there is no figure */
    NB_ATOM_ILLEGIBLE, /* where a figure stands, but none */
};

struct nb_atom {
    enum nb_atom_kind kind;
    const char *text;   /* a figure without blanks and with one sign; else as in the source */
    const char *source; /* as in the source */
    struct nb_mark mark;
    int column, columns; /* of the scrap */
    int strip;           /* index */
    bool begins_row;     /* the first of a row of cells */
};

struct nb_atoms {
    struct nb_atom *items; /* heap; texts are in the document's arena */
    int count, cap;
    const struct nb_form *form; /* whose units may stand behind a figure */
    struct nb_document *document;
};

/* Appends the atoms of a strip. A cell of a row is one atom; of a line the figures at the end of
 * a scrap are each one. */
void nb_atoms_add(struct nb_atoms *atoms, int strip);
void nb_atoms_release(struct nb_atoms *atoms);

/* Sets `label` to what of a line's scrap stands before the figures that end it, blanks between, and
 * returns how many those are. */
int nb_split_line(const struct nb_form *form, const char *text, struct nb_buf *label);

/* How many scraps of the strip are figures, and nothing but figures. */
int nb_count_figures(const struct nb_form *form, const struct nb_strip *strip);

#endif
