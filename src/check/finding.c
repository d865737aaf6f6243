/* Wording a failed equation: what, both sides with their values, the difference. */
#include <stdlib.h>
#include <string.h>

#include "checker.h"
#include "hint.h"

/* How many summands a side may show one by one before it becomes 各项之和. */
enum { MOST_SHOWN = 3 };

struct writer {
    const struct nb_checker *checker;
    const struct nb_draft *draft;
    const struct nb_equation *equation;
    struct nb_balance balance;
};

/* What tells a term from the other terms of its equation. */
static void add_term_name(struct nb_buf *out, const struct writer *writer, int cell)
{
    const struct nb_form *form = writer->checker->form;
    const struct nb_cell *at = &form->cells[cell];
    switch (writer->equation->star) {
    case NB_STAR_ROW:
        nb_node_add_name(out, at->table->columns.leaves[at->column].node);
        break;
    case NB_STAR_COLUMN:
        nb_node_add_name(out, at->table->rows.leaves[at->row].node);
        break;
    case NB_STAR_NONE:
        nb_cell_add_name(out, form, cell);
        break;
    }
}

/* What all terms of the equation have in common. */
static void add_where(struct nb_buf *out, const struct writer *writer)
{
    const struct nb_cell *at = &writer->checker->form->cells[writer->equation->cell];
    switch (writer->equation->star) {
    case NB_STAR_ROW:
        nb_node_add_name(out, at->table->rows.leaves[at->row].node);
        nb_buf_puts(out, "：");
        break;
    case NB_STAR_COLUMN:
        nb_node_add_name(out, at->table->columns.leaves[at->column].node);
        nb_buf_puts(out, "：");
        break;
    case NB_STAR_NONE:
        break;
    }
}

static int count_summands(const struct nb_equation *equation, int side)
{
    int count = equation->constant[side] != 0;
    for (int i = 0; i < equation->n_terms; i++)
        count += equation->terms[i].side == side;
    for (int i = 0; i < equation->n_last; i++)
        count += equation->last[i].side == side;
    return count;
}

static void add_operator(struct nb_buf *out, size_t start, int64_t factor)
{
    bool first = out->len == start;
    if (factor < 0)
        nb_buf_puts(out, first ? "-" : " - ");
    else if (!first)
        nb_buf_puts(out, " + ");
    if (factor != 1 && factor != -1)
        nb_buf_printf(out, "%lld×", (long long)(factor < 0 ? -factor : factor));
}

static void add_term(struct nb_buf *out, const struct writer *writer, int cell)
{
    struct nb_figure figure = writer->checker->figures[cell];
    add_term_name(out, writer, cell);
    nb_buf_putc(out, ' ');
    if (figure.filled)
        nb_wide_write(out, nb_figure_value(writer->checker->form->cells[cell].kind, figure));
    else
        nb_buf_puts(out, "＿＿");
}

/* A figure of last year, under this year's name for it where there is one. */
static void add_last(struct nb_buf *out, const struct writer *writer,
                     const struct nb_last_term *last)
{
    int cell = nb_form_find_cell(writer->checker->form, last->address, strlen(last->address));
    nb_buf_puts(out, "上年报告的");
    if (cell >= 0)
        add_term_name(out, writer, cell);
    else
        nb_buf_puts(out, last->address);
    nb_wide sum;
    bool blank;
    nb_draft_sum(writer->checker->prior, last->address, &sum, &blank);
    nb_buf_putc(out, ' ');
    nb_wide_write(out, sum);
}

static void add_summands(struct nb_buf *out, const struct writer *writer, int side)
{
    const struct nb_equation *equation = writer->equation;
    size_t start = out->len;
    for (int i = 0; i < equation->n_terms; i++) {
        if (equation->terms[i].side != side)
            continue;
        add_operator(out, start, equation->terms[i].factor);
        add_term(out, writer, equation->terms[i].cell);
    }
    for (int i = 0; i < equation->n_last; i++) {
        if (equation->last[i].side != side)
            continue;
        add_operator(out, start, equation->last[i].factor);
        add_last(out, writer, &equation->last[i]);
    }
    if (equation->constant[side]) {
        add_operator(out, start, equation->constant[side] < 0 ? -1 : 1);
        nb_wide_write(out, (nb_wide)llabs(equation->constant[side]) * 1000000);
    }
}

static bool needs_sum(const struct nb_equation *equation, int side)
{
    if (count_summands(equation, side) != 1)
        return true;
    for (int i = 0; i < equation->n_terms; i++) {
        if (equation->terms[i].side == side && equation->terms[i].factor != 1)
            return true;
    }
    for (int i = 0; i < equation->n_last; i++) {
        if (equation->last[i].side == side && equation->last[i].factor != 1)
            return true;
    }
    return false;
}

