#include "rows_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nianbao/text.h"

static const struct {
    const char *name;
    bool blanks;
} shapes[SHAPE_COUNT] = {
    [SHAPE_PRINT] = { "print", true },
    [SHAPE_PRINT_ASCII] = { "print ascii", true },
    [SHAPE_TABS] = { "tabs", true },
    [SHAPE_TABS_FULL] = { "tabs full", true },
    [SHAPE_TABS_BLANK] = { "tabs blank", true },
    [SHAPE_CELL_LINES] = { "cell lines", true },
    [SHAPE_LINES] = { "lines", false },
    [SHAPE_LINES_GAPS] = { "lines gaps", false },
    [SHAPE_LINES_SPLIT] = { "lines split", false },
    [SHAPE_PIPES_FULL] = { "pipes full", true },
    [SHAPE_PIPES_BLANK] = { "pipes blank", true },
    [SHAPE_SPACES] = { "spaces", false },
    [SHAPE_ONE_BLANK] = { "one blank", false },
    [SHAPE_HTML] = { "html", true },
    [SHAPE_HTML_PAGE] = { "html page", true },
};

const char *shape_name(enum shape shape)
{
    return shapes[shape].name;
}

bool shape_shows_blanks(enum shape shape)
{
    return shapes[shape].blanks;
}

/* ---- tables as rows of cells ---- */

static void take_grid(struct rows *rows, const struct nb_grid *grid)
{
    *rows = (struct rows) { .n_rows = grid->n_rows, .n_columns = grid->n_columns };
    for (int row = 0; row < grid->n_rows; row++) {
        for (int column = 0; column < grid->n_columns; column++) {
            for (int i = 0; i < grid->n_boxes; i++) {
                const struct nb_box *box = &grid->boxes[i];
                if (box->row != row || box->column != column)
                    continue;
                rows->cells[row][rows->n_cells[row]++] =
                    (struct cell) { nb_xstrdup(box->text), column,   box->columns, box->rows,
                                    box->figure,           box->head };
            }
        }
    }
}

static void release_rows(struct rows *rows)
{
    for (int row = 0; row < rows->n_rows; row++) {
        for (int i = 0; i < rows->n_cells[row]; i++)
            free(rows->cells[row][i].text);
    }
}

/* The cell that covers a place: its own row may be above. */
static const struct cell *covering(const struct rows *rows, int row, int column, bool *first)
{
    for (int above = row; above >= 0; above--) {
        for (int i = 0; i < rows->n_cells[above]; i++) {
            const struct cell *cell = &rows->cells[above][i];
            bool reaches = above + cell->rows > row && cell->column <= column &&
                           column < cell->column + cell->columns;
            if (reaches) {
                *first = above == row && cell->column == column;
                return cell;
            }
        }
    }
    return NULL;
}

/* ---- writing ---- */

/* Every place of the row, those of merged cells, too. */
static void add_full_row(struct nb_buf *out, const struct rows *rows, int row, const char *before,
                         const char *between, const char *after, bool repeat)
{
    if (!rows->n_cells[row])
        return;
    nb_buf_puts(out, before);
    bool any = false;
    for (int column = 0; column < rows->n_columns; column++) {
        bool first = true;
        const struct cell *cell = covering(rows, row, column, &first);
        if (!cell)
            continue; /* lost, and so is its place */
        nb_buf_puts(out, any ? between : "");
        any = true;
        nb_buf_puts(out, first || repeat ? cell->text : "");
        const struct cell *next = cell + 1;
        bool extra =
            first && cell < rows->cells[row] + rows->n_cells[row] - 1 && next->column == column;
        if (extra)
            nb_buf_printf(out, "%s%s", between, next->text);
    }
    nb_buf_puts(out, after);
    if (row == 0 && strchr(before, '|'))
        nb_buf_puts(out, "| --- | --- |\n");
}

/* Each cell once; those that cells above reach into are blank. */
static void add_short_row(struct nb_buf *out, const struct rows *rows, int row, const char *before,
                          const char *after, bool blanks)
{
    for (int i = 0, column = 0; i <= rows->n_cells[row]; i++) {
        const struct cell *cell = i < rows->n_cells[row] ? &rows->cells[row][i] : NULL;
        int next = cell ? cell->column : rows->n_columns;
        for (bool first; blanks && column < next; column++) {
            if (covering(rows, row, column, &first))
                nb_buf_printf(out, "%s%s", before, after);
        }
        if (cell && (blanks || cell->text[0]))
            nb_buf_printf(out, "%s%s%s", before, cell->text, after);
        column = cell ? cell->column + cell->columns : column;
    }
}

static void add_split_row(struct nb_buf *out, const struct rows *rows, int row)
{
    enum { EACH = 3 };
    for (int i = 0; i < rows->n_cells[row]; i++) {
        int count = 0;
        const struct cell *cell = &rows->cells[row][i];
        for (const char *at = cell->text; *at; count++) {
            const char *from = at;
            nb_utf8_next(&at);
            if (count && count % EACH == 0 && cell->head)
                nb_buf_puts(out, "\n");
            nb_buf_add(out, from, (size_t)(at - from));
        }
        nb_buf_puts(out, cell->text[0] ? "\n" : "");
    }
}

static void add_html_row(struct nb_buf *out, const struct rows *rows, int row)
{
    nb_buf_puts(out, "<tr>");
    for (int i = 0; i < rows->n_cells[row]; i++) {
        const struct cell *cell = &rows->cells[row][i];
        nb_buf_printf(out, "<td rowspan=%d colspan=\"%d\"><p>%s&nbsp;</p></td>\n", cell->rows,
                      cell->columns, cell->text);
    }
    nb_buf_puts(out, "</tr>");
}

