/* Slips made by the hundred in published tables: are the true cells among the suspects, and does
 * every set that is named mend its sums and break none? */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draft_support.h"
#include "nianbao/suspect.h"
#include "slip_support.h"

enum { SLIPS = 500 };

/* ---- how well a slip is found ---- */

enum finding { MISSED, LISTED, TIED, FIRST };

static bool holds_correction(const struct nb_suspect_set *set, int cell, int64_t right)
{
    for (int i = 0; i < set->n_items; i++) {
        if (set->items[i].cell == cell && set->items[i].right.units == right)
            return true;
    }
    return false;
}

static enum finding find_cell(const struct nb_suspects *suspects, int cell, int64_t right)
{
    enum finding best = MISSED;
    for (int i = 0; i < suspects->n_groups; i++) {
        const struct nb_suspect_group *group = &suspects->groups[i];
        for (int j = 0; j < group->n_sets; j++) {
            if (!holds_correction(&group->sets[j], cell, right))
                continue;
            bool tie = group->n_sets > 1 && group->sets[1].rank == 1;
            enum finding found = group->sets[j].rank > 1 ? LISTED : tie ? TIED : FIRST;
            best = found > best ? found : best;
        }
    }
    return best;
}

struct slips {
    int cells[2], count;
    struct nb_figure right[2];
};

/* Of two slips the one that is found worse. */
static enum finding find_slips(const struct nb_suspects *suspects, const struct slips *slips)
{
    enum finding worst = FIRST;
    for (int i = 0; i < slips->count; i++) {
        enum finding found = find_cell(suspects, slips->cells[i], slips->right[i].units);
        worst = found < worst ? found : worst;
    }
    return worst;
}

/* ---- what is proposed must work ---- */

static int count_errors(const struct nb_form *form, const struct nb_figure *figures)
{
    struct nb_checker *checker = nb_checker_new(form, figures, NULL);
    int count = 0;
    for (int i = 0; i < form->n_equations; i++)
        count += nb_checker_verdict(checker, i) == NB_FAILS;
    nb_checker_free(checker);
    return count;
}

/* The errors that are left when the set is adopted, in the way the draft is judged. */
static int errors_after(const struct nb_draft *draft, const struct nb_suspect_set *set, bool final)
{
    const struct nb_form *form = nb_draft_form(draft);
    size_t size = (size_t)form->n_cells * sizeof(struct nb_figure);
    struct nb_figure *figures = memcpy(nb_xalloc(size), nb_draft_figures(draft), size);
    struct nb_draft *changed = nb_draft_new(form);
    for (int cell = 0; cell < form->n_cells; cell++)
        nb_draft_set_figure(changed, cell, figures[cell]);
    for (int i = 0; i < set->n_items; i++)
        nb_draft_set_figure(changed, set->items[i].cell, set->items[i].right);
    if (final)
        nb_check_fill_blanks(changed, figures);
    else
        memcpy(figures, nb_draft_figures(changed), size);
    int count = count_errors(form, figures);
    nb_draft_free(changed);
    free(figures);
    return count;
}

static void assert_sets_work(const struct nb_draft *draft, const struct nb_suspects *suspects,
                             int errors, bool final)
{
    for (int i = 0; i < suspects->n_groups; i++) {
        const struct nb_suspect_group *group = &suspects->groups[i];
        for (int j = 0; j < group->n_sets; j++)
            assert_int_equal(errors_after(draft, &group->sets[j], final),
                             errors - group->n_equations);
    }
}

/* ---- one trial ---- */

static enum finding judge(const struct nb_draft *draft, const struct slips *slips, bool final)
{
    const struct nb_form *form = nb_draft_form(draft);
    size_t size = (size_t)form->n_cells * sizeof(struct nb_figure);
    struct nb_figure *figures = memcpy(nb_xalloc(size), nb_draft_figures(draft), size);
    if (final)
        nb_check_fill_blanks(draft, figures);
    struct nb_checker *checker = nb_checker_new(form, figures, NULL);
    struct nb_suspects suspects;
    nb_suspects_find(checker, draft, &suspects);
    enum finding found = find_slips(&suspects, slips);
    assert_sets_work(draft, &suspects, count_errors(form, figures), final);
    nb_suspects_release(&suspects);
    nb_checker_free(checker);
    free(figures);
    return found;
}

struct kind_of_trial {
    const char *name;
    const char *section; /* of the first cell; NULL: any of the two with sums */
    int n_cells;
    bool swap;     /* the figures of neighbours change places; else slips of a typist */
    int blanks;    /* see slip_blank_out(), -1: none */
    bool stated;   /* a text states the figures of the lone sums */
    int tied, all; /* of 100 at least: rank 1, listed */
};

