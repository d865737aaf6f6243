/* Suspects: kinds of slips, which sets are found, how they are ranked, what must not be said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draft_support.h"
#include "nianbao/suspect.h"

/* ---- kinds of slips ---- */

struct slip_case {
    enum nb_kind kind;
    const char *typed, *right;
    enum nb_slip wanted;
};

static const struct slip_case slip_cases[] = {
    { NB_COUNT, "1445", "1545", NB_SLIP_DIGIT },
    { NB_COUNT, "1445", "1440", NB_SLIP_DIGIT },
    { NB_COUNT, "9", "0", NB_SLIP_DIGIT },
    { NB_COUNT, "9223372036854775807", "8223372036854775807", NB_SLIP_DIGIT },
    { NB_CHANGE, "-121", "-131", NB_SLIP_DIGIT },
    { NB_AMOUNT, "504658.70", "504638.7", NB_SLIP_DIGIT },
    /* most zeros are meant to be */
    { NB_COUNT, "0", "9", NB_SLIP_OTHER },
    { NB_COUNT, "1445", "1454", NB_SLIP_TRANSPOSITION },
    { NB_COUNT, "4145", "1445", NB_SLIP_TRANSPOSITION },
    { NB_COUNT, "5441", "1445", NB_SLIP_OTHER },
    { NB_COUNT, "1544", "1454", NB_SLIP_TRANSPOSITION },
    { NB_COUNT, "88", "97", NB_SLIP_OTHER },
    { NB_COUNT, "145", "1445", NB_SLIP_DROPPED },
    { NB_COUNT, "445", "1445", NB_SLIP_DROPPED },
    { NB_COUNT, "144", "1445", NB_SLIP_DROPPED },
    { NB_COUNT, "14", "140", NB_SLIP_DROPPED },
    { NB_COUNT, "5", "1005", NB_SLIP_OTHER },
    { NB_COUNT, "", "1005", NB_SLIP_DROPPED },
    { NB_COUNT, "14445", "1445", NB_SLIP_DOUBLED },
    { NB_COUNT, "11445", "1445", NB_SLIP_DOUBLED },
    { NB_COUNT, "14455", "1445", NB_SLIP_DOUBLED },
    { NB_COUNT, "1000", "100", NB_SLIP_DOUBLED },
    { NB_COUNT, "14945", "1445", NB_SLIP_OTHER },
    { NB_COUNT, "14450", "1445", NB_SLIP_SHIFTED },
    { NB_COUNT, "1445000", "1445", NB_SLIP_SHIFTED },
    { NB_COUNT, "14", "1400", NB_SLIP_SHIFTED },
    { NB_COUNT, "14", "140000", NB_SLIP_UNIT },
    { NB_AMOUNT, "251000", "25.1", NB_SLIP_UNIT },
    { NB_AMOUNT, "2.51", "25.1", NB_SLIP_SHIFTED },
    { NB_AMOUNT, "18350.62", "18530.62", NB_SLIP_TRANSPOSITION },
    { NB_CHANGE, "121", "-121", NB_SLIP_SIGN },
    { NB_CHANGE, "-121", "121", NB_SLIP_SIGN },
    { NB_CHANGE, "-121", "122", NB_SLIP_OTHER },
    { NB_COUNT, "1445", "78", NB_SLIP_OTHER },
};

static struct nb_figure figure_of(const char *text, enum nb_kind kind)
{
    struct nb_figure figure = { .filled = false };
    if (text[0])
        assert_int_equal(nb_figure_read(text, strlen(text), kind, &figure), NB_FIGURE_FINE);
    return figure;
}

static void slips_have_kinds(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < nb_countof(slip_cases); i++) {
        const struct slip_case *at = &slip_cases[i];
        enum nb_slip got = nb_slip_between(at->kind, figure_of(at->typed, at->kind),
                                           figure_of(at->right, at->kind));
        if (got == at->wanted)
            continue;
        wrong++;
        print_error("%s for %s: %s, wanted %s\n", at->typed, at->right, nb_slip_name(got),
                    nb_slip_name(at->wanted));
    }
    assert_int_equal(wrong, 0);
}

/* ---- forms ---- */

/* Rows a, b, c and their sum s, columns n, m and their sum t. */
static const char grid_rules[] = "  - {id: g.row, assert: \"g.*.n + g.*.m == g.*.t\"}\n"
                                 "  - {id: g.column, assert: \"g.a.* + g.b.* + g.c.* == g.s.*\"}\n";
