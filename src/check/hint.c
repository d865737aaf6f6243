#include "hint.h"

#include <stdlib.h>
#include <string.h>

#include "checker.h"

/* More alternatives than a person would try. */
enum { MOST_TOLD = 3 };

struct wording {
    const struct nb_form *form;
    const struct nb_draft *draft;
    const struct nb_suspect_group *group;
    const char *scope; /* which equations hold then */
    struct nb_diags *diags;
};

/* ---- as data ---- */

static const char *keep_figure(const struct wording *wording, int cell, struct nb_figure figure)
{
    struct nb_buf text = { 0 };
    nb_figure_write(&text, wording->form->cells[cell].kind, figure);
    const char *kept = nb_diag_keep(wording->diags, text.data);
    nb_buf_release(&text);
    return kept;
}

/* How the slip came about, and `stated`: what else speaks for it. */
static const char *guess_of(struct nb_diags *diags, const struct nb_correction *item, bool stated)
{
    struct nb_buf text = { 0 };
    nb_message_word(&text,
                    item->typed.filled ? (enum nb_message)(NB_MSG_SLIP_DIGIT + (int)item->slip)
                                       : NB_MSG_SLIP_BLANK,
                    NULL);
    if (stated) {
        nb_buf_puts(&text, text.len ? "，" : "");
        nb_message_word(&text, NB_MSG_SUSPECT_STATED, NULL);
    }
    const char *kept = nb_diag_keep(diags, nb_buf_text(&text));
    nb_buf_release(&text);
    return kept;
}

static struct nb_suspect keep_suspect(const struct wording *wording, int set,
                                      const struct nb_correction *item)
{
    const struct nb_suspect_group *group = wording->group;
    return (struct nb_suspect) {
        .set = set + 1,
        .rank = group->sets[set].rank,
        .likely = group->sets[set].likely,
        .cell = nb_diag_keep(wording->diags, wording->form->cells[item->cell].address),
        .value = keep_figure(wording, item->cell, item->typed),
        .proposed = keep_figure(wording, item->cell, item->right),
        .slip = nb_slip_name(item->slip),
        .guess = guess_of(wording->diags, item, group->sets[set].stated),
    };
}

static void keep_suspects(const struct wording *wording, struct nb_hint *hint)
{
    const struct nb_suspect_group *group = wording->group;
    struct nb_suspect *kept = nb_arena_alloc(
        &wording->diags->strings, (size_t)group->n_sets * NB_SET_CELLS * sizeof *kept + 1);
    hint->suspects = kept;
    hint->n_sets = group->n_sets;
    hint->n_likely = group->n_likely;
    for (int set = 0; set < group->n_sets; set++) {
        for (int i = 0; i < group->sets[set].n_items; i++)
            kept[hint->n_suspects++] = keep_suspect(wording, set, &group->sets[set].items[i]);
    }
}

/* ---- in words ---- */

static bool is_swap(const struct nb_suspect_set *set)
{
    const struct nb_correction *one = &set->items[0], *two = &set->items[1];
    return set->n_items == 2 && one->typed.filled && two->typed.filled &&
           one->slip == NB_SLIP_MISPLACED && two->slip == NB_SLIP_MISPLACED &&
           one->typed.units == two->right.units && two->typed.units == one->right.units;
}

static void add_change(struct nb_buf *out, const struct wording *wording,
                       const struct nb_correction *item)
{
    struct nb_buf name = { 0 }, value = { 0 }, proposed = { 0 };
    enum nb_kind kind = wording->form->cells[item->cell].kind;
    nb_cell_add_name(&name, wording->form, item->cell);
    nb_figure_write(&value, kind, item->typed);
    nb_figure_write(&proposed, kind, item->right);
    nb_message_word(out, item->typed.filled ? NB_MSG_SUSPECT_CHANGE : NB_MSG_SUSPECT_FILL, "cell",
                    nb_buf_text(&name), "value", nb_buf_text(&value), "proposed",
                    nb_buf_text(&proposed), NULL);
    nb_buf_release(&name);
    nb_buf_release(&value);
    nb_buf_release(&proposed);
}

static void add_swap(struct nb_buf *out, const struct wording *wording,
                     const struct nb_suspect_set *set)
{
    struct nb_buf name = { 0 }, other = { 0 }, value = { 0 }, proposed = { 0 };
    enum nb_kind kind = wording->form->cells[set->items[0].cell].kind;
    nb_cell_add_name(&name, wording->form, set->items[0].cell);
    nb_cell_add_name(&other, wording->form, set->items[1].cell);
    nb_figure_write(&value, kind, set->items[0].typed);
    nb_figure_write(&proposed, kind, set->items[1].typed);
    nb_message_word(out, NB_MSG_SUSPECT_SWAP, "cell", nb_buf_text(&name), "other",
                    nb_buf_text(&other), "value", nb_buf_text(&value), "proposed",
                    nb_buf_text(&proposed), NULL);
    nb_buf_release(&name);
    nb_buf_release(&other);
    nb_buf_release(&value);
    nb_buf_release(&proposed);
}

static void add_guess(struct nb_buf *out, const struct wording *wording,
                      const struct nb_correction *item)
{
    const char *guess = guess_of(wording->diags, item, false);
    if (guess[0])
        nb_buf_printf(out, "（%s？）", guess);
}

