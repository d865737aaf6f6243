/* Judging equations, one at a time, exactly.
 *
 * An equation is  sum of left terms  relation  sum of right terms.  With D = left - right over the
 * filled cells, blanks can still move D up, down, or both ways, in steps of their greatest common
 * divisor. The equation fails where nothing they can hold would make it true. */
#include "proof.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { MILLION = 1000000 };

static nb_wide magnitude(nb_wide value)
{
    return value < 0 ? -value : value;
}

static nb_wide common_divisor(nb_wide a, nb_wide b)
{
    while (b) {
        nb_wide rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static int sign_of(int side)
{
    return side == NB_LEFT ? 1 : -1;
}

/* A blank cell can hold [0, inf), a blank change anything. */
static void add_blank(struct nb_balance *balance, const struct nb_term *term)
{
    enum nb_kind kind = (enum nb_kind)term->kind;
    int64_t factor = term->factor * sign_of(term->side);
    if (!factor)
        return;
    nb_wide step = magnitude((nb_wide)factor) * (kind == NB_AMOUNT ? 1 : MILLION);
    struct nb_side *side = &balance->sides[term->side];
    bool up = kind == NB_CHANGE || term->factor > 0, down = kind == NB_CHANGE || term->factor < 0;
    side->can_rise |= up;
    side->can_fall |= down;
    side->blanks++;
    balance->step = common_divisor(step, balance->step);
    balance->blank_cell = term->cell;
    balance->blank_factor = factor;
}

static void add_last(const struct nb_checker *checker, int equation, struct nb_balance *balance)
{
    const struct nb_last_sum *last = &checker->last[equation];
    balance->absent = !last->exists;
    for (int side = NB_LEFT; side <= NB_RIGHT; side++) {
        balance->sides[side].sum += last->sum[side];
        if (last->blank[side]) { /* an unknown of last year: nothing can be said */
            balance->sides[side].can_rise = balance->sides[side].can_fall = true;
            balance->sides[side].blanks += 2;
            balance->step = 1;
        }
    }
}

struct nb_balance nb_checker_balance(const struct nb_checker *checker, int equation)
{
    const struct nb_equation *at = &checker->form->equations[equation];
    struct nb_balance balance = { .blank_cell = -1 };
    nb_wide whole[2] = { at->constant[NB_LEFT], at->constant[NB_RIGHT] }, millionths[2] = { 0, 0 };
    for (int i = 0; i < at->n_terms; i++) {
        const struct nb_term *term = &at->terms[i];
        const struct nb_figure *figure = &checker->figures[term->cell];
        if (!figure->filled)
            add_blank(&balance, term);
        else if (term->kind == NB_AMOUNT)
            millionths[term->side] += (nb_wide)figure->units * term->factor;
        else
            whole[term->side] += (nb_wide)figure->units * term->factor;
    }
    for (int side = NB_LEFT; side <= NB_RIGHT; side++)
        balance.sides[side].sum = whole[side] * MILLION + millionths[side];
    if (at->n_last)
        add_last(checker, equation, &balance);
    return balance;
}

static bool can_be_zero(const struct nb_side *side)
{
    return side->sum == 0 || (side->sum > 0 ? side->can_fall : side->can_rise);
}

static bool can_be_other(const struct nb_side *side)
{
    return side->sum != 0 || side->blanks;
}

static bool is_impossible(enum nb_relation relation, const struct nb_balance *balance)
{
    const struct nb_side *left = &balance->sides[NB_LEFT], *right = &balance->sides[NB_RIGHT];
    nb_wide difference = left->sum - right->sum;
    bool can_rise = left->can_rise || right->can_fall;
    bool can_fall = left->can_fall || right->can_rise;
    bool too_high = difference > 0 && !can_fall, too_low = difference < 0 && !can_rise;
    switch (relation) {
    case NB_EQUAL:
        return too_high || too_low || (balance->step && difference % balance->step != 0);
    case NB_AT_MOST:
        return too_high;
    case NB_AT_LEAST:
        return too_low;
    case NB_IFF_ZERO:
        return !(can_be_zero(left) && can_be_zero(right)) &&
               !(can_be_other(left) && can_be_other(right));
    }
    return false;
}

enum nb_verdict nb_checker_judge(const struct nb_checker *checker, int equation)
{
    struct nb_balance balance = nb_checker_balance(checker, equation);
    if (balance.absent)
        return NB_ABSENT;
    if (is_impossible(checker->form->equations[equation].relation, &balance))
        return NB_FAILS;
    return balance.sides[NB_LEFT].blanks || balance.sides[NB_RIGHT].blanks ? NB_OPEN : NB_HOLDS;
}

static void judge(struct nb_checker *checker, int equation)
{
    checker->verdicts[equation] = (unsigned char)nb_checker_judge(checker, equation);
    checker->judged++;
}

/* What last year's draft has for the equation; it does not change while the checker lives. */
static void sum_last(struct nb_checker *checker, int equation)
{
    const struct nb_equation *at = &checker->form->equations[equation];
    struct nb_last_sum *last = &checker->last[equation];
    last->exists = checker->prior != NULL || !at->n_last;
    for (int i = 0; i < at->n_last && last->exists; i++) {
        nb_wide sum;
        bool blank;
        last->exists = nb_draft_sum(checker->prior, at->last[i].address, &sum, &blank);
        last->sum[at->last[i].side] += sum * at->last[i].factor;
        last->blank[at->last[i].side] |= blank;
    }
}

struct nb_checker *nb_checker_new(const struct nb_form *form, const struct nb_figure *figures,
                                  const struct nb_draft *prior)
{
    struct nb_checker *checker = nb_xalloc(sizeof *checker);
    checker->form = form;
    checker->figures = figures;
    checker->prior = prior;
    checker->verdicts = nb_xalloc((size_t)form->n_equations * sizeof *checker->verdicts);
    checker->last = nb_xalloc((size_t)form->n_equations * sizeof *checker->last);
    checker->prose = nb_prose_cache_new();
    checker->proofs = nb_proofs_new(NB_TEXT_PROSE + form->n_proses);
    for (int i = 0; i < form->n_equations; i++) {
        if (form->equations[i].n_last)
            sum_last(checker, i);
        judge(checker, i);
    }
    return checker;
}

void nb_checker_free(struct nb_checker *checker)
{
    if (!checker)
        return;
    free(checker->verdicts);
    free(checker->last);
    nb_prose_cache_free(checker->prose);
    nb_proofs_free(checker->proofs);
    free(checker);
}

void nb_checker_cell_changed(struct nb_checker *checker, int cell)
{
    const struct nb_form *form = checker->form;
    for (int i = form->touched_from[cell]; i < form->touched_from[cell + 1]; i++)
        judge(checker, form->touched[i]);
}

enum nb_verdict nb_checker_verdict(const struct nb_checker *checker, int equation)
{
    return (enum nb_verdict)checker->verdicts[equation];
}

int nb_checker_count(const struct nb_checker *checker, enum nb_verdict verdict)
{
    int count = 0;
    for (int i = 0; i < checker->form->n_equations; i++)
        count += checker->verdicts[i] == verdict;
    return count;
}

long nb_checker_judged(const struct nb_checker *checker)
{
    return checker->judged;
}

bool nb_checker_proposal(const struct nb_checker *checker, int equation, int *cell,
                         struct nb_figure *figure)
{
    const struct nb_equation *at = &checker->form->equations[equation];
    struct nb_balance balance = nb_checker_balance(checker, equation);
    int blanks = balance.sides[NB_LEFT].blanks + balance.sides[NB_RIGHT].blanks;
    if (at->relation != NB_EQUAL || balance.absent || blanks != 1)
        return false;
    nb_wide difference = balance.sides[NB_LEFT].sum - balance.sides[NB_RIGHT].sum;
    if (difference % balance.blank_factor != 0)
        return false;
    *cell = balance.blank_cell;
    return nb_figure_from_value(checker->form->cells[*cell].kind,
                                -difference / balance.blank_factor, figure);
}

const struct nb_equation *nb_cell_definition(const struct nb_form *form, int cell)
{
    for (int i = form->touched_from[cell]; i < form->touched_from[cell + 1]; i++) {
        const struct nb_equation *equation = &form->equations[form->touched[i]];
        const struct nb_term *last = &equation->terms[equation->n_terms - 1];
        bool single_right = last->side == NB_RIGHT && last->cell == cell && last->factor == 1 &&
                            !equation->constant[NB_RIGHT];
        for (int j = 0; j + 1 < equation->n_terms && single_right; j++)
            single_right = equation->terms[j].side == NB_LEFT && equation->terms[j].cell != cell;
        if (single_right && equation->relation == NB_EQUAL && !equation->n_last &&
            equation->rule->severity == NB_ERROR)
            return equation;
    }
    return NULL;
}

bool nb_checker_total(const struct nb_checker *checker, int cell, struct nb_figure *figure)
{
    const struct nb_equation *sum = nb_cell_definition(checker->form, cell);
    if (!sum)
        return false;
    nb_wide value = (nb_wide)sum->constant[NB_LEFT] * MILLION;
    bool any = false;
    for (int i = 0; i + 1 < sum->n_terms; i++) {
        struct nb_figure part = checker->figures[sum->terms[i].cell];
        any |= part.filled;
        value += nb_figure_value((enum nb_kind)sum->terms[i].kind, part) * sum->terms[i].factor;
    }
    return any && nb_figure_from_value(checker->form->cells[cell].kind, value, figure);
}
