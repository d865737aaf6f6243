/* UTF-8 text: checking, display width and line breaking by the rules of Chinese typography.
 *
 * Text is checked once where it comes in (nb_text_check()); everything else takes valid UTF-8.
 * Widths are columns of a terminal: 2 for ideographs, 1 for characters of ambiguous width. */
#ifndef NIANBAO_TEXT_H
#define NIANBAO_TEXT_H

#include <stdint.h>

#include "nianbao/base.h"

/* 0 to 9, whatever the locale. */
static inline bool nb_is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}
/* The same of the byte at `at`, if there is one before `end`. */
static inline bool nb_is_digit_at(const char *at, const char *end)
{
    return at < end && nb_is_digit(*at);
}
/* Do the bytes from `at` on, before `end`, begin with `word`? */
bool nb_text_begins(const char *at, const char *end, const char *word);
/* If they do, moves *at behind it. */
bool nb_text_take(const char **at, const char *end, const char *word);

/* The code point at *text, which moves behind it; 0 at the end of the string. */
uint32_t nb_utf8_next(const char **text);
/* The code point that ends at `at`; 0 at the start, `from`. */
uint32_t nb_utf8_before(const char *from, const char *at);
bool nb_utf8_is_ideograph(uint32_t code);
/* Appends the code point as UTF-8. */
void nb_utf8_add(struct nb_buf *out, uint32_t code);
/* Code points from `text` to `end`. */
int nb_utf8_count(const char *text, const char *end);
/* Columns of a terminal. 0 for what is not seen by itself: marks, joiners, control characters. */
int nb_utf8_width(uint32_t code);
/* The first ASCII character from `text` on, or `end`. Costs little: Chinese prose has few. */
const char *nb_utf8_ascii(const char *text, const char *end);
/* Blanks of any width, also those where no line ends by itself; tab, but no newline. */
bool nb_utf8_is_blank(uint32_t code);
/* The first place from `at` on that is no blank, or `end`; NULL for `end`: where the string ends.
 */
const char *nb_utf8_skip_blanks(const char *at, const char *end);
/* The end of the grapheme cluster that begins at `text`, which is before `end`. */
const char *nb_utf8_cluster_end(const char *text, const char *end);
/* The first byte that is not valid UTF-8, or NULL. */
const char *nb_utf8_fault(const char *text, size_t len_bytes);

/* The first character that no text of a draft may hold, or NULL: control characters other than tab
 * and newline (NEL may stand), and noncharacters. The text is valid UTF-8. */
const char *nb_text_fault(const char *text, size_t len_bytes);

/* Makes typed or pasted text one that may stand in a draft: CR LF and CR become LF, newlines at
 * the end go. Works in place and ends the text with a NUL; returns its new length. */
size_t nb_text_normalise(char *text, size_t len_bytes);

/* Appends text of unknown origin so that a terminal only shows it: control characters become
 * \xNN or \u{NNNN}, invalid bytes \xNN. */
void nb_text_add_visible(struct nb_buf *out, const char *bytes, size_t len_bytes);
/* The same for quoting in a message: what is longer than 60 characters ends with …. */
void nb_text_add_brief(struct nb_buf *out, const char *bytes, size_t len_bytes);

/* Appends the text as one field of one line: newline, tab and backslash become \n \t \\. */
void nb_text_add_escaped(struct nb_buf *out, const char *text);
/* Takes that back, in place; false where an escape is none of these. */
bool nb_text_unescape(char *text);

/* Columns of a text without line breaks. */
int nb_text_width(const char *text, size_t len_bytes);

/* True when both texts are the same but for blanks, full or half width, and ASCII case. */
bool nb_text_looks_like(const char *a, const char *b);

/* The first place in `text` that a person looking for `word` means, or NULL: blanks and line breaks
 * do not count, nor do full or half width and ASCII case. *len_bytes is its length. */
const char *nb_text_find(const char *text, const char *word, size_t *len_bytes);

/* Of `count` words the one that `word` was probably meant to be, or NULL. */
const char *nb_text_nearest(const char *word, const char *const *words, int count);

/* A text without line breaks, cut where a line may end (src/text/wrap.c lists the rules). */
struct nb_piece {
    size_t start, len; /* bytes, without the blanks behind; the text's first blanks are in none */
    int width, blank;  /* columns of the piece and of the blanks behind it */
};
struct nb_pieces {
    struct nb_piece *items; /* heap */
    int count;
    int widest; /* columns of the widest piece */
};
/* Start from anything; release with nb_pieces_release(). Blanks alone give no piece. */
void nb_pieces_cut(struct nb_pieces *pieces, const char *text, size_t len_bytes);
void nb_pieces_release(struct nb_pieces *pieces);

/* A line is the bytes [start, start + len) of the text that was cut; blanks are at neither end. */
struct nb_line {
    size_t start, len;
    int width;
};
struct nb_lines {
    struct nb_line *items; /* heap */
    int count, cap;
};
/* Fills lines of `width_cols`, the first beginning after `indent_cols`. A piece wider than a line
 * is broken where it does least harm. `text` is the text of `pieces`. `lines` starts from { 0 } or
 * is used again; no pieces give no line. */
void nb_lines_fill(struct nb_lines *lines, const struct nb_pieces *pieces, const char *text,
                   int indent_cols, int width_cols);
/* How many lines that would be when no piece is wider than a line. */
int nb_lines_count(const struct nb_pieces *pieces, int width_cols);
void nb_lines_release(struct nb_lines *lines);

#endif