/* One change, or two that belong together; the guess at a lone one stands at the end of all. */
static void add_set(struct nb_buf *out, const struct wording *wording,
                    const struct nb_suspect_set *set, bool lone)
{
    if (is_swap(set)) {
        add_swap(out, wording, set);
        if (!lone)
            add_guess(out, wording, &set->items[0]);
        return;
    }
    for (int i = 0; i < set->n_items; i++) {
        nb_buf_puts(out, i ? "、" : "");
        add_change(out, wording, &set->items[i]);
        if (!lone || set->n_items > 1)
            add_guess(out, wording, &set->items[i]);
    }
}

static void add_note(struct nb_buf *out, const struct wording *wording)
{
    const struct nb_suspect_group *group = wording->group;
    const struct nb_suspect_set *first = &group->sets[0];
    struct nb_buf changes = { 0 }, guess = { 0 };
    bool lone = group->n_likely == 1;
    for (int i = 0; i < group->n_sets; i++) {
        if (!group->sets[i].likely)
            continue;
        nb_buf_puts(&changes, changes.len ? "，或" : "");
        add_set(&changes, wording, &group->sets[i], lone);
    }
    if (lone && (first->n_items == 1 || is_swap(first)))
        add_guess(&guess, wording, &first->items[0]);
    if (lone && first->stated) {
        nb_buf_puts(&guess, "，");
        nb_message_word(&guess, NB_MSG_SUSPECT_STATED, NULL);
    }
    if (!group->n_sets)
        nb_message_word(out, NB_MSG_SUSPECT_SEVERAL, "scope", wording->scope, NULL);
    else
        nb_message_word(out, lone ? NB_MSG_SUSPECT : NB_MSG_SUSPECT_TIE, "changes", changes.data,
                        "scope", wording->scope, "guess", nb_buf_text(&guess), NULL);
    nb_buf_release(&changes);
    nb_buf_release(&guess);
}

/* That any cell of the only failing sum could be the wrong one, the finding has said; what is worth
 * telling is that several sums meet in a few, or that a usual slip explains some and not others. */
static bool is_telling(const struct nb_suspect_group *group, const struct nb_equation *equation)
{
    bool usual = true, stated = group->n_sets && group->sets[0].stated;
    for (int i = 0; i < group->sets[0].n_items && group->n_sets; i++)
        usual &= group->sets[0].items[i].slip != NB_SLIP_OTHER;
    bool some = (usual || stated) && group->n_likely < equation->n_terms;
    return group->n_likely <= MOST_TOLD && (group->n_equations > 1 || some);
}

static const struct nb_hint *keep_hint(const struct wording *wording, int equation, int index)
{
    struct nb_hint *hint = nb_arena_alloc(&wording->diags->strings, sizeof *hint);
    const struct nb_suspect_group *group = wording->group;
    const struct nb_equation *first = &wording->form->equations[equation];
    int cell = group->n_sets ? group->sets[0].items[0].cell : first->cell;
    keep_suspects(wording, hint);
    hint->index = index;
    hint->mark = nb_draft_cell_mark(wording->draft, cell);
    hint->is_telling = is_telling(group, first);
    if (hint->is_telling) {
        struct nb_buf note = { 0 };
        add_note(&note, wording);
        hint->note = nb_diag_keep(wording->diags, note.data);
        nb_buf_release(&note);
    }
    return hint;
}

/* ---- all of them ---- */

static int count_errors(const struct nb_checker *checker)
{
    int count = 0;
    for (int i = 0; i < checker->form->n_equations; i++)
        count += checker->verdicts[i] == NB_FAILS &&
                 checker->form->equations[i].rule->severity == NB_ERROR;
    return count;
}

static const struct nb_hint **keep_hints(const struct nb_checker *checker,
                                         const struct nb_draft *draft,
                                         const struct nb_suspects *suspects, struct nb_diags *diags)
{
    size_t n_equations = (size_t)checker->form->n_equations;
    const struct nb_hint **hints = nb_xalloc(n_equations * sizeof *hints);
    const struct nb_hint **of_group = nb_xalloc((size_t)suspects->n_groups * sizeof *of_group);
    int n_errors = count_errors(checker);
    for (int i = 0; i < checker->form->n_equations; i++) {
        int at = suspects->group_of[i];
        if (at < 0)
            continue;
        const struct nb_suspect_group *group = &suspects->groups[at];
        struct wording wording = { checker->form, draft, group,
                                   group->n_equations < n_errors ? "有关各式" : "各式", diags };
        if (!of_group[at])
            of_group[at] = keep_hint(&wording, i, at);
        hints[i] = of_group[at];
    }
    free(of_group);
    return hints;
}

const struct nb_hint **nb_hints_new(const struct nb_checker *checker, const struct nb_draft *draft,
                                    struct nb_diags *diags)
{
    struct nb_suspects suspects;
    nb_suspects_find(checker, draft, &suspects);
    const struct nb_hint **hints =
        suspects.n_groups ? keep_hints(checker, draft, &suspects, diags) : NULL;
    nb_suspects_release(&suspects);
    return hints;
}