/* "总计 1431", "上半年 10 + 下半年 2 = 12" or "各项之和 3431". */
static void add_side(struct nb_buf *out, const struct writer *writer, int side)
{
    int summands = count_summands(writer->equation, side);
    nb_wide sum = writer->balance.sides[side].sum;
    if (summands > MOST_SHOWN || summands == 0) {
        nb_buf_puts(out, summands ? "各项之和 " : "");
        nb_wide_write(out, sum);
        return;
    }
    add_summands(out, writer, side);
    if (needs_sum(writer->equation, side)) {
        nb_buf_puts(out, " = ");
        nb_wide_write(out, sum);
    }
}

static void add_says(struct nb_buf *out, const struct writer *writer)
{
    const struct nb_balance *balance = &writer->balance;
    if (balance->sides[NB_LEFT].blanks || balance->sides[NB_RIGHT].blanks)
        nb_buf_puts(out, "，未填的格怎么填都不会相符");
    if (writer->equation->rule->says[0])
        nb_buf_printf(out, "（%s）", writer->equation->rule->says);
}

static const char *keep_wide(struct nb_diags *diags, nb_wide value)
{
    struct nb_buf text = { 0 };
    nb_wide_write(&text, value);
    const char *kept = nb_diag_keep(diags, nb_buf_text(&text));
    nb_buf_release(&text);
    return kept;
}

/* Names the cells of an equation, and for a blank total that has been filled in (see
 * nb_check_fill_blanks()) the cells it was summed from: the wrong figure may be one of those.
 * Recursion is as deep as totals nest. */
static void list_cells(struct nb_diags *diags, const struct writer *writer,
                       const struct nb_equation *equation, bool *listed, struct nb_diag *diag)
{
    const struct nb_form *form = writer->checker->form;
    for (int i = 0; i < equation->n_terms; i++) {
        int cell = equation->terms[i].cell;
        if (listed[cell])
            continue;
        listed[cell] = true;
        diag->cells[diag->n_cells++] = nb_diag_keep(diags, form->cells[cell].address);
        bool filled_in =
            writer->checker->figures[cell].filled && !nb_draft_figure(writer->draft, cell).filled;
        const struct nb_equation *sum = filled_in ? nb_cell_definition(form, cell) : NULL;
        if (sum)
            list_cells(diags, writer, sum, listed, diag);
    }
}

static void keep_cells(struct nb_diags *diags, const struct writer *writer, struct nb_diag *diag)
{
    size_t n_cells = (size_t)writer->checker->form->n_cells;
    bool *listed = nb_xalloc(n_cells * sizeof *listed);
    const char **cells = nb_xalloc(n_cells * sizeof *cells);
    diag->cells = cells;
    list_cells(diags, writer, writer->equation, listed, diag);
    size_t size = (size_t)diag->n_cells * sizeof *cells;
    diag->cells = memcpy(nb_arena_alloc(&diags->strings, size), cells, size);
    free(cells);
    free(listed);
}

static void add_evidence(struct nb_diags *diags, const struct writer *writer, struct nb_diag *diag)
{
    nb_wide left = writer->balance.sides[NB_LEFT].sum, right = writer->balance.sides[NB_RIGHT].sum;
    diag->rule = nb_diag_keep(diags, writer->equation->rule->id);
    diag->severity = writer->equation->rule->severity;
    diag->cell = nb_diag_keep(diags, writer->checker->form->cells[writer->equation->cell].address);
    diag->left = keep_wide(diags, left);
    diag->right = keep_wide(diags, right);
    diag->difference = keep_wide(diags, left < right ? right - left : left - right);
    struct nb_buf about = { 0 };
    nb_buf_printf(&about, "%s | %s", diag->left, diag->right);
    diag->about = nb_diag_keep(diags, about.data);
    nb_buf_release(&about);
    keep_cells(diags, writer, diag);
}

static enum nb_message message_of(enum nb_relation relation)
{
    static const enum nb_message messages[] = { NB_MSG_SUM_DIFFERS, NB_MSG_NOT_AT_MOST,
                                                NB_MSG_NOT_AT_LEAST, NB_MSG_NOT_BOTH_ZERO };
    return messages[relation];
}

