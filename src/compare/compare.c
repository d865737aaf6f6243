/* What differs between two drafts, in the order of the new one's form. */
#include "nianbao/compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record.h"
#include "sentence.h"

struct work {
    struct nb_comparison *comparison;
    const struct nb_draft *drafts[2];
    const struct nb_form *forms[2];
    bool *done[2];        /* by cell: compared, or part of a group that was */
    const char **instead; /* by cell of the new form: the group to compare in its place, or NULL */
};

static struct nb_difference *add(struct work *work, enum nb_difference_kind kind,
                                 const char *address, const char *section)
{
    struct nb_comparison *comparison = work->comparison;
    NB_GROW(comparison->items, comparison->count, comparison->cap);
    struct nb_difference *item = &comparison->items[comparison->count++];
    *item = (struct nb_difference) {
        .kind = kind, .address = address, .section = section, .cell = { -1, -1 }, .text = { "", "" }
    };
    return item;
}

/* ---- figures ---- */

/* One side's figure: of a cell, or of a group, which is blank where one of its cells is. */
struct value {
    bool known, filled;
    int cell;
    nb_wide value;
};

/* Looks `address` up in that side's form and notes what it stands for as compared. */
static struct value look_up(struct work *work, int side, const char *address)
{
    struct value value = { .cell = -1 };
    int *cells, count = nb_form_resolve(work->forms[side], address, &cells);
    value.known = value.filled = count > 0;
    if (count == 1)
        value.cell = cells[0];
    for (int i = 0; i < count; i++) {
        struct nb_figure figure = nb_draft_figure(work->drafts[side], cells[i]);
        value.value += nb_figure_value(work->forms[side]->cells[cells[i]].kind, figure);
        value.filled &= figure.filled;
        work->done[side][cells[i]] = true;
    }
    if (!value.filled)
        value.value = 0;
    free(cells);
    return value;
}

static void compare_address(struct work *work, const char *address, const char *section)
{
    struct value values[2] = { look_up(work, NB_OLD, address), look_up(work, NB_NEW, address) };
    const struct value *old = &values[NB_OLD], *new = &values[NB_NEW];
    if (old->known == new->known && old->filled == new->filled && old->value == new->value)
        return;
    struct nb_difference *item = add(work, NB_DIFFERENCE_FIGURE, address, section);
    for (int side = NB_OLD; side <= NB_NEW; side++) {
        item->known[side] = values[side].known;
        item->filled[side] = values[side].filled;
        item->cell[side] = values[side].cell;
        item->value[side] = values[side].value;
    }
}

static void compare_cell(struct work *work, int side, int cell)
{
    const struct nb_cell *at = &work->forms[side]->cells[cell];
    const char *group = side == NB_NEW ? work->instead[cell] : NULL;
    if (!work->done[side][cell])
        compare_address(work, group ? group : at->address, at->table->section->id);
}

/* A cell of the old form may be a group of the new one: it is compared where the group begins. */
static void find_groups(struct work *work)
{
    const struct nb_form *old = work->forms[NB_OLD], *new = work->forms[NB_NEW];
    for (int cell = 0; cell < old->n_cells && old != new; cell++) {
        const char *address = old->cells[cell].address;
        int *parts, count = nb_form_resolve(new, address, &parts);
        if (count && strcmp(new->cells[parts[0]].address, address) != 0)
            work->instead[parts[0]] = address;
        free(parts);
    }
}

/* ---- texts ---- */

static const char *join(struct work *work, const struct nb_sentences *sentences, int from, int to)
{
    struct nb_buf text = { 0 };
    for (int i = from; i < to; i++) {
        nb_buf_puts(&text, i > from ? "\n" : "");
        nb_buf_add(&text, sentences->items[i].start, sentences->items[i].len);
    }
    const char *kept = nb_arena_strdup(&work->comparison->strings, nb_buf_text(&text));
    nb_buf_release(&text);
    return kept;
}

static struct nb_difference *add_text(struct work *work, const char *address, const char *section,
                                      const char *old, const char *new)
{
    struct nb_difference *item = add(work, NB_DIFFERENCE_TEXT, address, section);
    item->known[NB_OLD] = item->known[NB_NEW] = true;
    item->text[NB_OLD] = old;
    item->text[NB_NEW] = new;
    return item;
}

