/* The report as one HTML page: real spans, so that Word, WPS and websites take the tables in by
 * paste; print styles for A4 with heads repeated on each page. */
#include <stdlib.h>
#include <string.h>

#include "nianbao/report.h"
#include "nianbao/text.h"

static const char style[] =
    "@page{size:A4;margin:25mm 20mm}"
    "body{font:12pt/1.8 FangSong,仿宋,STFangsong,serif;max-width:180mm;margin:2em auto;padding:0 "
    "1em}"
    "h1{font-size:18pt;text-align:center;font-family:SimSun,宋体,serif}"
    "h2{font-size:14pt;font-family:SimHei,黑体,sans-serif}"
    "p{text-indent:2em;margin:.3em 0}"
    "p.signature{text-align:right;text-indent:0}p.foot{text-indent:0}"
    "table{border-collapse:collapse;width:100%;margin:1em 0;font-size:10pt;line-height:1.4}"
    "th,td{border:1px solid #000;padding:.2em .4em;font-weight:normal}"
    "td{text-align:right;white-space:nowrap}"
    "th.left{text-align:left}td.center{text-align:center}"
    "thead{display:table-header-group}tr{break-inside:avoid}";

static void write_escaped(struct nb_buf *out, const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case '&':
            nb_buf_puts(out, "&amp;");
            break;
        case '<':
            nb_buf_puts(out, "&lt;");
            break;
        case '>':
            nb_buf_puts(out, "&gt;");
            break;
        case '"':
            nb_buf_puts(out, "&quot;");
            break;
        default:
            nb_buf_putc(out, *text);
        }
    }
}

static void write_element(struct nb_buf *out, const char *open, const char *text, const char *close)
{
    nb_buf_puts(out, open);
    write_escaped(out, text);
    nb_buf_puts(out, close);
}

static void write_box(struct nb_buf *out, const struct nb_box *box)
{
    nb_buf_puts(out, box->head ? "<th" : "<td");
    if (box->head && box->align == NB_ALIGN_LEFT)
        nb_buf_puts(out, " class=\"left\"");
    if (!box->head && box->align == NB_ALIGN_CENTER)
        nb_buf_puts(out, " class=\"center\"");
    if (box->rows > 1)
        nb_buf_printf(out, " rowspan=\"%d\"", box->rows);
    if (box->columns > 1)
        nb_buf_printf(out, " colspan=\"%d\"", box->columns);
    if (box->indent_cols)
        nb_buf_printf(out, " style=\"padding-left:%dem\"", box->indent_cols / 2);
    write_element(out, ">", box->text, box->head ? "</th>" : "</td>");
}

static int by_place(const void *a, const void *b)
{
    const struct nb_box *left = *(const struct nb_box *const *)a;
    const struct nb_box *right = *(const struct nb_box *const *)b;
    return left->row != right->row ? left->row - right->row : left->column - right->column;
}

static void write_table(struct nb_buf *out, const struct nb_grid *grid)
{
    const struct nb_box **boxes = nb_xalloc((size_t)grid->n_boxes * sizeof *boxes);
    for (int i = 0; i < grid->n_boxes; i++)
        boxes[i] = &grid->boxes[i];
    qsort(boxes, (size_t)grid->n_boxes, sizeof *boxes, by_place);
    nb_buf_puts(out, "<table>\n<thead>\n");
    int next = 0;
    for (int row = 0; row < grid->n_rows; row++) {
        if (row == grid->n_head_rows)
            nb_buf_puts(out, "</thead>\n<tbody>\n");
        nb_buf_puts(out, "<tr>");
        for (; next < grid->n_boxes && boxes[next]->row == row; next++)
            write_box(out, boxes[next]);
        nb_buf_puts(out, "</tr>\n");
    }
    nb_buf_puts(out, "</tbody>\n</table>\n");
    free(boxes);
}

static void write_block(struct nb_buf *out, const struct nb_block *block)
{
    switch (block->kind) {
    case NB_BLOCK_TITLE:
        write_element(out, "<h1>", block->text, "</h1>\n");
        break;
    case NB_BLOCK_HEADING:
        write_element(out, "<h2>", block->text, "</h2>\n");
        break;
    case NB_BLOCK_PARAGRAPH:
        write_element(out, "<p>", block->text, "</p>\n");
        break;
    case NB_BLOCK_TABLE:
        write_table(out, block->grid);
        break;
    case NB_BLOCK_FOOT:
        write_element(out, "<p class=\"foot\">", block->text, "</p>\n");
        break;
    case NB_BLOCK_SIGNATURE:
        write_element(out, "<p class=\"signature\">", block->text, "</p>\n");
        break;
    }
}

void nb_page_write_html(const struct nb_page *page, struct nb_buf *out)
{
    nb_buf_puts(out, "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n");
    write_element(out, "<title>", page->blocks[0].text, "</title>\n");
    nb_buf_printf(out, "<style>%s</style>\n</head>\n<body>\n", style);
    for (int i = 0; i < page->n_blocks; i++)
        write_block(out, &page->blocks[i]);
    nb_buf_puts(out, "</body>\n</html>\n");
}
