/* A section laid out as lines from top to bottom, and moving among its cells. No drawing here.
 *
 *     TEXT   说明文字                     a text of the head, or the note above a table
 *     NAME   第二十条第（一）项           the caption of a table, or a row without cells
 *     HEAD            制发  废止  有效    one or two lines
 *     ROW    规章        2     1    12    a leaf row of the table
 */
#ifndef NIANBAO_TUI_SHEET_H
#define NIANBAO_TUI_SHEET_H

#include "session.h"

enum tui_row_kind { TUI_ROW_TEXT, TUI_ROW_NAME, TUI_ROW_HEAD, TUI_ROW_CELLS };

struct tui_row {
    enum tui_row_kind kind;
    const struct nb_table *table; /* NULL for a text */
    int index; /* the text, the level of the head, the leaf row of the table, or TUI_CAPTION */
};
enum { TUI_CAPTION = -1 };

struct tui_sheet {
    const struct nb_form *form;
    int section; /* -1: the head of the draft */
    struct tui_row *rows;
    int n_rows, cap_rows;
};

/* A row of the sheet and a leaf column of its table. */
struct tui_focus {
    int row, column;
};

/* With or without the texts that stand above its tables. */
void tui_sheet_build(struct tui_sheet *sheet, const struct nb_form *form, int section, bool texts);
void tui_sheet_release(struct tui_sheet *sheet);

/* Is the section nothing but one text? Then the editor shows it whole; *text is that text. */
bool tui_section_is_text(const struct nb_form *form, int section, int *text);
/* What a text that stands on a line of a sheet is called. */
const char *tui_text_name(int text);
/* How many lines the heads of a table take: two where labels of columns repeat under groups. */
int tui_table_head_rows(const struct nb_table *table);

/* The cell at a focus, -1: none. */
int tui_sheet_cell(const struct tui_sheet *sheet, struct tui_focus focus);
/* The text at a focus, -1: none. */
int tui_sheet_text(const struct tui_sheet *sheet, struct tui_focus focus);
/* Where a cell or text stands; row -1: not in this section. */
struct tui_focus tui_sheet_find(const struct tui_sheet *sheet, int cell, int text);

enum tui_step {
    TUI_STEP_UP,
    TUI_STEP_DOWN,
    TUI_STEP_LEFT,
    TUI_STEP_RIGHT,
    TUI_STEP_NEXT, /* cell after cell, across rows and tables */
    TUI_STEP_BACK,
    TUI_STEP_ROW_START,
    TUI_STEP_ROW_END,
    TUI_STEP_FIRST,
    TUI_STEP_LAST,
    TUI_STEP_PAGE_UP, /* the editor makes these of many steps up or down */
    TUI_STEP_PAGE_DOWN,
};
/* The focus one step on; the same where there is nothing further. */
struct tui_focus tui_sheet_step(const struct tui_sheet *sheet, struct tui_focus focus,
                                enum tui_step step);

#endif