static void compare_sentences(struct work *work, const char *address, const char *section,
                              const char *old, const char *new)
{
    struct nb_sentences sentences[2] = { { 0 }, { 0 } };
    struct nb_hunks hunks = { 0 };
    nb_sentences_cut(&sentences[NB_OLD], old);
    nb_sentences_cut(&sentences[NB_NEW], new);
    nb_sentences_compare(&sentences[NB_OLD], &sentences[NB_NEW], &hunks);
    for (int i = 0; i < hunks.count; i++) {
        const struct nb_hunk *hunk = &hunks.items[i];
        add_text(work, address, section,
                 join(work, &sentences[NB_OLD], hunk->from[NB_OLD], hunk->to[NB_OLD]),
                 join(work, &sentences[NB_NEW], hunk->from[NB_NEW], hunk->to[NB_NEW]));
    }
    if (!hunks.count)
        add_text(work, address, section, "", "");
    nb_sentences_release(&sentences[NB_OLD]);
    nb_sentences_release(&sentences[NB_NEW]);
    free(hunks.items);
}

/* A text that only one form has is told where it is not empty. */
static void compare_text(struct work *work, const char *address, const char *section)
{
    int text[2];
    const char *value[2] = { "", "" };
    for (int side = NB_OLD; side <= NB_NEW; side++) {
        text[side] = nb_draft_find_text(work->drafts[side], address);
        if (text[side] >= 0)
            value[side] = nb_draft_text(work->drafts[side], text[side]);
    }
    if (strcmp(value[NB_OLD], value[NB_NEW]) == 0)
        return;
    if (text[NB_OLD] >= 0 && text[NB_NEW] >= 0) {
        compare_sentences(work, address, section, value[NB_OLD], value[NB_NEW]);
        return;
    }
    struct nb_difference *item = add_text(work, address, section, value[NB_OLD], value[NB_NEW]);
    item->known[NB_OLD] = text[NB_OLD] >= 0;
    item->known[NB_NEW] = text[NB_NEW] >= 0;
}

static void compare_head(struct work *work)
{
    const char *ids[2] = { work->forms[NB_OLD]->id, work->forms[NB_NEW]->id };
    char years[2][16];
    for (int side = NB_OLD; side <= NB_NEW; side++)
        snprintf(years[side], sizeof years[side], "%d", nb_draft_year(work->drafts[side]));
    if (strcmp(ids[NB_OLD], ids[NB_NEW]) != 0)
        add_text(work, "form", "", ids[NB_OLD], ids[NB_NEW]);
    if (strcmp(years[NB_OLD], years[NB_NEW]) != 0)
        add_text(work, "year", "", nb_arena_strdup(&work->comparison->strings, years[NB_OLD]),
                 nb_arena_strdup(&work->comparison->strings, years[NB_NEW]));
    for (int text = NB_TEXT_UNIT; text < NB_TEXT_FINISHED_CONTENT; text++)
        compare_text(work, nb_draft_text_address(work->drafts[NB_NEW], text), "");
}

/* ---- records ---- */

static void compare_list(struct work *work, enum nb_list list)
{
    struct nb_sentences lines[2] = { { 0 }, { 0 } };
    struct nb_hunks hunks = { 0 };
    struct nb_arena arena = { 0 };
    nb_records_cut(work->drafts[NB_OLD], list, &arena, &lines[NB_OLD]);
    nb_records_cut(work->drafts[NB_NEW], list, &arena, &lines[NB_NEW]);
    nb_sentences_compare(&lines[NB_OLD], &lines[NB_NEW], &hunks);
    for (int i = 0; i < hunks.count; i++) {
        for (int side = NB_OLD; side <= NB_NEW; side++) {
            for (int j = hunks.items[i].from[side]; j < hunks.items[i].to[side]; j++) {
                struct nb_difference *item =
                    add(work, NB_DIFFERENCE_RECORD, nb_list_name(list), "");
                item->known[NB_OLD] = item->known[NB_NEW] = true;
                item->list = list;
                item->record[side] = nb_draft_record(work->drafts[side], list, j);
            }
        }
    }
    nb_sentences_release(&lines[NB_OLD]);
    nb_sentences_release(&lines[NB_NEW]);
    nb_arena_release(&arena);
    free(hunks.items);
}

