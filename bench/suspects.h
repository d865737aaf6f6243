/* What looking for suspects costs at a committed figure. */
#ifndef BENCH_SUSPECTS_H
#define BENCH_SUSPECTS_H

#include "nianbao/draft.h"

/* Prints the costliest of several failing drafts, made of `draft`, whose sums hold; beside judging
 * every equation of the form once. */
void bench_suspects(struct nb_draft *draft);

#endif