/* a + b + c == s in column n, and nothing else. */
static const char lone_rules[] = "  - {id: g.lone, assert: \"g.a.n + g.b.n + g.c.n == g.s.n\"}\n";

static struct nb_form *form_with(const char *kind, const char *rules)
{
    struct nb_buf text = { 0 };
    nb_buf_printf(&text,
                  "nianbao-form: 1\nid: grid\nname: 小表\ntitle: \"{unit}\"\n"
                  "sections:\n"
                  "  - id: g\n"
                  "    heading: 甲\n"
                  "    content:\n"
                  "      - table:\n"
                  "          columns:\n"
                  "            - {id: n, label: 子, kind: %s}\n"
                  "            - {id: m, label: 丑, kind: %s}\n"
                  "            - {id: t, label: 计, kind: %s}\n"
                  "          rows: [{id: a, label: 一}, {id: b, label: 二}, {id: c, label: 三}, "
                  "{id: s, label: 总}]\n"
                  "rules:\n%s",
                  kind, kind, kind, rules);
    struct nb_form *form = form_of_text(text.data);
    nb_buf_release(&text);
    return form;
}

/* ---- what is found ---- */

static void add_figure(struct nb_buf *out, const struct nb_form *form, int cell,
                       struct nb_figure figure)
{
    if (!figure.filled)
        nb_buf_puts(out, "~");
    nb_figure_write(out, form->cells[cell].kind, figure);
}

static void add_set(struct nb_buf *out, const struct nb_form *form,
                    const struct nb_suspect_set *set)
{
    for (int i = 0; i < set->n_items; i++) {
        const struct nb_correction *item = &set->items[i];
        nb_buf_printf(out, "%s%s ", i ? " + " : "", form->cells[item->cell].address + 2);
        add_figure(out, form, item->cell, item->typed);
        nb_buf_puts(out, ">");
        add_figure(out, form, item->cell, item->right);
        nb_buf_printf(out, " %s", nb_slip_name(item->slip));
    }
}

/* Groups are separated by " | ", sets by " = " where they have equal rank, else by "; ". */
static void add_suspects(struct nb_buf *out, const struct nb_form *form,
                         const struct nb_suspects *suspects)
{
    size_t start = out->len;
    for (int i = 0; i < suspects->n_groups; i++) {
        const struct nb_suspect_group *group = &suspects->groups[i];
        bool used = false;
        for (int j = 0; j < form->n_equations; j++)
            used |= suspects->group_of[j] == i;
        if (!used)
            continue;
        nb_buf_puts(out, out->len > start ? " | " : "");
        nb_buf_puts(out, group->n_sets ? "" : "several");
        for (int j = 0; j < group->n_sets; j++) {
            bool tie = j && group->sets[j].rank == group->sets[j - 1].rank;
            nb_buf_puts(out, tie ? " = " : j ? "; " : "");
            add_set(out, form, &group->sets[j]);
        }
    }
}

/* Owned by the caller. */
static char *suspects_of(const struct nb_draft *draft, const struct nb_draft *prior, bool final)
{
    const struct nb_form *form = nb_draft_form(draft);
    struct nb_figure *filled = nb_xalloc((size_t)form->n_cells * sizeof *filled);
    struct nb_buf out = { 0 };
    nb_check_fill_blanks(draft, filled);
    struct nb_checker *checker =
        nb_checker_new(form, final ? filled : nb_draft_figures(draft), prior);
    struct nb_suspects suspects;
    nb_suspects_find(checker, draft, &suspects);
    nb_buf_puts(&out, "");
    add_suspects(&out, form, &suspects);
    nb_suspects_release(&suspects);
    nb_checker_free(checker);
    free(filled);
    return out.data;
}

struct search_case {
    const char *name, *rules, *figures, *prior; /* prior: NULL for none */
    const char *wanted;
};

static int count_wrong(const struct search_case *cases, size_t count, const char *kind, bool final)
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        const struct search_case *at = &cases[i];
        struct nb_form *form = form_with(kind, at->rules);
        struct nb_draft *draft = draft_with(form, at->figures);
        struct nb_draft *prior = at->prior ? draft_with(form, at->prior) : NULL;
        char *got = suspects_of(draft, prior, final);
        if (strcmp(got, at->wanted) != 0) {
            wrong++;
            print_error("%s\n  got    %s\n  wanted %s\n", at->name, got, at->wanted);
        }
        free(got);
        nb_draft_free(prior);
        nb_draft_free(draft);
        nb_form_free(form);
    }
    return wrong;
}

