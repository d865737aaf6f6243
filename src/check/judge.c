/* Statements against cells.
 *
 * A statement may mean any of several sums; where one of them has a blank cell nothing can be said.
 * Besides the sums of its phrase it may mean a crossing with an earlier statement of its sentence:
 * in 准予1060件，其中个人1032件 the 1032 are the row of the one and the column of the other.
 */
#include <stdlib.h>
#include <string.h>

#include "judge.h"
#include "nianbao/text.h"

enum { MILLION = 1000000, MOST_FINDINGS = 20, MOST_BEFORE = 8, MOST_WHOLES = 64 };

/* ---- sums ---- */

bool nb_judge_sum(const struct nb_judge *judge, const struct nb_equation *sum, nb_wide *value)
{
    *value = (nb_wide)sum->constant[NB_LEFT] * MILLION;
    for (int i = 0; i < sum->n_terms; i++) {
        const struct nb_term *term = &sum->terms[i];
        const struct nb_figure *figure = &judge->facts->figures[term->cell];
        if (!figure->filled)
            return false;
        *value += nb_figure_value((enum nb_kind)term->kind, *figure) * term->factor;
    }
    return true;
}

bool nb_judge_last_sum(const struct nb_judge *judge, const struct nb_equation *sum, nb_wide *value)
{
    const struct nb_draft *prior = judge->facts->prior;
    *value = (nb_wide)sum->constant[NB_LEFT] * MILLION;
    for (int i = 0; prior && i < sum->n_terms; i++) {
        const char *address = judge->form->cells[sum->terms[i].cell].address;
        const struct nb_form *form = nb_draft_form(prior);
        int cell = nb_form_find_cell(form, address, strlen(address));
        if (cell < 0 || !nb_draft_figure(prior, cell).filled)
            return false;
        *value += nb_figure_value(form->cells[cell].kind, nb_draft_figure(prior, cell)) *
                  sum->terms[i].factor;
    }
    return prior != NULL;
}

const struct nb_phrase *nb_judge_phrase(const struct nb_judge *judge,
                                        const struct nb_statement *statement, int index)
{
    return &judge->form->wording->phrases[statement->meant[index]];
}

/* ---- a number against a value ---- */

static nb_wide distance(nb_wide a, nb_wide b)
{
    return a < b ? b - a : a - b;
}

/* What the last figure before the zeros counts: of 2200 a hundred. */
static nb_wide round_step(nb_wide number)
{
    nb_wide step = 1;
    while (number && number % (10 * step) == 0)
        step *= 10;
    return step;
}

static bool is_near(enum nb_exactness exactness, nb_wide number, nb_wide value)
{
    switch (exactness) {
    case NB_EXACT:
        break;
    case NB_ABOUT:
        return distance(number, value) * 10 <= value;
    case NB_SOME_MORE:
        return number <= value && value < number + 2 * round_step(number);
    case NB_NOT_LESS:
        return number <= value && value <= 2 * number;
    case NB_LESS:
        return value <= number && number <= 2 * value;
    case NB_NOT_MORE:
        return number <= value;
    }
    return number == value;
}

/* 10 to the power in which the units of money differ; 1 for all others. */
static nb_wide scale_of(const char *unit, size_t len)
{
    int exponent = nb_unit_exponent(unit, len);
    nb_wide scale = 1;
    while (exponent-- > 0)
        scale *= 10;
    return scale;
}

nb_wide nb_judge_in_units_of(const struct nb_judge *judge, int cell, const struct nb_word *unit,
                             nb_wide value)
{
    const char *own = judge->form->cells[cell].unit;
    bool differs =
        own && unit &&
        (strlen(own) != unit->len_bytes || strncmp(own, unit->text, unit->len_bytes) != 0);
    return differs ? value * scale_of(unit->text, unit->len_bytes) / scale_of(own, strlen(own))
                   : value;
}

bool nb_judge_fits(const struct nb_judge *judge, const struct nb_statement *statement, int cell,
                   nb_wide value)
{
    const struct nb_cell *at = &judge->form->cells[cell];
    const struct nb_word *unit = statement->unit;
    nb_wide own = at->unit ? scale_of(at->unit, strlen(at->unit)) : 1;
    nb_wide scale = unit ? scale_of(unit->text, unit->len_bytes) : own;
    nb_wide number = statement->number.value * scale, step = statement->number.step * scale;
    value *= own;
    bool rounds = at->kind == NB_AMOUNT || statement->number.step != MILLION;
    bool exact = statement->exactness == NB_EXACT;
    if (rounds && (exact || statement->exactness == NB_NOT_MORE) && distance(number, value) < step)
        return true;
    return is_near(statement->exactness, number, value);
}

