#include "sentence.h"

#include <stdlib.h>
#include <string.h>

#include "nianbao/sentence.h"
#include "nianbao/text.h"

/* ---- cutting ---- */

void nb_sentences_cut(struct nb_sentences *sentences, const char *text)
{
    size_t len = strlen(text);
    struct nb_span span = { 0 };
    while (nb_sentence_next(text, len, &span)) {
        size_t end = span.start + span.len;
        while (end > span.start && nb_utf8_is_blank(nb_utf8_before(text + span.start, text + end)))
            for (end--; ((unsigned char)text[end] & 0xC0) == 0x80; end--)
                ;
        NB_GROW(sentences->items, sentences->count, sentences->cap);
        sentences->items[sentences->count++] =
            (struct nb_sentence) { text + span.start, end - span.start, 0 };
    }
}

void nb_sentences_cut_lines(struct nb_sentences *lines, const char *text)
{
    while (*text) {
        size_t len = strcspn(text, "\n");
        NB_GROW(lines->items, lines->count, lines->cap);
        lines->items[lines->count++] = (struct nb_sentence) { text, len, 0 };
        text += len + (text[len] == '\n');
    }
}

bool nb_sentence_is(const struct nb_sentence *a, const struct nb_sentence *b)
{
    return a->len == b->len && memcmp(a->start, b->start, a->len) == 0;
}

void nb_sentences_release(struct nb_sentences *sentences)
{
    free(sentences->items);
    *sentences = (struct nb_sentences) { 0 };
}

/* ---- comparing ---- */

static int compare_sentences(const void *a, const void *b)
{
    const struct nb_sentence *x = *(struct nb_sentence *const *)a;
    const struct nb_sentence *y = *(struct nb_sentence *const *)b;
    if (x->len != y->len)
        return x->len < y->len ? -1 : 1;
    return memcmp(x->start, y->start, x->len);
}

/* Equal sentences get equal numbers, so that comparing them costs nothing. */
static void number(struct nb_sentences *a, struct nb_sentences *b)
{
    int count = a->count + b->count;
    struct nb_sentence **all = nb_xalloc((size_t)count * sizeof *all);
    for (int i = 0; i < count; i++)
        all[i] = i < a->count ? &a->items[i] : &b->items[i - a->count];
    if (count)
        qsort(all, (size_t)count, sizeof(struct nb_sentence *), compare_sentences);
    for (int i = 0; i < count; i++)
        all[i]->id = i && compare_sentences(&all[i - 1], &all[i]) == 0 ? all[i - 1]->id : i;
    free(all);
}

static void add_hunk(struct nb_hunks *hunks, const struct nb_hunk *hunk)
{
    if (hunk->from[0] == hunk->to[0] && hunk->from[1] == hunk->to[1])
        return;
    NB_GROW(hunks->items, hunks->count, hunks->cap);
    hunks->items[hunks->count++] = *hunk;
}

/* `left` and `right` are sentences that differ at both ends. common[i][j] is how many of those from
 * i and j on can be paired in order. */
static void add_differing(const struct nb_sentence *left, int n, const struct nb_sentence *right,
                          int m, int skip, struct nb_hunks *hunks)
{
    size_t columns = (size_t)m + 1;
    unsigned short *common = nb_xalloc(((size_t)n + 1) * columns * sizeof *common);
    for (int i = n - 1; i >= 0; i--) {
        unsigned short *row = common + (size_t)i * columns, *next = row + columns;
        for (int j = m - 1; j >= 0; j--) {
            unsigned short longer = next[j] > row[j + 1] ? next[j] : row[j + 1];
            row[j] = left[i].id == right[j].id ? (unsigned short)(next[j + 1] + 1) : longer;
        }
    }
    struct nb_hunk hunk = { { skip, skip }, { skip, skip } };
    for (int i = 0, j = 0; i < n || j < m;) {
        const unsigned short *at = common + (size_t)i * columns + (size_t)j;
        if (i < n && j < m && left[i].id == right[j].id) {
            add_hunk(hunks, &hunk);
            i++, j++;
            hunk = (struct nb_hunk) { { skip + i, skip + j }, { skip + i, skip + j } };
        } else if (j == m || (i < n && at[columns] >= at[1])) {
            hunk.to[0] = skip + ++i;
        } else {
            hunk.to[1] = skip + ++j;
        }
    }
    add_hunk(hunks, &hunk);
    free(common);
}

