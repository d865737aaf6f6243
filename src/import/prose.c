/* Lines back to paragraphs.
 *
 * A line that was broken by its width is full: the first piece of the next line would not have
 * fitted behind it. Whether a document breaks lines at all shows where full lines end within a
 * sentence. Over an empty line, as a page leaves it behind, only a sentence that has not ended
 * goes on. */
#include "prose.h"

#include <stdlib.h>
#include <string.h>

#include "codes.h"
#include "nianbao/text.h"

enum { INDENT_COLS = 2, MOST_INDENT_COLS = 8, MOST_WRAPPED_COLS = 400 };

static bool ends_as_any(const char *text, const char *const *ends)
{
    size_t len = strlen(text);
    for (; *ends; ends++) {
        size_t end = strlen(*ends);
        if (len >= end && strcmp(text + len - end, *ends) == 0)
            return true;
    }
    return false;
}

bool nb_ends_sentence(const char *text)
{
    static const char *const ends[] = { "。", "；", "！", "？", ";", "!", "?", NULL };
    return ends_as_any(text, ends);
}

bool nb_ends_line(const char *text)
{
    static const char *const ends[] = { "：", ":", "”", "…", NULL };
    return nb_ends_sentence(text) || ends_as_any(text, ends);
}

/* ---- page numbers ---- */

static bool is_dash(uint32_t code)
{
    return code == '-' || (code >= 0x2010 && code <= 0x2015) || code == 0x2212 || code == 0xFF0D ||
           code == 0x2500 || code == 0x00B7 || code == '~';
}

/* — 3 —, 第 3 页，共 9 页, - 3/9 - */
static bool is_page_number(const char *text)
{
    static const char *const words[] = { "第", "页", "頁", "共", "/", "，", ",", "of", "Page" };
    int dashes = 0, digits = 0, pages = 0;
    for (const char *at = text; *at;) {
        const char *from = at;
        uint32_t code = nb_utf8_next(&at);
        if (code >= 0xFF10 && code <= 0xFF19)
            code = code - 0xFF10 + '0';
        if (nb_utf8_is_blank(code))
            continue;
        if (code >= '0' && code <= '9') {
            digits++;
            continue;
        }
        if (is_dash(code)) {
            dashes++;
            continue;
        }
        size_t word = 0;
        while (word < nb_countof(words) && strncmp(from, words[word], strlen(words[word])) != 0)
            word++;
        if (word == nb_countof(words))
            return false;
        pages += word == 1 || word == 2 || word == 8;
        at = from + strlen(words[word]);
    }
    const char *last = text + strlen(text) - 1;
    bool enclosed = dashes >= 2 && !nb_is_digit(*text) && !nb_is_digit(*last);
    return digits && digits <= 6 && (pages || enclosed);
}

void nb_drop_page_numbers(struct nb_document *document)
{
    for (int i = 0; i < document->n_strips; i++) {
        struct nb_strip *strip = &document->strips[i];
        bool bare = strip->text[0] && !strip->text[strspn(strip->text, "0123456789 ")];
        bool turns = i + 1 < document->n_strips && strip[1].turns_page;
        if (strip->is_row || !strip->text[0] || !(is_page_number(strip->text) || (bare && turns)))
            continue;
        strip->text = "";
        strip->n_scraps = 0;
        if (i + 1 < document->n_strips)
            strip[1].apart = true;
    }
}

/* ---- wrapping ---- */

static bool is_indented(const struct nb_wrapping *wrapping, const struct nb_strip *strip)
{
    return strip->indent_cols >= wrapping->margin_cols + INDENT_COLS;
}

/* Where two lines meet. */
struct seam {
    bool within; /* a piece goes over it: a blank stood there, or the piece was broken */
    bool alone;  /* nothing else stands before it */
    int piece_cols;
    int behind_cols; /* of that piece, or of the first one behind */
};

static size_t whole_characters(const char *text, size_t len)
{
    while (len && ((unsigned char)text[len] & 0xC0) == 0x80)
        len--;
    return len;
}

/* Some text before and behind is enough to see it. */
static struct seam find_seam(const char *text, const char *next)
{
    enum { SEAM_BYTES = 240 };
    struct nb_buf both = { 0 };
    size_t len = strlen(text), behind = strlen(next);
    size_t skipped = len > SEAM_BYTES ? whole_characters(text, len - SEAM_BYTES) : 0;
    behind = behind > SEAM_BYTES ? whole_characters(next, SEAM_BYTES) : behind;
    nb_buf_add(&both, text + skipped, len - skipped);
    size_t at = both.len;
    nb_buf_add(&both, next, behind);
    struct seam seam = { .within = false };
    struct nb_pieces pieces;
    nb_pieces_cut(&pieces, both.data, both.len);
    for (int i = 0; i < pieces.count; i++) {
        const struct nb_piece *piece = &pieces.items[i];
        if (piece->start + piece->len <= at)
            continue;
        size_t from = piece->start > at ? piece->start : at;
        seam.within = piece->start < at;
        seam.alone = piece->start == 0 && !skipped;
        seam.piece_cols = piece->width;
        seam.behind_cols = nb_text_width(both.data + from, piece->start + piece->len - from);
        break;
    }
    nb_pieces_release(&pieces);
    nb_buf_release(&both);
    return seam;
}

/* Would nothing of the next line have fitted on this one, behind a blank that may have stood there?
 * A piece may have been broken over more
 * lines than that. */
