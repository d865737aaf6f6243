/* The report as plain text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grid.h"
#include "nianbao/text.h"

/* Two ideographs, as Chinese paragraphs begin. */
static const char indent[] = "　　";
enum { INDENT_COLS = 4 };

struct writer {
    const struct nb_text_options *options;
    const char *file;
    struct nb_diags *diags;
    struct nb_buf *out;
    struct nb_lines lines; /* used again for each block */
};

static void break_lines(struct writer *writer, const char *text, int indent_cols)
{
    struct nb_pieces pieces;
    nb_pieces_cut(&pieces, text, strlen(text));
    nb_lines_fill(&writer->lines, &pieces, text, indent_cols, writer->options->width_cols);
    nb_pieces_release(&pieces);
}

static void write_paragraph(struct writer *writer, const char *text)
{
    break_lines(writer, text, INDENT_COLS);
    for (int i = 0; i < writer->lines.count; i++) {
        const struct nb_line *line = &writer->lines.items[i];
        nb_buf_puts(writer->out, i == 0 ? indent : "");
        nb_buf_add(writer->out, text + line->start, line->len);
        nb_buf_putc(writer->out, '\n');
    }
}

/* `shift` halves of the room left on a line stand before it: 0 left, 1 centred, 2 right. */
static void write_aligned(struct writer *writer, const char *text, int shift)
{
    break_lines(writer, text, 0);
    for (int i = 0; i < writer->lines.count; i++) {
        const struct nb_line *line = &writer->lines.items[i];
        nb_buf_pad(writer->out, ' ', (writer->options->width_cols - line->width) * shift / 2);
        nb_buf_add(writer->out, text + line->start, line->len);
        nb_buf_putc(writer->out, '\n');
    }
}

static void write_table(struct writer *writer, const struct nb_grid *grid)
{
    int *widths = nb_xalloc((size_t)grid->n_columns * sizeof *widths);
    int width = writer->options->width_cols;
    int actual = nb_layout_columns(grid, width, widths);
    if (actual > width) {
        char wanted[16], got[16];
        snprintf(wanted, sizeof wanted, "%d", width);
        snprintf(got, sizeof got, "%d", actual);
        nb_diag_add(writer->diags, writer->file, (struct nb_mark) { 1, 1 }, NB_MSG_TABLE_WIDTH,
                    "table", grid->name, "width", wanted, "actual", got, NULL);
    }
    nb_grid_write(grid, widths, writer->options->lines, writer->out);
    free(widths);
}

static void write_block(struct writer *writer, const struct nb_block *block)
{
    switch (block->kind) {
    case NB_BLOCK_TITLE:
        write_aligned(writer, block->text, 1);
        break;
    case NB_BLOCK_HEADING:
    case NB_BLOCK_FOOT:
        write_aligned(writer, block->text, 0);
        break;
    case NB_BLOCK_PARAGRAPH:
        write_paragraph(writer, block->text);
        break;
    case NB_BLOCK_TABLE:
        write_table(writer, block->grid);
        break;
    case NB_BLOCK_SIGNATURE:
        write_aligned(writer, block->text, 2);
        break;
    }
}

/* An empty line stands before all that begins something new. */
static bool stands_apart(const struct nb_block *before, const struct nb_block *block)
{
    if (block->kind == NB_BLOCK_HEADING || block->kind == NB_BLOCK_TABLE)
        return true;
    if (block->kind == NB_BLOCK_FOOT)
        return false;
    return before->kind != block->kind && before->kind != NB_BLOCK_HEADING;
}

void nb_page_write_text(const struct nb_page *page, const struct nb_text_options *options,
                        const char *file, struct nb_diags *diags, struct nb_buf *out)
{
    struct writer writer = { options, file, diags, out, { 0 } };
    for (int i = 0; i < page->n_blocks; i++) {
        if (i && stands_apart(&page->blocks[i - 1], &page->blocks[i]))
            nb_buf_putc(out, '\n');
        write_block(&writer, &page->blocks[i]);
    }
    nb_lines_release(&writer.lines);
}
