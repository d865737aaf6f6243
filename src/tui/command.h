/* The one table of commands: keys, hints, help, the command list and the manual come from it. */
#ifndef NIANBAO_TUI_COMMAND_H
#define NIANBAO_TUI_COMMAND_H

#include "app.h"

/* Where a command applies. */
enum tui_context {
    TUI_IN_TABLE = 1,  /* the editor, on a cell or a line of a table */
    TUI_IN_CELL = 2,   /* the editor, typing into a cell */
    TUI_IN_PROSE = 4,  /* the editor, in a text */
    TUI_IN_DRAFTS = 8, /* the list of drafts */
    TUI_IN_PAGER = 16, /* a text to read: preview, help */
    TUI_IN_PREVIEW = 32,
    TUI_IN_SETTLING = 64, /* two keyings side by side */
    /* one of these comes with TUI_IN_TABLE */
    TUI_IN_FIRST = 128,     /* the draft itself */
    TUI_IN_SECOND = 256,    /* its tables being keyed a second time; also with TUI_IN_CELL */
    TUI_IN_DOUBTS = 512,    /* what an import was not certain of */
    TUI_IN_PROPOSAL = 1024, /* there, where a text of the report names a figure */
    TUI_IN_ADOPTED = 2048,  /* there, where such a figure has been written */
    TUI_IN_EDITOR = TUI_IN_TABLE | TUI_IN_PROSE,
    TUI_IN_DRAFT = TUI_IN_FIRST | TUI_IN_PROSE,
};

struct tui_command {
    const char *title; /* what it does, for help and the command list */
    const char *hint;  /* for the line of hints, NULL: not there */
    unsigned contexts;
    uint32_t keys[4]; /* the first is the one that hints show; TUI_NO_KEY ends */
    void (*run)(struct tui_screen *screen, int arg);
    int arg;
};
extern const struct tui_command tui_commands[];
extern const int tui_n_commands;

/* The contexts once the figure being typed is written; the same where none is. */
unsigned tui_contexts_at_rest(unsigned contexts);
/* The command that the key runs in one of the contexts, or NULL. */
const struct tui_command *tui_find_command(unsigned contexts, uint32_t key);
/* Draws the hints that apply on row y. A click on one runs it: see tui_hint_at(). */
void tui_draw_hints(struct tui_canvas *canvas, int y, unsigned contexts);
/* The command whose hint stands at column x of the line of hints, or NULL. */
const struct tui_command *tui_hint_at(unsigned contexts, int columns, int x);

/* Opens the list of all commands that apply to the screen, and runs what is chosen. */
void tui_choose_command(struct tui_screen *screen, int arg);
/* Appends the keys and what they do, a line each, for help. */
void tui_add_key_help(struct nb_buf *out, unsigned contexts);

#endif