/* ---- crossings ---- */

static int cell_in(const struct nb_table *table, int row, int column)
{
    return table->cells[row * table->columns.n_leaves + column];
}

/* The sum of the cells where rows of `rows` meet columns of `columns`; false where they are of
 * different tables, or where a cell is missing or blank. */
static bool cross(const struct nb_judge *judge, const struct nb_equation *rows,
                  const struct nb_equation *columns, nb_wide *value)
{
    const struct nb_table *table = judge->form->cells[rows->terms[0].cell].table;
    *value = 0;
    if (table->rows.n_leaves == 1 || table->columns.n_leaves == 1)
        return false; /* any two cells of a line would cross */
    for (int i = 0; i < rows->n_terms; i++) {
        const struct nb_cell *row = &judge->form->cells[rows->terms[i].cell];
        for (int j = 0; j < columns->n_terms; j++) {
            const struct nb_cell *column = &judge->form->cells[columns->terms[j].cell];
            if (row->table != column->table)
                return false;
            int cell = cell_in(row->table, row->row, column->column);
            if (cell < 0 || !judge->facts->figures[cell].filled)
                return false;
            *value += nb_figure_value(row->kind, judge->facts->figures[cell]) *
                      rows->terms[i].factor * columns->terms[j].factor;
        }
    }
    return true;
}

/* Are all terms in one row, or with `columns` in one column? */
static bool is_single(const struct nb_form *form, const struct nb_equation *sum, bool columns)
{
    const struct nb_cell *first = &form->cells[sum->terms[0].cell];
    for (int i = 1; i < sum->n_terms; i++) {
        const struct nb_cell *at = &form->cells[sum->terms[i].cell];
        if (at->table != first->table ||
            (columns ? at->column != first->column : at->row != first->row))
            return false;
    }
    return true;
}

/* Does one of the form's sums make the cell the total of the one in its row and that column? */
static bool is_total_of(const struct nb_form *form, const struct nb_cell *total, int column)
{
    int cell = (int)(total - form->cells), part = cell_in(total->table, total->row, column);
    for (int i = form->touched_from[cell]; i < form->touched_from[cell + 1]; i++) {
        const struct nb_equation *sum = &form->equations[form->touched[i]];
        bool ends_here = sum->relation == NB_EQUAL && sum->cell == cell;
        for (int j = 0; ends_here && j < sum->n_terms; j++) {
            if (sum->terms[j].cell == part && sum->terms[j].side == NB_LEFT)
                return true;
        }
    }
    return false;
}

/* Does the number fit where the rows of one sum meet the columns of the other? */
static bool fits_crossing(const struct nb_judge *judge, const struct nb_statement *statement,
                          const struct nb_equation *own, const struct nb_equation *other)
{
    nb_wide value;
    int cell = own->terms[0].cell;
    if (is_single(judge->form, other, true) && is_single(judge->form, own, true) &&
        cross(judge, own, other, &value) && other->n_terms == 1 &&
        nb_judge_fits(judge, statement, cell, value))
        return true;
    const struct nb_cell *at = &judge->form->cells[cell];
    const struct nb_cell *beside = &judge->form->cells[other->terms[0].cell];
    if (own->n_terms == 1 && beside->table == at->table &&
        (beside->column == at->column || is_total_of(judge->form, at, beside->column)))
        return false; /* that is the other figure itself, or the total of its row */
    return is_single(judge->form, own, false) && is_single(judge->form, other, true) &&
           cross(judge, other, own, &value) && nb_judge_fits(judge, statement, cell, value);
}

static bool fits_any_crossing(const struct nb_judge *judge, const struct nb_statement *statement,
                              const struct nb_equation *own)
{
    const struct nb_statement *items = judge->statements->items;
    const struct nb_statement *first = &items[statement->sentence];
    if (statement->whole >= 0 && statement->whole < statement->sentence)
        first = &items[statement->whole];
    if (statement - first > MOST_BEFORE)
        first = statement - MOST_BEFORE;
    for (const struct nb_statement *other = first; other < statement; other++) {
        for (int i = 0; i < other->n_meant; i++) {
            const struct nb_phrase *phrase = nb_judge_phrase(judge, other, i);
            for (int j = 0; j < phrase->n_equals; j++) {
                if (fits_crossing(judge, statement, own, &phrase->equals[j]))
                    return true;
            }
        }
    }
    return false;
}