/* A grid whose sums hold, but for what is assigned behind it. */
#define ROW(r, n, m, t) "g." r ".n=" n " g." r ".m=" m " g." r ".t=" t " "
#define GRID                                                                                       \
    ROW("a", "1445", "21", "1466")                                                                 \
    ROW("b", "318", "40", "358") ROW("c", "0", "3", "3") ROW("s", "1763", "64", "1827")
/* A lone sum that holds. */
#define LONE "g.a.n=32 g.b.n=13 g.c.n=0 g.s.n=45 "

static const struct search_case counts[] = {
    /* where a cell stands in several sums, it is known whatever was typed */
    { "all is well", grid_rules, GRID, NULL, "" },
    { "a digit", grid_rules, GRID "g.a.n=1485", NULL, "a.n 1485>1445 digit" },
    { "a transposition", grid_rules, GRID "g.a.n=1454", NULL, "a.n 1454>1445 transposition" },
    { "a row's total", grid_rules, GRID "g.b.t=385", NULL, "b.t 385>358 transposition" },
    { "a column's total", grid_rules, GRID "g.s.m=6", NULL, "s.m 6>64 dropped" },
    { "the total of all", grid_rules, GRID "g.s.t=18277", NULL, "s.t 18277>1827 doubled" },
    { "anything", grid_rules, GRID "g.b.n=20250118", NULL, "b.n 20250118>318 other" },
    { "a zero", grid_rules, GRID "g.b.m=0", NULL, "b.m 0>40 other" },
    { "the figure of the row above", grid_rules, GRID "g.b.m=21", NULL, "b.m 21>40 misplaced" },

    /* two cells */
    { "two slips apart", grid_rules, GRID "g.a.n=1454 g.b.m=4", NULL,
      "a.n 1454>1445 transposition + b.m 4>40 dropped" },
    { "two slips in a row", grid_rules, GRID "g.a.n=1454 g.a.m=22", NULL,
      "a.n 1454>1445 transposition + a.m 22>21 digit" },
    { "two slips in a column", grid_rules, GRID "g.a.n=1454 g.b.n=319", NULL,
      "a.n 1454>1445 transposition + b.n 319>318 digit" },
    { "figures that changed places in a row: their columns fail, each by itself", grid_rules,
      GRID "g.a.n=21 g.a.m=1445", NULL,
      "a.n 21>1445 misplaced + a.m 1445>21 misplaced; "
      "s.n 1763>339 other + s.m 64>1488 other" },
    { "figures that changed places in a column", grid_rules, GRID "g.b.m=3 g.c.m=40", NULL,
      "b.m 3>40 misplaced + c.m 40>3 misplaced; b.t 358>321 other + c.t 3>40 other" },
    { "a line typed one place further, its last figure lost", grid_rules, GRID "g.a.n=0 g.a.m=1445",
      NULL, "a.n 0>1445 misplaced + a.m 1445>21 misplaced" },
    { "a partner that only stands in a sum that holds",
      "  - {id: g.one, assert: \"g.a.n + g.b.n == g.c.n\"}\n"
      "  - {id: g.two, assert: \"g.b.n + g.a.m == g.b.m\"}\n"
      "  - {id: g.three, assert: \"g.a.n + g.c.n == g.c.m\"}\n",
      "g.a.n=31 g.b.n=20 g.c.n=60 g.a.m=50 g.b.m=70 g.c.m=91", NULL,
      "b.n 20>29 digit + b.m 70>79 digit; a.m 50>41 other + b.n 20>29 digit; "
      "a.n 31>40 other + c.m 91>100 other = c.n 60>51 other + c.m 91>82 other" },
    { "three slips", grid_rules, GRID "g.a.n=1454 g.b.m=4 g.s.t=18277", NULL, "several" },

    /* a cell of a lone sum is only known by the slip; equal kinds are a tie */
    { "the likelier kind of slip first", lone_rules, LONE "g.b.n=31", NULL,
      "b.n 31>13 transposition; a.n 32>14 other = s.n 45>63 other" },
    { "a tie", lone_rules, LONE "g.b.n=14", NULL,
      "a.n 32>31 digit = b.n 14>13 digit = s.n 45>46 digit" },
    { "a zero is not taken for a slip of one digit", lone_rules, LONE "g.b.n=4", NULL,
      "a.n 32>41 other = b.n 4>13 other = c.n 0>9 other = s.n 45>36 other" },
    { "no figure below zero", lone_rules, LONE "g.b.n=113", NULL,
      "s.n 45>145 dropped; b.n 113>13 doubled" },
};

