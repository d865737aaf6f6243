/* Wrapping is the library's (nb_pieces_cut, nb_lines_fill), a stretch at a time: the start of a
 * line is certain once the stretch holds something that did not fit before it, and from a firm
 * start on a line breaks as it does within the whole paragraph. */
#include "prose_layout.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unigbrk.h>

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

/* As the print sees it: src/report/page.c. */
static bool is_space(uint32_t code)
{
    return code == ' ' || code == '\t' || code == 0x3000 || code == 0x00A0;
}

static size_t leading_blanks(const char *text, size_t len)
{
    const char *at = text, *next = text;
    while (at < text + len && is_space(nb_utf8_next(&next)))
        at = next;
    return (size_t)(at - text);
}

static bool ends_with(const struct nb_buf *buf, size_t len, const char *end)
{
    size_t end_len = strlen(end);
    return len >= end_len && memcmp(buf->data + len - end_len, end, end_len) == 0;
}

static size_t without_blanks_behind(const struct nb_buf *buf)
{
    size_t len = buf->len;
    for (;;) {
        if (ends_with(buf, len, " "))
            len -= 1;
        else if (ends_with(buf, len, "\xC2\xA0"))
            len -= 2;
        else if (ends_with(buf, len, "　"))
            len -= 3;
        else
            return len;
    }
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
    layout->solid = without_blanks_behind(&layout->shown);
}

/* ---- lines ---- */

static void add_line(struct tui_layout *layout, size_t start, bool firm)
{
    NB_GROW(layout->lines, layout->n_lines, layout->cap_lines);
    layout->lines[layout->n_lines++] = (struct tui_layout_line) { start, firm };
}

static size_t common_length(const struct nb_buf *a, const struct nb_buf *b)
{
    enum { BLOCK = 1024 };
    size_t len = a->len < b->len ? a->len : b->len, at = 0;
    while (len - at > BLOCK && memcmp(a->data + at, b->data + at, BLOCK) == 0)
        at += BLOCK;
    while (at < len && a->data[at] == b->data[at])
        at++;
    return at;
}

/* Drops the lines that a change at `changed` can have moved. A shorter word there may now fit on
 * the line before, whose own start no longer depends on it: so two lines back is far enough. */
static void keep_lines(struct tui_layout *layout, size_t changed)
{
    int count = layout->n_lines;
    while (count > 1 && layout->lines[count - 1].start > changed)
        count--;
    count = count > 3 ? count - 2 : 1;
    while (count > 1 && !layout->lines[count - 1].firm)
        count--;
    layout->n_lines = count;
    layout->complete = false;
}

static void start_lines(struct tui_layout *layout)
{
    layout->n_lines = 0;
    layout->complete = false;
    add_line(layout, 0, true);
}

void tui_layout_set(struct tui_layout *layout, const struct nb_draft *draft, const char *text,
                    size_t from, int width_cols)
{
    enum { LEAST_COLS = TUI_INDENT_COLS + 2 };
    struct nb_buf old = layout->shown;
    size_t old_solid = layout->solid;
    int width = width_cols > LEAST_COLS ? width_cols : LEAST_COLS;
    bool same = layout->n_lines && layout->from == from && layout->width == width;
    layout->shown = layout->old;
    layout->old = old;
    layout->from = from;
    layout->width = width;
    layout->len = tui_paragraph_length(text + from);
    layout->lead = leading_blanks(text + from, layout->len);
    show(layout, draft, text + from);
    size_t changed = common_length(&layout->shown, &layout->old);
    size_t solid = layout->solid < old_solid ? layout->solid : old_solid;
    if (!same)
        start_lines(layout);
    else if (layout->solid != old_solid || changed < solid)
        keep_lines(layout, changed < solid ? changed : solid);
}

void tui_layout_release(struct tui_layout *layout)
{
    nb_buf_release(&layout->shown);
    nb_buf_release(&layout->old);
    nb_buf_release(&layout->blanks);
    free(layout->references);
    free(layout->lines);
    *layout = (struct tui_layout) { 0 };
}

static bool is_blank_at(const struct nb_buf *shown, size_t at)
{
    const char *text = shown->data + at;
    return *text == ' ' || strncmp(text, "　", 3) == 0;
}

/* A line that begins inside of a word too long for any line could break otherwise when the blanks
 * that the word may hold are seen without what stands before them. */
static bool is_firm(const struct tui_layout *layout, size_t start, const struct nb_pieces *pieces,
                    size_t from)
{
    int low = 0, high = pieces->count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (pieces->items[middle].start + from < start)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < pieces->count && pieces->items[low].start + from == start)
        return true;
    return !is_blank_at(&layout->shown, start) && !ends_with(&layout->shown, start, " ") &&
           !ends_with(&layout->shown, start, "　");
}

