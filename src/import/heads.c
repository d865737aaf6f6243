/* The heads of columns: are the columns where the form has them?
 *
 * Where all rows of a frame are equally wide, a head stands over its figures. Else only the order
 * of the heads is known; sources give them line by line or column by column, and either may be the
 * form's. */
#include <stdlib.h>
#include <string.h>

#include "nianbao/text.h"
#include "reading.h"

enum { MOST_LEAVES = 64 };

/* The columns of the target's cells. */
struct leaves {
    const struct nb_spelling *spelling[MOST_LEAVES];
    int class[MOST_LEAVES]; /* the first one with the same label */
    int depth[MOST_LEAVES]; /* the line of heads it stands on */
    int count;
};

static void list_leaves(struct leaves *leaves, const struct nb_form *form,
                        const struct nb_frame *frame, const struct nb_target *target)
{
    leaves->count = 0;
    for (int i = 0; i < target->n_cells && i < MOST_LEAVES; i++) {
        const struct nb_cell *cell = &form->cells[target->cells[i]];
        const struct nb_node *node = target->table->columns.leaves[cell->column].node;
        leaves->spelling[i] = nb_frame_spelling(frame, node);
        leaves->depth[i] = node->depth;
        leaves->class[i] = leaves->count++;
        for (int j = i - 1; j >= 0; j--) {
            const struct nb_node *other = leaves->spelling[j] ? leaves->spelling[j]->node : NULL;
            if (other && nb_text_looks_like(other->label, node->label))
                leaves->class[i] = leaves->class[j];
        }
    }
}

/* The class of the leaf that the text is the head of, -1: none. A line may hold part of one. */
static int class_of(const struct leaves *leaves, const char *text, bool is_line)
{
    enum { ALIKE = 800, EQUAL = 950 };
    struct nb_codes codes = { 0 };
    int best = -1, best_like = (is_line ? EQUAL : ALIKE) - 1;
    nb_codes_add(&codes, text, strlen(text));
    for (int i = 0; i < leaves->count; i++) {
        const struct nb_spelling *spelling = leaves->spelling[i];
        for (int j = 0; spelling && j < spelling->count; j++) {
            int like = nb_codes_likeness(&spelling->items[j], &codes);
            if (like > best_like) {
                best_like = like;
                best = leaves->class[i];
            }
        }
    }
    nb_codes_release(&codes);
    return best;
}

static int lower(int a, int b)
{
    return a < b ? a : b;
}

/* ---- by order ---- */

static int common_length(const int *a, int n, const int *b, int m)
{
    int row[MOST_LEAVES + 1] = { 0 };
    for (int i = 0; i < n; i++) {
        for (int j = 0, diagonal = 0; j < m; j++) {
            int above = row[j + 1], left = row[j];
            row[j + 1] = a[i] == b[j] ? diagonal + 1 : above > left ? above : left;
            diagonal = above;
        }
    }
    return row[m];
}

/* Line by line, as a grid is read. */
static void order_by_lines(const struct leaves *leaves, int *order)
{
    int count = 0;
    for (int depth = 0; count < leaves->count; depth++) {
        for (int i = 0; i < leaves->count; i++) {
            if (leaves->depth[i] == depth)
                order[count++] = leaves->class[i];
        }
    }
}

static bool is_crossed(const struct leaves *leaves, const int *found, int n_found)
{
    int order[MOST_LEAVES];
    if (n_found > leaves->count) /* repeated: nothing can be said */
        return false;
    order_by_lines(leaves, order);
    return common_length(found, n_found, leaves->class, leaves->count) < n_found &&
           common_length(found, n_found, order, leaves->count) < n_found;
}

/* Which leaves have their heads, those of one class by their number; 0: more than can be told. */
static uint32_t find_present(const struct leaves *leaves, const int *found, int n_found)
{
    uint32_t present = 0;
    if (n_found > leaves->count || leaves->count > 31)
        return 0;
    for (int i = 0; i < leaves->count; i++) {
        int wanted = 0, there = 0;
        for (int j = 0; j < leaves->count; j++)
            wanted += leaves->class[j] == leaves->class[i];
        for (int j = 0; j < n_found; j++)
            there += found[j] == leaves->class[i];
        if (there == wanted)
            present |= 1u << i;
        else if (there)
            return 0;
    }
    return present;
}

