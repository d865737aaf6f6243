/* Moving the cursor in a text. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <uniwbrk.h>

#include "nianbao/text.h"
#include "prose_view.h"

/* ---- words ---- */

/* The text around the cursor in which words are looked for: of its paragraph, no more than that. */
enum { WORDS_BYTES = 4096 };

struct words {
    const char *text;
    size_t len;
    char *breaks;  /* u8_wordbreaks() */
    bool at_start; /* of the paragraph */
};

static uint32_t code_at(const char *text)
{
    return nb_utf8_next(&text);
}

static uint32_t code_before(const char *text)
{
    do {
        text--;
    } while (((unsigned char)*text & 0xC0) == 0x80);
    return code_at(text);
}

static bool is_between_words(uint32_t code)
{
    return uc_is_property_white_space(code) || uc_is_general_category(code, UC_PUNCTUATION) ||
           uc_is_general_category(code, UC_SYMBOL);
}

/* Between ideographs nothing tells where a word ends: a run of them is taken for one. */
static bool is_word_start(const struct words *words, size_t at)
{
    const char *text = words->text + at;
    if (nb_reference_length(text))
        return true;
    if (((unsigned char)*text & 0xC0) == 0x80 || is_between_words(code_at(text)))
        return false;
    if (at == 0)
        return words->at_start;
    return words->breaks[at] && !(uc_is_property_ideographic(code_at(text)) &&
                                  uc_is_property_ideographic(code_before(text)));
}

static struct words words_around(const char *text, size_t len, size_t at, size_t *from)
{
    size_t to = len - at > WORDS_BYTES ? at + WORDS_BYTES : len;
    *from = at > WORDS_BYTES ? at - WORDS_BYTES : 0;
    while (((unsigned char)text[*from] & 0xC0) == 0x80)
        ++*from;
    while (to < len && ((unsigned char)text[to] & 0xC0) == 0x80)
        to++;
    struct words words = { text + *from, to - *from, nb_xalloc(to - *from + 1), *from == 0 };
    u8_wordbreaks((const uint8_t *)words.text, words.len, words.breaks);
    return words;
}

/* The nearest start of a word before `at` and behind it; 0 and the end where there is none. */
static void find_words(const char *text, size_t len, size_t at, size_t *before, size_t *behind)
{
    size_t from;
    struct words words = words_around(text, len, at, &from);
    *before = from;
    *behind = from + words.len;
    for (size_t i = 0; i < words.len;) {
        size_t place = from + i, reference = nb_reference_length(words.text + i);
        if (is_word_start(&words, i)) {
            if (place < at)
                *before = place;
            if (place > at) {
                *behind = place;
                break;
            }
        }
        i += reference ? reference : 1;
    }
    free(words.breaks);
}

static size_t word_from(struct tui_prose *prose, int step)
{
    const char *text = tui_prose_text(prose);
    size_t paragraph = tui_paragraph_start(text, prose->cursor), at = prose->cursor - paragraph;
    size_t len = tui_paragraph_length(text + paragraph), before, behind;
    if (step < 0 && at == 0)
        return tui_prose_before(prose, prose->cursor);
    if (step > 0 && at == len)
        return tui_prose_behind(prose, prose->cursor);
    find_words(text + paragraph, len, at, &before, &behind);
    size_t to = step < 0 ? before : behind < len ? behind : len;
    return paragraph + tui_layout_border(tui_prose_layout(prose, paragraph), to);
}

/* ---- paragraphs and lines ---- */

static size_t paragraph_from(struct tui_prose *prose, int step)
{
    const char *text = tui_prose_text(prose);
    size_t paragraph = tui_paragraph_start(text, prose->cursor);
    if (step < 0)
        return paragraph < prose->cursor || !paragraph ? paragraph
                                                       : tui_paragraph_start(text, paragraph - 1);
    size_t end = paragraph + tui_paragraph_length(text + paragraph);
    return end + tui_break_length(text + end);
}

static void move_by_lines(struct tui_prose *prose, int step, int count)
{
    struct tui_spot spot = tui_prose_cursor_spot(prose);
    size_t before = prose->cursor;
    if (prose->goal_column < 0)
        prose->goal_column = tui_prose_cursor_column(prose);
    bool moved = false;
    while (count-- > 0 && tui_prose_step(prose, &spot, step))
        moved = true;
    if (moved)
        tui_prose_place(prose, spot, prose->goal_column);
    /* on a line that a long reference fills the cursor cannot stand */
    while (moved && (step < 0 ? prose->cursor >= before : prose->cursor <= before) &&
           tui_prose_step(prose, &spot, step))
        tui_prose_place(prose, spot, prose->goal_column);
}

static void move_by_page(struct tui_prose *prose, int step)
{
    int count = prose->rows > 2 ? prose->rows - 1 : 1;
    struct tui_spot top = { prose->top_paragraph, prose->top_line };
    move_by_lines(prose, step, count);
    while (count-- > 0 && tui_prose_step(prose, &top, step))
        ;
    prose->top_paragraph = top.paragraph;
    prose->top_line = top.line;
}

static void move_to_line_start(struct tui_prose *prose)
{
    struct tui_spot spot = tui_prose_cursor_spot(prose);
    struct tui_layout *layout = tui_prose_layout(prose, spot.paragraph);
    size_t start = spot.line ? tui_layout_line_start(layout, spot.line) : layout->lead;
    prose->cursor = spot.paragraph + start;
}

