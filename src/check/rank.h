/* Is a set that mends the sums allowed, and how likely is it? */
#ifndef NIANBAO_CHECK_RANK_H
#define NIANBAO_CHECK_RANK_H

#include "nianbao/suspect.h"
#include "sums.h"

/* The draft with a set tried out. */
struct nb_trial {
    const struct nb_sums *sums;
    const struct nb_draft *draft;
    struct nb_checker checker; /* judges `figures` */
    struct nb_figure *figures;
    int *equations; /* besides the sums, those that a set touches */
    bool *listed;   /* by equation */
    int steps;      /* what the last set cost */
};

/* A set and what it is ranked by, the smaller the likelier. */
struct nb_found {
    struct nb_suspect_set set;
    int broken;   /* warnings against last year and against texts that it brings less those that it
                   * mends */
    int slip;     /* of both cells */
    int distance; /* from last year's figures, less that of what was typed */
};

void nb_trial_init(struct nb_trial *trial, const struct nb_sums *sums,
                   const struct nb_draft *draft);
void nb_trial_release(struct nb_trial *trial);
/* False where the set breaks an equation. The slips of the set are filled in. */
bool nb_trial_weigh(struct nb_trial *trial, const struct nb_suspect_set *set,
                    struct nb_found *found);

/* Weighs what is found by the figures that the texts of the draft state. */
void nb_trial_weigh_texts(struct nb_trial *trial, struct nb_found *found, int count);

/* Sorts what was found and keeps the best. */
void nb_found_rank(struct nb_found *found, int count, struct nb_suspect_group *group);

#endif