/* Adds the lines of the stretch from the last line on to `end`; false where too few are certain. */
static bool add_lines(struct tui_layout *layout, size_t end)
{
    int before = layout->n_lines;
    size_t from = layout->lines[before - 1].start;
    const char *text = nb_buf_text(&layout->shown) + from;
    struct nb_pieces pieces;
    struct nb_lines lines = { 0 };
    nb_pieces_cut(&pieces, text, end - from);
    nb_lines_fill(&lines, &pieces, text, before == 1 ? TUI_INDENT_COLS : 0, layout->width);
    for (int i = 1; i < lines.count; i++) {
        size_t start = from + lines.items[i].start;
        add_line(layout, start, is_firm(layout, start, &pieces, from));
    }
    nb_lines_release(&lines);
    nb_pieces_release(&pieces);
    layout->complete = end == layout->solid;
    while (!layout->complete && layout->n_lines > before &&
           !layout->lines[layout->n_lines - 1].firm)
        layout->n_lines--;
    return layout->complete || layout->n_lines > before;
}

/* Lays out some more lines; `stretch` bytes are tried, and twice as many the next time. */
static void extend(struct tui_layout *layout, size_t *stretch)
{
    enum { MOST = 8192 };
    bool done = false;
    while (!done) {
        size_t from = layout->lines[layout->n_lines - 1].start;
        size_t end = layout->solid;
        if (end - from > *stretch) {
            end = from + *stretch;
            while (((unsigned char)layout->shown.data[end] & 0xC0) == 0x80)
                end--;
        }
        done = add_lines(layout, end);
        if (!done || *stretch < MOST)
            *stretch *= 2;
    }
}

static size_t first_stretch(const struct tui_layout *layout)
{
    return (size_t)layout->width * 6; /* about four lines of ideographs */
}

bool tui_layout_has_line(struct tui_layout *layout, int line)
{
    size_t stretch = first_stretch(layout);
    while (!layout->complete && layout->n_lines <= line)
        extend(layout, &stretch);
    return line < layout->n_lines;
}

int tui_layout_count(struct tui_layout *layout)
{
    size_t stretch = first_stretch(layout);
    while (!layout->complete)
        extend(layout, &stretch);
    return layout->n_lines;
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
    size_t shown = shown_of(layout, at), stretch = first_stretch(layout);
    while (!layout->complete && layout->lines[layout->n_lines - 1].start <= shown)
        extend(layout, &stretch);
    int low = 0, high = layout->n_lines;
    while (low < high) {
        int middle = (low + high) / 2;
        if (layout->lines[middle].start <= shown)
            low = middle + 1;
        else
            high = middle;
    }
    return low - 1;
}

size_t tui_layout_line_start(struct tui_layout *layout, int line)
{
    return line == 0 ? 0 : place_of(layout, layout->lines[line].start);
}

static size_t shown_end(struct tui_layout *layout, int line)
{
    return tui_layout_has_line(layout, line + 1) ? layout->lines[line + 1].start
                                                 : layout->shown.len;
}

size_t tui_layout_line_end(struct tui_layout *layout, int line, bool *wrapped)
{
    *wrapped = false;
    if (!tui_layout_has_line(layout, line + 1))
        return layout->len;
    size_t start = layout->lines[line + 1].start, at = place_of(layout, start);
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

/* As the canvas will draw it: a canvas without cells only counts. */
static int drawn_width(const char *text, size_t len)
{
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
        const uint8_t *limit = (const uint8_t *)layout->shown.data + end;
        sign->len = sign->shown_len =
            (size_t)((const char *)u8_grapheme_next((const uint8_t *)text, limit) - text);
    }
    sign->next = shown + sign->shown_len;
    sign->column += sign->width;
    sign->width = drawn_width(text, sign->shown_len);
}

bool tui_layout_next_sign(struct tui_layout *layout, int line, struct tui_sign *sign)
{
    if (!sign->begun) {
        sign->begun = true;
        sign->next = layout->lines[line].start;
    }
    if (line == 0 && !sign->shown) {
        if (sign->at + sign->len < layout->lead)
            return next_blank(layout->blanks.data, layout->lead, sign);
        sign->column = TUI_INDENT_COLS;
        sign->width = 0;
    }
    size_t end = shown_end(layout, line);
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

size_t tui_layout_find(const struct tui_layout *layout, const char *word, size_t at)
{
    const char *shown = nb_buf_text(&layout->shown), *found = shown + shown_of(layout, at);
    for (; (found = strcasestr(found, word)); found++) {
        size_t place = place_of(layout, (size_t)(found - shown));
        if (place >= at)
            return place;
    }
    return SIZE_MAX;
}
