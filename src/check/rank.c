#include "rank.h"

#include <stdlib.h>
#include <string.h>

void nb_trial_init(struct nb_trial *trial, const struct nb_sums *sums, const struct nb_draft *draft)
{
    const struct nb_form *form = sums->checker->form;
    size_t size = (size_t)form->n_cells * sizeof *trial->figures;
    *trial = (struct nb_trial) { .sums = sums, .draft = draft, .checker = *sums->checker };
    trial->figures = memcpy(nb_xalloc(size + 1), sums->checker->figures, size);
    trial->checker.figures = trial->figures;
    trial->equations = nb_xalloc(((size_t)form->n_equations + 1) * sizeof *trial->equations);
    trial->listed = nb_xalloc((size_t)form->n_equations + 1);
}

void nb_trial_release(struct nb_trial *trial)
{
    free(trial->figures);
    free(trial->equations);
    free(trial->listed);
}

/* ---- what else depends on the figures ---- */

static int list_equation(struct nb_trial *trial, int equation, int count)
{
    if (trial->listed[equation] || trial->sums->is_sum[equation])
        return count;
    trial->listed[equation] = true;
    trial->equations[count] = equation;
    return count + 1;
}

/* Equations besides the sums that the set touches; all of them where totals follow their parts. */
static int list_equations(struct nb_trial *trial, const struct nb_suspect_set *set)
{
    const struct nb_form *form = trial->checker.form;
    int count = 0;
    for (int i = 0; i < form->n_equations && trial->sums->n_derived; i++)
        count = list_equation(trial, i, count);
    for (int i = 0; i < set->n_items && !trial->sums->n_derived; i++) {
        int cell = set->items[i].cell;
        for (int j = form->touched_from[cell]; j < form->touched_from[cell + 1]; j++)
            count = list_equation(trial, form->touched[j], count);
    }
    for (int i = 0; i < count; i++)
        trial->listed[trial->equations[i]] = false;
    return count;
}

static void put_in(struct nb_trial *trial, const struct nb_suspect_set *set)
{
    const struct nb_form *form = trial->checker.form;
    for (int i = 0; i < set->n_items; i++)
        trial->figures[set->items[i].cell] = set->items[i].right;
    if (!trial->sums->n_derived)
        return;
    for (int cell = 0; cell < form->n_cells; cell++)
        trial->figures[cell].filled &= !trial->sums->derived[cell];
    nb_check_fill_figures(form, trial->figures);
    trial->steps += form->n_cells;
}

static void take_out(struct nb_trial *trial, const struct nb_suspect_set *set)
{
    const struct nb_figure *figures = trial->sums->checker->figures;
    for (int i = 0; i < set->n_items; i++)
        trial->figures[set->items[i].cell] = figures[set->items[i].cell];
    if (trial->sums->n_derived)
        memcpy(trial->figures, figures, (size_t)trial->checker.form->n_cells * sizeof *figures);
}

/* No bound of this draft, no sum that is still open, may fail because of the set. Last year's
 * figures may: they only count. */
static bool is_allowed(struct nb_trial *trial, const struct nb_suspect_set *set, int *broken)
{
    int count = list_equations(trial, set);
    bool allowed = true;
    put_in(trial, set);
    for (int i = 0; i < count && allowed; i++) {
        int equation = trial->equations[i];
        bool failed = nb_checker_verdict(trial->sums->checker, equation) == NB_FAILS;
        bool fails = nb_checker_judge(&trial->checker, equation) == NB_FAILS;
        trial->steps += trial->checker.form->equations[equation].n_terms;
        allowed = !fails || failed || trial->checker.form->equations[equation].n_last;
        *broken += fails - failed;
    }
    take_out(trial, set);
    return allowed;
}

/* ---- slips ---- */

/* Smaller figures stand beside each other by chance. */
enum { LEAST_MISPLACED = 10 };

static nb_wide value_of(const struct nb_trial *trial, int cell)
{
    return nb_figure_value(trial->checker.form->cells[cell].kind,
                           trial->sums->checker->figures[cell]);
}

