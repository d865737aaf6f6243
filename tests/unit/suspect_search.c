/* Small random forms: the search finds what trying every figure finds, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draft_support.h"
#include "nianbao/suspect.h"

enum { FORMS = 1500, CELLS = 6, RULES = 3, MOST = 40 };

/* ---- forms ---- */

static void add_rule(struct nb_buf *text, int number, uint64_t *seed)
{
    int right = random_below(seed, CELLS), count = 0;
    nb_buf_printf(text, "  - {id: g.%c, assert: \"", 'a' + number);
    for (int cell = 0; cell < CELLS; cell++) {
        if (cell == right || (random_below(seed, 2) && cell + 2 < CELLS))
            continue;
        static const char *const factors[] = { "", "", "", "2 * " };
        bool minus = count && random_below(seed, 4) == 0;
        nb_buf_printf(text, "%s%sg.%c", count ? (minus ? " - " : " + ") : "",
                      factors[random_below(seed, 4)], 'a' + cell);
        count++;
    }
    nb_buf_printf(text, " == g.%c\"}\n", 'a' + right);
}

static struct nb_form *random_form(uint64_t *seed)
{
    struct nb_buf text = { 0 };
    nb_buf_puts(&text,
                "nianbao-form: 1\nid: small\nname: 小表\ntitle: \"{unit}\"\nsections:\n"
                "  - {id: g, heading: 甲, content: [table: {columns: [{label: 数}], rows: [");
    for (int cell = 0; cell < CELLS; cell++)
        nb_buf_printf(&text, "%s{id: %c, label: %c}", cell ? ", " : "", 'a' + cell, 'A' + cell);
    nb_buf_puts(&text, "]}]}\nrules:\n");
    for (int i = 0; i < RULES; i++)
        add_rule(&text, i, seed);
    struct nb_form *form = form_of_text(text.data);
    nb_buf_release(&text);
    return form;
}

/* ---- by trying ---- */

static bool all_hold(const struct nb_form *form, const int *figures)
{
    for (int i = 0; i < form->n_equations; i++) {
        long long difference = 0;
        for (int j = 0; j < form->equations[i].n_terms; j++) {
            const struct nb_term *term = &form->equations[i].terms[j];
            long long value = term->factor * figures[term->cell];
            difference += term->side == NB_LEFT ? value : -value;
        }
        if (difference)
            return false;
    }
    return true;
}

struct solution {
    int cells[2], values[2], count;
};

struct solutions {
    struct solution items[CELLS * CELLS];
    int count;
    bool loose; /* some pairs have several solutions: those are not listed */
};

static void try_one(const struct nb_form *form, int *figures, int cell, struct solutions *found)
{
    int old = figures[cell];
    for (int value = 0; value <= MOST; value++) {
        figures[cell] = value;
        if (value != old && all_hold(form, figures))
            found->items[found->count++] = (struct solution) { { cell }, { value }, 1 };
    }
    figures[cell] = old;
}

static void try_two(const struct nb_form *form, int *figures, int one, int two,
                    struct solutions *found)
{
    int old[] = { figures[one], figures[two] }, count = 0;
    struct solution last = { .count = 0 };
    for (int value = 0; value <= MOST * (MOST + 1); value++) {
        figures[one] = value / (MOST + 1);
        figures[two] = value % (MOST + 1);
        if (figures[one] == old[0] || figures[two] == old[1] || !all_hold(form, figures))
            continue;
        last = (struct solution) { { one, two }, { figures[one], figures[two] }, 2 };
        count++;
    }
    figures[one] = old[0];
    figures[two] = old[1];
    found->loose |= count > 1;
    if (count == 1)
        found->items[found->count++] = last;
}

static void try_all(const struct nb_form *form, int *figures, struct solutions *found)
{
    *found = (struct solutions) { .count = 0 };
    for (int cell = 0; cell < CELLS; cell++)
        try_one(form, figures, cell, found);
    if (found->count)
        return;
    for (int one = 0; one < CELLS; one++) {
        for (int two = one + 1; two < CELLS; two++)
            try_two(form, figures, one, two, found);
    }
}

