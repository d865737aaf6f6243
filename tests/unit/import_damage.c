/* Reports in every shape, whole and damaged: no figure is ever wrong in silence, and what is whole
 * is read whole. NB_ROUNDS=40 looks longer and shows the counts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "nianbao/import.h"
#include "shape_support.h"

/* What became of the cells of many reports. */
struct tally {
    long reports;
    long read;    /* as published, without a doubt */
    long doubted; /* as published, but told */
    long blank;   /* left blank, and told */
    long caught;  /* wrong, but told */
    long lost;    /* blank in silence */
    long wrong;   /* wrong in silence */
};

static bool names(const struct nb_diag *diag, const char *address)
{
    for (int i = 0; i < diag->n_cells; i++) {
        if (strcmp(diag->cells[i], address) == 0)
            return true;
    }
    return false;
}

/* Is the cell in doubt, or in a sum that is told to be wrong? */
static bool is_told(const struct nb_import *import, const struct nb_diags *diags, int cell)
{
    for (int i = 0; i < import->n_doubts; i++) {
        if (import->doubts[i].cell == cell)
            return true;
    }
    for (int i = 0; i < diags->count; i++) {
        if (diags->items[i].severity == NB_ERROR &&
            names(&diags->items[i], nb_draft_form(import->draft)->cells[cell].address))
            return true;
    }
    return false;
}

static void count_cell(struct tally *tally, struct nb_figure got, struct nb_figure wanted,
                       bool told)
{
    bool same = got.filled == wanted.filled && got.units == wanted.units;
    tally->read += same && !told;
    tally->doubted += same && told;
    tally->blank += !same && !got.filled && told;
    tally->caught += !same && got.filled && told;
    tally->lost += !same && !got.filled && !told;
    tally->wrong += !same && got.filled && !told;
}

static void count_cells(struct tally *tally, const struct nb_import *import,
                        const struct nb_diags *diags, const struct nb_draft *draft,
                        const char *name)
{
    const struct nb_form *form = nb_draft_form(draft);
    assert_text(name, nb_draft_form(import->draft)->id, form->id);
    tally->reports++;
    for (int cell = 0; cell < form->n_cells; cell++) {
        long silent = tally->lost + tally->wrong;
        count_cell(tally, nb_draft_figure(import->draft, cell), nb_draft_figure(draft, cell),
                   is_told(import, diags, cell));
        if (tally->lost + tally->wrong > silent)
            print_error("%s: %s in silence\n", name, form->cells[cell].address);
    }
}

/* Every sum of the report that is wrong is told, unless one of its figures is in doubt. */
static void expect_sums_told(const struct nb_import *import, const struct nb_diags *diags,
                             const struct nb_draft *draft, const char *name)
{
    const struct nb_form *form = nb_draft_form(draft);
    struct nb_checker *checker = nb_checker_new(form, nb_draft_figures(draft), NULL);
    for (int i = 0; i < form->n_equations; i++) {
        const struct nb_equation *equation = &form->equations[i];
        if (equation->rule->severity == NB_ERROR && nb_checker_verdict(checker, i) == NB_FAILS &&
            !is_told(import, diags, equation->cell))
            fail_msg("%s: %s is not told", name, equation->rule->id);
    }
    nb_checker_free(checker);
}

static void import_one(struct nb_catalog *catalog, const struct nb_form *form, enum shape shape,
                       enum damage damage, uint64_t *seed, struct tally *tally)
{
    struct nb_draft *draft = random_report(form, seed);
    struct nb_buf text = { 0 };
    struct nb_diags diags = { 0 };
    struct nb_import_options options = { .year = 0 };
    struct nb_import import;
    char name[96];
    if (damage == DAMAGE_TOTALS_BLANK)
        blank_totals(draft);
    if (damage == DAMAGE_DIGIT)
        change_digit(draft, seed);
    snprintf(name, sizeof name, "form %s, %s, %s, seed %llu", form->id, shape_name(shape),
             damage_name(damage), (unsigned long long)*seed);
    if (add_report(&text, draft, shape, damage, seed)) {
        if (nb_import_read("report", text.data, text.len, catalog, &options, &diags, &import) !=
            NB_OK)
            fail_msg("%s: not imported", name);
        count_cells(tally, &import, &diags, draft, name);
        expect_sums_told(&import, &diags, draft, name);
        nb_import_release(&import);
    }
    nb_diags_release(&diags);
    nb_buf_release(&text);
    nb_draft_free(draft);
}

static void print_tally(const char *name, const struct tally *tally)
{
    print_message("%-16s %5ld reports: %7ld read, %5ld doubted, %5ld blank, %4ld wrong but told, "
                  "%ld lost, %ld wrong\n",
                  name, tally->reports, tally->read, tally->doubted, tally->blank, tally->caught,
                  tally->lost, tally->wrong);
}

static int rounds(void)
{
    const char *text = getenv("NB_ROUNDS");
    return text ? atoi(text) : 1;
}

static void run(struct nb_catalog *catalog, enum shape shape, enum damage damage, uint64_t *seed,
                struct tally *tally)
{
    for (int round = 0; round < rounds(); round++) {
        int index = (round + (int)shape + (int)damage) % nb_catalog_count(catalog);
        const struct nb_form *form = form_of_id(catalog, nb_catalog_id(catalog, index));
        import_one(catalog, form, shape, damage, seed, tally);
    }
}

static void what_is_whole_is_read_whole(void **state)
{
    uint64_t seed = 8;
    for (enum shape shape = SHAPE_PRINT; shape < SHAPE_COUNT; shape++) {
        struct tally tally = { 0 };
        run(*state, shape, DAMAGE_NONE, &seed, &tally);
        print_tally(shape_name(shape), &tally);
        assert_int_equal(tally.doubted + tally.blank + tally.caught + tally.lost + tally.wrong, 0);
    }
}

static void nothing_is_wrong_in_silence(void **state)
{
    uint64_t seed = 21;
    long silent = 0;
    for (enum damage damage = DAMAGE_NONE + 1; damage < DAMAGE_COUNT; damage++) {
        struct tally tally = { 0 };
        for (enum shape shape = SHAPE_PRINT_ASCII + 1; shape < SHAPE_COUNT; shape++)
            run(*state, shape, damage, &seed, &tally);
        print_tally(damage_name(damage), &tally);
        silent += tally.lost + tally.wrong;
    }
    assert_int_equal(silent, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_whole_is_read_whole),
        cmocka_unit_test(nothing_is_wrong_in_silence),
    };
    return cmocka_run_group_tests(tests, setup_catalog, teardown_catalog);
}
