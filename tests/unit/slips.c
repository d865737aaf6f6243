/* Slips of a typist in published tables: each one must show, and name the cell among its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draft_support.h"

enum { SLIPS = 600 };

static const char *const files[] = { "tests/support/city-2020.yaml",
                                     "tests/support/district-2020.yaml" };

/* ---- slips ---- */

static void wrong_digit(char *digits, size_t len, uint64_t *seed)
{
    size_t at = (size_t)random_below(seed, (int)len);
    digits[at] = (char)('0' + (digits[at] - '0' + 1 + random_below(seed, 9)) % 10);
}

static void swapped(char *digits, size_t len, uint64_t *seed)
{
    if (len < 2)
        return;
    size_t at = (size_t)random_below(seed, (int)len - 1);
    char first = digits[at];
    digits[at] = digits[at + 1];
    digits[at + 1] = first;
}

static void dropped(char *digits, size_t len, uint64_t *seed)
{
    if (len < 2)
        return;
    size_t at = (size_t)random_below(seed, (int)len);
    memmove(digits + at, digits + at + 1, len - at);
}

static void doubled(char *digits, size_t len, uint64_t *seed)
{
    size_t at = (size_t)random_below(seed, (int)len);
    memmove(digits + at + 1, digits + at, len - at + 1);
}

static void times_ten(char *digits, size_t len, uint64_t *seed)
{
    (void)seed;
    memcpy(digits + len, "0", 2);
}

static const struct {
    const char *name;
    void (*slip)(char *digits, size_t len, uint64_t *seed);
} kinds[] = {
    { "wrong digit", wrong_digit }, { "swapped", swapped },     { "dropped", dropped },
    { "doubled", doubled },         { "times ten", times_ten },
};

/* The figure after a slip; the same figure where this kind of slip cannot be seen in it. */
static struct nb_figure slipped(struct nb_figure figure, size_t kind, uint64_t *seed)
{
    char digits[32];
    snprintf(digits, sizeof digits, "%lld", (long long)figure.units);
    kinds[kind].slip(digits, strlen(digits), seed);
    figure.units = strtoll(digits, NULL, 10);
    return figure;
}

/* ---- what shows ---- */

static bool is_named(const struct nb_draft *draft, bool final, const char *address)
{
    struct nb_diags diags = { 0 };
    struct nb_check_options options = { .final = final };
    bool named = false;
    nb_check_draft(draft, "draft.yaml", &options, &diags);
    for (int i = 0; i < diags.count; i++) {
        for (int j = 0; j < diags.items[i].n_cells && diags.items[i].severity == NB_ERROR; j++)
            named |= strcmp(diags.items[i].cells[j], address) == 0;
    }
    nb_diags_release(&diags);
    return named;
}

/* A cell of tables three and four, where every figure stands in a sum. */
static int random_cell(const struct nb_form *form, uint64_t *seed)
{
    for (;;) {
        int cell = random_below(seed, form->n_cells);
        const char *section = form->cells[cell].table->section->id;
        if (strcmp(section, "requests") == 0 || strcmp(section, "disputes") == 0)
            return cell;
    }
}

static void slip_many_times(struct nb_draft *draft, const char *name, bool final, uint64_t *seed)
{
    const struct nb_form *form = nb_draft_form(draft);
    int missed = 0;
    for (int done = 0; done < SLIPS;) {
        int cell = random_cell(form, seed);
        size_t kind = (size_t)random_below(seed, (int)nb_countof(kinds));
        struct nb_figure right = nb_draft_figure(draft, cell);
        struct nb_figure wrong = slipped(right, kind, seed);
        if (!right.filled || wrong.units == right.units)
            continue;
        nb_draft_set_figure(draft, cell, wrong);
        if (!is_named(draft, final, form->cells[cell].address)) {
            missed++;
            print_error("%s, %s, %s: %lld for %lld does not show\n", name, kinds[kind].name,
                        form->cells[cell].address, (long long)wrong.units, (long long)right.units);
        }
        nb_draft_set_figure(draft, cell, right);
        done++;
    }
    assert_int_equal(missed, 0);
}