static void move_to_line_end(struct tui_prose *prose)
{
    struct tui_spot spot = tui_prose_cursor_spot(prose);
    struct tui_layout *layout = tui_prose_layout(prose, spot.paragraph);
    prose->cursor = spot.paragraph + tui_layout_line_end(layout, spot.line, &prose->at_end);
}

/* ---- motions ---- */

static bool keeps_goal(enum tui_motion motion)
{
    return motion == TUI_TO_UP || motion == TUI_TO_DOWN || motion == TUI_TO_PAGE_UP ||
           motion == TUI_TO_PAGE_DOWN;
}

/* Motions within the flow of the text: where they lead. */
static size_t target_of(struct tui_prose *prose, enum tui_motion motion)
{
    switch (motion) {
    case TUI_TO_LEFT:
        return tui_prose_before(prose, prose->cursor);
    case TUI_TO_RIGHT:
        return tui_prose_behind(prose, prose->cursor);
    case TUI_TO_WORD_LEFT:
        return word_from(prose, -1);
    case TUI_TO_WORD_RIGHT:
        return word_from(prose, 1);
    case TUI_TO_PARAGRAPH_UP:
        return paragraph_from(prose, -1);
    case TUI_TO_PARAGRAPH_DOWN:
        return paragraph_from(prose, 1);
    case TUI_TO_START:
        return 0;
    case TUI_TO_END:
        return strlen(tui_prose_text(prose));
    case TUI_TO_UP:
    case TUI_TO_DOWN:
    case TUI_TO_LINE_START:
    case TUI_TO_LINE_END:
    case TUI_TO_PAGE_UP:
    case TUI_TO_PAGE_DOWN:
        break;
    }
    return prose->cursor;
}

/* Motions on the screen; false: the motion is none of them. */
static bool move_on_screen(struct tui_prose *prose, enum tui_motion motion)
{
    if (motion == TUI_TO_UP || motion == TUI_TO_DOWN)
        move_by_lines(prose, motion == TUI_TO_UP ? -1 : 1, 1);
    else if (motion == TUI_TO_PAGE_UP || motion == TUI_TO_PAGE_DOWN)
        move_by_page(prose, motion == TUI_TO_PAGE_UP ? -1 : 1);
    else if (motion == TUI_TO_LINE_START)
        move_to_line_start(prose);
    else if (motion == TUI_TO_LINE_END)
        move_to_line_end(prose);
    else
        return false;
    return true;
}

/* Home and End pressed twice stand for keys that some terminals keep for themselves. */
static enum tui_motion twice(const struct tui_prose *prose, enum tui_motion motion)
{
    if ((int)motion != prose->last_motion)
        return motion;
    return motion == TUI_TO_LINE_START ? TUI_TO_START
           : motion == TUI_TO_LINE_END ? TUI_TO_END
                                       : motion;
}

/* Without marking, left and right leave a marked stretch at its side. */
static bool leave_marked(struct tui_prose *prose, enum tui_motion motion)
{
    size_t from, len = tui_prose_marked(prose, &from);
    if (!len || (motion != TUI_TO_LEFT && motion != TUI_TO_RIGHT))
        return false;
    prose->cursor = motion == TUI_TO_LEFT ? from : from + len;
    return true;
}

void tui_prose_move(struct tui_prose *prose, enum tui_motion motion, bool mark)
{
    tui_prose_refresh(prose);
    mark |= prose->marking;
    enum tui_motion meant = twice(prose, motion);
    if (!keeps_goal(meant))
        prose->goal_column = -1;
    if (meant != TUI_TO_LINE_START) /* which starts from where the cursor shows */
        prose->at_end &= keeps_goal(meant) || meant == TUI_TO_LINE_END;
    if ((mark || !leave_marked(prose, meant)) && !move_on_screen(prose, meant))
        prose->cursor = target_of(prose, meant);
    if (meant == TUI_TO_LINE_START)
        prose->at_end = false;
    if (!mark)
        prose->anchor = prose->cursor;
    prose->typing = false;
    prose->last_motion = (int)motion;
}

/* ---- finding ---- */

bool tui_prose_find(struct tui_prose *prose, const char *word)
{
    tui_prose_refresh(prose);
    const char *text = tui_prose_text(prose);
    size_t start = tui_paragraph_start(text, prose->cursor), paragraph = start;
    size_t after = prose->cursor - start + 1, found, behind;
    bool again = false; /* back at the paragraph of the cursor */
    if (!word[0])
        return false;
    for (;; after = 0) {
        struct tui_layout *layout = tui_prose_layout(prose, paragraph);
        found = tui_layout_find(layout, word, after, &behind);
        if (found != SIZE_MAX || again)
            break;
        size_t end = paragraph + layout->len, broken = tui_break_length(text + end);
        paragraph = broken ? end + broken : 0;
        again = paragraph == start;
    }
    if (found == SIZE_MAX)
        return false;
    prose->cursor = prose->anchor =
        paragraph + tui_layout_border(tui_prose_layout(prose, paragraph), found);
    prose->found = prose->cursor;
    prose->found_len = paragraph + behind - prose->cursor;
    prose->marking = prose->typing = prose->at_end = false;
    prose->goal_column = prose->last_motion = -1;
    return true;
}
