/* Where a line may end.
 *
 * libunistring's line breaking (UAX #14) is right for Latin words, numbers and most punctuation.
 * On top of it stand the rules of Chinese typography that it lacks:
 *
 *   no line begins with  ，。、；：？！）》」』”’…% and their kin,    GB/T 15834-2011, 5.1
 *   no line ends with    （《「『“‘ and their kin,
 *   and a line may end before “ ‘ and after ” ’ between Chinese characters, which UAX #14
 *   forbids because Western quotes look the same on both sides.
 *
 * Between two places where a line may end stands a piece; filling lines is a walk over pieces. */
#include "nianbao/text.h"

#include <stdlib.h>
#include <string.h>
#include <unigbrk.h>
#include <unilbrk.h>

static bool is_one_of(uint32_t code, const char *set)
{
    for (uint32_t other; (other = nb_utf8_next(&set));) {
        if (other == code)
            return true;
    }
    return false;
}

static bool never_begins_line(uint32_t code)
{
    return is_one_of(code, "，。、；：？！）》」』”’…%,.;:?!)]}％‰℃〉】〕］｝·～");
}

static bool never_ends_line(uint32_t code)
{
    return is_one_of(code, "（《「『“‘([{〈【〔［｛");
}

/* Ideographs and the punctuation that goes with them. */
static bool is_chinese(uint32_t code)
{
    return (code >= 0x2E80 && code <= 0x9FFF) || (code >= 0xF900 && code <= 0xFAFF) ||
           (code >= 0xFF00 && code <= 0xFFEF) || (code >= 0x20000 && code <= 0x3FFFF);
}

/* May a line end between these two, given what UAX #14 says? */
static bool may_break(uint32_t before, uint32_t after, bool unicode_says)
{
    if (never_begins_line(after) || never_ends_line(before))
        return false;
    if (is_one_of(after, "“‘") && (is_chinese(before) || is_one_of(before, "”’")))
        return true;
    if (is_one_of(before, "”’") && (is_chinese(after) || is_one_of(after, "“‘")))
        return true;
    return unicode_says;
}

static bool is_blank(uint32_t code)
{
    return code == ' ' || code == '\t' || code == 0x3000;
}

struct cutter {
    struct nb_pieces *pieces;
    int cap;
    const char *text;
    size_t start;
};

/* Ends the piece that began at cutter->start. */
static void cut(struct cutter *cutter, size_t end)
{
    struct nb_pieces *pieces = cutter->pieces;
    size_t solid = cutter->start; /* where the blanks at the end begin */
    for (const char *at = cutter->text + cutter->start; at < cutter->text + end;) {
        bool blank = is_blank(nb_utf8_next(&at));
        if (!blank)
            solid = (size_t)(at - cutter->text);
    }
    size_t len = solid - cutter->start;
    NB_GROW(pieces->items, pieces->count, cutter->cap);
    struct nb_piece *piece = &pieces->items[pieces->count++];
    *piece = (struct nb_piece) { .start = cutter->start,
                                 .len = len,
                                 .width = nb_text_width(cutter->text + cutter->start, len),
                                 .blank = nb_text_width(cutter->text + solid, end - solid) };
    if (piece->width > pieces->widest)
        pieces->widest = piece->width;
    cutter->start = end;
}

void nb_pieces_cut(struct nb_pieces *pieces, const char *text, size_t len_bytes)
{
    *pieces = (struct nb_pieces) { 0 };
    if (!len_bytes)
        return;
    char *breaks = nb_xalloc(len_bytes);
    u8_possible_linebreaks((const uint8_t *)text, len_bytes, "UTF-8", breaks);
    struct cutter cutter = { .pieces = pieces, .text = text };
    const char *at = text, *end = text + len_bytes;
    uint32_t before = nb_utf8_next(&at);
    uint32_t solid = before; /* the last character that is no blank */
    while (at < end) {
        size_t offset = (size_t)(at - text);
        uint32_t after = nb_utf8_next(&at);
        bool unicode_says = breaks[offset] == UC_BREAK_POSSIBLE;
        if (!is_blank(after) && may_break(is_blank(before) ? solid : before, after, unicode_says))
            cut(&cutter, offset);
        before = after;
        if (!is_blank(after))
            solid = after;
    }
    cut(&cutter, len_bytes);
    free(breaks);
}

void nb_pieces_release(struct nb_pieces *pieces)
{
    free(pieces->items);
    *pieces = (struct nb_pieces) { 0 };
}

static struct nb_line *add_line(struct nb_lines *lines, size_t start)
{
    NB_GROW(lines->items, lines->count, lines->cap);
    struct nb_line *line = &lines->items[lines->count++];
    *line = (struct nb_line) { .start = start };
    return line;
}

/* Spreads a piece that no line can hold over lines, from the start of a line on. */
static struct nb_line *break_piece(struct nb_lines *lines, const struct nb_piece *piece,
                                   const char *text, int *room, int width_cols)
{
    struct nb_line *line = &lines->items[lines->count - 1];
    const uint8_t *at = (const uint8_t *)text + piece->start, *end = at + piece->len;
    while (at < end) {
        const uint8_t *next = u8_grapheme_next(at, end);
        int width = nb_text_width((const char *)at, (size_t)(next - at));
        if (line->len && line->width + width > *room) {
            line = add_line(lines, (size_t)((const char *)at - text));
            *room = width_cols;
        }
        line->len += (size_t)(next - at);
        line->width += width;
        at = next;
    }
    return line;
}

void nb_lines_fill(struct nb_lines *lines, const struct nb_pieces *pieces, const char *text,
                   int indent_cols, int width_cols)
{
    lines->count = 0;
    int room = width_cols - indent_cols, blank = 0;
    struct nb_line *line = NULL;
    for (int i = 0; i < pieces->count; i++) {
        const struct nb_piece *piece = &pieces->items[i];
        if (!line || (line->len && line->width + blank + piece->width > room)) {
            if (line)
                room = width_cols;
            line = add_line(lines, piece->start);
        }
        if (piece->width > room && !line->len) {
            line = break_piece(lines, piece, text, &room, width_cols);
        } else {
            line->len = piece->start + piece->len - line->start;
            line->width += (line->width ? blank : 0) + piece->width;
        }
        blank = piece->blank;
    }
}

int nb_lines_count(const struct nb_pieces *pieces, int width_cols)
{
    int count = pieces->count > 0, used = 0, blank = 0;
    for (int i = 0; i < pieces->count; i++) {
        const struct nb_piece *piece = &pieces->items[i];
        if (used && used + blank + piece->width > width_cols) {
            count++;
            used = 0;
        }
        used += (used ? blank : 0) + piece->width;
        blank = piece->blank;
    }
    return count;
}

void nb_lines_release(struct nb_lines *lines)
{
    free(lines->items);
    *lines = (struct nb_lines) { 0 };
}