/* ---- all of it ---- */

static void compare_item(struct work *work, int side, const struct nb_item *item)
{
    const struct nb_table *table = item->table;
    if (item->prose)
        compare_text(work, item->prose->address, item->prose->section->id);
    for (int i = 0; table && i < table->rows.n_leaves * table->columns.n_leaves; i++) {
        if (table->cells[i] >= 0)
            compare_cell(work, side, table->cells[i]);
    }
}

static const struct nb_section *find_section(const struct nb_form *form, const char *id)
{
    for (int i = 0; i < form->n_sections; i++) {
        if (strcmp(form->sections[i].id, id) == 0)
            return &form->sections[i];
    }
    return NULL;
}

/* What the old form has in the section and the new one has not. */
static void compare_rest(struct work *work, const struct nb_section *section)
{
    for (int i = 0; i < section->n_items; i++) {
        const struct nb_prose *prose = section->items[i].prose;
        if (!prose || nb_draft_find_text(work->drafts[NB_NEW], prose->address) < 0)
            compare_item(work, NB_OLD, &section->items[i]);
    }
}

static void compare_section(struct work *work, const struct nb_section *section)
{
    const struct nb_section *old = find_section(work->forms[NB_OLD], section->id);
    for (int i = 0; i < section->n_items; i++)
        compare_item(work, NB_NEW, &section->items[i]);
    if (old)
        compare_rest(work, old);
}

void nb_compare(const struct nb_draft *old, const struct nb_draft *new,
                struct nb_comparison *comparison)
{
    *comparison = (struct nb_comparison) { .drafts = { old, new } };
    struct work work = { .comparison = comparison,
                         .drafts = { old, new },
                         .forms = { nb_draft_form(old), nb_draft_form(new) } };
    for (int side = NB_OLD; side <= NB_NEW; side++)
        work.done[side] = nb_xalloc((size_t)work.forms[side]->n_cells * sizeof(bool));
    work.instead = nb_xalloc((size_t)work.forms[NB_NEW]->n_cells * sizeof *work.instead);
    find_groups(&work);
    compare_head(&work);
    for (int i = 0; i < work.forms[NB_NEW]->n_sections; i++)
        compare_section(&work, &work.forms[NB_NEW]->sections[i]);
    for (int i = 0; i < work.forms[NB_OLD]->n_sections; i++) {
        if (!find_section(work.forms[NB_NEW], work.forms[NB_OLD]->sections[i].id))
            compare_rest(&work, &work.forms[NB_OLD]->sections[i]);
    }
    for (int list = 0; list < NB_LIST_COUNT; list++)
        compare_list(&work, (enum nb_list)list);
    free(work.done[NB_OLD]);
    free(work.done[NB_NEW]);
    free(work.instead);
}

void nb_comparison_release(struct nb_comparison *comparison)
{
    free(comparison->items);
    nb_arena_release(&comparison->strings);
    *comparison = (struct nb_comparison) { 0 };
}

/* ---- how much ---- */

bool nb_difference_change(const struct nb_difference *difference, nb_wide *change)
{
    *change = difference->value[NB_NEW] - difference->value[NB_OLD];
    return difference->kind == NB_DIFFERENCE_FIGURE && difference->filled[NB_OLD] &&
           difference->filled[NB_NEW];
}

bool nb_difference_permille(const struct nb_difference *difference, nb_wide *permille)
{
    nb_wide change, old = difference->value[NB_OLD];
    *permille = 0;
    if (!nb_difference_change(difference, &change) || !old || !change)
        return false;
    old = old < 0 ? -old : old;
    nb_wide size = change < 0 ? -change : change;
    nb_wide rounded = (size * 2000 + old) / (old * 2); /* sums stay far below what 2000 overflows */
    *permille = change < 0 ? -rounded : rounded;
    return true;
}