/* ---- both ---- */

static bool is_small(const struct nb_suspect_set *set)
{
    for (int i = 0; i < set->n_items; i++) {
        if (set->items[i].right.units > MOST)
            return false;
    }
    return true;
}

static bool is_among(const struct solutions *found, const struct nb_suspect_set *set)
{
    for (int i = 0; i < found->count; i++) {
        const struct solution *at = &found->items[i];
        bool same = at->count == set->n_items;
        for (int j = 0; j < set->n_items && same; j++)
            same = at->cells[j] == set->items[j].cell && at->values[j] == set->items[j].right.units;
        if (same)
            return true;
    }
    return false;
}

/* The only group of the draft; NULL: it has several, which are explained each by itself, or none.
 */
static const struct nb_suspect_group *only_group(const struct nb_form *form,
                                                 const struct nb_suspects *suspects)
{
    int group = -1;
    for (int i = 0; i < form->n_equations; i++) {
        int at = suspects->group_of[i];
        if (at >= 0 && group >= 0 && at != group)
            return NULL;
        group = at >= 0 ? at : group;
    }
    return group >= 0 ? &suspects->groups[group] : NULL;
}

/* Figures that make all rules hold, if some are met by chance. */
static bool balance(const struct nb_form *form, int *figures, uint64_t *seed)
{
    for (int tries = 0; tries < 20000; tries++) {
        for (int cell = 0; cell < CELLS; cell++)
            figures[cell] = random_below(seed, 12);
        if (all_hold(form, figures))
            return true;
    }
    return false;
}

struct tally {
    int singles, pairs, several;
};

static void compare(const struct nb_suspect_group *group, const struct solutions *found,
                    struct tally *tally)
{
    int small = 0;
    for (int i = 0; i < group->n_sets; i++) {
        if (!is_small(&group->sets[i]))
            continue;
        small++;
        assert_true(is_among(found, &group->sets[i]));
    }
    /* where the best have figures that were not tried, fewer cells explain it than trying found */
    bool comparable = small == group->n_sets || group->sets[0].n_items == found->items[0].count;
    if (comparable && group->n_sets < NB_MOST_SETS)
        assert_int_equal(small, found->count);
    tally->singles += small && group->sets[0].n_items == 1;
    tally->pairs += small && group->sets[0].n_items == 2;
    tally->several += !group->n_sets;
}

static void search_once(const struct nb_form *form, struct nb_draft *draft, uint64_t *seed,
                        struct tally *tally)
{
    int figures[CELLS];
    struct solutions found;
    struct nb_suspects suspects;
    if (!balance(form, figures, seed))
        return;
    for (int i = 1 + random_below(seed, 3); i > 0; i--)
        figures[random_below(seed, CELLS)] = random_below(seed, 12);
    for (int cell = 0; cell < CELLS; cell++)
        nb_draft_set_figure(draft, cell,
                            (struct nb_figure) { .units = figures[cell], .filled = true });
    struct nb_checker *checker = nb_checker_new(form, nb_draft_figures(draft), NULL);
    nb_suspects_find(checker, draft, &suspects);
    const struct nb_suspect_group *group = only_group(form, &suspects);
    if (group) {
        try_all(form, figures, &found);
        compare(group, &found, tally);
    }
    nb_suspects_release(&suspects);
    nb_checker_free(checker);
}

static void search_finds_what_trying_finds(void **state)
{
    (void)state;
    uint64_t seed = 42;
    struct tally tally = { 0 };
    for (int i = 0; i < FORMS; i++) {
        struct nb_form *form = random_form(&seed);
        struct nb_draft *draft = draft_with(form, "");
        search_once(form, draft, &seed, &tally);
        nb_draft_free(draft);
        nb_form_free(form);
    }
    print_message("# one cell %d, two cells %d, more %d of %d\n", tally.singles, tally.pairs,
                  tally.several, FORMS);
    assert_in_range(tally.singles, FORMS / 20, FORMS);
    assert_in_range(tally.pairs, FORMS / 20, FORMS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(search_finds_what_trying_finds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