/* ---- by letter ---- */

/* Is it a leaf that is not among the ones wanted? */
static bool is_left_out(const struct leaves *leaves, const struct nb_node *node, uint32_t wanted)
{
    for (int i = 0; i < leaves->count && i < 32; i++) {
        if (leaves->spelling[i] && leaves->spelling[i]->node == node)
            return !(wanted >> i & 1);
    }
    return false;
}

/* Appends the labels of heads, of one level or (0) of all, column by column. */
static void spell_heads(struct nb_codes *out, const struct leaves *leaves,
                        const struct nb_node *node, int depth, uint32_t wanted)
{
    if (node->depth && (depth == 0 || node->depth == depth) && !is_left_out(leaves, node, wanted))
        nb_codes_add(out, node->label, strlen(node->label));
    for (int i = 0; i < node->n_children; i++)
        spell_heads(out, leaves, &node->children[i], depth, wanted);
}

/* Do these heads stand there letter by letter, though they may be broken into lines? */
static bool are_spelt(const struct leaves *leaves, const struct nb_axis *axis,
                      const struct nb_atoms *atoms, int from, int to, uint32_t wanted)
{
    enum { MOST_CHANGES = 2, MOST_CODES = 400 };
    struct nb_codes text = { 0 }, lines = { 0 }, columns = { 0 };
    for (int i = from; i < to && text.count < MOST_CODES; i++)
        nb_codes_add(&text, atoms->items[i].text, strlen(atoms->items[i].text));
    for (int depth = 1; depth <= axis->depth; depth++)
        spell_heads(&lines, leaves, axis->root, depth, wanted);
    spell_heads(&columns, leaves, axis->root, 0, wanted);
    bool spelt = nb_codes_within(&lines, &text) <= MOST_CHANGES ||
                 nb_codes_within(&columns, &text) <= MOST_CHANGES;
    nb_codes_release(&text);
    nb_codes_release(&lines);
    nb_codes_release(&columns);
    return spelt;
}

/* ---- by place ---- */

int nb_right_edge(const struct nb_strip *strip)
{
    if (!strip->n_scraps)
        return 0;
    return strip->scraps[strip->n_scraps - 1].column + strip->scraps[strip->n_scraps - 1].columns;
}

static void place_head(struct nb_heads *heads, const struct nb_atom *atom, int class)
{
    for (int i = atom->column; i < atom->column + atom->columns; i++) {
        if (i < NB_IMPORT_MAX_COLUMNS)
            heads->column_of[i] = class;
    }
}

/* From classes to cells: leaves with the same label follow each other from left to right. Heads
 * that are repeated for merged columns are one. */
static void number_places(struct nb_heads *heads, const struct leaves *leaves)
{
    bool taken[MOST_LEAVES] = { false };
    int last_class = -1, cell = -1, highest = -1;
    for (int i = 0; i < NB_IMPORT_MAX_COLUMNS; i++) {
        int class = heads->column_of[i];
        if (class >= 0 && class != last_class) {
            cell = 0;
            while (cell < leaves->count && (taken[cell] || leaves->class[cell] != class))
                cell++;
            if (cell == leaves->count)
                cell = -1;
            else
                taken[cell] = true;
            heads->crossed |= cell >= 0 && cell < highest;
            highest = cell > highest ? cell : highest;
        }
        heads->column_of[i] = class >= 0 ? cell : -1;
        last_class = class;
    }
    heads->present = 0;
    for (int i = 0; i < leaves->count && leaves->count < 32; i++)
        heads->present |= taken[i] ? 1u << i : 0;
}

/* ---- on lines ---- */

/* Scraps of lines that stand above each other: a head that was broken into lines. */
struct pile {
    int from, to; /* of the display */
    struct nb_codes text;
};
struct piles {
    struct pile items[MOST_LEAVES];
    int count;
};

