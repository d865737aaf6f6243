/* Phase one of the simplex method with Bland's rule, and Gaussian elimination, both over exact
 * fractions. Forms are small and only their authors wait for this, so the tableau is dense. */
#include "linear.h"

#include <stdlib.h>
#include <string.h>

struct ratio {
    nb_wide up, down; /* down > 0, no common divisor */
};

/* Every operation notes an overflow here instead of going on with a wrong number. */
struct arithmetic {
    bool overflowed;
};

static struct ratio whole(nb_wide number)
{
    return (struct ratio) { number, 1 };
}

static struct ratio reduced(nb_wide up, nb_wide down)
{
    nb_wide a = up < 0 ? -up : up, b = down;
    while (b) {
        nb_wide rest = a % b;
        a = b;
        b = rest;
    }
    return a ? (struct ratio) { up / a, down / a } : whole(0);
}

static struct ratio times(struct arithmetic *at, struct ratio a, struct ratio b)
{
    nb_wide up, down;
    at->overflowed |= __builtin_mul_overflow(a.up, b.up, &up);
    at->overflowed |= __builtin_mul_overflow(a.down, b.down, &down);
    return at->overflowed ? whole(0) : reduced(up, down);
}

static struct ratio minus(struct arithmetic *at, struct ratio a, struct ratio b)
{
    nb_wide left, right, up, down;
    at->overflowed |= __builtin_mul_overflow(a.up, b.down, &left);
    at->overflowed |= __builtin_mul_overflow(b.up, a.down, &right);
    at->overflowed |= __builtin_sub_overflow(left, right, &up);
    at->overflowed |= __builtin_mul_overflow(a.down, b.down, &down);
    return at->overflowed ? whole(0) : reduced(up, down);
}

static struct ratio inverse(struct ratio a)
{
    return a.up < 0 ? (struct ratio) { -a.down, -a.up } : (struct ratio) { a.down, a.up };
}

static bool is_less(struct arithmetic *at, struct ratio a, struct ratio b)
{
    return minus(at, a, b).up < 0;
}

/* Rows of `width` fractions; the last of each is the constant right of the = sign. */
struct tableau {
    struct arithmetic arithmetic;
    int height, width;
    struct ratio *cells;
    int *basis; /* by row: the variable that the row defines */
};

static struct ratio *row_of(const struct tableau *tableau, int row)
{
    return tableau->cells + (size_t)row * (size_t)tableau->width;
}

static void start(struct tableau *tableau, int height, int width)
{
    *tableau = (struct tableau) { .height = height, .width = width };
    tableau->cells = nb_xrealloc(NULL, (size_t)height * (size_t)width, sizeof *tableau->cells);
    for (size_t i = 0; i < (size_t)height * (size_t)width; i++)
        tableau->cells[i] = whole(0);
    tableau->basis = nb_xalloc((size_t)height * sizeof *tableau->basis);
}

static void finish(struct tableau *tableau)
{
    free(tableau->cells);
    free(tableau->basis);
}

/* Makes `column` the unit vector of `row` by adding multiples of the row to all others. */
static void pivot(struct tableau *tableau, int row, int column)
{
    struct ratio *own = row_of(tableau, row);
    struct ratio scale = inverse(own[column]);
    for (int i = 0; i < tableau->width; i++)
        own[i] = times(&tableau->arithmetic, own[i], scale);
    for (int other = 0; other < tableau->height; other++) {
        struct ratio *at = row_of(tableau, other);
        struct ratio factor = at[column];
        if (other == row || factor.up == 0)
            continue;
        for (int i = 0; i < tableau->width; i++) {
            if (own[i].up)
                at[i] =
                    minus(&tableau->arithmetic, at[i], times(&tableau->arithmetic, factor, own[i]));
        }
    }
    tableau->basis[row] = column;
}

static bool is_linear(const struct nb_equation *equation)
{
    return equation->relation != NB_IFF_ZERO && !equation->n_last;
}

/* left - right as a row: a change may be negative and is the difference of two variables. */
static void set_row(const struct nb_form *form, const struct nb_equation *equation,
                    struct ratio *row, int constant)
{
    for (int i = 0; i < equation->n_terms; i++) {
        const struct nb_term *term = &equation->terms[i];
        int64_t factor = term->side == NB_LEFT ? term->factor : -term->factor;
        row[2 * term->cell].up += factor;
        if (form->cells[term->cell].kind == NB_CHANGE)
            row[2 * term->cell + 1].up -= factor;
    }
    row[constant].up = (nb_wide)equation->constant[NB_RIGHT] - equation->constant[NB_LEFT];
}

/* One row for each equation with a slack variable for <= and >= and an artificial one that starts
 * in the basis, and a last row that sums the artificial ones up, to be driven to zero. */
static void set_up(struct tableau *tableau, const struct nb_form *form, const int *equations,
                   int count)
{
    int slack = 2 * form->n_cells, artificial = slack + count, constant = artificial + count;
    start(tableau, count + 1, constant + 1);
    struct ratio *goal = row_of(tableau, count);
    for (int i = 0; i < count; i++) {
        const struct nb_equation *equation = &form->equations[equations[i]];
        struct ratio *row = row_of(tableau, i);
        set_row(form, equation, row, constant);
        if (equation->relation != NB_EQUAL)
            row[slack + i] = whole(equation->relation == NB_AT_MOST ? 1 : -1);
        bool negative = row[constant].up < 0;
        for (int j = 0; j <= constant && negative; j++)
            row[j].up = -row[j].up;
        for (int j = 0; j <= constant; j++)
            goal[j] = minus(&tableau->arithmetic, goal[j], row[j]);
        row[artificial + i] = whole(1);
        tableau->basis[i] = artificial + i;
    }
}