static void assert_no_error(const struct nb_draft *draft, const char *name, bool final)
{
    struct nb_diags diags = { 0 };
    struct nb_check_options options = { .final = final };
    nb_check_draft(draft, name, &options, &diags);
    assert_int_equal(nb_diags_count(&diags, NB_ERROR), 0);
    nb_diags_release(&diags);
}

/* ---- tests ---- */

static void published_tables_are_right(void **state)
{
    for (size_t i = 0; i < nb_countof(files); i++) {
        struct nb_draft *draft = draft_of_file(*state, files[i]);
        struct nb_check_options options = { .final = true };
        struct nb_diags diags = { 0 };
        nb_check_draft(draft, files[i], &options, &diags);
        assert_diags(files[i], &diags, "");
        nb_diags_release(&diags);
        nb_draft_free(draft);
    }
}

static void every_slip_shows_and_names_its_cell(void **state)
{
    uint64_t seed = 2020;
    for (size_t i = 0; i < nb_countof(files); i++) {
        struct nb_draft *draft = draft_of_file(*state, files[i]);
        slip_many_times(draft, files[i], false, &seed);
        nb_draft_free(draft);
    }
}

/* What offices leave blank besides zeros: the totals of rows but for the row of totals, that row.
 */
enum { ROW_TOTALS = 1, TOTAL_ROW = 2 };

static void blank_out(struct nb_draft *draft, int what)
{
    const struct nb_form *form = nb_draft_form(draft);
    struct nb_figure blank = { .filled = false };
    for (int cell = 0; cell < form->n_cells; cell++) {
        const char *address = form->cells[cell].address;
        bool total = strncmp(address, "requests.", 9) == 0 && strstr(address, ".total");
        bool handled = strncmp(address, "requests.handled.", 17) == 0;
        bool zero = nb_draft_figure(draft, cell).units == 0;
        if (zero || (what & ROW_TOTALS && total && !handled) || (what & TOTAL_ROW && handled))
            nb_draft_set_figure(draft, cell, blank);
    }
}

static void slip_with_blanks(struct nb_catalog *catalog, int blanks, uint64_t seed)
{
    for (size_t i = 0; i < nb_countof(files); i++) {
        struct nb_draft *draft = draft_of_file(catalog, files[i]);
        blank_out(draft, blanks);
        assert_no_error(draft, files[i], true);
        slip_many_times(draft, files[i], true, &seed);
        nb_draft_free(draft);
    }
}

static void every_slip_shows_when_finishing_with_blank_zeros(void **state)
{
    slip_with_blanks(*state, 0, 4040);
}

/* Blank totals are what their parts add up to: the sums of the columns still catch a slip in any
 * part, and the balance one in a column whose total is blank; the finding names the part. */
static void every_slip_shows_when_finishing_with_blank_totals(void **state)
{
    slip_with_blanks(*state, ROW_TOTALS, 8080);
}

static void every_slip_shows_when_finishing_with_a_blank_row_of_totals(void **state)
{
    slip_with_blanks(*state, TOTAL_ROW, 1616);
}

static void every_slip_shows_when_finishing_without_any_total(void **state)
{
    slip_with_blanks(*state, ROW_TOTALS | TOTAL_ROW, 3232);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_tables_are_right),
        cmocka_unit_test(every_slip_shows_and_names_its_cell),
        cmocka_unit_test(every_slip_shows_when_finishing_with_blank_zeros),
        cmocka_unit_test(every_slip_shows_when_finishing_with_blank_totals),
        cmocka_unit_test(every_slip_shows_when_finishing_with_a_blank_row_of_totals),
        cmocka_unit_test(every_slip_shows_when_finishing_without_any_total),
    };
    return cmocka_run_group_tests(tests, setup_catalog, teardown_catalog);
}
