#include "suspects.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "nianbao/suspect.h"
#include "screen.h"

enum { ROUNDS = 201, REPEATS = 20 };

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

/* Microseconds of one search, and of judging all equations. */
static void measure(const struct nb_draft *draft, double *search, double *floor)
{
    const struct nb_form *form = nb_draft_form(draft);
    struct nb_checker *checker = nb_checker_new(form, nb_draft_figures(draft), NULL);
    double from = now();
    for (int i = 0; i < REPEATS; i++) {
        struct nb_suspects suspects;
        nb_suspects_find(checker, draft, &suspects);
        nb_suspects_release(&suspects);
    }
    double between = now();
    for (int i = 0; i < REPEATS; i++)
        nb_checker_free(nb_checker_new(form, nb_draft_figures(draft), NULL));
    *search = (between - from) / REPEATS;
    *floor = (now() - between) / REPEATS;
    nb_checker_free(checker);
}

/* What the slips add to the figures. */
struct slips {
    const char *name;
    const char *cells[4];
    int64_t added[4];
};

static const struct slips drafts[] = {
    { "one slip", { "requests.granted.natural" }, { 9 } },
    { "two slips", { "requests.granted.natural", "requests.partial.total" }, { 9, -20 } },
    { "a figure in another column", { "requests.new.company", "requests.new.legal" }, { 4, -4 } },
    { "three slips",
      { "requests.granted.natural", "requests.partial.total", "requests.new.other" },
      { 9, -20, 5 } },
};

static int find(const struct nb_form *form, const char *address)
{
    int cell = nb_form_find_cell(form, address, strlen(address));
    if (cell < 0)
        exit(1);
    return cell;
}

static void add(struct nb_draft *draft, const struct slips *slips, int sign)
{
    for (int i = 0; slips->cells[i]; i++) {
        int cell = find(nb_draft_form(draft), slips->cells[i]);
        struct nb_figure figure = nb_draft_figure(draft, cell);
        figure.units += sign * slips->added[i];
        nb_draft_set_figure(draft, cell, figure);
    }
}

void bench_suspects(struct nb_draft *draft)
{
    double search[ROUNDS], ratio[ROUNDS], worst = 0, worst_ratio = 0;
    const char *costliest = "";
    for (size_t i = 0; i < nb_countof(drafts); i++) {
        add(draft, &drafts[i], 1);
        for (int round = 0; round < ROUNDS; round++) {
            double floor;
            measure(draft, &search[round], &floor);
            ratio[round] = search[round] / floor;
        }
        add(draft, &drafts[i], -1);
        double median = bench_median(search, ROUNDS);
        if (median > worst) {
            worst = median;
            worst_ratio = bench_median(ratio, ROUNDS);
            costliest = drafts[i].name;
        }
    }
    printf("%-44s %.0f us (%s), %.1f of judging all sums (wanted below 1000 us)\n",
           "suspects of a failing draft", worst, costliest, worst_ratio);
}
