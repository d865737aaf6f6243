#include "known.h"

#include <stdlib.h>
#include <string.h>

/* ---- spellings ---- */

static void add_spelling(struct nb_spelling *spelling, const char *text, const char *unit)
{
    int number;
    struct nb_codes codes = { 0 };
    const char *bare = nb_skip_enumerator(text, &number);
    nb_codes_add(&codes, bare, strlen(bare));
    if (unit)
        nb_codes_add(&codes, unit, strlen(unit));
    bool known = codes.count == 0;
    for (int i = 0; i < spelling->count && !known; i++)
        known = nb_codes_equal(&spelling->items[i], &codes);
    if (known) {
        nb_codes_release(&codes);
        return;
    }
    spelling->items =
        nb_xrealloc(spelling->items, (size_t)spelling->count + 1, sizeof *spelling->items);
    spelling->items[spelling->count++] = codes;
}

static void spell_node(struct nb_spelling *spelling, const char *unit)
{
    const struct nb_node *node = spelling->node;
    add_spelling(spelling, node->label, unit);
    for (int i = 0; i < node->n_aka; i++)
        add_spelling(spelling, node->aka[i], unit);
    add_spelling(spelling, node->brief, unit);
}

static void note_codes(struct nb_frame *frame, const struct nb_spelling *spelling)
{
    for (int i = 0; i < spelling->count; i++) {
        for (int j = 0; j < spelling->items[i].count; j++) {
            uint32_t hash = spelling->items[i].items[j] % (8 * sizeof frame->codes);
            frame->codes[hash / 8] |= (unsigned char)(1u << hash % 8);
        }
    }
}

static struct nb_spelling *new_word(struct nb_frame *frame)
{
    NB_GROW(frame->words, frame->n_words, frame->cap_words);
    struct nb_spelling *word = &frame->words[frame->n_words++];
    *word = (struct nb_spelling) { 0 };
    return word;
}

static void add_text(struct nb_frame *frame, const char *text)
{
    struct nb_spelling *word = new_word(frame);
    add_spelling(word, text, NULL);
    note_codes(frame, word);
}

static bool shows_units(const struct nb_table *table)
{
    for (int i = 0; i < table->columns.n_leaves; i++) {
        if (table->columns.leaves[i].node->prints_unit)
            return true;
    }
    return false;
}

static void add_nodes(struct nb_frame *frame, const struct nb_node *node, bool units)
{
    if (node->depth) {
        struct nb_spelling *word = new_word(frame);
        word->node = node;
        spell_node(word, NULL);
        if (units && node->unit)
            spell_node(word, node->unit);
        note_codes(frame, word);
    }
    for (int i = 0; i < node->n_children; i++)
        add_nodes(frame, &node->children[i], units);
}

/* ---- frames ---- */

static void add_target(struct nb_frame *frame, const struct nb_table *table, int row)
{
    int n_columns = table->columns.n_leaves;
    struct nb_target target = { .table = table, .row = row };
    target.cells = nb_xalloc((size_t)n_columns * sizeof(int));
    for (int i = 0; i < n_columns; i++) {
        int cell = table->cells[row * n_columns + i];
        if (cell >= 0)
            target.cells[target.n_cells++] = cell;
    }
    if (target.n_cells)
        frame->targets[frame->n_targets++] = target;
    else
        free(target.cells);
}

static void fill_frame(struct nb_frame *frame)
{
    int rows = 0;
    for (int i = 0; i < frame->n_tables; i++)
        rows += frame->tables[i]->rows.n_leaves;
    frame->targets = nb_xalloc((size_t)rows * sizeof *frame->targets);
    for (int i = 0; i < frame->n_tables; i++) {
        const struct nb_table *table = frame->tables[i];
        add_text(frame, table->caption);
        add_text(frame, table->corner);
        add_nodes(frame, table->rows.root, shows_units(table));
        add_nodes(frame, table->columns.root, false);
        for (int row = 0; row < table->rows.n_leaves; row++)
            add_target(frame, table, row);
    }
    add_text(frame, frame->section->heading); /* printed once more as the table's first row */
    for (int i = 0; i < frame->n_targets; i++) {
        struct nb_target *target = &frame->targets[i];
        target->spelling = nb_frame_spelling(frame, target->table->rows.leaves[target->row].node);
        if (target->spelling && !target->spelling->count)
            target->spelling = NULL;
    }
}

