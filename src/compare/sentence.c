#include "sentence.h"

#include <stdlib.h>
#include <string.h>

#include "nianbao/text.h"

/* ---- cutting ---- */

static bool is_line_end(uint32_t code)
{
    return code == '\n' || code == 0x85 || code == 0x2028 || code == 0x2029;
}

static bool ends_sentence(uint32_t code)
{
    return code == 0x3002 || code == 0xFF01 || code == 0xFF1F; /* 。！？ */
}

static bool closes(uint32_t code)
{
    return code == 0x201D || code == 0x2019 || code == 0xFF09 || code == 0x300D || code == 0x300F ||
           code == 0x300B || ends_sentence(code); /* ”’）」』》 */
}

static void add_sentence(struct nb_sentences *sentences, const char *from, const char *to)
{
    const char *start = NULL, *end = NULL;
    while (from < to) {
        const char *at = from;
        uint32_t code = nb_utf8_next(&from);
        if (nb_utf8_is_blank(code) || is_line_end(code))
            continue;
        start = start ? start : at;
        end = from;
    }
    if (!start)
        return;
    NB_GROW(sentences->items, sentences->count, sentences->cap);
    sentences->items[sentences->count++] = (struct nb_sentence) { start, (size_t)(end - start), 0 };
}

void nb_sentences_cut(struct nb_sentences *sentences, const char *text)
{
    const char *start = text;
    bool ended = false;
    for (;;) {
        const char *at = text;
        uint32_t code = nb_utf8_next(&text);
        if (!code || is_line_end(code) || (ended && !closes(code))) {
            add_sentence(sentences, start, at);
            start = at;
            ended = false;
        }
        if (!code)
            return;
        ended = ended || ends_sentence(code);
    }
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