/* ---- what must not be proposed, and what else tells ---- */

#define LONE_AND(rule) "  - {id: g.lone, assert: \"g.a.n + g.b.n + g.c.n == g.s.n\"}\n" rule

static const struct search_case others[] = {
    { "a bound that holds must go on holding",
      LONE_AND("  - {id: g.bound, assert: \"g.a.n <= g.a.m\", severity: warning}\n"),
      LONE "g.a.m=35 g.s.n=95", NULL, "b.n 13>63 digit = s.n 95>45 digit; c.n 0>50 other" },
    { "also one that is an error", LONE_AND("  - {id: g.bound, assert: \"g.a.n <= g.a.m\"}\n"),
      LONE "g.a.m=35 g.s.n=95", NULL, "b.n 13>63 digit = s.n 95>45 digit; c.n 0>50 other" },
    { "a bound that the change mends speaks for it",
      LONE_AND("  - {id: g.bound, assert: \"g.a.n <= g.a.m\", severity: warning}\n"),
      LONE "g.a.n=33 g.a.m=32", NULL, "a.n 33>32 digit; b.n 13>12 digit = s.n 45>46 digit" },
    { "zero exactly when the other is zero",
      LONE_AND("  - {id: g.zero, assert: \"g.a.n iff-zero g.a.m\", severity: warning}\n"),
      LONE "g.a.m=7 g.s.n=13", NULL, "s.n 13>45 other" },
    { "a warning that fails has no suspects",
      "  - {id: g.lone, assert: \"g.a.n + g.b.n + g.c.n == g.s.n\", severity: warning}\n",
      LONE "g.b.n=31", NULL, "" },
    { "a bound that fails has none: no figure follows",
      "  - {id: g.bound, assert: \"g.a.n <= g.b.n\"}\n", "g.a.n=5 g.b.n=4", NULL, "" },

    /* blanks */
    { "a sum with a blank is not filled", lone_rules, "g.a.n=32 g.b.n=13 g.s.n=40", NULL, "" },
    { "a sum with a blank must not fail because of the change", grid_rules,
      "g.a.n=12 g.a.m=3 g.a.t=51 g.b.n=1 g.s.n=14", NULL,
      "a.t 51>15 transposition; a.m 3>39 dropped" },
    { "half a table: any cell of the row, by its slip", grid_rules, "g.a.n=12 g.a.m=3 g.a.t=51",
      NULL, "a.t 51>15 transposition; a.m 3>39 dropped; a.n 12>48 other" },

    /* last year */
    { "nearness to last year decides between equal slips", lone_rules, LONE "g.b.n=63",
      "g.a.n=30 g.b.n=15 g.c.n=0 g.s.n=45", "b.n 63>13 digit; s.n 45>95 digit" },
    { "no help where last year is as far from all", lone_rules, LONE "g.b.n=14",
      "g.a.n=300 g.b.n=150 g.c.n=5 g.s.n=455",
      "a.n 32>31 digit = b.n 14>13 digit = s.n 45>46 digit" },
    { "a rule about last year that the change mends speaks for it",
      LONE_AND("  - {id: g.last, assert: \"g.a.n == last:g.a.m\"}\n"), LONE "g.a.n=33", "g.a.m=32",
      "a.n 33>32 digit; b.n 13>12 digit = s.n 45>46 digit" },
    { "one that it breaks speaks against it",
      LONE_AND("  - {id: g.last, assert: \"g.a.n == last:g.a.m\"}\n"), LONE "g.b.n=14", "g.a.m=32",
      "b.n 14>13 digit = s.n 45>46 digit; a.n 32>31 digit" },
    { "a rule about last year has no suspects of its own",
      "  - {id: g.last, assert: \"g.a.n == last:g.a.m\"}\n", "g.a.n=33", "g.a.m=32", "" },

    /* factors */
    { "only whole figures", "  - {id: g.two, assert: \"2 * g.a.n + g.b.n == g.c.n\"}\n",
      "g.a.n=5 g.b.n=4 g.c.n=15", NULL, "b.n 4>5 digit = c.n 15>14 digit" },
    { "a cell on both sides", "  - {id: g.both, assert: \"g.a.n + g.b.n == g.c.n - g.a.n\"}\n",
      "g.a.n=5 g.b.n=4 g.c.n=16", NULL, "a.n 5>6 digit = b.n 4>6 digit = c.n 16>14 digit" },
    { "what does not fit is no proposal", lone_rules,
      "g.a.n=9223372036854775807 g.b.n=9223372036854775807 g.c.n=9223372036854775807 g.s.n=5", NULL,
      "" },
};