static bool stands_at(const struct nb_trial *trial, const struct nb_table *table, int row,
                      int column, nb_wide value)
{
    if (row < 0 || row >= table->rows.n_leaves || column < 0 || column >= table->columns.n_leaves)
        return false;
    int cell = table->cells[row * table->columns.n_leaves + column];
    return cell >= 0 && value_of(trial, cell) == value;
}

/* Does the figure also stand in a neighbouring cell, as when a line was read twice? */
static bool is_neighbours(const struct nb_trial *trial, int cell)
{
    const struct nb_cell *at = &trial->checker.form->cells[cell];
    nb_wide value = value_of(trial, cell);
    if (value < (nb_wide)LEAST_MISPLACED * 1000000)
        return false;
    return stands_at(trial, at->table, at->row - 1, at->column, value) ||
           stands_at(trial, at->table, at->row + 1, at->column, value) ||
           stands_at(trial, at->table, at->row, at->column - 1, value) ||
           stands_at(trial, at->table, at->row, at->column + 1, value);
}

static bool becomes(const struct nb_trial *trial, const struct nb_correction *item, int other)
{
    enum nb_kind kind = trial->checker.form->cells[item->cell].kind;
    return nb_figure_value(kind, item->right) == value_of(trial, other);
}

/* A line that was typed one place further: the figure of one cell stands in the other. */
static bool is_shifted(const struct nb_trial *trial, const struct nb_correction *one,
                       const struct nb_correction *two)
{
    const struct nb_cell *at = &trial->checker.form->cells[one->cell];
    const struct nb_cell *other = &trial->checker.form->cells[two->cell];
    bool in_line =
        at->table == other->table && (at->row == other->row || at->column == other->column);
    return in_line && becomes(trial, one, two->cell) &&
           value_of(trial, two->cell) >= (nb_wide)LEAST_MISPLACED * 1000000;
}

static enum nb_slip slip_of(const struct nb_trial *trial, const struct nb_suspect_set *set,
                            int which)
{
    const struct nb_correction *item = &set->items[which], *other = &set->items[!which];
    enum nb_kind kind = trial->checker.form->cells[item->cell].kind;
    enum nb_slip slip = nb_slip_between(kind, item->typed, item->right);
    if (slip <= NB_SLIP_MISPLACED)
        return slip;
    bool shifted =
        set->n_items == 2 && (is_shifted(trial, item, other) || is_shifted(trial, other, item));
    return shifted || is_neighbours(trial, item->cell) ? NB_SLIP_MISPLACED : NB_SLIP_OTHER;
}

static int weight(enum nb_slip most, enum nb_slip least)
{
    return (int)most * (NB_SLIP_OTHER + 1) + (int)least;
}

/* Figures that changed places are one mistake; otherwise the unlikelier of two slips counts first.
 */
static int weigh_slips(const struct nb_trial *trial, struct nb_suspect_set *set)
{
    struct nb_correction *one = &set->items[0], *two = &set->items[set->n_items - 1];
    if (set->n_items == 2 && becomes(trial, one, two->cell) && becomes(trial, two, one->cell)) {
        one->slip = two->slip = NB_SLIP_MISPLACED;
        return -1;
    }
    for (int i = 0; i < set->n_items; i++)
        set->items[i].slip = slip_of(trial, set, i);
    enum nb_slip least = one->slip < two->slip ? one->slip : two->slip;
    enum nb_slip most = one->slip < two->slip ? two->slip : one->slip;
    return weight(most, least);
}

/* ---- last year ---- */

/* In steps, so that what says nothing makes no difference: 0 the same, else from 1 on their
 * difference in twentieths of their sum. */
static int distance(nb_wide value, nb_wide last)
{
    nb_wide apart = value < last ? last - value : value - last;
    nb_wide whole = (value < 0 ? -value : value) + (last < 0 ? -last : last);
    return apart ? 1 + (int)(20 * apart / whole) : 0;
}

static int weigh_distance(const struct nb_trial *trial, const struct nb_suspect_set *set)
{
    const struct nb_draft *prior = trial->checker.prior;
    int sum = 0;
    for (int i = 0; i < set->n_items && prior; i++) {
        const struct nb_correction *item = &set->items[i];
        const struct nb_cell *cell = &trial->checker.form->cells[item->cell];
        nb_wide last;
        bool blank;
        if (nb_draft_sum(prior, cell->address, &last, &blank) && !blank)
            sum += distance(nb_figure_value(cell->kind, item->right), last) -
                   distance(value_of(trial, item->cell), last);
    }
    return sum;
}

