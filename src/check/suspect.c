/* The search for suspects.
 *
 * With at most two cells the system of sums (sums.h) is solved by looking at it from where it
 * fails: one of the cells stands in any failing sum one likes, so the shortest is taken. A cell
 * then tells where its partner must stand: in each failing sum that it does not touch, and in each
 * holding one that it does. The shortest of those is all that is tried. The two changes follow from
 * two sums by Cramer's rule, exactly; the others are a proof of it. */
#include "nianbao/suspect.h"

#include <stdlib.h>
#include <string.h>

#include "rank.h"
#include "sums.h"

/* Steps that one search may take, so that no form makes typing slow. */
enum { MOST_STEPS = 300000 };

/* An equation that a set touches, with the factors of its cells. */
struct touch {
    int equation;
    nb_wide factors[NB_SET_CELLS];
};

struct search {
    const struct nb_checker *checker;
    const struct nb_draft *draft;
    struct nb_sums sums;
    struct nb_trial trial;
    int *failing; /* sums that fail, group by group */
    int *from;    /* group g is failing[from[g]] up to, but without, failing[from[g + 1]] */
    int n_groups;
    int *group_of; /* by equation, -1: holds, or is no sum */

    /* the group that is being explained */
    int group;
    const int *members;
    int n_members;
    struct touch *touches;
    int n_touches, cap_touches;
    struct nb_found *found;
    int n_found, cap_found;
    bool loose; /* there are sets whose figures do not follow */
    int steps;  /* of all groups */
};

/* ---- groups ---- */

/* Adds the failing sums that share a cell with this one; what was seen before has been added. */
static int add_neighbours(struct search *search, int equation, int group, int count, bool *seen)
{
    const struct nb_entry *row = nb_entries_of(&search->sums.rows, equation);
    for (int i = 0; i < nb_entries_count(&search->sums.rows, equation); i++) {
        const struct nb_entry *column = nb_entries_of(&search->sums.columns, row[i].cell);
        if (seen[row[i].cell])
            continue;
        seen[row[i].cell] = true;
        for (int j = 0; j < nb_entries_count(&search->sums.columns, row[i].cell); j++) {
            int other = column[j].equation;
            if (!search->sums.residuals[other] || search->group_of[other] >= 0)
                continue;
            search->group_of[other] = group;
            search->failing[count++] = other;
        }
    }
    return count;
}

static void find_groups(struct search *search)
{
    int n_equations = search->checker->form->n_equations, count = 0;
    bool *seen = nb_xalloc((size_t)search->checker->form->n_cells + 1);
    for (int i = 0; i < n_equations; i++) {
        if (!search->sums.residuals[i] || search->group_of[i] >= 0)
            continue;
        int group = search->n_groups++;
        search->from[group] = count;
        search->group_of[i] = group;
        search->failing[count++] = i;
        for (int at = search->from[group]; at < count; at++)
            count = add_neighbours(search, search->failing[at], group, count, seen);
    }
    search->from[search->n_groups] = count;
    free(seen);
}

static void label(struct search *search, const int *members, int n_members, int group)
{
    for (int i = 0; i < n_members; i++)
        search->group_of[members[i]] = group;
}

static int shorter(const struct search *search, int best, int equation)
{
    const struct nb_entries *rows = &search->sums.rows;
    if (best >= 0 && nb_entries_count(rows, best) <= nb_entries_count(rows, equation))
        return best;
    return equation;
}

/* The shortest failing sum of the group. */
static int start_of(const struct search *search)
{
    int best = -1;
    for (int i = 0; i < search->n_members; i++)
        best = shorter(search, best, search->members[i]);
    return best;
}

/* ---- solving one set ---- */

/* What the group wants of a sum: sums outside must stay as they are. */
static nb_wide lacking(const struct search *search, int equation)
{
    return search->group_of[equation] == search->group ? -search->sums.residuals[equation] : 0;
}