static void add_frames(struct nb_known *known, const struct nb_section *section)
{
    struct nb_frame *frame = NULL;
    for (int i = 0; i < section->n_items; i++) {
        const struct nb_table *table = section->items[i].table;
        if (!table || !table->joined || (i && !section->items[i - 1].table))
            frame = NULL;
        if (!table)
            continue;
        if (!frame) {
            frame = &known->frames[known->n_frames++];
            frame->section = section;
            frame->tables = nb_xalloc((size_t)section->n_items * sizeof *frame->tables);
        }
        frame->tables[frame->n_tables++] = table;
    }
}

void nb_known_init(struct nb_known *known, const struct nb_form *form)
{
    *known = (struct nb_known) { .form = form, .budget = 3000000 };
    known->frames = nb_xalloc(((size_t)form->n_tables + 1) * sizeof *known->frames);
    known->headings = nb_xalloc((size_t)form->n_sections * sizeof *known->headings);
    known->numbers = nb_xalloc((size_t)form->n_sections * sizeof(int));
    for (int i = 0; i < form->n_sections; i++) {
        const char *bare = nb_skip_enumerator(form->sections[i].heading, &known->numbers[i]);
        nb_codes_add(&known->headings[i], bare, strlen(bare));
        add_frames(known, &form->sections[i]);
    }
    for (int i = 0; i < known->n_frames; i++)
        fill_frame(&known->frames[i]);
}

static void release_frame(struct nb_frame *frame)
{
    for (int i = 0; i < frame->n_words; i++) {
        for (int j = 0; j < frame->words[i].count; j++)
            nb_codes_release(&frame->words[i].items[j]);
        free(frame->words[i].items);
    }
    for (int i = 0; i < frame->n_targets; i++)
        free(frame->targets[i].cells);
    free(frame->words);
    free(frame->targets);
    free(frame->tables);
}

void nb_known_release(struct nb_known *known)
{
    for (int i = 0; i < known->n_frames; i++)
        release_frame(&known->frames[i]);
    for (int i = 0; known->form && i < known->form->n_sections; i++)
        nb_codes_release(&known->headings[i]);
    free(known->frames);
    free(known->headings);
    free(known->numbers);
    *known = (struct nb_known) { 0 };
}

const struct nb_spelling *nb_frame_spelling(const struct nb_frame *frame,
                                            const struct nb_node *node)
{
    for (int i = 0; i < frame->n_words; i++) {
        if (frame->words[i].node == node)
            return &frame->words[i];
    }
    return NULL;
}

/* ---- likeness ---- */

int nb_known_share(const struct nb_frame *frame, const struct nb_codes *text)
{
    int known = 0, all = 0;
    for (int i = 0; i < text->count; i++) {
        uint32_t code = text->items[i], hash = code % (8 * sizeof frame->codes);
        if (code >= '0' && code <= '9')
            continue;
        known += frame->codes[hash / 8] >> hash % 8 & 1;
        all++;
    }
    return all ? known * 1000 / all : 0;
}

int nb_known_likeness(struct nb_known *known, const struct nb_frame *frame,
                      const struct nb_codes *text)
{
    enum { PART = 900, MOST_CODES = 70, ENUMERATOR = 6, BEFORE = 15, MOST = 600 };
    int best = 0;
    if (!text->count || text->count > MOST_CODES || nb_known_share(frame, text) < MOST)
        return 0;
    for (int i = 0; i < frame->n_words && best < NB_MISFIT; i++) {
        for (int j = 0; j < frame->words[i].count; j++) {
            const struct nb_codes *word = &frame->words[i].items[j];
            if (nb_codes_equal(word, text))
                return NB_MISFIT;
            if (text->count > 1 && nb_codes_part(word, text) && best < PART)
                best = PART;
            if (known->budget-- <= 0)
                continue;
            int fit = NB_MISFIT - nb_codes_fit(word, text->items, text->count, text->count);
            int before = text->count - word->count - ENUMERATOR;
            fit -= before > 0 ? before * BEFORE : 0;
            best = fit > best ? fit : best;
        }
    }
    return best;
}
