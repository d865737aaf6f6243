/* Prose against tables: what the texts of a draft say about figures, compared with the cells.
 *
 * A sentence is told where no honest reading of it is true (docs/design.md). Texts are read once;
 * their statements are kept until text, year or unit change, and compared each time. */
#ifndef NIANBAO_CHECK_PROSE_H
#define NIANBAO_CHECK_PROSE_H

#include "nianbao/draft.h"

struct nb_prose_cache;

struct nb_prose_cache *nb_prose_cache_new(void);
void nb_prose_cache_free(struct nb_prose_cache *cache);

/* What is compared with what; `figures` has one for each cell of the form. */
struct nb_prose_facts {
    const struct nb_draft *draft;
    const struct nb_figure *figures;
    const struct nb_draft *prior; /* last year's, or NULL */
    const char *file;
};

/* Appends a warning for each statement that is not true. Without a cache nothing is kept. */
void nb_prose_add_findings(struct nb_prose_cache *cache, const struct nb_prose_facts *facts,
                           struct nb_diags *diags);

/* How many figures that the texts state are not those of `facts`. The cache keeps the texts. */
int nb_prose_count_untrue(struct nb_prose_cache *cache, const struct nb_prose_facts *facts);

#endif