static const struct kind_of_trial trials[] = {
    { "one slip, many sums", "requests", 1, false, -1, false, 100, 100 },
    { "one slip, a lone sum", "disputes", 1, false, -1, false, 65, 100 },
    { "the same, with a text", "disputes", 1, false, -1, true, 97, 100 },
    { "two slips", NULL, 2, false, -1, false, 90, 98 },
    { "neighbours swapped", "requests", 2, true, -1, false, 100, 100 },
    { "zeros blank", "requests", 1, false, SLIP_ZEROS, false, 99, 100 },
    { "row totals blank", "requests", 1, false, SLIP_ROW_TOTALS, false, 70, 90 },
    { "row of totals blank", "requests", 1, false, SLIP_TOTAL_ROW, false, 99, 100 },
};

static bool is_in(const struct nb_form *form, int cell, const char *section)
{
    return !section || strcmp(form->cells[cell].table->section->id, section) == 0;
}

/* The cell right of this one, or the one below. */
static int neighbour_of(const struct nb_form *form, int cell, uint64_t *seed)
{
    const struct nb_cell *at = &form->cells[cell];
    int columns = at->table->columns.n_leaves, right = random_below(seed, 2);
    int row = at->row + !right, column = at->column + right;
    bool inside = row < at->table->rows.n_leaves && column < columns;
    return inside ? at->table->cells[row * columns + column] : -1;
}

static bool choose_cells(const struct kind_of_trial *trial, const struct nb_draft *draft,
                         struct slips *slips, uint64_t *seed)
{
    const struct nb_form *form = nb_draft_form(draft);
    slips->count = trial->n_cells;
    for (int i = 0; i < slips->count; i++) {
        bool beside = trial->swap && i;
        int cell =
            beside ? neighbour_of(form, slips->cells[0], seed) : slip_random_cell(form, seed);
        if (cell < 0 || !is_in(form, cell, trial->section) || (i && cell == slips->cells[0]))
            return false;
        slips->cells[i] = cell;
        slips->right[i] = nb_draft_figure(draft, cell);
        if (!slips->right[i].filled)
            return false;
    }
    return true;
}

static bool make_slips(const struct kind_of_trial *trial, struct nb_draft *draft,
                       const struct slips *slips, uint64_t *seed)
{
    if (trial->swap) {
        nb_draft_set_figure(draft, slips->cells[0], slips->right[1]);
        nb_draft_set_figure(draft, slips->cells[1], slips->right[0]);
        return slips->right[0].units != slips->right[1].units;
    }
    bool all = true;
    for (int i = 0; i < slips->count; i++)
        all &= slip_cell(draft, slips->cells[i], seed);
    return all;
}

static void add_stated(struct nb_buf *text, const struct nb_draft *draft, const char *row,
                       const char *name)
{
    static const char *const columns[][2] = {
        { "total", "" },           { "upheld", "，其中维持" },  { "corrected", "、纠正" },
        { "other", "、其他结果" }, { "pending", "、尚未审结" },
    };
    nb_buf_puts(text, name);
    for (size_t i = 0; i < nb_countof(columns); i++) {
        char address[80];
        snprintf(address, sizeof address, "disputes.%s.%s", row, columns[i][0]);
        int cell = cell_at(nb_draft_form(draft), address);
        nb_buf_printf(text, "%s%lld件", columns[i][1],
                      (long long)nb_draft_figure(draft, cell).units);
    }
    nb_buf_puts(text, "。");
}

static void state_disputes(struct nb_draft *draft)
{
    struct nb_buf text = { 0 };
    int note = nb_draft_find_text(draft, "disputes.note");
    add_stated(&text, draft, "reconsideration", "政府信息公开行政复议");
    add_stated(&text, draft, "litigation.direct", "未经复议直接起诉");
    add_stated(&text, draft, "litigation.after_reconsideration", "复议后起诉");
    nb_draft_set_text(draft, note, text.data);
    nb_buf_release(&text);
}

