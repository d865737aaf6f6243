/* Has a program, with its children, done all that it had to do? */
#ifndef SETTLE_H
#define SETTLE_H

#include <stdbool.h>
#include <sys/types.h>

/* What all threads of a process and its children were doing. */
struct activity {
    bool asleep;             /* all wait for something that is not just a short time */
    bool stopped;            /* all are stopped */
    unsigned long long runs; /* of all threads: changes whenever one of them ran */
};

/* Whoever finds the same activity twice, asleep both times, and looked at the terminal in between
 * knows that nothing ran while he looked. */
struct activity activity_of(pid_t process);
bool activity_same(const struct activity *a, const struct activity *b);

#endif
