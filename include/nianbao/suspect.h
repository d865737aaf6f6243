/* Which cells are wrong: the smallest sets of cells, one cell or else two, whose change makes every
 * sum of a draft hold.
 *
 * A sum is an equality of severity `error` without last year's figures whose cells are all filled.
 * Failing sums that share cells form a group, and each group is explained by itself. What is
 * proposed obeys kind and bounds, and breaks no other equation of the draft; last year's figures
 * only help to rank. Nothing is changed here. */
#ifndef NIANBAO_SUSPECT_H
#define NIANBAO_SUSPECT_H

#include "nianbao/check.h"

/* What happened while a figure was typed, the likelier first. */
enum nb_slip {
    NB_SLIP_DIGIT,         /* one digit is another */
    NB_SLIP_TRANSPOSITION, /* two neighbouring digits changed places */
    NB_SLIP_DROPPED,       /* a digit is missing, or the whole figure: the cell is blank */
    NB_SLIP_DOUBLED,       /* a digit stands twice */
    NB_SLIP_SHIFTED,       /* ten, a hundred, … times too much or too little */
    NB_SLIP_SIGN,
    NB_SLIP_UNIT,      /* ten thousand times: 元 and 万元 */
    NB_SLIP_MISPLACED, /* the figure is that of a neighbouring cell, or of the other of the set */
    NB_SLIP_OTHER,
};
/* "digit", "transposition", … as scripts match it. */
const char *nb_slip_name(enum nb_slip slip);
/* The likeliest slip that makes `typed` out of `right`, by the digits alone: never MISPLACED. */
enum nb_slip nb_slip_between(enum nb_kind kind, struct nb_figure typed, struct nb_figure right);

struct nb_correction {
    int cell;
    struct nb_figure typed; /* not filled: the cell is blank and counted as zero (--final) */
    struct nb_figure right;
    enum nb_slip slip;
};

enum { NB_SET_CELLS = 2, NB_MOST_SETS = 8 };

struct nb_suspect_set { /* to be changed together */
    struct nb_correction items[NB_SET_CELLS];
    int n_items;
    int rank;    /* from 1; equal ranks: nothing tells which it is */
    bool stated; /* texts say so: with it more of their figures agree */
    bool likely; /* of rank 1, or too little speaks against it to tell people of that one alone */
};

struct nb_suspect_group {
    struct nb_suspect_set sets[NB_MOST_SETS]; /* by rank */
    int n_sets;                               /* 0: more than two cells must be wrong */
    int n_likely;    /* likely sets, also those that have no place in `sets` */
    int n_equations; /* failing sums that it explains */
};

struct nb_suspects {
    struct nb_suspect_group *groups;
    int n_groups;
    int *group_of; /* by equation; -1: it holds, or nothing can be said about it */
};

/* By the verdicts of the checker as they are; `draft` is the one it judges. Release it. */
void nb_suspects_find(const struct nb_checker *checker, const struct nb_draft *draft,
                      struct nb_suspects *suspects);
void nb_suspects_release(struct nb_suspects *suspects);

#endif