bool nb_trial_weigh(struct nb_trial *trial, const struct nb_suspect_set *set,
                    struct nb_found *found)
{
    *found = (struct nb_found) { .set = *set };
    trial->steps = 0;
    if (!is_allowed(trial, set, &found->broken))
        return false;
    found->slip = weigh_slips(trial, &found->set);
    found->distance = weigh_distance(trial, &found->set);
    return true;
}

/* ---- texts ---- */

/* In 维持61件 the true figure is written once more. */
void nb_trial_weigh_texts(struct nb_trial *trial, struct nb_found *found, int count)
{
    enum { MOST_WEIGHED = 64 }; /* where more are found texts will not tell them apart */
    struct nb_prose_cache *kept = trial->checker.prose;
    if (count < 2 || count > MOST_WEIGHED)
        return;
    struct nb_prose_cache *cache = kept ? kept : nb_prose_cache_new();
    struct nb_prose_facts facts = { trial->draft, trial->figures, trial->checker.prior, "" };
    int before = nb_prose_count_untrue(cache, &facts);
    for (int i = 0; i < count; i++) {
        put_in(trial, &found[i].set);
        int change = nb_prose_count_untrue(cache, &facts) - before;
        take_out(trial, &found[i].set);
        found[i].broken += change;
        found[i].set.stated = change < 0;
    }
    if (!kept)
        nb_prose_cache_free(cache);
}

/* ---- the order ---- */

static int compare_likelihood(const struct nb_found *a, const struct nb_found *b)
{
    if (a->broken != b->broken)
        return a->broken - b->broken;
    return a->slip != b->slip ? a->slip - b->slip : a->distance - b->distance;
}

static int compare_found(const void *a, const void *b)
{
    const struct nb_found *x = a, *y = b;
    int order = compare_likelihood(x, y);
    for (int i = 0; i < x->set.n_items && !order; i++)
        order = x->set.items[i].cell - y->set.items[i].cell;
    return order;
}

/* A lone blank was likely forgotten; where there are several, blank is how this body writes zero.
 */
static void weigh_blanks(struct nb_found *found, int count)
{
    struct nb_found *blank = NULL;
    int n_blank = 0;
    for (int i = 0; i < count; i++) {
        if (found[i].set.n_items == 1 && !found[i].set.items[0].typed.filled) {
            blank = &found[i];
            n_blank++;
        }
    }
    if (n_blank == 1)
        blank->slip = weight(NB_SLIP_DIGIT, NB_SLIP_DIGIT);
}

/* Differences of the distance from last year that say nothing. */
enum { LEAST_DISTANCE = 4 };

/* A dropped digit is more frequent than a doubled one, but not by so much that of two cells which
 * these explain only one should be named to a person. */
static bool is_likely(const struct nb_found *best, const struct nb_found *found)
{
    bool explained = best->slip >= 0 && found->slip < weight(NB_SLIP_OTHER, NB_SLIP_DIGIT);
    bool as_near = found->distance < best->distance + LEAST_DISTANCE;
    bool same = found->broken == best->broken && as_near;
    return same && (explained || found->slip == best->slip);
}

void nb_found_rank(struct nb_found *found, int count, struct nb_suspect_group *group)
{
    int rank = 0;
    weigh_blanks(found, count);
    if (count)
        qsort(found, (size_t)count, sizeof *found, compare_found);
    for (int i = 0; i < count; i++) {
        if (i && compare_found(&found[i - 1], &found[i]) == 0)
            continue; /* a pair is met from both ends */
        rank += !i || compare_likelihood(&found[i - 1], &found[i]) != 0;
        struct nb_suspect_set *set = &found[i].set;
        set->rank = rank;
        set->likely = is_likely(&found[0], &found[i]);
        group->n_likely += set->likely;
        if (group->n_sets < NB_MOST_SETS)
            group->sets[group->n_sets++] = *set;
    }
}
