/* One paragraph of a text as lines on the screen.
 *
 *     text     　　受理申请{requests.new.total}件，办结…     bytes of the draft, with blanks at its
 *     lead     ^^^^                                          start, which print as the indent
 *     shown    受理申请3525件，办结…                         as the print has it
 *     lines    受理申请3525件， │ 办结…                      the same as the print's of that width
 *
 * Places (`at`, `from`) are bytes of the paragraph as the draft has it. It is laid out when a line
 * is asked for, and not again as long as it shows the same. */
#ifndef NIANBAO_TUI_PROSE_LAYOUT_H
#define NIANBAO_TUI_PROSE_LAYOUT_H

#include "nianbao/draft.h"
#include "nianbao/text.h"

enum { TUI_INDENT_COLS = 4 };

struct tui_reference {
    size_t at, len;          /* with its braces */
    size_t shown, shown_len; /* its figure */
};

/* Start from { 0 }. */
struct tui_layout {
    size_t from;                 /* where the paragraph begins in the text */
    size_t len;                  /* without its line break */
    size_t lead;                 /* blanks at its start, which share the columns of the indent */
    struct nb_buf shown, blanks; /* blanks: the first `lead` bytes */
    struct nb_buf old;           /* shown before it was set anew */
    struct tui_reference *references;
    int n_references, cap_references;
    struct nb_lines lines; /* of shown; none: not laid out yet */
    int width;
};

/* What the cursor cannot enter: a grapheme cluster, a reference, a blank of the indent. */
struct tui_sign {
    size_t at, len;
    const char *shown; /* NULL: a blank of the indent */
    size_t shown_len;
    int column, width;
    bool reference;
    bool continued;                       /* of a reference too long for a line: not its start */
    size_t next, blank_cols, blanks_cols; /* of the walk */
    bool begun;
};

/* The paragraph that begins `from` bytes into `text`, in lines of `width_cols`. */
void tui_layout_set(struct tui_layout *layout, const struct nb_draft *draft, const char *text,
                    size_t from, int width_cols);
void tui_layout_release(struct tui_layout *layout);

/* How many lines: at least one. */
int tui_layout_count(struct tui_layout *layout);
/* The line on which a cursor at that place stands. */
int tui_layout_line_of(struct tui_layout *layout, size_t at);
size_t tui_layout_line_start(struct tui_layout *layout, int line);
/* Where it ends; *wrapped: and the next one begins at this very place. */
size_t tui_layout_line_end(struct tui_layout *layout, int line, bool *wrapped);

/* The next sign of the line; the walk starts from { 0 }. */
bool tui_layout_next_sign(struct tui_layout *layout, int line, struct tui_sign *sign);
/* Where the place stands on the line, or the column behind the line. */
int tui_layout_column(struct tui_layout *layout, int line, size_t at);
/* The place at that column; *wrapped: behind the last sign, where the next line begins. */
size_t tui_layout_at_column(struct tui_layout *layout, int line, int column, bool *wrapped);

/* The last border between signs that is not behind `at`; the nearest before; the nearest behind. */
size_t tui_layout_border(struct tui_layout *layout, size_t at);
size_t tui_layout_before(struct tui_layout *layout, size_t at);
size_t tui_layout_behind(struct tui_layout *layout, size_t at);

/* The first place from `at` on where the word is shown, or SIZE_MAX; the sign that it ends in ends
 * at *end. ASCII case does not count. */
size_t tui_layout_find(struct tui_layout *layout, const char *word, size_t at, size_t *end);

/* ---- paragraphs of a text ---- */

/* The line break at `text`: its length, 0 where there is none. */
size_t tui_break_length(const char *text);
/* Where the paragraph begins that holds the offset. */
size_t tui_paragraph_start(const char *text, size_t offset);
/* Bytes from there to its line break. */
size_t tui_paragraph_length(const char *paragraph);

#endif
