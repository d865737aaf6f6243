/* Where a character of a text stands in the file.
 *
 * The value of a text is shorter than what the file writes: margins, quotes and escapes go, lines
 * are folded. Only its start is remembered; when a place is asked for, file and value are walked
 * through side by side. Blanks and line breaks of the file stand for blanks and line breaks of the
 * value, everything else for one character each. */
#include <string.h>

#include "internal.h"
#include "nianbao/text.h"

struct walk {
    const char *at, *end; /* of the file: the rest of the text with its quotes */
    struct nb_mark mark;  /* of `at` */
    const char *value, *value_end;
};

/* The line breaks that libyaml knows; 0: none. */
static size_t break_length(const char *at, const char *end)
{
    static const char *const breaks[] = { "\r\n", "\n", "\r", "\xC2\x85", "\u2028", "\u2029" };
    if (at == end || !strchr("\r\n\xC2\xE2", *at))
        return 0;
    for (size_t i = 0; i < nb_countof(breaks); i++) {
        size_t len = strlen(breaks[i]);
        if ((size_t)(end - at) >= len && memcmp(at, breaks[i], len) == 0)
            return len;
    }
    return 0;
}

static size_t white_length(const char *at, const char *end)
{
    return at < end && (*at == ' ' || *at == '\t') ? 1 : break_length(at, end);
}

static size_t char_length(const char *at, const char *end)
{
    size_t len = at < end;
    while (at + len < end && ((unsigned char)at[len] & 0xC0) == 0x80)
        len++;
    return len;
}

/* Over one character or line break of the file. */
static void advance(struct walk *walk)
{
    size_t len = break_length(walk->at, walk->end);
    if (len) {
        walk->mark = (struct nb_mark) { walk->mark.line + 1, 1 };
    } else {
        len = char_length(walk->at, walk->end);
        walk->mark.column++;
    }
    walk->at += len;
}

static void advance_value(struct walk *walk, size_t chars)
{
    for (; chars && walk->value < walk->value_end; chars--)
        walk->value += char_length(walk->value, walk->value_end);
}

static void skip_white_value(struct walk *walk)
{
    while (white_length(walk->value, walk->value_end))
        advance_value(walk, 1);
}

/* Blocks keep their blanks but for the margin, so that all blanks of the value belong to this run.
 * In other texts one line break becomes a blank, and of several the first goes, unless it is a
 * line separator. */
static void pass_white(struct walk *walk, char style)
{
    const char *from = walk->at;
    size_t breaks = 0, kept = 0;
    for (size_t len; (len = white_length(walk->at, walk->end)); advance(walk)) {
        size_t is_break = break_length(walk->at, walk->end) > 0;
        kept += is_break && (breaks || len == strlen("\u2028"));
        breaks += is_break;
    }
    if (!breaks)
        advance_value(walk, (size_t)(walk->at - from));
    else if (style != '|')
        advance_value(walk, kept ? kept : 1);
    else
        skip_white_value(walk);
}

static bool joins_lines(const struct walk *walk, char style)
{
    return style == '"' && walk->at < walk->end && *walk->at == '\\' &&
           break_length(walk->at + 1, walk->end);
}

/* \n, \x41, \u4E00, \U00031350, or a line break that is none */
static void pass_escape(struct walk *walk)
{
    advance(walk);
    if (break_length(walk->at, walk->end)) {
        advance(walk);
        for (; white_length(walk->at, walk->end); advance(walk))
            advance_value(walk, break_length(walk->at, walk->end) > 0);
        return;
    }
    char kind = walk->at < walk->end ? *walk->at : '\0';
    int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
    for (int i = 0; i <= digits; i++)
        advance(walk);
    advance_value(walk, 1);
}

static void step(struct walk *walk, char style)
{
    if (white_length(walk->at, walk->end)) {
        pass_white(walk, style);
    } else if (style == '"' && *walk->at == '\\') {
        pass_escape(walk);
    } else {
        if (style == '\'' && *walk->at == '\'') /* stands twice */
            advance(walk);
        advance(walk);
        advance_value(walk, 1);
    }
}

/* To the first character of the value. Returns the style: a quote, | also for >, 0 for plain. */
static char begin(struct walk *walk)
{
    char first = walk->at < walk->end ? *walk->at : '\0';
    if (first == '"' || first == '\'') {
        advance(walk);
        return first;
    }
    if (first != '|' && first != '>')
        return '\0';
    while (walk->at < walk->end && !break_length(walk->at, walk->end))
        advance(walk);
    pass_white(walk, '|');
    return '|';
}

/* The place of the byte at `offset`, which is not before the one asked for last. */
static struct nb_mark walk_to(struct walk *walk, char style, const char *target)
{
    while (walk->at < walk->end && (walk->value < target || joins_lines(walk, style)))
        step(walk, style);
    /* a blank before the end of a run, as in the indentation of a block's line */
    struct nb_mark mark = walk->mark;
    size_t beyond = walk->value > target ? (size_t)(walk->value - target) : 0;
    if (!memchr(target, '\n', beyond) && (size_t)mark.column > beyond)
        mark.column -= (int)beyond;
    return mark;
}

void nb_text_place_marks(const struct nb_text_place *place, const char *file, const char *value,
                         const size_t *offsets, int count, struct nb_mark *marks)
{
    struct walk walk = { .at = file + place->from,
                         .end = file + place->to,
                         .mark = place->start,
                         .value = value,
                         .value_end = value + strlen(value) };
    char style = begin(&walk);
    for (int i = 0; i < count; i++)
        marks[i] = walk_to(&walk, style, value + offsets[i]);
}

struct nb_mark nb_text_place_mark(const struct nb_text_place *place, const char *file,
                                  const char *value, size_t offset)
{
    struct nb_mark mark;
    nb_text_place_marks(place, file, value, &offset, 1, &mark);
    return mark;
}