/* Bland's rule: the first column that improves, and of the rows that bound it the one of the first
 * basic variable; so it ends. */
static bool step(struct tableau *tableau)
{
    int goal = tableau->height - 1, constant = tableau->width - 1, column = 0, best = -1;
    while (column < constant && row_of(tableau, goal)[column].up >= 0)
        column++;
    if (column == constant)
        return false;
    struct ratio bound = whole(0);
    for (int row = 0; row < goal; row++) {
        const struct ratio *at = row_of(tableau, row);
        if (at[column].up <= 0)
            continue;
        struct ratio limit = times(&tableau->arithmetic, at[constant], inverse(at[column]));
        bool tighter = best < 0 || is_less(&tableau->arithmetic, limit, bound);
        bool equal = best >= 0 && !tighter && !is_less(&tableau->arithmetic, bound, limit);
        if (tighter || (equal && tableau->basis[row] < tableau->basis[best])) {
            best = row;
            bound = limit;
        }
    }
    if (best < 0)
        return false;
    pivot(tableau, best, column);
    return !tableau->arithmetic.overflowed;
}

enum nb_feasible nb_linear_feasible(const struct nb_form *form, const int *equations, int count)
{
    int *linear = nb_xrealloc(NULL, (size_t)count + 1, sizeof *linear);
    int n_linear = 0;
    for (int i = 0; i < count; i++) {
        if (is_linear(&form->equations[equations[i]]))
            linear[n_linear++] = equations[i];
    }
    struct tableau tableau;
    set_up(&tableau, form, linear, n_linear);
    while (step(&tableau))
        ;
    enum nb_feasible answer = NB_UNDECIDED;
    if (!tableau.arithmetic.overflowed)
        answer =
            row_of(&tableau, n_linear)[tableau.width - 1].up == 0 ? NB_FEASIBLE : NB_INFEASIBLE;
    finish(&tableau);
    free(linear);
    return answer;
}

/* ---- cells that can only be zero ---- */

/* Equalities in reduced form: each row defines one cell by cells that no row defines. */
static void eliminate(struct tableau *tableau, const struct nb_form *form)
{
    int row = 0;
    for (int column = 0; column < form->n_cells && row < tableau->height; column++) {
        int from = row;
        while (from < tableau->height && row_of(tableau, from)[column].up == 0)
            from++;
        if (from == tableau->height)
            continue;
        for (int i = 0; i < tableau->width && from != row; i++) {
            struct ratio swap = row_of(tableau, row)[i];
            row_of(tableau, row)[i] = row_of(tableau, from)[i];
            row_of(tableau, from)[i] = swap;
        }
        pivot(tableau, row++, column);
    }
}

/* A sum of cells that cannot be negative, with factors of one sign, that must be zero (or at most
 * zero): then each is zero. Returns whether that is news. */
static bool mark_zeros(const struct nb_form *form, const struct ratio *row,
                       enum nb_relation relation, bool *zero)
{
    bool positive = false, negative = false, news = false;
    if (row[form->n_cells].up != 0)
        return false;
    for (int cell = 0; cell < form->n_cells; cell++) {
        if (zero[cell] || row[cell].up == 0)
            continue;
        if (form->cells[cell].kind == NB_CHANGE)
            return false;
        positive |= row[cell].up > 0;
        negative |= row[cell].up < 0;
    }
    if ((positive && (negative || relation == NB_AT_LEAST)) || (negative && relation == NB_AT_MOST))
        return false;
    for (int cell = 0; cell < form->n_cells; cell++) {
        if (!zero[cell] && row[cell].up != 0)
            zero[cell] = news = true;
    }
    return news;
}

static void set_plain_row(const struct nb_form *form, const struct nb_equation *equation,
                          struct ratio *row)
{
    for (int i = 0; i < equation->n_terms; i++) {
        const struct nb_term *term = &equation->terms[i];
        row[term->cell].up += term->side == NB_LEFT ? term->factor : -term->factor;
    }
    row[form->n_cells].up = (nb_wide)equation->constant[NB_RIGHT] - equation->constant[NB_LEFT];
}

void nb_linear_find_zeros(const struct nb_form *form, bool *zero)
{
    struct tableau all, equal;
    int n_equal = 0;
    start(&all, form->n_equations + 1, form->n_cells + 1);
    start(&equal, form->n_equations + 1, form->n_cells + 1);
    for (int i = 0; i < form->n_equations; i++) {
        const struct nb_equation *equation = &form->equations[i];
        if (!is_linear(equation))
            continue;
        set_plain_row(form, equation, row_of(&all, i));
        if (equation->relation == NB_EQUAL)
            set_plain_row(form, equation, row_of(&equal, n_equal++));
    }
    equal.height = n_equal;
    eliminate(&equal, form);
    for (bool news = !equal.arithmetic.overflowed; news;) {
        news = false;
        for (int i = 0; i < n_equal; i++)
            news |= mark_zeros(form, row_of(&equal, i), NB_EQUAL, zero);
        for (int i = 0; i < form->n_equations; i++) {
            enum nb_relation relation = form->equations[i].relation;
            if (relation != NB_IFF_ZERO)
                news |= mark_zeros(form, row_of(&all, i), relation, zero);
        }
    }
    finish(&all);
    finish(&equal);
}