static bool is_full(const struct nb_wrapping *wrapping, const struct nb_document *document,
                    const struct nb_strip *strip, const struct nb_strip *next)
{
    enum { MOST_LINES = 3 };
    const struct nb_strip *end = document->strips + document->n_strips;
    struct nb_buf text = { 0 };
    if (strip->width_cols > MOST_WRAPPED_COLS)
        return false;
    nb_buf_puts(&text, next->text);
    for (int i = 1; i < MOST_LINES && next + i < end && !next[i].apart && !next[i].is_row &&
                    !is_indented(wrapping, &next[i]);
         i++)
        nb_buf_puts(&text, next[i].text);
    struct seam seam = find_seam(strip->text, text.data);
    nb_buf_release(&text);
    return strip->width_cols + 1 + seam.behind_cols > wrapping->width_cols ||
           (seam.within && seam.piece_cols > wrapping->width_cols);
}

static bool may_go_on(const struct nb_strip *strip, const struct nb_strip *next)
{
    return !strip->is_row && !next->is_row && !strip->whole && !next->whole;
}

void nb_wrapping_find(struct nb_wrapping *wrapping, const struct nb_document *document,
                      const int *strips, int count)
{
    *wrapping = (struct nb_wrapping) { .margin_cols = MOST_WRAPPED_COLS };
    for (int i = 0; i < count; i++) {
        const struct nb_strip *strip = &document->strips[strips[i]];
        if (strip->is_row || strip->whole || !strip->text[0])
            continue;
        if (strip->width_cols > wrapping->width_cols && strip->indent_cols <= MOST_INDENT_COLS)
            wrapping->width_cols = strip->width_cols;
    }
    for (int i = 0; i < document->n_strips; i++) {
        const struct nb_strip *strip = &document->strips[i];
        bool line = !strip->is_row && !strip->whole && strip->text[0];
        if (line && strip->indent_cols < wrapping->margin_cols)
            wrapping->margin_cols = strip->indent_cols;
    }
    for (int i = 0; i < count; i++) {
        const struct nb_strip *strip = &document->strips[strips[i]];
        bool adjacent = i + 1 < count && strips[i + 1] == strips[i] + 1;
        if (adjacent && may_go_on(strip, strip + 1) && !strip[1].apart &&
            !is_indented(wrapping, strip + 1) && !nb_ends_line(strip->text) &&
            is_full(wrapping, document, strip, strip + 1))
            wrapping->evidence++;
    }
    wrapping->printed = document->frame_cols > 0;
}

/* Does the text begin as a paragraph or a point of a list does? */
static bool begins_point(const char *text)
{
    int number;
    const char *at = text;
    uint32_t code = nb_utf8_next(&at);
    return nb_skip_enumerator(text, &number) != text || code == 0x25A0 || code == 0x25CF ||
           code == 0x2022 || code == 0x25A1 || code == 0x25C6 || code == '*' ||
           (code == '-' && *at == ' ');
}

/* Running text, not a line that heads some. */
static bool runs_on(const char *text)
{
    static const char *const signs[] = { "，", "。", "；", "、", ",", ";" };
    for (size_t i = 0; i < nb_countof(signs); i++) {
        if (strstr(text, signs[i]))
            return true;
    }
    return false;
}

static bool goes_on(const struct nb_wrapping *wrapping, const struct nb_document *document,
                    const struct nb_strip *first, const struct nb_strip *strip,
                    const struct nb_strip *next)
{
    enum { LEAST_COLS = 44, MANY = 3 };
    if (!may_go_on(strip, next) || is_indented(wrapping, next))
        return false;
    bool ended = nb_ends_line(strip->text), indented = is_indented(wrapping, first);
    if (next->apart || next->turns_page)
        return !ended && strip->width_cols >= LEAST_COLS && runs_on(strip->text) &&
               !begins_point(next->text);
    if (!is_full(wrapping, document, strip, next))
        return false;
    if (wrapping->printed && indented)
        return true;
    if (begins_point(next->text))
        return false;
    return !ended || wrapping->evidence >= (indented ? 1 : MANY);
}

/* ---- joining ---- */

/* A piece is broken where it is wider than a line, or than the first line behind its indentation.
 */
static bool needs_blank(const char *text, const char *next, int width_cols, int indent_cols)
{
    struct seam seam = find_seam(text, next);
    return seam.within && seam.piece_cols <= width_cols - (seam.alone ? indent_cols : 0);
}

void nb_join_lines(struct nb_buf *out, const char *next, int width_cols)
{
    if (needs_blank(nb_buf_text(out), next, width_cols, 0))
        nb_buf_putc(out, ' ');
    nb_buf_puts(out, next);
}

void nb_add_paragraphs(const struct nb_wrapping *wrapping, const struct nb_document *document,
                       const int *strips, int count, struct nb_buf *out)
{
    const struct nb_strip *first = NULL, *last = NULL;
    for (int i = 0; i < count; i++) {
        const struct nb_strip *strip = &document->strips[strips[i]];
        if (!strip->text[0])
            continue;
        if (last && goes_on(wrapping, document, first, last, strip)) {
            if (needs_blank(last->text, strip->text, wrapping->width_cols, last->indent_cols))
                nb_buf_putc(out, ' ');
            nb_buf_puts(out, strip->text);
        } else {
            if (out->len)
                nb_buf_putc(out, '\n');
            nb_buf_puts(out, strip->text);
            first = strip;
        }
        last = strip;
    }
}
