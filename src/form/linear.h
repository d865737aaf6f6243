/* Exact linear algebra over the equations of a form, for the lint of form authors. */
#ifndef NIANBAO_FORM_LINEAR_H
#define NIANBAO_FORM_LINEAR_H

#include "nianbao/form.h"

enum nb_feasible {
    NB_FEASIBLE,
    NB_INFEASIBLE,
    NB_UNDECIDED, /* numbers grew past 128 bits */
};

/* Are there figures, of the cells' kinds but not necessarily whole, for which all these equations
 * hold? iff-zero and equations with figures of last year are passed over. */
enum nb_feasible nb_linear_feasible(const struct nb_form *form, const int *equations, int count);

/* Marks the cells that can only be zero where all equations of the form hold: zero[cell]. Finds
 * what follows from elimination and from sums of figures that cannot be negative. */
void nb_linear_find_zeros(const struct nb_form *form, bool *zero);

#endif