static void add_touch(struct search *search, const struct nb_entry *entry, int which)
{
    int last = search->n_touches - 1;
    if (last < 0 || search->touches[last].equation != entry->equation) {
        NB_GROW(search->touches, search->n_touches, search->cap_touches);
        search->touches[++last] = (struct touch) { .equation = entry->equation };
        search->n_touches++;
    }
    search->touches[last].factors[which] = entry->factor;
}

/* Merges the columns of the cells. */
static void touch(struct search *search, const int *cells, int n_cells)
{
    const struct nb_entry *at[NB_SET_CELLS], *end[NB_SET_CELLS];
    for (int i = 0; i < n_cells; i++) {
        at[i] = nb_entries_of(&search->sums.columns, cells[i]);
        end[i] = at[i] + nb_entries_count(&search->sums.columns, cells[i]);
    }
    search->n_touches = 0;
    for (;;) {
        int next = -1;
        for (int i = 0; i < n_cells; i++) {
            if (at[i] < end[i] && (next < 0 || at[i]->equation < at[next]->equation))
                next = i;
        }
        if (next < 0)
            break;
        add_touch(search, at[next]++, next);
    }
    search->steps += search->n_touches + 1;
}

/* a*d - b*c, false where that does not fit. */
static bool determinant(nb_wide a, nb_wide b, nb_wide c, nb_wide d, nb_wide *result)
{
    nb_wide left, right;
    return !__builtin_mul_overflow(a, d, &left) && !__builtin_mul_overflow(b, c, &right) &&
           !__builtin_sub_overflow(left, right, result);
}

static bool divide(nb_wide dividend, nb_wide divisor, nb_wide *quotient)
{
    *quotient = dividend / divisor;
    return dividend % divisor == 0;
}

static bool solve_one(const struct search *search, nb_wide *changes)
{
    const struct touch *first = &search->touches[0];
    return divide(lacking(search, first->equation), first->factors[0], &changes[0]);
}

/* By Cramer's rule from the first sum and the first that is independent of it. */
static bool solve_two(struct search *search, nb_wide *changes)
{
    const struct touch *first = &search->touches[0], *second = first;
    nb_wide whole = 0, one, two, a = lacking(search, first->equation);
    for (int i = 1; i < search->n_touches && !whole; i++) {
        second = &search->touches[i];
        if (!determinant(first->factors[0], first->factors[1], second->factors[0],
                         second->factors[1], &whole))
            return false;
    }
    if (!whole) {
        search->loose = true;
        return false;
    }
    nb_wide b = lacking(search, second->equation);
    return determinant(a, first->factors[1], b, second->factors[1], &one) &&
           determinant(first->factors[0], a, second->factors[0], b, &two) &&
           divide(one, whole, &changes[0]) && divide(two, whole, &changes[1]);
}

/* Do the changes give each sum they touch what it lacks, and is none of the group left? */
static bool is_solved(const struct search *search, const nb_wide *changes, int n_cells)
{
    int solved = 0;
    for (int i = 0; i < search->n_touches; i++) {
        const struct touch *at = &search->touches[i];
        nb_wide sum = 0;
        for (int j = 0; j < n_cells; j++) {
            nb_wide product;
            if (__builtin_mul_overflow(at->factors[j], changes[j], &product) ||
                __builtin_add_overflow(sum, product, &sum))
                return false;
        }
        if (sum != lacking(search, at->equation))
            return false;
        solved += search->group_of[at->equation] == search->group;
    }
    return solved == search->n_members;
}

static bool correct(const struct search *search, int cell, nb_wide change,
                    struct nb_correction *item)
{
    enum nb_kind kind = search->checker->form->cells[cell].kind;
    nb_wide value = nb_figure_value(kind, search->checker->figures[cell]);
    *item = (struct nb_correction) { .cell = cell, .typed = nb_draft_figure(search->draft, cell) };
    if (!change || __builtin_add_overflow(value, change, &value) ||
        !nb_figure_from_value(kind, value, &item->right))
        return false;
    if (item->right.decimals < item->typed.decimals) /* written as its neighbours are */
        item->right.decimals = item->typed.decimals;
    return true;
}