void nb_sentences_compare(struct nb_sentences *a, struct nb_sentences *b, struct nb_hunks *hunks)
{
    enum { MOST_PAIRS = 4000000 }; /* 8 MB and some milliseconds */
    number(a, b);
    int n = a->count, m = b->count, skip = 0;
    while (skip < n && skip < m && a->items[skip].id == b->items[skip].id)
        skip++;
    while (n > skip && m > skip && a->items[n - 1].id == b->items[m - 1].id)
        n--, m--;
    struct nb_hunk whole = { { skip, skip }, { n, m } };
    if ((long long)(n - skip) * (m - skip) > MOST_PAIRS || n == skip || m == skip)
        add_hunk(hunks, &whole);
    else
        add_differing(a->items + skip, n - skip, b->items + skip, m - skip, skip, hunks);
}

/* ---- three texts ---- */

/* The walk over what two sides changed, in the order of the first text. */
struct walk {
    struct nb_hunks hunks[3];
    int next[3];  /* the first hunk of the side that is not passed */
    int shift[3]; /* what a sentence's index differs by on that side here */
    int base;
};

static const struct nb_hunk *next_hunk(const struct walk *walk, int side)
{
    bool more = walk->next[side] < walk->hunks[side].count;
    return more ? &walk->hunks[side].items[walk->next[side]] : NULL;
}

/* The hunk that comes first in the first text; what is inserted stands before what follows it. */
static int first_side(const struct walk *walk)
{
    const struct nb_hunk *ours = next_hunk(walk, NB_OURS), *theirs = next_hunk(walk, NB_THEIRS);
    if (!ours || !theirs)
        return ours ? NB_OURS : NB_THEIRS;
    if (ours->from[0] != theirs->from[0])
        return ours->from[0] < theirs->from[0] ? NB_OURS : NB_THEIRS;
    return ours->to[0] <= theirs->to[0] ? NB_OURS : NB_THEIRS;
}

/* Do both sides change the same? What is inserted at one place on both sides is, too; neighbours
 * are not. */
static bool overlaps(const struct nb_hunk *hunk, const struct nb_stretch *stretch)
{
    int from = stretch->from[NB_BASE], to = stretch->to[NB_BASE];
    bool both_insert = from == to && hunk->from[0] == hunk->to[0];
    return hunk->from[0] < to || (hunk->from[0] == to && both_insert);
}

/* From where the walk stands to that sentence of the first text. */
static struct nb_stretch stretch_to(const struct walk *walk, int to)
{
    struct nb_stretch stretch = { .changed = { false } };
    for (int side = NB_BASE; side <= NB_THEIRS; side++) {
        stretch.from[side] = walk->base + walk->shift[side];
        stretch.to[side] = to + walk->shift[side];
    }
    return stretch;
}

static void take_hunk(struct walk *walk, int side, struct nb_stretch *stretch)
{
    const struct nb_hunk *hunk = next_hunk(walk, side);
    if (hunk->to[0] > stretch->to[NB_BASE])
        stretch->to[NB_BASE] = hunk->to[0];
    walk->shift[side] = hunk->to[1] - hunk->to[0];
    walk->next[side]++;
    stretch->changed[side] = true;
}

static struct nb_stretch take_changed(struct walk *walk)
{
    struct nb_stretch stretch = stretch_to(walk, walk->base);
    take_hunk(walk, first_side(walk), &stretch);
    for (bool more = true; more;) {
        more = false;
        for (int side = NB_OURS; side <= NB_THEIRS; side++) {
            const struct nb_hunk *hunk = next_hunk(walk, side);
            if (hunk && overlaps(hunk, &stretch)) {
                take_hunk(walk, side, &stretch);
                more = true;
            }
        }
    }
    walk->base = stretch.to[NB_BASE];
    for (int side = NB_OURS; side <= NB_THEIRS; side++)
        stretch.to[side] = walk->base + walk->shift[side];
    return stretch;
}

static void visit_same(struct walk *walk, int to,
                       void (*visit)(void *context, const struct nb_stretch *stretch),
                       void *context)
{
    struct nb_stretch same = stretch_to(walk, to);
    if (to > walk->base)
        visit(context, &same);
    walk->base = to;
}

void nb_sentences_join(struct nb_sentences texts[3],
                       void (*visit)(void *context, const struct nb_stretch *stretch),
                       void *context)
{
    struct walk walk = { .base = 0 };
    for (int side = NB_OURS; side <= NB_THEIRS; side++)
        nb_sentences_compare(&texts[NB_BASE], &texts[side], &walk.hunks[side]);
    while (next_hunk(&walk, NB_OURS) || next_hunk(&walk, NB_THEIRS)) {
        int from = next_hunk(&walk, first_side(&walk))->from[0];
        visit_same(&walk, from, visit, context);
        struct nb_stretch changed = take_changed(&walk);
        visit(context, &changed);
    }
    visit_same(&walk, texts[NB_BASE].count, visit, context);
    free(walk.hunks[NB_OURS].items);
    free(walk.hunks[NB_THEIRS].items);
}
