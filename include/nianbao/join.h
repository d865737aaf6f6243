/* What two people changed in their copies of a draft, brought together.
 *
 * Figures are joined one by one, texts paragraph by paragraph, notes and acceptances one by one.
 * Where both changed the same, the draft keeps this side's and a note says what the other has: a
 * draft always stays one that can be read. */
#ifndef NIANBAO_JOIN_H
#define NIANBAO_JOIN_H

#include "nianbao/draft.h"

/* Brings what `theirs` changed since `base` into `ours`; all have the same form, and `base` may be
 * NULL: nothing was there before. Each conflict is told in `diags` for `file` as a warning, with
 * the place it has in the file of `ours`. Returns their number. */
int nb_join(const struct nb_draft *base, struct nb_draft *ours, const struct nb_draft *theirs,
            const char *file, struct nb_diags *diags);

#endif