static void try_set(struct search *search, const int *cells, int n_cells)
{
    nb_wide changes[NB_SET_CELLS];
    struct nb_suspect_set set = { .n_items = n_cells };
    touch(search, cells, n_cells);
    bool solves = n_cells == 1 ? solve_one(search, changes) : solve_two(search, changes);
    if (!solves || !is_solved(search, changes, n_cells))
        return;
    for (int i = 0; i < n_cells; i++) {
        if (!correct(search, cells[i], changes[i], &set.items[i]))
            return;
    }
    struct nb_found found;
    bool allowed = nb_trial_weigh(&search->trial, &set, &found);
    search->steps += search->trial.steps;
    if (allowed) {
        NB_GROW(search->found, search->n_found, search->cap_found);
        search->found[search->n_found++] = found;
    }
}

/* ---- trying cells ---- */

static void try_singles(struct search *search, int start)
{
    const struct nb_entry *row = nb_entries_of(&search->sums.rows, start);
    int count = nb_entries_count(&search->sums.rows, start);
    for (int i = 0; i < count && search->steps < MOST_STEPS; i++)
        try_set(search, &row[i].cell, 1);
}

static bool is_touched(const struct search *search, int cell, int equation)
{
    const struct nb_entry *column = nb_entries_of(&search->sums.columns, cell);
    int low = 0, high = nb_entries_count(&search->sums.columns, cell);
    while (low < high) {
        int middle = (low + high) / 2;
        if (column[middle].equation < equation)
            low = middle + 1;
        else
            high = middle;
    }
    return low < nb_entries_count(&search->sums.columns, cell) && column[low].equation == equation;
}

/* The shortest sum in which the partner of the cell must stand; -1: in any of the group. */
static int partner_row(struct search *search, int cell)
{
    const struct nb_entry *column = nb_entries_of(&search->sums.columns, cell);
    int best = -1, count = nb_entries_count(&search->sums.columns, cell);
    for (int i = 0; i < count; i++) {
        if (search->group_of[column[i].equation] != search->group)
            best = shorter(search, best, column[i].equation);
    }
    for (int i = 0; i < search->n_members; i++) {
        if (!is_touched(search, cell, search->members[i]))
            best = shorter(search, best, search->members[i]);
    }
    search->steps += count + search->n_members;
    return best;
}

static void try_partners(struct search *search, int cell, int equation)
{
    const struct nb_entry *row = nb_entries_of(&search->sums.rows, equation);
    int count = nb_entries_count(&search->sums.rows, equation);
    for (int i = 0; i < count && search->steps < MOST_STEPS; i++) {
        int lower = cell < row[i].cell ? cell : row[i].cell;
        int cells[] = { lower, lower == cell ? row[i].cell : cell };
        if (cells[0] != cells[1])
            try_set(search, cells, 2);
    }
}

static void try_pairs(struct search *search, int start)
{
    const struct nb_entry *row = nb_entries_of(&search->sums.rows, start);
    int count = nb_entries_count(&search->sums.rows, start);
    for (int i = 0; i < count && search->steps < MOST_STEPS; i++) {
        int cell = row[i].cell, partners = partner_row(search, cell);
        if (partners >= 0) {
            try_partners(search, cell, partners);
            continue;
        }
        const struct nb_entry *column = nb_entries_of(&search->sums.columns, cell);
        for (int j = 0; j < nb_entries_count(&search->sums.columns, cell); j++)
            try_partners(search, cell, column[j].equation);
    }
}

/* ---- groups explained ---- */

enum outcome { EXPLAINED, SEVERAL, UNKNOWN };

