/* A program in a pseudo terminal of its own, and the screen that shows it. */
#ifndef PROGRAM_H
#define PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "screen.h"

enum { PATIENCE_MS = 10000 };

struct program {
    pid_t process;     /* 0: none was started */
    int master, slave; /* -1 once the terminal is gone */
    struct screen *screen;
    bool ended;
    int status;     /* as of waitpid(), once it ended */
    int64_t cpu_us; /* that it and its children used, once it ended */
    char *queue;    /* bytes that the program has not taken yet */
    size_t len_queue;
    size_t received;  /* bytes that came from the program */
    bool escape_last; /* the last byte sent was Esc: what follows at once would belong to it */
};

/* *program is zero before the first start; a program that ran in it is killed and forgotten. false:
 * there is no terminal to be had. */
bool program_start(struct program *program, char *const *command, int rows, int columns);
void program_kill(struct program *program);
void program_release(struct program *program); /* kills what still runs */

void program_send(struct program *program, const char *bytes, size_t len_bytes);
void program_resize(struct program *program, int rows, int columns);
void program_hang_up(struct program *program);

/* Takes what the program wrote and gives it what it can take. Did anything move? */
bool program_pump(struct program *program);
/* Waits until something may have changed. */
void program_wait(const struct program *program);
/* Waits until the program has taken all input, shown what it had to show, and rests. false: it
 * still did not after PATIENCE_MS. */
bool program_settle(struct program *program);
/* Waits for its end in the same way. */
bool program_end(struct program *program);

#endif
