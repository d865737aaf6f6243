/* The finished report: form and draft become a tree of blocks, which renderers turn into text or
 * HTML. Renderers see only the tree, never the form. */
#ifndef NIANBAO_REPORT_H
#define NIANBAO_REPORT_H

#include "nianbao/draft.h"

enum nb_align { NB_ALIGN_LEFT, NB_ALIGN_CENTER, NB_ALIGN_RIGHT };

/* A rectangle of a grid, in rows and columns of the grid. Rectangles cover the grid and do not
 * overlap. */
struct nb_box {
    int row, column, rows, columns;
    const char *text; /* one paragraph, "" for an empty box */
    enum nb_align align;
    int indent_cols;
    bool head;   /* a caption, a column head or a stub */
    bool figure; /* its text is never broken */
};

struct nb_grid {
    const char *name; /* what messages call it */
    int n_rows, n_columns;
    int n_stubs;      /* the first columns hold labels, the others figures */
    int n_head_rows;  /* rows that repeat at the top of a page */
    bool *ends_group; /* by column: the last one under a common head */
    struct nb_box *boxes;
    int n_boxes, cap_boxes;
};

enum nb_block_kind {
    NB_BLOCK_TITLE,
    NB_BLOCK_HEADING,
    NB_BLOCK_PARAGRAPH,
    NB_BLOCK_TABLE,
    NB_BLOCK_FOOT,      /* a line right below a table */
    NB_BLOCK_SIGNATURE, /* a right-aligned line */
};

struct nb_block {
    enum nb_block_kind kind;
    const char *text;           /* "" for a table */
    const struct nb_grid *grid; /* of a table, else NULL */
};

struct nb_page {
    struct nb_block *blocks;
    int n_blocks, cap_blocks;
    struct nb_arena arena; /* texts and grids */
};

/* The report of a draft, or with `blank` its form with nothing filled in but title, headings and
 * heads. Release with nb_page_release(). */
void nb_page_build(struct nb_page *page, const struct nb_draft *draft, bool blank);
void nb_page_release(struct nb_page *page);
/* Appends a block without a grid; valid until the next one. */
struct nb_block *nb_page_add(struct nb_page *page, enum nb_block_kind kind, const char *text);
/* Appends for the reviewer which warnings were accepted, why, by whom and when. `findings` are the
 * draft's, as nb_check_draft() gives them. */
void nb_page_add_accepted(struct nb_page *page, const struct nb_draft *draft,
                          const struct nb_diags *findings);

enum nb_line_style { NB_LINES_UNICODE, NB_LINES_ASCII };

struct nb_text_options {
    int width_cols;
    enum nb_line_style lines;
};
enum { NB_MIN_WIDTH = 20, NB_MAX_WIDTH = 400, NB_DEFAULT_WIDTH = 80 };

/* Appends the report as plain text: no line has trailing blanks, every line of a table has the same
 * width, and lines break by the rules of Chinese typography. A table that no such width can hold
 * is wider, which is told in `diags` for `file`. */
void nb_page_write_text(const struct nb_page *page, const struct nb_text_options *options,
                        const char *file, struct nb_diags *diags, struct nb_buf *out);

/* Appends one self-contained HTML page for print (A4), Word, WPS and websites. */
void nb_page_write_html(const struct nb_page *page, struct nb_buf *out);

#endif
