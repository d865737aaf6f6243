/* A text in the editor: cursor, marked stretch, wrapped lines. Every change goes through the
 * history of the session.
 *
 * Lines are wrapped as the print wraps them at the same width: each paragraph (a line of the text)
 * begins after two ideographs, whatever blanks were typed there; a figure reference {address} is
 * one unbreakable sign that shows its figure. Positions are bytes of the text as the draft has it.
 * Only paragraphs on the screen are wrapped (prose_layout.h). */
#ifndef NIANBAO_TUI_PROSE_H
#define NIANBAO_TUI_PROSE_H

#include "app.h"
#include "session.h"

struct tui_layouts;

/* Start from { 0 }. */
struct tui_prose {
    struct tui_session *session;
    int text; /* which text of the draft */
    size_t cursor;
    size_t anchor;           /* the other end of the marked stretch; == cursor: none */
    bool marking;            /* ^T: moving marks */
    bool dragging;           /* the mouse marks */
    size_t found, found_len; /* what was looked for: shown as long as the cursor stands at it */
    bool at_end;             /* the cursor shows behind the line above, which is wrapped here */

    size_t top_paragraph; /* where the paragraph begins that the first row shows */
    int top_line;         /* the line of it */
    int goal_column;      /* that up and down try to keep, -1: the cursor's own */
    int last_motion;      /* enum tui_motion of the last event, -1: it was none */

    bool typing;   /* the last event typed or deleted: the next one joins its step */
    bool deleting; /* it deleted */
    int joined;    /* how many have joined */
    int step;      /* which step of the history that is */
    size_t joint;  /* where it left the cursor */

    int rows, columns; /* as last drawn */
    int y, x;          /* likewise: where its first cell stands on the canvas */
    struct tui_layouts *layouts;
};

enum tui_motion {
    TUI_TO_LEFT,
    TUI_TO_RIGHT,
    TUI_TO_UP,
    TUI_TO_DOWN,
    TUI_TO_WORD_LEFT,
    TUI_TO_WORD_RIGHT, /* words by libunistring's word breaks */
    TUI_TO_PARAGRAPH_UP,
    TUI_TO_PARAGRAPH_DOWN,
    TUI_TO_LINE_START,
    TUI_TO_LINE_END, /* of the line as it is shown */
    TUI_TO_PAGE_UP,
    TUI_TO_PAGE_DOWN,
    TUI_TO_START,
    TUI_TO_END,
};

/* Begins editing the text, with the cursor at `offset` (clamped to a cluster's border). May be
 * called again, for another text or another place. */
void tui_prose_open(struct tui_prose *prose, struct tui_session *session, int text, size_t offset);
/* Releases what it holds; the session stays the caller's. */
void tui_prose_close(struct tui_prose *prose);

/* Puts the cursor there; nothing is marked then. */
void tui_prose_go(struct tui_prose *prose, size_t offset);

/* Draws it into the rectangle and puts the canvas's cursor at the insertion point; scrolls so that
 * it is visible; behind a full line it rests on the last column. Stretches that warnings of
 * session->findings are about show as TUI_FOUND (errors: TUI_FOUND_ERROR), references as TUI_LINK,
 * the marked stretch as TUI_SELECTED. */
void tui_prose_draw(struct tui_prose *prose, struct tui_canvas *canvas, int y, int x, int rows,
                    int columns);

/* Typed characters, Enter, paste; mouse: a click places the cursor, a drag marks, the wheel
 * scrolls. False: not for a text. Other keys are commands, which call what follows. */
bool tui_prose_event(struct tui_prose *prose, struct tui_app *app, const struct tui_event *event);

/* To the start or end of a line twice is to the start or end of the text. */
void tui_prose_move(struct tui_prose *prose, enum tui_motion motion, bool mark);
/* One grapheme cluster or reference before (step -1) or behind the cursor, or what is marked. */
void tui_prose_delete(struct tui_prose *prose, int step);
/* Puts text in the place of what is marked, normalised as drafts want it; control characters go.
 * NULL, or why the text was refused and nothing changed. */
const char *tui_prose_insert(struct tui_prose *prose, const char *text, size_t len_bytes);
/* ^T: begins marking at the cursor, or ends it; nothing is marked then. */
void tui_prose_toggle_marking(struct tui_prose *prose);
/* Nothing is marked then; false: nothing was. */
bool tui_prose_unmark(struct tui_prose *prose);
/* The marked stretch: its bytes, 0: nothing is marked. */
size_t tui_prose_marked(const struct tui_prose *prose, size_t *from);
/* Copies what is marked to the clipboard, and removes it. */
void tui_prose_cut(struct tui_prose *prose, struct tui_app *app, bool remove);
/* Moves to the next place where `word` is shown, also as a figure, around the end; false: nowhere.
 */
bool tui_prose_find(struct tui_prose *prose, const char *word);
/* Characters of the text as printed, without blanks and line breaks: what 字数 means. */
int tui_prose_count(const struct tui_prose *prose);
/* Hands the text to $VISUAL or $EDITOR (else nano, vi) in a temporary file, references raw; what
 * comes back becomes one step. Tells what went wrong and then changes nothing. */
void tui_prose_edit_outside(struct tui_prose *prose, struct tui_app *app);

/* The most that a text may hold. */
enum { TUI_PROSE_BYTES = 1 << 20 };
/* Appends `text` as a draft may hold it: CR LF and CR become LF, control characters but tab,
 * newline and NEL go, noncharacters too. Returns how many went, -1: it is no UTF-8. */
int tui_prose_clean(const char *text, size_t len_bytes, struct nb_buf *out);
/* Puts `len_bytes` bytes that are clean in the place of `removed` bytes, as one step. */
void tui_prose_splice(struct tui_prose *prose, size_t from, size_t removed, const char *text,
                      size_t len_bytes);

#endif
