/* Where a line may end.
 *
 * libunistring's line breaking (UAX #14) is right for Latin words, numbers and most punctuation.
 * On top of it stand the rules of Chinese typography that it lacks:
 *
 *   no line begins with  ，。、；：？！）》」』”’…% and their kin,    GB/T 15834-2011, 5.1
 *   no line ends with    （《「『“‘ and their kin,
 *   a line may end before “ ‘ and after ” ’ between Chinese characters, which UAX #14
 *   forbids because Western quotes look the same on both sides;
 *   and numbers and Latin words stay whole, also 3．14, www.gov.cn and U.S.A.
 *
 * Between two places where a line may end stands a piece; filling lines is a walk over pieces.
 * A piece wider than a line must be broken: if need be at a sign rather than inside a word, but
 * inside a word wider than a line rather than at a sign. */
#include "nianbao/text.h"

#include <stdlib.h>
#include <string.h>
#include <uchar.h>
#include <unictype.h>
#include <unilbrk.h>

/* Of marks, of which no set here has an ideograph: most characters are told at once. */
static bool is_one_of(uint32_t code, const char32_t *set)
{
    if (code >= 0x3400 && code < 0xF900)
        return false;
    while (*set && *set != code)
        set++;
    return *set != 0;
}

static bool never_begins_line(uint32_t code)
{
    return is_one_of(code, U"，。、；：？！）》」』”’…%,.;:?!)]}％‰℃〉】〕］｝·～／．");
}

static bool never_ends_line(uint32_t code)
{
    return is_one_of(code, U"（《「『“‘([{〈【〔［｛");
}

/* Ideographs and the punctuation that goes with them. */
static bool is_chinese(uint32_t code)
{
    return (code >= 0x2E80 && code <= 0x9FFF) || (code >= 0xF900 && code <= 0xFAFF) ||
           (code >= 0xFF00 && code <= 0xFFEF) || (code >= 0x20000 && code <= 0x3FFFF);
}

static bool is_wide_digit(uint32_t code)
{
    return code >= 0xFF10 && code <= 0xFF19;
}

/* Letters and digits of which words are made; a line may end between characters two columns wide,
 * but for full-width letters and digits. */
static bool is_word(uint32_t code)
{
    if (code >= 0xFF01 && code <= 0xFF5E)
        return uc_is_alnum(code);
    return !is_chinese(code) && uc_is_alnum(code) && nb_utf8_width(code) < 2;
}

/* Accents and joiners, which belong to the character before them. */
static bool is_mark(uint32_t code)
{
    return code > 0x7F && nb_utf8_width(code) == 0 && !nb_utf8_is_blank(code);
}

/* May this stand inside a word? A Chinese sign only between digits as wide as itself. */
static bool may_join(uint32_t before, uint32_t code, uint32_t after)
{
    if (is_one_of(code, U".,:;-_@&=?~'!*$"))
        return true;
    if (is_one_of(code, U"’／－＿＠＆"))
        return is_word(before) && is_word(after);
    return is_one_of(code, U"．，：") && is_wide_digit(before) && is_wide_digit(after);
}

static uint32_t peek(const char *at, const char *end)
{
    return at < end ? nb_utf8_next(&at) : 0;
}

/* Where the number or Latin word that begins here ends; `at` itself when none does. A sign before
 * and a unit behind belong to it, as does what joins its parts: -3.14%, www.gov.cn, １，２３４. */
static const char *word_end(const char *at, const char *end)
{
    const char *next = at, *last = at;
    uint32_t before = nb_utf8_next(&next);
    if (next < end && is_one_of(before, U"+-−＋－¥￥$＄€"))
        before = nb_utf8_next(&next);
    if (is_word(before))
        last = next;
    while (last > at && next < end) {
        const char *place = next;
        uint32_t code = nb_utf8_next(&next);
        if (is_word(code)) {
            last = next;
        } else if (is_mark(code) || is_one_of(code, U"/+#%‰％℃")) {
            last = last == place ? next : last;
        } else if (!may_join(before, code, peek(next, end))) {
            break;
        }
        before = code;
    }
    return last;
}

static bool is_forbidden(uint32_t before, uint32_t after)
{
    return never_begins_line(after) || never_ends_line(before);
}