static enum outcome explain(struct search *search, int group, const int *members, int n_members,
                            struct nb_suspect_group *out)
{
    search->group = group;
    search->members = members;
    search->n_members = n_members;
    search->n_found = 0;
    search->loose = false;
    int start = start_of(search);
    try_singles(search, start);
    if (!search->n_found)
        try_pairs(search, start);
    *out = (struct nb_suspect_group) { .n_equations = n_members };
    if (search->steps >= MOST_STEPS || (!search->n_found && search->loose))
        return UNKNOWN;
    nb_trial_weigh_texts(&search->trial, search->found, search->n_found);
    nb_found_rank(search->found, search->n_found, out);
    return out->n_sets ? EXPLAINED : SEVERAL;
}

/* Two groups that no two cells explain may be the ends of one change: a figure that went from one
 * row into another leaves the sum of its column as it is. */
static void explain_together(struct search *search, struct nb_suspects *suspects, int one, int two)
{
    int n_one = search->from[one + 1] - search->from[one];
    int n_two = search->from[two + 1] - search->from[two];
    int *both = nb_xrealloc(NULL, (size_t)n_one + (size_t)n_two, sizeof *both);
    memcpy(both, search->failing + search->from[one], (size_t)n_one * sizeof *both);
    memcpy(both + n_one, search->failing + search->from[two], (size_t)n_two * sizeof *both);
    label(search, both + n_one, n_two, one);
    struct nb_suspect_group group;
    enum outcome outcome = explain(search, one, both, n_one + n_two, &group);
    if (outcome == EXPLAINED)
        suspects->groups[one] = group;
    if (outcome == SEVERAL)
        label(search, both + n_one, n_two, two);
    if (outcome == UNKNOWN)
        label(search, both, n_one + n_two, -1);
    free(both);
}

static void explain_all(struct search *search, struct nb_suspects *suspects)
{
    int left[2] = { -1, -1 }, n_left = 0;
    for (int i = 0; i < search->n_groups; i++) {
        const int *members = search->failing + search->from[i];
        int n_members = search->from[i + 1] - search->from[i];
        enum outcome outcome = explain(search, i, members, n_members, &suspects->groups[i]);
        if (outcome == UNKNOWN)
            label(search, members, n_members, -1);
        if (outcome == SEVERAL && n_left++ < 2)
            left[n_left - 1] = i;
    }
    if (n_left == 2)
        explain_together(search, suspects, left[0], left[1]);
}

static bool any_sum_fails(const struct nb_checker *checker)
{
    for (int i = 0; i < checker->form->n_equations; i++) {
        if (checker->verdicts[i] == NB_FAILS &&
            checker->form->equations[i].rule->severity == NB_ERROR)
            return true;
    }
    return false;
}

void nb_suspects_find(const struct nb_checker *checker, const struct nb_draft *draft,
                      struct nb_suspects *suspects)
{
    struct search search = { .checker = checker, .draft = draft };
    size_t n_equations = (size_t)checker->form->n_equations;
    *suspects = (struct nb_suspects) { .n_groups = 0 };
    suspects->group_of = nb_xrealloc(NULL, n_equations + 1, sizeof *suspects->group_of);
    memset(suspects->group_of, -1, n_equations * sizeof *suspects->group_of);
    if (!any_sum_fails(checker) || !nb_sums_init(&search.sums, checker, draft))
        return;
    search.group_of = suspects->group_of;
    search.failing = nb_xrealloc(NULL, n_equations + 1, sizeof *search.failing);
    search.from = nb_xrealloc(NULL, n_equations + 2, sizeof *search.from);
    find_groups(&search);
    suspects->n_groups = search.n_groups;
    suspects->groups = nb_xalloc((size_t)search.n_groups * sizeof *suspects->groups + 1);
    nb_trial_init(&search.trial, &search.sums, draft);
    explain_all(&search, suspects);
    nb_trial_release(&search.trial);
    nb_sums_release(&search.sums);
    free(search.failing);
    free(search.from);
    free(search.touches);
    free(search.found);
}

void nb_suspects_release(struct nb_suspects *suspects)
{
    free(suspects->groups);
    free(suspects->group_of);
    *suspects = (struct nb_suspects) { .n_groups = 0 };
}