static void smallest_sets_are_found(void **state)
{
    (void)state;
    assert_int_equal(count_wrong(counts, nb_countof(counts), "count", false), 0);
}

static void other_equations_have_a_say(void **state)
{
    (void)state;
    assert_int_equal(count_wrong(others, nb_countof(others), "count", false), 0);
}

/* ---- as finishing judges ---- */

static const struct search_case finals[] = {
    { "a blank counts as zero and may be the wrong one", lone_rules, "g.a.n=32 g.b.n=13 g.s.n=52",
      NULL, "a.n 32>39 digit = c.n ~>7 dropped; b.n 13>20 other = s.n 52>45 other" },
    { "a blank goes before other slips", lone_rules, "g.a.n=32 g.b.n=13 g.s.n=63", NULL,
      "c.n ~>18 dropped; b.n 13>31 transposition; a.n 32>50 other = s.n 63>45 other" },
    { "one blank of several is likely a zero", lone_rules, "g.a.n=32 g.s.n=39", NULL,
      "a.n 32>39 digit = s.n 39>32 digit; b.n ~>7 dropped = c.n ~>7 dropped" },
    { "a blank total follows its parts", grid_rules,
      "g.a.n=1454 g.a.m=21 g.b.n=318 g.b.m=40 g.c.m=3 g.s.n=1763 g.s.m=64 g.s.t=1827", NULL,
      "a.n 1454>1445 transposition; b.n 318>309 other" },
    { "two blanks, a total among them", grid_rules,
      "g.a.n=1445 g.a.m=21 g.b.n=318 g.c.m=3 g.s.n=1763 g.s.m=64 g.s.t=1827", NULL,
      "a.m 21>61 digit = b.m ~>40 dropped; c.m 3>43 dropped" },
};

static void blanks_can_be_suspects_when_finishing(void **state)
{
    (void)state;
    assert_int_equal(count_wrong(finals, nb_countof(finals), "count", true), 0);
}

/* ---- other kinds of figures ---- */

static const struct search_case changes[] = {
    { "a sign", lone_rules, "g.a.n=-32 g.b.n=13 g.c.n=0 g.s.n=45", NULL,
      "a.n -32>32 sign; b.n 13>77 other = c.n 0>64 other = s.n 45>-19 other" },
    { "below zero", lone_rules, "g.a.n=3 g.b.n=1 g.c.n=-10 g.s.n=-7", NULL,
      "a.n 3>2 digit = b.n 1>0 digit = c.n -10>-11 digit = s.n -7>-6 digit" },
};

static const struct search_case amounts[] = {
    { "元 for 万元", lone_rules, "g.a.n=251000 g.b.n=13.5 g.c.n=0 g.s.n=38.60", NULL,
      "a.n 251000>25.1 unit; s.n 38.60>251013.50 other" },
    { "decimals as they were typed", lone_rules, "g.a.n=25.1 g.b.n=31.50 g.c.n=0 g.s.n=38.60", NULL,
      "b.n 31.50>13.50 transposition; a.n 25.1>7.1 other = s.n 38.60>56.60 other" },
};

static void all_kinds_of_figures_are_looked_at(void **state)
{
    (void)state;
    int wrong = count_wrong(changes, nb_countof(changes), "change", false);
    wrong += count_wrong(amounts, nb_countof(amounts), "amount", false);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slips_have_kinds),
        cmocka_unit_test(smallest_sets_are_found),
        cmocka_unit_test(other_equations_have_a_say),
        cmocka_unit_test(blanks_can_be_suspects_when_finishing),
        cmocka_unit_test(all_kinds_of_figures_are_looked_at),
    };
    return cmocka_run_group_tests(tests, setup_catalog, teardown_catalog);
}
