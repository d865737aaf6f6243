/* The editor: one draft on the screen, section by section.
 *
 *     status     body, year, file, counts of findings
 *     tabs       the sections and their states
 *     sheet      the section's tables, or its text
 *     foot       the focused cell in words and figures, the finding nearest to it
 *     hints      keys */
#ifndef NIANBAO_TUI_EDITOR_H
#define NIANBAO_TUI_EDITOR_H

#include "app.h"
#include "frame.h"
#include "grid.h"
#include "prose.h"
#include "session.h"

enum tui_typing {
    TUI_RESTING,
    TUI_OVERWRITING, /* arrows commit and move */
    TUI_IN_PLACE,    /* arrows move inside the figure */
};

struct tui_editor {
    struct tui_screen screen;
    struct tui_session *session;
    int section; /* -1: the head */
    struct tui_sheet sheet;
    struct tui_grid grid;
    struct tui_line line;
    enum tui_typing typing;
    bool pressed;                /* the mouse, on a cell: dragging marks from there */
    struct tui_box listed, told; /* as last drawn: the list of findings, the one in the foot */
    int first_listed;            /* the finding in the first row of the list */
    bool marking;                /* ^T: arrows mark a block */
    struct tui_prose prose;
    bool in_prose;
    struct tui_place *left_at;  /* by section + 1: where the cursor was left */
    struct nb_buf wanted;       /* what was last looked for */
    uint32_t last_key;          /* for Home and End pressed twice */
    struct tui_session *second; /* the draft keyed a second time, while it is compared; or NULL */
    bool compares;              /* of a second keying: left to be compared, see verify.h */
};

/* Edits until the clerk quits, from a place on, NULL: where the cursor was left; the session stays
 * the caller's. `second`, which may be NULL, is compared with it first, and ended: verify.h. */
void tui_editor_run(struct tui_app *app, struct tui_session *session, const struct tui_place *from,
                    struct tui_session *second);
/* Keys tables a second time, also on top of the draft's own editor; true: now compare them. */
bool tui_editor_key(struct tui_app *app, struct tui_session *second);

/* ---- what the files of the editor share ---- */

unsigned tui_editor_contexts(const struct tui_screen *screen);
void tui_editor_draw(struct tui_screen *screen, struct tui_canvas *canvas);
/* The section whose tab stands there, -2: none. */
int tui_editor_tab_at(const struct tui_editor *editor, int y, int x);
/* The finding that is listed there, -1: none. */
int tui_editor_listed_at(const struct tui_editor *editor, int y, int x);
/* Does the terminal have room for the sections on the left? */
bool tui_editor_has_sidebar(const struct tui_canvas *canvas);

/* Goes to a section, where the cursor was left in it. */
void tui_editor_show(struct tui_editor *editor, int section);
void tui_editor_go(struct tui_editor *editor, const struct tui_place *place);
struct tui_place tui_editor_place(const struct tui_editor *editor);
/* The finding about the place, one that names its cell, one of the section; -1: none. */
int tui_editor_nearest_finding(const struct tui_editor *editor);
/* The editor of a command's screen, with typing ended. */
struct tui_editor *tui_editor_resting(struct tui_screen *screen);
/* Saves and says so, or why not. */
bool tui_editor_save(struct tui_editor *editor);
/* Ends typing: the figure is written; or refused with a reason, the cell keeps what it had, and the
 * caller should leave the cursor there: false. */
bool tui_editor_commit(struct tui_editor *editor);
/* Writes what was typed or pasted into the cell as one step; false: refused, with a reason. */
bool tui_editor_write(struct tui_editor *editor, int cell, const char *typed);
/* Appends the cell's equation that tells most, in figures; nothing where none does. */
void tui_add_equation(struct nb_buf *out, const struct tui_session *session, int cell);
/* Appends what may be filled in, e.g. 填 0 或正整数. */
void tui_add_wanted(struct nb_buf *out, enum nb_kind kind);
/* Appends why a figure was refused, e.g. “12x”填不进去，要填 0 或正整数. */
void tui_add_refusal(struct nb_buf *out, enum nb_figure_fault fault, enum nb_kind kind,
                     const char *typed);
/* Opens the text that stands on a line of a sheet, or asks for it where it is a line of the head;
 * `typed`, which may be NULL, comes first. */
void tui_editor_fill_in(struct tui_editor *editor, int text, const struct tui_event *typed);
void tui_editor_open_text(struct tui_editor *editor, int text, size_t offset);

/* Commands, see the table in command.c. */
void tui_edit_move(struct tui_screen *screen, int step);
void tui_edit_move_prose(struct tui_screen *screen, int motion);
enum { TUI_MARKING_MOVE = 64 }; /* with a step or a motion: marks */
void tui_edit_commit_and(struct tui_screen *screen, int step);
void tui_edit_enter(struct tui_screen *screen, int arg);
void tui_edit_escape(struct tui_screen *screen, int arg);
void tui_edit_in_place(struct tui_screen *screen, int arg);
void tui_edit_clear(struct tui_screen *screen, int step);
void tui_edit_section(struct tui_screen *screen, int section);
void tui_edit_turn(struct tui_screen *screen, int step);
void tui_edit_undo(struct tui_screen *screen, int redo);
void tui_edit_copy(struct tui_screen *screen, int cut);
void tui_edit_paste(struct tui_screen *screen, int arg);
void tui_edit_mark(struct tui_screen *screen, int arg);
void tui_edit_totals(struct tui_screen *screen, int all);
void tui_edit_save(struct tui_screen *screen, int arg);
void tui_edit_quit(struct tui_screen *screen, int arg);
void tui_edit_find(struct tui_screen *screen, int again);
void tui_edit_go_to(struct tui_screen *screen, int arg);
void tui_edit_note(struct tui_screen *screen, int arg);
void tui_edit_outside(struct tui_screen *screen, int arg);
void tui_edit_reference(struct tui_screen *screen, int arg);
void tui_edit_next_finding(struct tui_screen *screen, int step);
void tui_edit_findings(struct tui_screen *screen, int arg);
void tui_edit_accept(struct tui_screen *screen, int arg);
void tui_edit_mend(struct tui_screen *screen, int arg);
void tui_edit_finish(struct tui_screen *screen, int arg);
void tui_edit_preview(struct tui_screen *screen, int arg);
void tui_edit_prior(struct tui_screen *screen, int arg);
void tui_edit_verify(struct tui_screen *screen, int arg);
void tui_edit_compare(struct tui_screen *screen, int arg);
void tui_edit_kept(struct tui_screen *screen, int arg);
void tui_edit_leave_second(struct tui_screen *screen, int arg);
void tui_edit_help(struct tui_screen *screen, int arg);
void tui_edit_suspend(struct tui_screen *screen, int arg);

/* Pasted text at the focus: one figure, or a block after showing what it would write. */
void tui_paste_figures(struct tui_editor *editor, const char *text, size_t len_bytes);

#endif
