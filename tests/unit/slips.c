/* Slips of a typist in published tables: each one must show, and name the cell among its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draft_support.h"
#include "slip_support.h"

enum { SLIPS = 600 };

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

static void slip_many_times(struct nb_draft *draft, const char *name, bool final, uint64_t *seed)
{
    const struct nb_form *form = nb_draft_form(draft);
    int missed = 0;
    for (int done = 0; done < SLIPS;) {
        int cell = slip_random_cell(form, seed);
        int kind = random_below(seed, n_slip_kinds);
        struct nb_figure right = nb_draft_figure(draft, cell);
        struct nb_figure wrong = slip_figure(right, kind, seed);
        if (!right.filled || wrong.units == right.units)
            continue;
        nb_draft_set_figure(draft, cell, wrong);
        if (!is_named(draft, final, form->cells[cell].address)) {
            missed++;
            print_error("%s, %s, %s: %lld for %lld does not show\n", name, slip_kind_name(kind),
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

/* Other files than the sample hold tables alone. */
static const char missing_texts[] =
    "1:1 warning text.missing “一、总体情况”还没有写（60号文提出总体情况写五个方面）\n"
    "1:1 warning text.missing "
    "“五、存在的主要问题及改进情况”还没有写（这一节要写本年度的主要问题和改进情况）\n"
    "1:1 warning text.missing “六、其他需要报告的事项”还没有写\n";

static void published_tables_are_right(void **state)
{
    for (int i = 0; i < n_slip_files; i++) {
        struct nb_draft *draft = draft_of_file(*state, slip_files[i]);
        struct nb_check_options options = { .final = true };
        struct nb_diags diags = { 0 };
        nb_check_draft(draft, slip_files[i], &options, &diags);
        bool complete = strncmp(slip_files[i], "samples/", 8) == 0;
        assert_diags(slip_files[i], &diags, complete ? "" : missing_texts);
        nb_diags_release(&diags);
        nb_draft_free(draft);
    }
}

static void every_slip_shows_and_names_its_cell(void **state)
{
    uint64_t seed = 2020;
    for (int i = 0; i < n_slip_files; i++) {
        struct nb_draft *draft = draft_of_file(*state, slip_files[i]);
        slip_many_times(draft, slip_files[i], false, &seed);
        nb_draft_free(draft);
    }
}

static void slip_with_blanks(struct nb_catalog *catalog, int blanks, uint64_t seed)
{
    for (int i = 0; i < n_slip_files; i++) {
        struct nb_draft *draft = draft_of_file(catalog, slip_files[i]);
        slip_blank_out(draft, blanks);
        assert_no_error(draft, slip_files[i], true);
        slip_many_times(draft, slip_files[i], true, &seed);
        nb_draft_free(draft);
    }
}

static void every_slip_shows_when_finishing_with_blank_zeros(void **state)
{
    slip_with_blanks(*state, SLIP_ZEROS, 4040);
}

/* Blank totals are what their parts add up to: the sums of the columns still catch a slip in any
 * part, and the balance one in a column whose total is blank; the finding names the part. */
static void every_slip_shows_when_finishing_with_blank_totals(void **state)
{
    slip_with_blanks(*state, SLIP_ROW_TOTALS, 8080);
}

static void every_slip_shows_when_finishing_with_a_blank_row_of_totals(void **state)
{
    slip_with_blanks(*state, SLIP_TOTAL_ROW, 1616);
}

static void every_slip_shows_when_finishing_without_any_total(void **state)
{
    slip_with_blanks(*state, SLIP_ROW_TOTALS | SLIP_TOTAL_ROW, 3232);
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
