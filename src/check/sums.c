#include "sums.h"

#include <stdlib.h>
#include <string.h>

/* Bounds for forms of strangers: entries looked at, totals of totals. */
enum { MOST_ENTRIES = 200000, DEEPEST = 64 };

static bool is_sum(const struct nb_checker *checker, int equation)
{
    const struct nb_equation *at = &checker->form->equations[equation];
    enum nb_verdict verdict = nb_checker_verdict(checker, equation);
    if (at->relation != NB_EQUAL || at->n_last || at->rule->severity != NB_ERROR ||
        (verdict != NB_HOLDS && verdict != NB_FAILS))
        return false;
    for (int i = 0; i < at->n_terms; i++) {
        if (!checker->figures[at->terms[i].cell].filled)
            return false;
    }
    return true;
}

static void find_derived(struct nb_sums *sums, const struct nb_draft *draft)
{
    const struct nb_form *form = sums->checker->form;
    for (int cell = 0; cell < form->n_cells; cell++) {
        sums->derived[cell] = sums->checker->figures[cell].filled &&
                              !nb_draft_figure(draft, cell).filled &&
                              nb_cell_definition(form, cell) != NULL;
        sums->n_derived += sums->derived[cell];
    }
}

/* ---- rows ---- */

/* One row while it is added up. */
struct row {
    struct nb_sums *sums;
    nb_wide *factors; /* by cell */
    bool *seen;       /* by cell */
    int *cells, n_cells;
    int looked_at;
};

static bool add_terms(struct row *row, const struct nb_equation *equation, int n_terms,
                      nb_wide factor, int depth);

/* A total that was filled in is what its parts are. */
static bool add_cell(struct row *row, int cell, nb_wide factor, int depth)
{
    const struct nb_form *form = row->sums->checker->form;
    if (++row->looked_at > MOST_ENTRIES || depth > DEEPEST)
        return false;
    if (row->sums->derived[cell]) {
        const struct nb_equation *sum = nb_cell_definition(form, cell);
        return add_terms(row, sum, sum->n_terms - 1, factor, depth + 1);
    }
    if (!row->seen[cell]) {
        row->seen[cell] = true;
        row->cells[row->n_cells++] = cell;
    }
    return !__builtin_add_overflow(row->factors[cell], factor, &row->factors[cell]);
}

static bool add_terms(struct row *row, const struct nb_equation *equation, int n_terms,
                      nb_wide factor, int depth)
{
    for (int i = 0; i < n_terms; i++) {
        const struct nb_term *term = &equation->terms[i];
        nb_wide product;
        if (__builtin_mul_overflow(factor, term->side == NB_LEFT ? term->factor : -term->factor,
                                   &product) ||
            !add_cell(row, term->cell, product, depth))
            return false;
    }
    return true;
}

static void flush(struct row *row, int equation)
{
    struct nb_entries *rows = &row->sums->rows;
    for (int i = 0; i < row->n_cells; i++) {
        int cell = row->cells[i];
        if (row->factors[cell]) {
            NB_GROW(rows->items, rows->count, rows->cap);
            rows->items[rows->count++] = (struct nb_entry) { equation, cell, row->factors[cell] };
        }
        row->factors[cell] = 0;
        row->seen[cell] = false;
    }
    row->n_cells = 0;
}

static bool add_rows(struct nb_sums *sums, struct row *row)
{
    const struct nb_form *form = sums->checker->form;
    for (int i = 0; i < form->n_equations; i++) {
        const struct nb_equation *equation = &form->equations[i];
        sums->rows.from[i] = sums->rows.count;
        sums->is_sum[i] = is_sum(sums->checker, i);
        if (!sums->is_sum[i])
            continue;
        if (!add_terms(row, equation, equation->n_terms, 1, 0))
            return false;
        flush(row, i);
        struct nb_balance balance = nb_checker_balance(sums->checker, i);
        sums->residuals[i] = balance.sides[NB_LEFT].sum - balance.sides[NB_RIGHT].sum;
    }
    sums->rows.from[form->n_equations] = sums->rows.count;
    return true;
}

/* ---- columns ---- */

static void turn(struct nb_sums *sums)
{
    struct nb_entries *columns = &sums->columns;
    int n_cells = sums->checker->form->n_cells;
    columns->items = nb_xrealloc(NULL, (size_t)sums->rows.count + 1, sizeof *columns->items);
    columns->count = sums->rows.count;
    for (int i = 0; i < sums->rows.count; i++)
        columns->from[sums->rows.items[i].cell + 1]++;
    for (int cell = 0; cell < n_cells; cell++)
        columns->from[cell + 1] += columns->from[cell];
    int *next = nb_xrealloc(NULL, (size_t)n_cells + 1, sizeof *next);
    memcpy(next, columns->from, ((size_t)n_cells + 1) * sizeof *next);
    for (int i = 0; i < sums->rows.count; i++)
        columns->items[next[sums->rows.items[i].cell]++] = sums->rows.items[i];
    free(next);
}

bool nb_sums_init(struct nb_sums *sums, const struct nb_checker *checker,
                  const struct nb_draft *draft)
{
    size_t n_cells = (size_t)checker->form->n_cells;
    size_t n_equations = (size_t)checker->form->n_equations;
    *sums = (struct nb_sums) { .checker = checker };
    sums->rows.from = nb_xalloc((n_equations + 1) * sizeof *sums->rows.from);
    sums->columns.from = nb_xalloc((n_cells + 1) * sizeof *sums->columns.from);
    sums->residuals = nb_xalloc((n_equations + 1) * sizeof *sums->residuals);
    sums->is_sum = nb_xalloc(n_equations + 1);
    sums->derived = nb_xalloc(n_cells + 1);
    find_derived(sums, draft);
    struct row row = { .sums = sums,
                       .factors = nb_xalloc((n_cells + 1) * sizeof *row.factors),
                       .seen = nb_xalloc(n_cells + 1),
                       .cells = nb_xalloc((n_cells + 1) * sizeof *row.cells) };
    bool fits = add_rows(sums, &row);
    free(row.factors);
    free(row.seen);
    free(row.cells);
    if (fits)
        turn(sums);
    else
        nb_sums_release(sums);
    return fits;
}

void nb_sums_release(struct nb_sums *sums)
{
    free(sums->rows.items);
    free(sums->rows.from);
    free(sums->columns.items);
    free(sums->columns.from);
    free(sums->residuals);
    free(sums->is_sum);
    free(sums->derived);
    *sums = (struct nb_sums) { 0 };
}
