/* Wrapping is the library's (nb_pieces_cut, nb_lines_fill), of the whole paragraph: where a line
 * ends can depend on all that stands before it. Setting a paragraph that shows the same again keeps
 * its lines. */
#include "prose_layout.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "canvas.h"
#include "nianbao/text.h"

/* ---- paragraphs of a text ---- */

size_t tui_break_length(const char *text)
{
    if (text[0] == '\n')
        return 1;
    if (strncmp(text, "\xC2\x85", 2) == 0) /* NEL */
        return 2;
    if (strncmp(text, "\xE2\x80\xA8", 3) == 0 || strncmp(text, "\xE2\x80\xA9", 3) == 0)
        return 3; /* LS, PS */
    return 0;
}

size_t tui_paragraph_start(const char *text, size_t offset)
{
    for (; offset > 0; offset--) {
        unsigned char last = (unsigned char)text[offset - 1];
        if (last == '\n' || (last == 0x85 && offset > 1 && tui_break_length(text + offset - 2)) ||
            ((last & 0xFE) == 0xA8 && offset > 2 && tui_break_length(text + offset - 3) == 3))
            break;
    }
    return offset;
}

size_t tui_paragraph_length(const char *paragraph)
{
    const char *at = paragraph;
    for (;; at++) {
        at += strcspn(at, "\n\xC2\xE2");
        if (!*at || tui_break_length(at))
            return (size_t)(at - paragraph);
    }
}

/* ---- what is shown ---- */

static size_t leading_blanks(const char *text, size_t len)
{
    const char *at = text, *next = text;
    while (at < text + len && nb_utf8_is_blank(nb_utf8_next(&next)))
        at = next;
    return (size_t)(at - text);
}

/* Tabs print as spaces. */
static void show_plain(struct tui_layout *layout, const char *text, size_t len)
{
    struct nb_buf *shown = &layout->shown;
    size_t start = shown->len;
    nb_buf_add(shown, text, len);
    for (char *tab; shown->len > start &&
                    (tab = memchr(shown->data + start, '\t', shown->len - start)) != NULL;)
        *tab = ' ';
}

static void show_reference(struct tui_layout *layout, const struct nb_draft *draft,
                           const char *paragraph, size_t at, size_t len)
{
    NB_GROW(layout->references, layout->n_references, layout->cap_references);
    struct tui_reference *reference = &layout->references[layout->n_references++];
    char *copy = nb_xstrndup(paragraph + at, len);
    *reference = (struct tui_reference) { .at = at, .len = len, .shown = layout->shown.len };
    nb_draft_add_resolved(draft, copy, &layout->shown);
    reference->shown_len = layout->shown.len - reference->shown;
    free(copy);
}

static void show(struct tui_layout *layout, const struct nb_draft *draft, const char *paragraph)
{
    size_t at = layout->lead;
    layout->shown.len = layout->blanks.len = 0;
    nb_buf_puts(&layout->shown, "");
    nb_buf_add(&layout->blanks, paragraph, layout->lead);
    layout->n_references = 0;
    while (at < layout->len) {
        const char *brace = memchr(paragraph + at, '{', layout->len - at);
        size_t end = brace ? (size_t)(brace - paragraph) : layout->len;
        size_t len = brace ? nb_reference_length(brace) : 0;
        if (brace && !len)
            end++; /* a brace like any other character */
        show_plain(layout, paragraph + at, end - at);
        if (len)
            show_reference(layout, draft, paragraph, end, len);
        at = end + len;
    }
}

/* ---- lines ---- */

void tui_layout_set(struct tui_layout *layout, const struct nb_draft *draft, const char *text,
                    size_t from, int width_cols)
{
    enum { LEAST_COLS = TUI_INDENT_COLS + 2 };
    struct nb_buf old = layout->shown;
    int width = width_cols > LEAST_COLS ? width_cols : LEAST_COLS;
    bool same_width = layout->width == width;
    layout->shown = layout->old;
    layout->old = old;
    layout->from = from;
    layout->width = width;
    layout->len = tui_paragraph_length(text + from);
    layout->lead = leading_blanks(text + from, layout->len);
    show(layout, draft, text + from);
    bool same =
        old.len == layout->shown.len && memcmp(nb_buf_text(&old), layout->shown.data, old.len) == 0;
    if (!same || !same_width)
        layout->lines.count = 0;
}

