/* What the author of a form should look at, beyond what makes a form unusable. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "linear.h"

struct lint {
    const struct nb_form *form;
    struct nb_diags *diags;
};

static struct nb_diag *tell(const struct lint *lint, struct nb_mark mark, enum nb_message message,
                            const char *name, const char *text, const char *count,
                            const char *total)
{
    return nb_diag_add(lint->diags, lint->form->source[0] ? lint->form->source : lint->form->id,
                       mark, message, name, text, "count", count, "total", total, NULL);
}

/* ---- cells that nothing watches ---- */

/* An equality of this year alone notices any single wrong figure among its cells. */
static bool is_noticed(const struct nb_form *form, int cell)
{
    for (int i = form->touched_from[cell]; i < form->touched_from[cell + 1]; i++) {
        const struct nb_equation *equation = &form->equations[form->touched[i]];
        if (equation->relation != NB_EQUAL || equation->n_last)
            continue;
        int64_t factor = 0;
        for (int j = 0; j < equation->n_terms; j++) {
            if (equation->terms[j].cell == cell)
                factor += equation->terms[j].side == NB_LEFT ? equation->terms[j].factor
                                                             : -equation->terms[j].factor;
        }
        if (factor)
            return true;
    }
    return false;
}

static void tell_cells(const struct lint *lint, const struct nb_table *table,
                       enum nb_message message, int count, int total, int first)
{
    if (!count)
        return;
    char some[16], all[16];
    snprintf(some, sizeof some, "%d", count);
    snprintf(all, sizeof all, "%d", total);
    struct nb_buf name = { 0 };
    nb_table_add_name(&name, table);
    struct nb_mark mark = table->rows.leaves[lint->form->cells[first].row].node->mark;
    tell(lint, mark, message, "table", nb_buf_text(&name), some, all)->cell =
        nb_diag_keep(lint->diags, lint->form->cells[first].address);
    nb_buf_release(&name);
}

static void lint_table(const struct lint *lint, const struct nb_table *table)
{
    const struct nb_form *form = lint->form;
    int total = 0, unruled = 0, unnoticed = 0, first_unruled = -1, first_unnoticed = -1;
    for (int i = table->rows.n_leaves * table->columns.n_leaves - 1; i >= 0; i--) {
        int cell = table->cells[i];
        if (cell < 0)
            continue;
        total++;
        if (form->touched_from[cell] == form->touched_from[cell + 1]) {
            unruled++;
            first_unruled = cell;
        }
        if (!is_noticed(form, cell)) {
            unnoticed++;
            first_unnoticed = cell;
        }
    }
    tell_cells(lint, table, NB_MSG_LINT_UNRULED, unruled, total, first_unruled);
    tell_cells(lint, table, NB_MSG_LINT_UNNOTICED, unnoticed, total, first_unnoticed);
}

/* ---- rules that cannot hold together ---- */

/* Takes out one equation after the other as long as the rest still contradicts itself: what stays
 * are equations of which each is needed for the contradiction. Returns their number. */
static int shrink(const struct nb_form *form, int *equations, int count)
{
    for (int i = count - 1; i >= 0; i--) {
        int taken = equations[i];
        memmove(equations + i, equations + i + 1, (size_t)(count - i - 1) * sizeof *equations);
        if (nb_linear_feasible(form, equations, count - 1) == NB_INFEASIBLE) {
            count--;
            continue;
        }
        memmove(equations + i + 1, equations + i, (size_t)(count - i - 1) * sizeof *equations);
        equations[i] = taken;
    }
    return count;
}

static void tell_contradiction(const struct lint *lint, const int *equations, int count)
{
    const struct nb_form *form = lint->form;
    const struct nb_rule *last = form->equations[equations[count - 1]].rule;
    struct nb_buf others = { 0 };
    const struct nb_rule *named = NULL;
    for (int i = 0; i < count; i++) {
        const struct nb_rule *rule = form->equations[equations[i]].rule;
        if (rule == last || rule == named)
            continue;
        nb_buf_printf(&others, "%s%s", others.len ? "、" : "", rule->id);
        named = rule;
    }
    tell(lint, last->mark, NB_MSG_LINT_CONTRADICTION, "rules",
         others.len ? nb_buf_text(&others) : "它自己", "", "")
        ->cell = nb_diag_keep(lint->diags, form->cells[form->equations[equations[0]].cell].address);
    nb_buf_release(&others);
}

/* Equations without constants always hold where everything is zero: only constants contradict. */
static bool has_constants(const struct nb_form *form)
{
    for (int i = 0; i < form->n_equations; i++) {
        if (form->equations[i].constant[NB_LEFT] || form->equations[i].constant[NB_RIGHT])
            return true;
    }
    return false;
}

static void lint_contradictions(const struct lint *lint)
{
    const struct nb_form *form = lint->form;
    if (!has_constants(form))
        return;
    int *equations = nb_xrealloc(NULL, (size_t)form->n_equations, sizeof *equations);
    for (int i = 0; i < form->n_equations; i++)
        equations[i] = i;
    int count = form->n_equations;
    int *core = nb_xrealloc(NULL, (size_t)count, sizeof *core);
    while (nb_linear_feasible(form, equations, count) == NB_INFEASIBLE) {
        memcpy(core, equations, (size_t)count * sizeof *core);
        int n_core = shrink(form, core, count);
        tell_contradiction(lint, core, n_core);
        /* without the last of them the rest may still hide another contradiction */
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (equations[i] != core[n_core - 1])
                equations[kept++] = equations[i];
        }
        count = kept;
    }
    free(core);
    free(equations);
}

static void lint_zeros(const struct lint *lint)
{
    const struct nb_form *form = lint->form;
    bool *zero = nb_xalloc((size_t)form->n_cells * sizeof *zero);
    nb_linear_find_zeros(form, zero);
    for (int cell = 0; cell < form->n_cells; cell++) {
        if (!zero[cell])
            continue;
        const struct nb_cell *at = &form->cells[cell];
        tell(lint, at->table->rows.leaves[at->row].node->mark, NB_MSG_LINT_ZERO, "cell",
             at->address, "", "")
            ->cell = nb_diag_keep(lint->diags, at->address);
    }
    free(zero);
}

void nb_form_lint(const struct nb_form *form, struct nb_diags *diags)
{
    struct lint lint = { form, diags };
    for (int i = 0; i < form->n_tables; i++)
        lint_table(&lint, form->tables[i]);
    lint_contradictions(&lint);
    lint_zeros(&lint);
}