/* ---- verdicts ---- */

enum verdict { UNKNOWN, TRUE, FALSE };

static enum verdict judge_ratio(const struct nb_judge *judge, const struct nb_statement *statement,
                                const struct nb_phrase *phrase)
{
    nb_wide part, whole;
    if (statement->exactness != NB_EXACT || statement->number.value > NB_MOST_PERCENT)
        return UNKNOWN;
    for (int i = 0; i < phrase->n_equals; i++) {
        for (int j = 0; j < phrase->n_over; j++) {
            if (!nb_judge_sum(judge, &phrase->equals[i], &part) ||
                !nb_judge_sum(judge, &phrase->over[j], &whole) || whole <= 0)
                return UNKNOWN;
            if (nb_judge_is_percent(part, whole, &statement->number))
                return TRUE;
        }
    }
    return FALSE;
}

static enum verdict judge_phrase(const struct nb_judge *judge, const struct nb_statement *statement,
                                 const struct nb_phrase *phrase)
{
    if (phrase->n_over)
        return judge_ratio(judge, statement, phrase);
    if (!phrase->n_equals)
        return UNKNOWN;
    for (int i = 0; i < phrase->n_equals; i++) {
        nb_wide value;
        if (!nb_judge_sum(judge, &phrase->equals[i], &value))
            return UNKNOWN;
        if (nb_judge_fits(judge, statement, phrase->equals[i].cell, value))
            return TRUE;
    }
    for (int i = 0; i < phrase->n_equals; i++) {
        if (fits_any_crossing(judge, statement, &phrase->equals[i]))
            return TRUE;
    }
    return FALSE;
}

/* The sum of the readings with these numbers, one for each phrase meant. */
static bool joint_sum(const struct nb_judge *judge, const struct nb_statement *statement,
                      const int *readings, nb_wide *sum)
{
    *sum = 0;
    for (int i = 0; i < statement->n_meant; i++) {
        const struct nb_phrase *phrase = nb_judge_phrase(judge, statement, i);
        nb_wide value;
        if (!phrase->n_equals || !nb_judge_sum(judge, &phrase->equals[readings[i]], &value))
            return false;
        *sum += value;
    }
    return true;
}

/* Counts the readings up like the places of a number; false behind the last. */
static bool next_readings(const struct nb_judge *judge, const struct nb_statement *statement,
                          int *readings)
{
    for (int i = 0; i < statement->n_meant; i++) {
        if (++readings[i] < nb_judge_phrase(judge, statement, i)->n_equals)
            return true;
        readings[i] = 0;
    }
    return false;
}

static enum verdict judge_joint(const struct nb_judge *judge, const struct nb_statement *statement)
{
    int readings[NB_MOST_MEANT] = { 0 };
    nb_wide sum;
    do {
        if (!joint_sum(judge, statement, readings, &sum))
            return UNKNOWN;
        int cell = nb_judge_phrase(judge, statement, 0)->equals[0].cell;
        if (nb_judge_fits(judge, statement, cell, sum))
            return TRUE;
    } while (next_readings(judge, statement, readings));
    return FALSE;
}

static enum verdict judge_statement(const struct nb_judge *judge,
                                    const struct nb_statement *statement)
{
    enum verdict verdict = UNKNOWN;
    if (statement->is_reference || statement->is_bare)
        return UNKNOWN;
    if (statement->is_sum)
        return judge_joint(judge, statement);
    for (int i = 0; i < statement->n_meant; i++) {
        verdict = judge_phrase(judge, statement, nb_judge_phrase(judge, statement, i));
        if (verdict != FALSE)
            return verdict;
    }
    return verdict;
}

int nb_judge_count_untrue(const struct nb_judge *judge)
{
    int count = 0;
    for (int i = 0; i < judge->statements->count; i++)
        count += judge_statement(judge, &judge->statements->items[i]) == FALSE;
    return count;
}

/* ---- findings ---- */

void nb_judge_add_quote(const struct nb_judge *judge, struct nb_span span, struct nb_buf *out)
{
    nb_text_add_brief(out, nb_draft_text(judge->facts->draft, judge->text) + span.start, span.len);
}

