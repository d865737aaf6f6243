/* Addresses of rules: what their * can stand for, and whether any form has them. */
#ifndef NIANBAO_FORM_STAR_H
#define NIANBAO_FORM_STAR_H

#include "expression.h"

/* The address with its *, if it has one, replaced by a path; heap memory, yours to free(). */
char *nb_star_replace(const char *address, const char *path);

/* Visits every path of a leaf row or leaf column of the section that `address` is in, each once
 * however many tables have it; returns how many visits said yes. */
typedef bool nb_star_visitor(void *context, const char *path, enum nb_star star);
int nb_star_visit(const struct nb_form *form, const char *address, nb_star_visitor *visitor,
                  void *context);

/* Does this form or any other have the address? */
bool nb_star_is_known(const struct nb_build *build, const char *address);

/* Of terms that together stand for nothing: tells of each that exists nowhere, or else, at `mark`,
 * that they never meet. Says nothing that a fault of their section may have caused. */
void nb_star_explain_absence(struct nb_build *build, struct nb_mark mark, const char *text,
                             const struct nb_product *products, int n_products);

#endif
