/* Tables that hold more than the form's: columns that number the rows, and two halves side by side.
 */
#include <string.h>

#include "document.h"

/* ---- numbering ---- */

/* The number that the strip has as its scrap `column`, -1: something else stands there. */
static int number_at(const struct nb_strip *strip, int column)
{
    enum { MOST_DIGITS = 4 };
    if (column >= strip->n_scraps || strip->n_scraps < 2)
        return -1;
    const char *text = strip->scraps[column].text;
    size_t len = strspn(text, "0123456789");
    if (!len || len > MOST_DIGITS || text[len])
        return -1;
    int number = 0;
    for (; *text; text++)
        number = number * 10 + (*text - '0');
    return number;
}

static void drop_scrap(struct nb_strip *strip, int column)
{
    int behind = --strip->n_scraps - column;
    memmove(&strip->scraps[column], &strip->scraps[column + 1],
            (size_t)behind * sizeof *strip->scraps);
}

/* How many strips from `first` on count up in that scrap. */
static int count_up(const struct nb_document *document, int first, int column)
{
    int number = number_at(&document->strips[first], column), count = 0;
    while (number >= 0 && first + count < document->n_strips &&
           number_at(&document->strips[first + count], column) == number + count)
        count++;
    return count;
}

/* 序号, 代码, 行次: behind the labels such a number would be taken for the figure of its row. No
 * column of figures counts up by one, row after row. */
static void drop_serials(struct nb_document *document)
{
    enum { MOST_COLUMN = 8, LEAST_ROWS = 8 };
    for (int column = MOST_COLUMN; column >= 0; column--) {
        for (int i = 0, rows; i < document->n_strips; i += rows ? rows : 1) {
            rows = count_up(document, i, column);
            for (int j = i; rows >= LEAST_ROWS && j < i + rows; j++)
                drop_scrap(&document->strips[j], column);
        }
    }
}

/* ---- two halves ---- */

static bool is_label(const struct nb_scrap *scrap)
{
    const char *at = scrap->text;
    while (*at && (unsigned char)*at < 0x80)
        at++;
    return *at && strcmp(scrap->text, "—") != 0;
}

/* Heads that stand there twice: how many to a half, 0: they do not. */
static int half_of(const struct nb_strip *strip)
{
    int half = strip->n_scraps / 2;
    if (half < 2 || strip->n_scraps % 2)
        return 0;
    for (int i = 0; i < half; i++) {
        if (!is_label(&strip->scraps[i]) ||
            strcmp(strip->scraps[i].text, strip->scraps[half + i].text) != 0)
            return 0;
    }
    return half;
}

/* A row with a label in front of each half; the right one may be blank. */
static bool is_halved(const struct nb_strip *strip, int half)
{
    if (strip->n_scraps < half || strip->n_scraps > 2 * half || !is_label(&strip->scraps[0]))
        return false;
    const struct nb_scrap *right = strip->n_scraps > half ? &strip->scraps[half] : NULL;
    return !right || !right->text[0] || is_label(right);
}

/* How many strips below the heads are rows of both halves; 0 where there are too few. */
static int count_halved(const struct nb_document *document, int heads, int half)
{
    enum { LEAST_ROWS = 5 };
    int count = 0, both = 0;
    for (int i = heads + 1; i < document->n_strips && is_halved(&document->strips[i], half); i++) {
        count++;
        both += document->strips[i].n_scraps == 2 * half;
    }
    return both >= LEAST_ROWS ? count : 0;
}

/* The second half as a strip of its own. */
static struct nb_strip cut_half(struct nb_document *document, struct nb_strip *strip, int half)
{
    struct nb_strip right = *strip;
    int count = strip->n_scraps - half, edge = strip->scraps[half - 1].column + 1;
    right.scraps = nb_xalloc(((size_t)count + 1) * sizeof *right.scraps);
    memcpy(right.scraps, &strip->scraps[half], (size_t)count * sizeof *right.scraps);
    right.n_scraps = right.cap_scraps = count;
    strip->n_scraps = half;
    for (int i = 0; i < count; i++)
        right.scraps[i].column -= edge;
    nb_document_write_text(document, strip);
    nb_document_write_text(document, &right);
    return right;
}

/* Puts the right halves of the `count` strips from `first` on behind them. */
static void unfold(struct nb_document *document, int first, int count, int half)
{
    for (int i = 0; i < count; i++) {
        NB_GROW(document->strips, document->n_strips, document->cap_strips);
        document->n_strips++;
    }
    int behind = document->n_strips - first - 2 * count;
    struct nb_strip *strips = &document->strips[first];
    memmove(strips + 2 * count, strips + count, (size_t)behind * sizeof *strips);
    for (int i = 0; i < count; i++)
        strips[count + i] = cut_half(document, &strips[i], half);
}

static void unfold_tables(struct nb_document *document)
{
    for (int i = 0; i < document->n_strips; i++) {
        int half = half_of(&document->strips[i]);
        int rows = half ? count_halved(document, i, half) : 0;
        if (!rows || document->n_strips + rows >= NB_IMPORT_MAX_STRIPS)
            continue;
        unfold(document, i, rows + 1, half);
        i += 2 * rows + 1;
    }
}

void nb_document_straighten(struct nb_document *document)
{
    drop_serials(document);
    unfold_tables(document);
}
