/* Two drafts side by side: what differs, by address, also where their forms differ.
 *
 * A figure is compared with the one of the same address; where the other form has a group there,
 * with the sum of the group. Figures are equal when their values are. Texts are compared sentence
 * by sentence, notes and acceptances as wholes. */
#ifndef NIANBAO_COMPARE_H
#define NIANBAO_COMPARE_H

#include "nianbao/draft.h"

enum { NB_OLD, NB_NEW };

enum nb_difference_kind { NB_DIFFERENCE_FIGURE, NB_DIFFERENCE_TEXT, NB_DIFFERENCE_RECORD };

/* One figure, one stretch of sentences, or one record. */
struct nb_difference {
    enum nb_difference_kind kind;
    const char *address; /* of the cell or text, also "form" and "year"; of a record: its list */
    const char *section; /* id, "" for the head and for records */
    bool known[2];       /* does that side's form have such a cell or text? */
    int cell[2];         /* of a figure: -1 where that side has a group or nothing */
    bool filled[2];      /* of a figure */
    nb_wide value[2];    /* of a figure; 0 where it is not filled */
    const char *text[2]; /* of a text: its sentences that differ, as the file has them, a line each;
                            "": none. Both are "" where only blanks and line ends differ */
    enum nb_list list;   /* of a record */
    const char *const *record[2]; /* its fields; NULL: that side does not have it */
};

struct nb_comparison {
    const struct nb_draft *drafts[2];
    struct nb_difference *items; /* in the order of the new form; what only the old one has stands
                                    at the end of its section */
    int count, cap;
    struct nb_arena strings;
};

/* Both drafts stay the caller's and must outlive the comparison, which nb_comparison_release()
 * ends. Time is bounded: long texts that differ everywhere count as wholly different. */
void nb_compare(const struct nb_draft *old, const struct nb_draft *new,
                struct nb_comparison *comparison);
void nb_comparison_release(struct nb_comparison *comparison);

/* New less old; false where one of them is blank or unknown. */
bool nb_difference_change(const struct nb_difference *difference, nb_wide *change);
/* The change in thousandths of the old figure, rounded half away from zero; false where there is no
 * change, or it starts from zero. */
bool nb_difference_permille(const struct nb_difference *difference, nb_wide *permille);

/* Appends the comparison as a person reads it, by sections and rows; `names` are the drafts' files.
 * Nothing where nothing differs. */
void nb_comparison_write_text(const struct nb_comparison *comparison, const char *const names[2],
                              struct nb_buf *out);

/* Appends the draft as lines to be compared by programs that know nothing of drafts: a line for
 * each figure, each sentence and each record, under the headings of their sections. */
void nb_draft_add_lines(const struct nb_draft *draft, struct nb_buf *out);

#endif