static void put_on_top(struct pile *pile, const char *text)
{
    struct nb_codes all = { 0 };
    nb_codes_add(&all, text, strlen(text));
    for (int i = 0; i < pile->text.count; i++) {
        NB_GROW(all.items, all.count, all.cap);
        all.items[all.count++] = pile->text.items[i];
    }
    nb_codes_release(&pile->text);
    pile->text = all;
}

static void pile_word(struct piles *piles, const char *word, int left, int right)
{
    bool found = false;
    for (int j = 0; j < piles->count; j++) {
        struct pile *pile = &piles->items[j];
        if (left < pile->to && right > pile->from) {
            put_on_top(pile, word);
            found = true;
        }
    }
    if (found || piles->count == MOST_LEAVES)
        return;
    int at = piles->count++;
    for (; at > 0 && piles->items[at - 1].from > left; at--)
        piles->items[at] = piles->items[at - 1];
    piles->items[at] = (struct pile) { left, right, { 0 } };
    put_on_top(&piles->items[at], word);
}

/* From the lowest line up, so that the head of several columns comes upon each of them. One blank
 * may part two heads. Places count columns of the display, or characters as pdftotext does. */
static void pile_up(struct piles *piles, const struct nb_atoms *atoms, int from, int to,
                    bool characters)
{
    for (int i = to - 1; i >= from; i--) {
        const char *source = atoms->items[i].source, *at = source;
        while (*at) {
            const char *word = at += strspn(at, " ");
            at += strcspn(at, " ");
            const struct nb_atom *atom = &atoms->items[i];
            int left = atom->column + nb_text_width(source, (size_t)(word - source));
            int right = left + nb_text_width(word, (size_t)(at - word));
            if (characters) {
                left = atom->mark.column + nb_utf8_count(source, word);
                right = left + nb_utf8_count(word, at);
            }
            char *text = nb_xstrndup(word, (size_t)(at - word));
            pile_word(piles, text, left, right);
            free(text);
        }
    }
}

/* The classes of the heads from left to right; how many there are. */
static int find_on_lines(const struct leaves *leaves, const struct nb_atoms *atoms, int from,
                         int to, bool characters, int *found)
{
    enum { ALMOST = 150 };
    struct piles piles = { .count = 0 };
    int n_found = 0;
    pile_up(&piles, atoms, from, to, characters);
    for (int i = 0; i < piles.count; i++) {
        int best = ALMOST + 1, class = -1;
        const struct nb_codes *text = &piles.items[i].text;
        for (int j = 0; j < leaves->count; j++) {
            const struct nb_spelling *spelling = leaves->spelling[j];
            for (int k = 0; spelling && k < spelling->count; k++) {
                int misfit =
                    nb_codes_fit(&spelling->items[k], text->items, text->count, text->count);
                class = misfit < best ? leaves->class[j] : class;
                best = lower(best, misfit);
            }
        }
        if (class >= 0)
            found[n_found++] = class;
    }
    for (int i = 0; i < piles.count; i++)
        nb_codes_release(&piles.items[i].text);
    return n_found;
}

/* Are there lines that hold more than one label? */
static bool have_columns(const struct nb_atoms *atoms, int from, int to)
{
    for (int i = from + 1; i < to; i++) {
        const struct nb_atom *atom = &atoms->items[i];
        if (!atoms->document->strips[atom->strip].is_row && atom->strip == atom[-1].strip)
            return true;
    }
    return false;
}

/* ---- all ---- */

const char *nb_money_unit(const struct nb_atoms *atoms, int from, int to)
{
    static const char *const units[] = { "万元", "亿元", "元" };
    struct nb_codes text = { 0 };
    const char *found = NULL;
    for (int i = from; i < to; i++)
        nb_codes_add(&text, atoms->items[i].text, strlen(atoms->items[i].text));
    for (size_t i = 0; i < nb_countof(units) && !found; i++) {
        struct nb_codes unit = { 0 };
        nb_codes_add(&unit, units[i], strlen(units[i]));
        found = nb_codes_part(&text, &unit) ? units[i] : NULL;
        nb_codes_release(&unit);
    }
    nb_codes_release(&text);
    return found;
}