static void run_trials(const struct kind_of_trial *trial, struct nb_catalog *catalog,
                       const char *file)
{
    struct nb_draft *draft = draft_of_file(catalog, file);
    int counts[FIRST + 1] = { 0 };
    uint64_t seed = 20250120;
    if (trial->blanks >= 0)
        slip_blank_out(draft, trial->blanks);
    if (trial->stated)
        state_disputes(draft);
    for (int done = 0; done < SLIPS;) {
        struct slips slips;
        if (!choose_cells(trial, draft, &slips, &seed))
            continue;
        if (make_slips(trial, draft, &slips, &seed)) {
            counts[judge(draft, &slips, trial->blanks >= 0)]++;
            done++;
        }
        for (int i = 0; i < slips.count; i++)
            nb_draft_set_figure(draft, slips.cells[i], slips.right[i]);
    }
    int tied = counts[FIRST] + counts[TIED], all = tied + counts[LISTED];
    print_message("# %-22s %-32s alone first %3d, rank 1 %3d, listed %3d of %d\n", trial->name,
                  file, counts[FIRST], tied, all, SLIPS);
    assert_in_range(tied * 100, trial->tied * SLIPS, SLIPS * 100);
    assert_in_range(all * 100, trial->all * SLIPS, SLIPS * 100);
    nb_draft_free(draft);
}

static void true_cells_are_among_the_suspects(void **state)
{
    for (size_t i = 0; i < nb_countof(trials); i++) {
        for (int j = 0; j < n_slip_files; j++)
            run_trials(&trials[i], *state, slip_files[j]);
    }
}

/* ---- what people are told while a table is half filled ---- */

/* Blanks the table of requests behind its first `count` cells, row by row. */
static void blank_behind(struct nb_draft *draft, int count)
{
    const struct nb_form *form = nb_draft_form(draft);
    for (int cell = 0; cell < form->n_cells; cell++) {
        if (is_in(form, cell, "requests") && count-- <= 0)
            nb_draft_set_figure(draft, cell, (struct nb_figure) { .filled = false });
    }
}

static int count_in(const struct nb_form *form, const char *section)
{
    int count = 0;
    for (int cell = 0; cell < form->n_cells; cell++)
        count += is_in(form, cell, section);
    return count;
}

struct told {
    int right, wrong, several;
};

/* Is the cell named, alone or with others? */
static void count_told(const struct nb_draft *draft, const char *cell, struct told *told)
{
    struct nb_diags diags = { 0 };
    struct nb_check_options options = { .final = false };
    nb_check_draft(draft, "draft.yaml", &options, &diags);
    for (int i = 0; i < diags.count; i++) {
        const struct nb_hint *hint = diags.items[i].ends_hint ? diags.items[i].hint : NULL;
        if (!hint || !hint->is_telling)
            continue;
        bool named = false;
        for (int j = 0; j < hint->n_suspects; j++)
            named |= hint->suspects[j].likely && strcmp(hint->suspects[j].cell, cell) == 0;
        told->wrong += !named;
        told->right += named && hint->n_likely == 1;
        told->several += named && hint->n_likely > 1;
    }
    nb_diags_release(&diags);
}

static void tell_once(struct nb_draft *draft, uint64_t *seed, struct told *told, int *done)
{
    const struct nb_form *form = nb_draft_form(draft);
    blank_behind(draft, random_below(seed, count_in(form, "requests")));
    int cell = slip_random_cell(form, seed);
    bool typed = is_in(form, cell, "requests") && nb_draft_figure(draft, cell).filled;
    if (typed && slip_cell(draft, cell, seed)) {
        count_told(draft, form->cells[cell].address, told);
        ++*done;
    }
}

static void nobody_is_misled_while_a_table_is_half_filled(void **state)
{
    uint64_t seed = 8;
    for (int i = 0; i < n_slip_files; i++) {
        struct nb_draft *draft = draft_of_file(*state, slip_files[i]);
        const struct nb_form *form = nb_draft_form(draft);
        size_t size = (size_t)form->n_cells * sizeof(struct nb_figure);
        struct nb_figure *figures = memcpy(nb_xalloc(size), nb_draft_figures(draft), size);
        struct told told = { 0 };
        for (int done = 0; done < SLIPS;) {
            tell_once(draft, &seed, &told, &done);
            for (int cell = 0; cell < form->n_cells; cell++)
                nb_draft_set_figure(draft, cell, figures[cell]);
        }
        print_message("# half filled           %-32s alone %3d, among others %3d, wrong %d of %d\n",
                      slip_files[i], told.right, told.several, told.wrong, SLIPS);
        assert_in_range(told.right * 100, 30 * SLIPS, SLIPS * 100);
        assert_in_range(told.wrong * 100, 0, 2 * SLIPS);
        free(figures);
        nb_draft_free(draft);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(true_cells_are_among_the_suspects),
        cmocka_unit_test(nobody_is_misled_while_a_table_is_half_filled),
    };
    return cmocka_run_group_tests(tests, setup_catalog, teardown_catalog);
}
