/* Feeds mutated seeds to a target for some seconds: fuzz SECONDS [TARGET [FILE]]
 *
 * Prints how many inputs were tried. What brings the program down lies in fuzz-TARGET.input of the
 * folder it runs in; with FILE only that input is run. The same seed of random numbers each day, so
 * that a failure comes again. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "draft_support.h"
#include "targets.h"

enum { MOST_BYTES = 1 << 16 };

static struct nb_buf input; /* what the target is run on, for keep_input() */
static const char *running;

void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

static void keep_input(void)
{
    char name[64];
    snprintf(name, sizeof name, "fuzz-%s.input", running);
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd >= 0 && write(fd, input.data, input.len) < 0)
        perror(name);
}

static void on_abort(int number)
{
    keep_input();
    signal(number, SIG_DFL);
    raise(number);
}

/* Bytes [at, at + removed) become `bytes`. */
static void replace(size_t at, size_t removed, const char *bytes, size_t len_bytes)
{
    struct nb_buf changed = { 0 };
    nb_buf_add(&changed, input.data, at);
    nb_buf_add(&changed, bytes, len_bytes);
    nb_buf_add(&changed, input.data + at + removed, input.len - at - removed);
    nb_buf_release(&input);
    input = changed;
}

static void mutate(const struct fuzz_target *target, uint64_t *seed)
{
    size_t at = (size_t)random_below(seed, (int)input.len + 1);
    size_t removed = (size_t)random_below(seed, 12);
    if (removed > input.len - at)
        removed = input.len - at;
    int n_words = 0, kind = random_below(seed, 8);
    while (n_words < 24 && target->words[n_words])
        n_words++;
    const char *word = target->words[random_below(seed, n_words)];
    char byte = (char)random_below(seed, 256);
    if (kind < 3)
        replace(at, kind ? removed : 0, word, strlen(word));
    else if (kind < 5)
        replace(at, kind == 4 && at < input.len, &byte, 1);
    else if (kind == 5)
        replace(at, removed, "", 0);
    else if (kind == 6 && input.len + removed * 9 < MOST_BYTES) {
        char *copy = nb_xstrndup(input.data + at, removed);
        replace(at, 0, copy, removed);
        free(copy);
    } else if (kind == 7 && random_below(seed, 8) == 0)
        replace(at, input.len - at, "", 0);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void fuzz(const struct fuzz_target *target, double seconds)
{
    uint64_t seed = (uint64_t)time(NULL) / 86400 * 7919 + 1;
    double end = now() + seconds;
    long count = 0;
    running = target->name;
    do {
        int n_seeds = 0;
        while (n_seeds < 4 && target->seeds[n_seeds])
            n_seeds++;
        nb_buf_release(&input);
        add_file(&input, target->seeds[random_below(&seed, n_seeds)]);
        for (int round = random_below(&seed, 64); round >= 0; round--, count++) {
            mutate(target, &seed);
            target->run((const uint8_t *)nb_buf_text(&input), input.len);
        }
    } while (now() < end);
    nb_buf_release(&input);
    printf("fuzz %s: %ld inputs, nothing found\n", target->name, count);
}

int main(int argc, char **argv)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (__sanitizer_set_death_callback)
        __sanitizer_set_death_callback(keep_input);
    signal(SIGABRT, on_abort);
    for (int i = 0; i < fuzz_n_targets; i++) {
        if (argc > 2 && strcmp(argv[2], fuzz_targets[i].name) != 0)
            continue;
        if (argc > 3) {
            add_file(&input, argv[3]);
            running = fuzz_targets[i].name;
            fuzz_targets[i].run((const uint8_t *)input.data, input.len);
        } else {
            fuzz(&fuzz_targets[i], argc > 1 ? atof(argv[1]) : 2);
        }
    }
    return 0;
}
