/* Figures keyed twice: a second person fills in the tables of a draft without seeing what is there.
 *
 * A section counts as keyed a second time as soon as there is a figure in it; then all its cells
 * are compared, and a blank one differs from a filled one. That a section was keyed twice and
 * agreed is a mark of the section in the draft (docs/draft-file.md), whose text is
 *
 *     复核录入 143 格 3f9a1c2077b1
 *
 * the number of its figures and a fingerprint of them: when they are others by now, that is a
 * finding. */
#ifndef NIANBAO_VERIFY_H
#define NIANBAO_VERIFY_H

#include "nianbao/draft.h"

/* The cells of a section, and how many of them hold a figure. 0, 0 for one without tables. */
struct nb_keyed {
    int filled, cells;
};
struct nb_keyed nb_verify_keyed(const struct nb_draft *draft, int section);

/* The cells whose figures differ in value (504658.70 is 504658.7), in the order of the form, in
 * those sections of which `second` has been keyed. Both drafts are of one form. *cells is heap
 * memory, yours to free(); returns their number. */
int nb_verify_compare(const struct nb_draft *first, const struct nb_draft *second, int **cells);

/* Appends the text of a mark that says that the section, as it is now, was keyed twice. */
void nb_verify_add_note(const struct nb_draft *draft, int section, struct nb_buf *out);
/* The latest such mark of the section among the draft's marks, -1: none. */
int nb_verify_find_note(const struct nb_draft *draft, int section);

/* Appends a warning for each section whose figures have changed since they were keyed twice, at the
 * section's first cell. */
void nb_verify_add_findings(const struct nb_draft *draft, const char *file, struct nb_diags *diags);

#endif
