#include "screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/screen/program.h"

enum { ROUNDS = 31, KEYS = 60, ROWS = 30, COLUMNS = 100 };

struct play {
    char *command[4];
    const char *open;             /* the keys that lead to a table */
    const char *move[2], *figure; /* there and back; one figure */
};

struct cost {
    double cpu_us, bytes;
};

/* The program is killed in the end: what its journal keeps is not to be asked about. */
static void forget_journal(const char *draft)
{
    const char *slash = strrchr(draft, '/');
    char *journal = NULL;
    if (slash && asprintf(&journal, "%.*s/.%s.journal", (int)(slash - draft), draft, slash + 1) > 0)
        unlink(journal);
    free(journal);
}

/* Sends every key when the one before is done with; the program is killed, so that leaving costs
 * nothing. false: it ended by itself. */
static bool play(const struct play *play, const char *const keys[2], int count, struct cost *cost)
{
    struct program program = { 0 };
    forget_journal(play->command[1]);
    bool lives = program_start(&program, play->command, ROWS, COLUMNS) && program_settle(&program);
    if (keys && play->open[0]) {
        program_send(&program, play->open, strlen(play->open));
        lives = lives && program_settle(&program);
    }
    for (int i = 0; i < count && lives; i++) {
        program_send(&program, keys[i % 2], strlen(keys[i % 2]));
        lives = program_settle(&program);
    }
    lives = lives && !program.ended;
    program_kill(&program);
    *cost = (struct cost) { (double)program.cpu_us, (double)program.received };
    program_release(&program);
    return lives;
}

/* What one key costs: a run with many, less one with none. */
static bool play_keys(const struct play *who, const char *const keys[2], struct cost *cost)
{
    struct cost none, many;
    if (!play(who, keys, 0, &none) || !play(who, keys, KEYS, &many))
        return false;
    cost->cpu_us = (many.cpu_us - none.cpu_us) / KEYS;
    cost->bytes = (many.bytes - none.bytes) / KEYS;
    return true;
}

/* keys: move or figure of each; NULL: the first paint. */
static void compare(const char *what, const struct play *own, const char *const *own_keys,
                    const struct play *floor, const char *const *floor_keys, const char *wanted)
{
    double ratio[ROUNDS], cpu[ROUNDS];
    struct cost cost = { 0 }, least = { 0 };
    bool runs = true;
    for (int i = 0; i < ROUNDS; i++) {
        if (!(floor_keys ? play_keys(floor, floor_keys, &least) : play(floor, NULL, 0, &least))) {
            fprintf(stderr, "bench: %s failed\n", floor->command[0]);
            exit(1);
        }
        runs = runs && (own_keys ? play_keys(own, own_keys, &cost) : play(own, NULL, 0, &cost));
        ratio[i] = cost.cpu_us / least.cpu_us;
        cpu[i] = least.cpu_us;
    }
    printf("%-44s ", what);
    if (runs)
        printf("cpu %5.2f   %.0f bytes   (wanted %s;", bench_median(ratio, ROUNDS), cost.bytes,
               wanted);
    else
        printf("no screen yet (wanted %s;", wanted);
    printf(" floor %.0f us, %.0f bytes)\n", bench_median(cpu, ROUNDS), least.bytes);
}

static void prepare(const char *nianbao, const char *draft, const char *folder)
{
    char *command = NULL;
    if (asprintf(&command, "cp '%s' '%s/2024.yaml' && '%s' print '%s' | sed -n '/┌/,$p' >'%s/page'",
                 draft, folder, nianbao, draft, folder) < 0 ||
        system(command) != 0)
        exit(1);
    free(command);
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    unsetenv("LINES");
    unsetenv("COLUMNS");
}

void bench_screens(char *nianbao, const char *draft, char *floor_page, const char *folder)
{
    char *copy = NULL, *page = NULL, *records = NULL;
    prepare(nianbao, draft, folder);
    if (asprintf(&copy, "%s/2024.yaml", folder) < 0 || asprintf(&page, "%s/page", folder) < 0 ||
        asprintf(&records, "%s/records", folder) < 0)
        exit(1);
    const struct play own = { { nianbao, copy, NULL }, "\0333", { "\033OB", "\033OA" }, "7\r" };
    const struct play floor = { { floor_page, page, NULL }, "", { "\033OB", "\033OA" }, "7" };
    const struct play keeping = { { floor_page, page, records, NULL }, "", { NULL }, "7\r" };
    const char *const own_figure[] = { own.figure, own.figure };
    const char *const floor_figure[] = { floor.figure, floor.figure };
    const char *const kept_figure[] = { keeping.figure, keeping.figure };
    compare("first paint of a draft / a bare curses page", &own, NULL, &floor, NULL,
            "at most 1.25");
    compare("cursor move / the same", &own, own.move, &floor, floor.move, "at most 2");
    compare("committed figure / a digit and three sums", &own, own_figure, &floor, floor_figure,
            "at most 2 and 400 bytes, with its journal on the disk");
    compare("the same / and Enter, and a record on the disk", &own, own_figure, &keeping,
            kept_figure, "no more than that");
    free(records);
    free(copy);
    free(page);
}