static struct nb_diag *add_finding(struct nb_diags *diags, const struct writer *writer,
                                   const char *file, struct nb_mark mark)
{
    struct nb_buf where = { 0 }, left = { 0 }, right = { 0 }, says = { 0 }, difference = { 0 };
    nb_wide distance = writer->balance.sides[NB_LEFT].sum - writer->balance.sides[NB_RIGHT].sum;
    add_where(&where, writer);
    add_side(&left, writer, NB_LEFT);
    add_side(&right, writer, NB_RIGHT);
    add_says(&says, writer);
    nb_wide_write(&difference, distance < 0 ? -distance : distance);
    struct nb_diag *diag =
        nb_diag_add(diags, file, mark, message_of(writer->equation->relation), "where",
                    nb_buf_text(&where), "left", nb_buf_text(&left), "right", nb_buf_text(&right),
                    "difference", nb_buf_text(&difference), "says", nb_buf_text(&says), NULL);
    add_evidence(diags, writer, diag);
    nb_buf_release(&where);
    nb_buf_release(&left);
    nb_buf_release(&right);
    nb_buf_release(&says);
    nb_buf_release(&difference);
    return diag;
}

void nb_checker_add_findings(const struct nb_checker *checker, const struct nb_draft *draft,
                             const char *file, struct nb_diags *diags)
{
    const struct nb_hint **hints = nb_hints_new(checker, draft, diags);
    for (int i = 0; i < checker->form->n_equations; i++) {
        if (nb_checker_verdict(checker, i) != NB_FAILS)
            continue;
        const struct nb_equation *equation = &checker->form->equations[i];
        struct writer writer = { checker, draft, equation, nb_checker_balance(checker, i) };
        struct nb_diag *diag =
            add_finding(diags, &writer, file, nb_draft_cell_mark(draft, equation->cell));
        diag->hint = hints ? hints[i] : NULL;
    }
    free(hints);
}

/* ---- in figures only, for the line under a table ---- */

enum { MOST_FIGURES = 8 };

static void add_figure_terms(struct nb_buf *out, const struct writer *writer, int side)
{
    const struct nb_equation *equation = writer->equation;
    size_t start = out->len;
    for (int i = 0; i < equation->n_terms; i++) {
        const struct nb_term *term = &equation->terms[i];
        if (term->side != side)
            continue;
        if (out->len > start || term->factor < 0)
            nb_buf_putc(out, term->factor < 0 ? '-' : '+');
        if (llabs(term->factor) != 1)
            nb_buf_printf(out, "%lld×", (long long)llabs(term->factor));
        struct nb_figure figure = writer->checker->figures[term->cell];
        if (figure.filled)
            nb_wide_write(out, nb_figure_value((enum nb_kind)term->kind, figure));
        else
            nb_buf_puts(out, "＿");
    }
}

/* The summands and behind them, or before them on the right, what they add up to. */
static void add_figure_side(struct nb_buf *out, const struct writer *writer, int side,
                            bool sum_known)
{
    const struct nb_side *sum = &writer->balance.sides[side];
    int summands = count_summands(writer->equation, side);
    bool lists = summands > 1 && summands <= MOST_FIGURES && !writer->equation->n_last &&
                 !writer->equation->constant[side];
    bool shows_sum = !lists || !(sum->blanks || sum_known);
    if (lists && side == NB_LEFT)
        add_figure_terms(out, writer, side);
    if (lists && shows_sum && side == NB_LEFT)
        nb_buf_putc(out, '=');
    if (!lists && sum->blanks)
        nb_buf_puts(out, summands == 1 ? "＿" : "已填之和 ");
    if (shows_sum && !(summands == 1 && sum->blanks))
        nb_wide_write(out, sum->sum);
    if (lists && side == NB_RIGHT) {
        nb_buf_puts(out, shows_sum ? "=" : "");
        add_figure_terms(out, writer, side);
    }
}

void nb_checker_add_figures(const struct nb_checker *checker, int equation, struct nb_buf *out)
{
    static const char *const signs[][2] = { /* holds or open, fails */
                                            [NB_EQUAL] = { "=", " ≠ " },
                                            [NB_AT_MOST] = { " ≤ ", " > " },
                                            [NB_AT_LEAST] = { " ≥ ", " < " },
                                            [NB_IFF_ZERO] = { "，", "，" }
    };
    struct writer writer = { checker, NULL, &checker->form->equations[equation],
                             nb_checker_balance(checker, equation) };
    bool fails = nb_checker_verdict(checker, equation) == NB_FAILS;
    size_t start = out->len;
    add_figure_side(out, &writer, NB_LEFT, false);
    bool known = !fails && writer.equation->relation == NB_EQUAL &&
                 memchr(out->data + start, '=', out->len - start);
    if (known && count_summands(writer.equation, NB_RIGHT) == 1 &&
        !writer.balance.sides[NB_RIGHT].blanks)
        return; /* 3+4=7, not 3+4=7=7 */
    nb_buf_puts(out, signs[writer.equation->relation][fails]);
    add_figure_side(out, &writer, NB_RIGHT, known);
}