static void add_row(struct nb_buf *out, const struct rows *rows, int row, enum shape shape)
{
    size_t before = out->len;
    switch (shape) {
    case SHAPE_TABS:
    case SHAPE_SPACES:
    case SHAPE_ONE_BLANK:
        add_short_row(out, rows, row, "",
                      shape == SHAPE_TABS     ? "\t"
                      : shape == SHAPE_SPACES ? "   "
                                              : " ",
                      shape == SHAPE_TABS);
        if (out->len > before && shape != SHAPE_SPACES)
            out->len--; /* behind the last */
        nb_buf_puts(out, "\n");
        break;
    case SHAPE_TABS_FULL:
    case SHAPE_TABS_BLANK:
        add_full_row(out, rows, row, "", "\t", "\n", shape == SHAPE_TABS_FULL);
        break;
    case SHAPE_PIPES_FULL:
    case SHAPE_PIPES_BLANK:
        add_full_row(out, rows, row, "| ", " | ", " |\n", shape == SHAPE_PIPES_FULL);
        break;
    case SHAPE_CELL_LINES:
        add_short_row(out, rows, row, "\t", "\n", true);
        nb_buf_puts(out, "\n");
        break;
    case SHAPE_LINES_SPLIT:
        add_split_row(out, rows, row);
        break;
    case SHAPE_LINES:
    case SHAPE_LINES_GAPS:
        add_short_row(out, rows, row, "", "\n", false);
        nb_buf_puts(out, shape == SHAPE_LINES ? "" : "\n");
        break;
    case SHAPE_HTML:
    case SHAPE_HTML_PAGE:
        add_html_row(out, rows, row);
        break;
    case SHAPE_PRINT:
    case SHAPE_PRINT_ASCII:
    case SHAPE_COUNT:
        break;
    }
}

static bool is_html(enum shape shape)
{
    return shape == SHAPE_HTML || shape == SHAPE_HTML_PAGE;
}

static void add_paragraph(struct nb_buf *out, const struct nb_block *block, enum shape shape)
{
    bool heading = block->kind == NB_BLOCK_HEADING;
    if (is_html(shape))
        nb_buf_printf(out,
                      block->kind == NB_BLOCK_SIGNATURE ? "<p style='text-align: right'>%s</p>\n"
                                                        : "<p>　　%s</p>\n",
                      block->text);
    else if (heading && shape == SHAPE_PIPES_FULL)
        nb_buf_printf(out, "\n### %s\n\n", block->text);
    else if (heading && shape == SHAPE_PIPES_BLANK)
        nb_buf_printf(out, "\n**%s**\n\n", block->text);
    else
        nb_buf_printf(out, "%s\n%s", block->text, shape == SHAPE_TABS ? "" : "\n");
}

static void add_opening(struct nb_buf *out, enum shape shape)
{
    if (shape == SHAPE_HTML_PAGE)
        nb_buf_puts(out, "<html><body><div class=nav><a>首页</a> &gt; <a>信息公开</a></div>"
                         "<table><tr><td width=20>栏目<br>更多</td><td><table><tr><td>\n");
    else if (shape == SHAPE_HTML)
        nb_buf_puts(out, "<html><head><script>var a='<table>';</script></head><body>\n");
}

static void add_closing(struct nb_buf *out, enum shape shape)
{
    if (shape == SHAPE_HTML_PAGE)
        nb_buf_puts(out, "</td></tr></table></td></tr></table><div>主办：示例市 版权所有</div>");
    if (is_html(shape))
        nb_buf_puts(out, "</body></html>\n");
}

static void add_print(struct nb_buf *out, const struct nb_page *page, enum shape shape)
{
    struct nb_text_options options = { 80, NB_LINES_UNICODE };
    struct nb_diags diags = { 0 };
    if (shape == SHAPE_PRINT_ASCII)
        options = (struct nb_text_options) { 64, NB_LINES_ASCII };
    nb_page_write_text(page, &options, "print", &diags, out);
    nb_diags_release(&diags);
}

bool add_report(struct nb_buf *out, const struct nb_draft *draft, enum shape shape,
                enum damage damage, uint64_t *seed)
{
    struct nb_page page;
    struct rows *rows = nb_xalloc(sizeof *rows);
    nb_page_build(&page, draft, false);
    int tables = 0, wanted = 0;
    for (int i = 0; i < page.n_blocks; i++)
        tables += page.blocks[i].kind == NB_BLOCK_TABLE;
    wanted = random_below(seed, tables);
    bool damaged = damage == DAMAGE_NONE;
    if (shape == SHAPE_PRINT || shape == SHAPE_PRINT_ASCII)
        add_print(out, &page, shape);
    else
        add_opening(out, shape);
    for (int i = 0; i < page.n_blocks && shape > SHAPE_PRINT_ASCII; i++) {
        if (page.blocks[i].kind != NB_BLOCK_TABLE) {
            add_paragraph(out, &page.blocks[i], shape);
            continue;
        }
        take_grid(rows, page.blocks[i].grid);
        if (wanted-- == 0 && damage != DAMAGE_NONE)
            damaged = damage_rows(rows, damage, seed);
        nb_buf_puts(out, is_html(shape) ? "<table border=1><tbody>" : "\n");
        for (int row = 0; row < rows->n_rows; row++)
            add_row(out, rows, row, shape);
        nb_buf_puts(out, is_html(shape) ? "</tbody></table>\n" : "\n");
        release_rows(rows);
    }
    add_closing(out, shape);
    nb_page_release(&page);
    free(rows);
    return damaged;
}
