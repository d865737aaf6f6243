/* Suspects as findings carry them, and in words. */
#ifndef NIANBAO_CHECK_HINT_H
#define NIANBAO_CHECK_HINT_H

#include "nianbao/suspect.h"

/* The hint for the finding of each equation; NULL where there is none. Heap memory, yours to
 * free(); the hints themselves belong to `diags`. NULL: there is none at all. */
const struct nb_hint **nb_hints_new(const struct nb_checker *checker, const struct nb_draft *draft,
                                    struct nb_diags *diags);

#endif
