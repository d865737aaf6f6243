/* What of a form may be found in a report: its frames, that is tables joined to one, with every
 * spelling of their labels. */
#ifndef IMPORT_KNOWN_H
#define IMPORT_KNOWN_H

#include "codes.h"
#include "nianbao/form.h"

/* A label and its other spellings, without their enumerators. */
struct nb_spelling {
    const struct nb_node *node; /* NULL: a caption or a corner */
    struct nb_codes *items;
    int count;
};

/* A printed row with cells. */
struct nb_target {
    const struct nb_table *table;
    int row;
    const struct nb_spelling *spelling; /* NULL: the row has no label */
    int *cells;                         /* of its columns that have one, from left to right */
    int n_cells;
};

struct nb_frame {
    const struct nb_section *section;
    const struct nb_table **tables;
    int n_tables;
    struct nb_target *targets;
    int n_targets;
    struct nb_spelling *words; /* all labels of the frame */
    int n_words, cap_words;
    unsigned char codes[512]; /* a set, by hash: which codes occur in the words */
};

struct nb_known {
    const struct nb_form *form;
    struct nb_frame *frames; /* in print order */
    int n_frames;
    struct nb_codes *headings; /* by section, without enumerator */
    int *numbers;              /* their enumerators, 0: none */
    long budget;               /* comparisons that may still be made: bounds hostile sources */
};

void nb_known_init(struct nb_known *known, const struct nb_form *form);
void nb_known_release(struct nb_known *known);

/* How well the text is one label of the frame, or a part of it: 0 not at all, 1000 exactly. */
int nb_known_likeness(struct nb_known *known, const struct nb_frame *frame,
                      const struct nb_codes *text);
/* How many codes of the text, digits aside, occur in labels of the frame at all, in thousandths. */
int nb_known_share(const struct nb_frame *frame, const struct nb_codes *text);
/* The spelling of a node in the frame. */
const struct nb_spelling *nb_frame_spelling(const struct nb_frame *frame,
                                            const struct nb_node *node);

#endif
