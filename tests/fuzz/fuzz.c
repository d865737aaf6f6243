/* Feeds mutated seeds to a target for some seconds: fuzz SECONDS [TARGET [FILE]]
 *
 * The short run of every test, with nothing but gcc; make fuzz searches by coverage (hunt.c).
 *
 * Prints how many inputs were tried. What brings the program down lies in fuzz-TARGET.input of the
 * folder it runs in; with FILE only that input is run. The same seed of random numbers each day, so
 * that a failure comes again. */
#include <assert.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "draft_support.h"
#include "targets.h"

enum { MOST_BYTES = 1 << 16, MOST_WORDS = 64 };

static struct nb_buf input; /* what the target is run on, for keep_input() */
static const char *running;
static struct nb_buf words[MOST_WORDS]; /* put in and written over */
static int n_words;

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

/* The words of tests/fuzz/TARGET.dict: a line each, in quotes, \\xNN for a byte. */
static void read_words(const char *target)
{
    struct nb_buf text = { 0 };
    char path[64];
    snprintf(path, sizeof path, "tests/fuzz/%s.dict", target);
    add_file(&text, path);
    n_words = 0;
    for (char *rest = text.data, *line; (line = strsep(&rest, "\n")) != NULL;) {
        if (*line != '"')
            continue;
        struct nb_buf *word = &words[n_words++];
        word->len = 0;
        assert(n_words < MOST_WORDS);
        for (const char *at = line + 1; *at && *at != '"'; at++) {
            unsigned byte = (unsigned char)*at;
            if (sscanf(at, "\\x%2x", &byte) == 1)
                at += 3;
            nb_buf_add(word, &(char) { (char)byte }, 1);
        }
    }
    nb_buf_release(&text);
}

static void mutate(uint64_t *seed)
{
    size_t at = (size_t)random_below(seed, (int)input.len + 1);
    size_t removed = (size_t)random_below(seed, 12);
    if (removed > input.len - at)
        removed = input.len - at;
    int kind = random_below(seed, 8);
    const struct nb_buf *word = &words[random_below(seed, n_words)];
    char byte = (char)random_below(seed, 256);
    if (kind < 3)
        replace(at, kind ? removed : 0, word->data, word->len);
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
    read_words(target->name);
    do {
        int n_seeds = 0;
        while (n_seeds < 4 && target->seeds[n_seeds])
            n_seeds++;
        nb_buf_release(&input);
        add_file(&input, target->seeds[random_below(&seed, n_seeds)]);
        for (int round = random_below(&seed, 64); round >= 0; round--, count++) {
            mutate(&seed);
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