struct nb_mark nb_judge_mark(const struct nb_judge *judge, struct nb_span span)
{
    return nb_draft_text_mark(judge->facts->draft, judge->text, span.start);
}

void nb_judge_settle(struct nb_judge *judge, struct nb_diag *diag, struct nb_span span,
                     const char *quote, const char *right)
{
    struct nb_buf about = { 0 };
    nb_buf_printf(&about, "%s | %s", quote, right);
    diag->cell = nb_draft_text_address(judge->facts->draft, judge->text);
    diag->offset = span.start;
    diag->len = span.len;
    diag->about = nb_diag_keep(judge->diags, about.data);
    nb_buf_release(&about);
}

/* （三）驳回·总计 for all cells of the group in that column; else the cells one by one. */
static void add_sum_name(const struct nb_form *form, const struct nb_equation *sum,
                         struct nb_buf *out)
{
    const struct nb_cell *first = &form->cells[sum->terms[0].cell];
    const struct nb_node *group = first->table->rows.leaves[first->row].node->parent;
    bool whole =
        sum->n_terms > 1 && group && group->n_leaves == sum->n_terms && is_single(form, sum, true);
    if (whole) {
        nb_node_add_name(out, group);
        nb_buf_puts(out, "·");
        nb_node_add_name(out, first->table->columns.leaves[first->column].node);
        return;
    }
    for (int i = 0; i < sum->n_terms; i++) {
        bool minus = sum->terms[i].factor < 0;
        nb_buf_puts(out, minus ? " - " : i ? " + " : "");
        nb_cell_add_name(out, form, sum->terms[i].cell);
    }
}

static void keep_cells(struct nb_judge *judge, struct nb_diag *diag,
                       const struct nb_statement *statement)
{
    int most = 0, phrases = statement->is_sum ? statement->n_meant : 1;
    for (int i = 0; i < phrases; i++)
        most += nb_judge_phrase(judge, statement, i)->equals[0].n_terms;
    diag->cells = nb_arena_alloc(&judge->diags->strings, (size_t)most * sizeof *diag->cells);
    for (int i = 0; i < phrases; i++) {
        const struct nb_equation *sum = &nb_judge_phrase(judge, statement, i)->equals[0];
        for (int j = 0; j < sum->n_terms; j++)
            diag->cells[diag->n_cells++] =
                nb_diag_keep(judge->diags, judge->form->cells[sum->terms[j].cell].address);
    }
}

/* The value that is shown beside the statement, and what it is called. */
static void add_first_reading(const struct nb_judge *judge, const struct nb_statement *statement,
                              struct nb_buf *name, nb_wide *value)
{
    int first[NB_MOST_MEANT] = { 0 }, phrases = statement->is_sum ? statement->n_meant : 1;
    for (int i = phrases; i-- > 0;) { /* in the order of the sentence */
        nb_buf_puts(name, name->len ? " + " : "");
        add_sum_name(judge->form, &nb_judge_phrase(judge, statement, i)->equals[0], name);
    }
    if (statement->is_sum)
        joint_sum(judge, statement, first, value);
    else
        nb_judge_sum(judge, &nb_judge_phrase(judge, statement, 0)->equals[0], value);
}

static void tell_figure(struct nb_judge *judge, const struct nb_statement *statement)
{
    struct nb_buf quote = { 0 }, name = { 0 }, left = { 0 }, right = { 0 }, difference = { 0 };
    nb_wide value;
    add_first_reading(judge, statement, &name, &value);
    nb_judge_add_quote(judge, statement->span, &quote);
    nb_wide_write(&left, statement->number.value);
    nb_wide_write(&right, value);
    nb_wide_write(&difference, distance(statement->number.value, value));
    struct nb_diag *diag =
        nb_diag_add(judge->diags, judge->facts->file, nb_judge_mark(judge, statement->span),
                    NB_MSG_PROSE_FIGURE, "quote", nb_buf_text(&quote), "name", nb_buf_text(&name),
                    "figure", nb_buf_text(&right), NULL);
    diag->left = nb_diag_keep(judge->diags, left.data);
    diag->right = nb_diag_keep(judge->diags, right.data);
    diag->difference = nb_diag_keep(judge->diags, difference.data);
    keep_cells(judge, diag, statement);
    nb_judge_settle(judge, diag, statement->span, quote.data, right.data);
    nb_buf_release(&quote);
    nb_buf_release(&name);
    nb_buf_release(&left);
    nb_buf_release(&right);
    nb_buf_release(&difference);
}