static void add_found(int *found, int *n_found, int class)
{
    if (class >= 0 && *n_found < MOST_LEAVES && (!*n_found || found[*n_found - 1] != class))
        found[(*n_found)++] = class;
}

/* Heads beside each other with but one blank between. */
static void find_words(const struct leaves *leaves, const char *line, int *found, int *n_found)
{
    for (const char *at = line + strspn(line, " "); *at; at += strspn(at, " ")) {
        size_t len = strcspn(at, " ");
        char *word = nb_xstrndup(at, len);
        add_found(found, n_found, class_of(leaves, word, true));
        free(word);
        at += len;
    }
}

/* The classes of the labels in their order, but for what stands over the places of a grid. */
static int find_in_order(struct nb_heads *heads, const struct leaves *leaves,
                         const struct nb_atoms *atoms, int from, int to, int *found)
{
    int n_found = 0;
    for (int i = from; i < to; i++) {
        const struct nb_atom *atom = &atoms->items[i];
        const struct nb_strip *strip = &atoms->document->strips[atom->strip];
        int class = atom->kind == NB_ATOM_LABEL ? class_of(leaves, atom->text, !strip->is_row) : -1;
        if (class < 0) {
            if (atom->kind == NB_ATOM_LABEL && !strip->is_row)
                find_words(leaves, atom->text, found, &n_found);
            continue;
        }
        add_found(found, &n_found, class);
        if (heads->width && (strip->has_spans || nb_right_edge(strip) == heads->width)) {
            heads->placed = true;
            place_head(heads, atom, class);
        }
    }
    return n_found;
}

/* Do the heads reach as far as the rows below them? Where a page merges cells wrongly they stand
 * over other columns than theirs. */
static bool reach_the_edge(const struct nb_atoms *atoms, int from, int to, int width)
{
    int edge = 0;
    for (int i = from; i < to; i++) {
        int right = atoms->items[i].column + atoms->items[i].columns;
        edge = right > edge ? right : edge;
    }
    return edge == width;
}

void nb_heads_read(struct nb_heads *heads, const struct nb_form *form, const struct nb_atoms *atoms,
                   int from, int to, const struct nb_frame *frame, const struct nb_target *target,
                   int width)
{
    struct leaves leaves;
    int found[MOST_LEAVES], n_found;
    while (to > from && to < atoms->count && atoms->items[to - 1].strip == atoms->items[to].strip)
        to--; /* the row's own label */
    bool lines = have_columns(atoms, from, to);
    list_leaves(&leaves, form, frame, target);
    *heads = (struct nb_heads) { .width = width };
    for (int i = 0; i < NB_IMPORT_MAX_COLUMNS; i++)
        heads->column_of[i] = -1;
    if (lines) {
        n_found = find_on_lines(&leaves, atoms, from, to, false, found);
        if (n_found < leaves.count)
            n_found = find_on_lines(&leaves, atoms, from, to, true, found);
        int ordered[MOST_LEAVES];
        int n_ordered = find_in_order(heads, &leaves, atoms, from, to, ordered);
        if (n_found < n_ordered && n_ordered == leaves.count) {
            memcpy(found, ordered, sizeof ordered);
            n_found = n_ordered;
        }
    } else {
        n_found = find_in_order(heads, &leaves, atoms, from, to, found);
    }
    if (heads->placed && !reach_the_edge(atoms, from, to, width))
        heads->placed = false;
    const struct nb_axis *axis = &target->table->columns;
    uint32_t present = find_present(&leaves, found, n_found);
    heads->unit = nb_money_unit(atoms, from, to);
    if (heads->placed)
        number_places(heads, &leaves);
    else if (present && are_spelt(&leaves, axis, atoms, from, to, present))
        heads->present = present;
    int known = heads->placed ? __builtin_popcount(heads->present) : n_found;
    bool spelt = are_spelt(&leaves, axis, atoms, from, to, UINT32_MAX);
    if (!heads->placed)
        heads->crossed = is_crossed(&leaves, found, n_found) && !(lines && spelt);
    heads->complete = !heads->crossed && (known >= leaves.count || spelt);
    heads->seen = !heads->crossed && (known >= leaves.count - 1 || spelt);
}