void tui_layout_release(struct tui_layout *layout)
{
    nb_buf_release(&layout->shown);
    nb_buf_release(&layout->old);
    nb_buf_release(&layout->blanks);
    nb_lines_release(&layout->lines);
    free(layout->references);
    *layout = (struct tui_layout) { 0 };
}

int tui_layout_count(struct tui_layout *layout)
{
    struct nb_lines *lines = &layout->lines;
    if (lines->count)
        return lines->count;
    struct nb_pieces pieces;
    nb_pieces_cut(&pieces, layout->shown.data, layout->shown.len);
    nb_lines_fill(lines, &pieces, layout->shown.data, TUI_INDENT_COLS, layout->width);
    nb_pieces_release(&pieces);
    if (!lines->count) { /* the print drops the paragraph; the cursor needs a line */
        NB_GROW(lines->items, lines->count, lines->cap);
        lines->items[lines->count++] = (struct nb_line) { .start = 0 };
    }
    return lines->count;
}

/* ---- places ---- */

/* The last reference that begins not behind a place of the paragraph, or of `shown`; or NULL. */
static const struct tui_reference *last_reference(const struct tui_layout *layout, size_t place,
                                                  bool is_shown)
{
    int low = 0, high = layout->n_references;
    while (low < high) {
        int middle = (low + high) / 2;
        const struct tui_reference *reference = &layout->references[middle];
        if ((is_shown ? reference->shown : reference->at) <= place)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? &layout->references[low - 1] : NULL;
}

static size_t shown_of(const struct tui_layout *layout, size_t at)
{
    if (at <= layout->lead)
        return 0;
    const struct tui_reference *reference = last_reference(layout, at, false);
    if (!reference)
        return at - layout->lead;
    if (at < reference->at + reference->len)
        return reference->shown;
    return reference->shown + reference->shown_len + (at - reference->at - reference->len);
}

/* Inside of a reference: where it begins. */
static size_t place_of(const struct tui_layout *layout, size_t shown)
{
    const struct tui_reference *reference = last_reference(layout, shown, true);
    if (!reference)
        return layout->lead + shown;
    size_t end = reference->shown + reference->shown_len;
    return shown < end ? reference->at : reference->at + reference->len + (shown - end);
}

int tui_layout_line_of(struct tui_layout *layout, size_t at)
{
    size_t shown = shown_of(layout, at);
    int low = 0, high = tui_layout_count(layout);
    while (low < high) {
        int middle = (low + high) / 2;
        if (layout->lines.items[middle].start <= shown)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? low - 1 : 0;
}

/* Where the line begins in `shown`; behind the last line that is its end. */
static size_t shown_start(struct tui_layout *layout, int line)
{
    return line < tui_layout_count(layout) ? layout->lines.items[line].start : layout->shown.len;
}

size_t tui_layout_line_start(struct tui_layout *layout, int line)
{
    return line == 0 ? 0 : place_of(layout, shown_start(layout, line));
}

size_t tui_layout_line_end(struct tui_layout *layout, int line, bool *wrapped)
{
    *wrapped = false;
    if (line + 1 >= tui_layout_count(layout))
        return layout->len;
    size_t start = shown_start(layout, line + 1), at = place_of(layout, start);
    *wrapped = shown_of(layout, at) == start; /* else a reference goes on there */
    return at;
}

/* ---- signs ---- */

static size_t blank_cols(uint32_t code)
{
    return code == 0x3000 ? 2 : 1;
}

/* The blanks at the start stand in proportion in the columns of the indent. */
static bool next_blank(const char *blanks, size_t lead, struct tui_sign *sign)
{
    if (!sign->blanks_cols) {
        for (const char *at = blanks; at < blanks + lead;)
            sign->blanks_cols += blank_cols(nb_utf8_next(&at));
    }
    assert(sign->blanks_cols);
    const char *from = blanks + sign->at + sign->len, *at = from;
    sign->column += sign->width;
    sign->at = (size_t)(from - blanks);
    sign->blank_cols += blank_cols(nb_utf8_next(&at));
    sign->len = (size_t)(at - from);
    sign->width = (int)(sign->blank_cols * TUI_INDENT_COLS / sign->blanks_cols) - sign->column;
    return true;
}

/* As the canvas will draw it: a canvas without cells only counts. What takes no column in print
 * takes none here, so that no line grows too long. */
static int drawn_width(const char *text, size_t len)
{
    if (!nb_text_width(text, len))
        return 0;
    struct tui_canvas nowhere = { 0 };
    return tui_canvas_bytes(&nowhere, 0, 0, TUI_PLAIN, text, len);
}

static void take_sign(const struct tui_layout *layout, size_t end, struct tui_sign *sign)
{
    size_t shown = sign->next;
    const struct tui_reference *reference = last_reference(layout, shown, true);
    const char *text = layout->shown.data + shown;
    sign->shown = text;
    sign->at = place_of(layout, shown);
    sign->reference = reference && shown < reference->shown + reference->shown_len;
    sign->continued = sign->reference && shown > reference->shown;
    if (sign->reference) {
        size_t reference_end = reference->shown + reference->shown_len;
        sign->shown_len = (reference_end < end ? reference_end : end) - shown;
        sign->len = reference->len;
    } else {
        const struct tui_reference *next = reference              ? reference + 1
                                           : layout->n_references ? layout->references
                                                                  : NULL;
        if (next && next < layout->references + layout->n_references && next->shown < end)
            end = next->shown;
        const char *limit = layout->shown.data + end;
        sign->len = sign->shown_len = (size_t)(nb_utf8_cluster_end(text, limit) - text);
    }
    sign->next = shown + sign->shown_len;
    sign->column += sign->width;
    sign->width = drawn_width(text, sign->shown_len);
}

bool tui_layout_next_sign(struct tui_layout *layout, int line, struct tui_sign *sign)
{
    if (!sign->begun) {
        sign->begun = true;
        sign->next = shown_start(layout, line);
    }
    if (line == 0 && !sign->shown) {
        if (sign->at + sign->len < layout->lead)
            return next_blank(layout->blanks.data, layout->lead, sign);
        sign->column = TUI_INDENT_COLS;
        sign->width = 0;
    }
    size_t end = shown_start(layout, line + 1);
    if (sign->next >= end)
        return false;
    take_sign(layout, end, sign);
    return true;
}

int tui_layout_column(struct tui_layout *layout, int line, size_t at)
{
    struct tui_sign sign = { 0 };
    while (tui_layout_next_sign(layout, line, &sign)) {
        if (sign.at + sign.len > at)
            return sign.column;
    }
    return sign.column + sign.width;
}

size_t tui_layout_at_column(struct tui_layout *layout, int line, int column, bool *wrapped)
{
    struct tui_sign sign = { 0 };
    *wrapped = false;
    while (tui_layout_next_sign(layout, line, &sign)) {
        if (column >= sign.column + sign.width)
            continue;
        bool ends = sign.continued && place_of(layout, sign.next) != sign.at;
        return ends ? sign.at + sign.len : sign.at;
    }
    return tui_layout_line_end(layout, line, wrapped);
}

/* ---- borders ---- */

size_t tui_layout_border(struct tui_layout *layout, size_t at)
{
    if (at >= layout->len)
        return layout->len;
    struct tui_sign sign = { 0 };
    int line = tui_layout_line_of(layout, at);
    while (tui_layout_next_sign(layout, line, &sign)) {
        if (sign.at + sign.len > at)
            return sign.at;
    }
    return layout->len;
}

size_t tui_layout_before(struct tui_layout *layout, size_t at)
{
    return at ? tui_layout_border(layout, at - 1) : 0;
}

size_t tui_layout_behind(struct tui_layout *layout, size_t at)
{
    struct tui_sign sign = { 0 };
    int line = tui_layout_line_of(layout, at);
    while (tui_layout_next_sign(layout, line, &sign)) {
        if (sign.at + sign.len > at)
            return sign.at + sign.len;
    }
    return layout->len;
}

size_t tui_layout_find(struct tui_layout *layout, const char *word, size_t at, size_t *end)
{
    if (at > layout->len)
        return SIZE_MAX;
    const char *shown = nb_buf_text(&layout->shown), *found = shown + shown_of(layout, at);
    for (; (found = strcasestr(found, word)); found++) {
        size_t place = place_of(layout, (size_t)(found - shown));
        if (place < at)
            continue;
        size_t last = place_of(layout, (size_t)(found - shown) + strlen(word) - 1);
        *end = tui_layout_behind(layout, last);
        return place;
    }
    return SIZE_MAX;
}
