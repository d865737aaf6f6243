/* The expressions of rules, as written: sums of addresses, factors and numbers. */
#ifndef NIANBAO_FORM_EXPRESSION_H
#define NIANBAO_FORM_EXPRESSION_H

#include "build.h"

/* factor * address, or a number where `address` is NULL. */
struct nb_product {
    const char *address; /* may hold one * */
    bool last;           /* of last year's draft */
    int side;            /* NB_LEFT or NB_RIGHT */
    int64_t factor;
    struct nb_mark mark;
};

struct nb_expression {
    enum nb_relation relation;
    struct nb_product *products; /* in the build's arena */
    int n_products;
};

/* Reads `left RELATION right` where `with_relation`, else one sum. False after having told why. */
bool nb_expression_read(struct nb_build *build, const struct nb_tree *value, bool with_relation,
                        struct nb_expression *out);

#endif