/* May a line end between these two, given what UAX #14 says? */
static bool may_break(uint32_t before, uint32_t after, bool unicode_says)
{
    if (is_one_of(after, U"“‘") && (is_chinese(before) || is_one_of(before, U"”’")))
        return true;
    if (is_one_of(before, U"”’") && (is_chinese(after) || is_one_of(after, U"“‘")))
        return true;
    return unicode_says;
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
        bool blank = nb_utf8_is_blank(nb_utf8_next(&at));
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
    const char *end = text + len_bytes, *at = nb_utf8_skip_blanks(text, end);
    if (at == end)
        return;
    char *breaks = nb_xalloc(len_bytes);
    u8_possible_linebreaks((const uint8_t *)text, len_bytes, "UTF-8", breaks);
    struct cutter cutter = { .pieces = pieces, .text = text, .start = (size_t)(at - text) };
    const char *word = word_end(at, end); /* the end of the word we are in or behind */
    uint32_t before = nb_utf8_next(&at);
    uint32_t solid = before; /* the last character that is no blank */
    while (at < end) {
        const char *place = at;
        size_t offset = (size_t)(place - text);
        uint32_t after = nb_utf8_next(&at);
        bool blank = nb_utf8_is_blank(after);
        if (!blank && place >= word && !is_forbidden(solid, after) &&
            may_break(before, after, breaks[offset] == UC_BREAK_POSSIBLE))
            cut(&cutter, offset);
        if (place >= word)
            word = word_end(place, end);
        before = after;
        solid = blank ? solid : after;
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

/* Where a line may end inside a piece that no line can hold, the worst first. */
enum harm { INSIDE_WORD, AT_SIGN, HARMLESS };

/* A walk along such a piece. */
struct walk {
    const char *at, *end;
    const char *word; /* the end of the word we are in or behind */
    bool whole;       /* that word fits a line: no line ends inside but where it is indented */
    int width_cols;   /* of a line */
};

/* A place where a line may end, and the walk that goes on behind it. */
struct spot {
    enum harm harm;
    const char *end;
    int width;
    struct walk next;
};

static enum harm harm_at(const struct walk *walk, uint32_t before, uint32_t after)
{
    if (walk->at < walk->word && walk->whole)
        return INSIDE_WORD;
    return is_forbidden(before, after) ? AT_SIGN : HARMLESS;
}

static void enter_word(struct walk *walk)
{
    if (walk->at < walk->word)
        return;
    walk->word = word_end(walk->at, walk->end);
    walk->whole = nb_text_width(walk->at, (size_t)(walk->word - walk->at)) <= walk->width_cols;
}

/* The end of a line that begins here: of the spots within `room` the last that does least harm,
 * but not before one grapheme cluster; the end of the piece where that is within `room`.
 *
 * What is walked over in vain is walked over again, but then its spots do more harm than the one
 * taken: at most as often as there are harms, so the whole is linear. */
static struct spot find_spot(struct walk walk, int room)
{
    struct spot here = { .end = walk.at }, best = { .end = NULL };
    uint32_t before = 0;
    while (walk.at < walk.end) {
        const char *solid = nb_utf8_skip_blanks(walk.at, walk.end), *code_end = solid;
        int blank = nb_text_width(walk.at, (size_t)(solid - walk.at));
        uint32_t code = nb_utf8_next(&code_end);
        walk.at = solid;
        here.next = walk;
        here.harm = harm_at(&walk, before, code);
        if (before && (!best.end || here.harm >= best.harm))
            best = here;
        enter_word(&walk);
        walk.at = nb_utf8_cluster_end(solid, walk.end);
        here.width += blank + nb_text_width(solid, (size_t)(walk.at - solid));
        here.end = walk.at;
        if (best.end && here.width > room)
            return best;
        before = code;
    }
    here.next = walk;
    return here;
}

/* Spreads a piece that no line can hold over lines, from the start of the last line on. */
static void break_piece(struct nb_lines *lines, const struct nb_piece *piece, const char *text,
                        int room, int width_cols)
{
    const char *start = text + piece->start, *end = start + piece->len;
    struct walk walk = { .at = start, .end = end, .word = start, .width_cols = width_cols };
    for (;;) {
        struct nb_line *line = &lines->items[lines->count - 1];
        struct spot spot = find_spot(walk, room);
        line->len = (size_t)(spot.end - walk.at);
        line->width = spot.width;
        walk = spot.next;
        if (walk.at == end)
            return;
        add_line(lines, (size_t)(walk.at - text));
        room = width_cols;
    }
}

void nb_lines_fill(struct nb_lines *lines, const struct nb_pieces *pieces, const char *text,
                   int indent_cols, int width_cols)
{
    lines->count = 0;
    int room = width_cols - indent_cols, blank = 0;
    struct nb_line *line = NULL;
    for (int i = 0; i < pieces->count; i++) {
        const struct nb_piece *piece = &pieces->items[i];
        if (!line || line->width + blank + piece->width > room) {
            line = add_line(lines, piece->start);
            room = lines->count > 1 ? width_cols : room;
            blank = 0;
        }
        if (!line->len && piece->width > room) {
            break_piece(lines, piece, text, room, width_cols);
            line = &lines->items[lines->count - 1];
            room = lines->count > 1 ? width_cols : room;
        } else {
            line->len = piece->start + piece->len - line->start;
            line->width += blank + piece->width;
        }
        blank = piece->blank;
    }
}

int nb_lines_count(const struct nb_pieces *pieces, int width_cols)
{
    int count = 0, used = 0, blank = 0;
    for (int i = 0; i < pieces->count; i++) {
        const struct nb_piece *piece = &pieces->items[i];
        if (!count || used + blank + piece->width > width_cols) {
            count++;
            used = blank = 0;
        }
        used += blank + piece->width;
        blank = piece->blank;
    }
    return count;
}

void nb_lines_release(struct nb_lines *lines)
{
    free(lines->items);
    *lines = (struct nb_lines) { 0 };
}