/* A percentage of two sums: what it should be, with as many places as it has. */
static void tell_ratio(struct nb_judge *judge, const struct nb_statement *statement)
{
    const struct nb_phrase *phrase = nb_judge_phrase(judge, statement, 0);
    struct nb_buf quote = { 0 }, right = { 0 }, name = { 0 };
    nb_wide part, whole;
    nb_judge_sum(judge, &phrase->equals[0], &part);
    nb_judge_sum(judge, &phrase->over[0], &whole);
    nb_judge_add_percent(&right, part, whole, statement->number.step);
    nb_judge_add_quote(judge, statement->span, &quote);
    nb_wide_write(&name, part);
    nb_buf_puts(&name, " ÷ ");
    nb_wide_write(&name, whole);
    struct nb_diag *diag = nb_diag_add(
        judge->diags, judge->facts->file, nb_judge_mark(judge, statement->span),
        NB_MSG_PROSE_PERCENT, "quote", quote.data, "sum", name.data, "percent", right.data, NULL);
    nb_judge_settle(judge, diag, statement->span, quote.data, right.data);
    nb_buf_release(&quote);
    nb_buf_release(&right);
    nb_buf_release(&name);
}

void nb_judge_tell_pair(struct nb_judge *judge, enum nb_message message,
                        const struct nb_statement *statement, const char *other)
{
    struct nb_buf quote = { 0 };
    nb_judge_add_quote(judge, statement->span, &quote);
    struct nb_diag *diag =
        nb_diag_add(judge->diags, judge->facts->file, nb_judge_mark(judge, statement->span),
                    message, "quote", quote.data, "other", other, NULL);
    nb_judge_settle(judge, diag, statement->span, quote.data, other);
    nb_buf_release(&quote);
}

/* ---- parts and wholes ---- */

bool nb_statement_is_plain(const struct nb_statement *statement)
{
    return statement->exactness == NB_EXACT && !statement->is_reference && !statement->is_bare &&
           !statement->number.vague && !statement->number.percent;
}

/* All that a part can be a part of: 许可12件、处罚5件，其中网上8件 may mean both. */
static nb_wide sum_of_wholes(const struct nb_judge *judge, const struct nb_statement *whole)
{
    const struct nb_statement *first = &judge->statements->items[whole->sentence];
    nb_wide sum = 0;
    if (whole - first > MOST_WHOLES)
        first = whole - MOST_WHOLES;
    for (const struct nb_statement *at = first; at <= whole; at++) {
        if (at->unit != whole->unit || at->number.percent)
            continue;
        if (!nb_statement_is_plain(at))
            return INT64_MAX * (nb_wide)MILLION; /* not known how much */
        sum += at->number.value + (at->number.step > MILLION ? at->number.step : 0);
    }
    return sum;
}

static void judge_part(struct nb_judge *judge, int index)
{
    const struct nb_statement *part = &judge->statements->items[index];
    if (part->whole < 0 || !part->is_first_part || judge->told[index] || judge->told[part->whole])
        return;
    const struct nb_statement *whole = &judge->statements->items[part->whole];
    if (!nb_statement_is_plain(part) || part->unit != whole->unit ||
        part->number.value <= sum_of_wholes(judge, whole))
        return;
    struct nb_buf other = { 0 };
    nb_judge_add_quote(judge, whole->span, &other);
    nb_judge_tell_pair(judge, NB_MSG_PROSE_PART, part, other.data);
    nb_buf_release(&other);
    judge->told[index] = true;
}

/* ---- a text, and the draft ---- */

void nb_judge_text(struct nb_judge *judge)
{
    const struct nb_statements *statements = judge->statements;
    int before = judge->diags->count;
    judge->told = nb_xalloc((size_t)statements->count);
    for (int i = 0; i < statements->count && judge->diags->count - before < MOST_FINDINGS; i++) {
        const struct nb_statement *statement = &statements->items[i];
        if (judge_statement(judge, statement) != FALSE)
            continue;
        if (nb_judge_phrase(judge, statement, 0)->n_over)
            tell_ratio(judge, statement);
        else
            tell_figure(judge, statement);
        judge->told[i] = true;
    }
    for (int i = 0; i < statements->count && judge->diags->count - before < MOST_FINDINGS; i++)
        judge_part(judge, i);
    if (judge->diags->count - before < MOST_FINDINGS)
        nb_judge_rates(judge);
    free(judge->told);
}
