/* A .docx to strips: paragraphs and rows of tables, in their order, which is also their line. */
#include <string.h>

#include "document.h"
#include "library.h"

struct word {
    struct nb_document *document;
    int line;     /* of the paragraph or row at work */
    int numbered; /* paragraphs whose numbers Word makes */
    int first_numbered;
};

/* What is in a document and not in its text. */
static bool is_passed_over(const xmlNode *node)
{
    static const char *const names[] = { "del",      "instrText", "pPr",  "rPr",       "sectPr",
                                         "Fallback", "tblPr",     "trPr", "footnotes", NULL };
    for (int i = 0; names[i]; i++) {
        if (nb_xml_is(node, names[i]))
            return true;
    }
    return false;
}

/* ---- paragraphs ---- */

static const xmlNode *child(const xmlNode *node, const char *name)
{
    const xmlNode *at = node ? node->children : NULL;
    while (at && !nb_xml_is(at, name))
        at = at->next;
    return at;
}

/* w:val of a property within properties. */
static const char *property(const xmlNode *node, const char *properties, const char *name)
{
    const xmlNode *found = child(child(node, properties), name);
    const char *value = found ? nb_xml_attribute(found, "val") : NULL;
    return found && !value ? "" : value;
}

/* The text of everything inside; a paragraph within a cell begins a line. */
static void add_text(xmlNode *root, struct nb_buf *text)
{
    for (xmlNode *node = root->children; node;
         node = nb_xml_next(root, node, is_passed_over(node))) {
        bool within = node->parent && nb_xml_is(node->parent, "t");
        if (node->type == XML_TEXT_NODE && within && node->content)
            nb_buf_puts(text, (const char *)node->content);
        else if (nb_xml_is(node, "tab"))
            nb_buf_putc(text, ' ');
        else if (nb_xml_is(node, "noBreakHyphen"))
            nb_buf_putc(text, '-');
        else if ((nb_xml_is(node, "br") || nb_xml_is(node, "cr") || nb_xml_is(node, "p")) &&
                 text->len)
            nb_buf_putc(text, '\n');
    }
}

static void add_line(struct word *word, const xmlNode *paragraph, const char *text, size_t len)
{
    struct nb_mark mark = { word->line, 1 };
    struct nb_strip *strip = len ? nb_document_add(word->document, mark) : NULL;
    if (!strip)
        return;
    const char *align = property(paragraph, "pPr", "jc");
    struct nb_scrap *scrap = nb_document_add_scrap(word->document, text, len, mark);
    strip->text = scrap->text;
    strip->whole = strip->apart = true;
    strip->flush_right = align && (strcmp(align, "right") == 0 || strcmp(align, "end") == 0);
    if (!strip->text[0])
        nb_document_drop(word->document, word->document->n_strips - 1);
}

static void add_paragraph(struct word *word, xmlNode *paragraph)
{
    struct nb_buf text = { 0 };
    word->line++;
    add_text(paragraph, &text);
    for (char *at = text.data; text.len && *at;) {
        size_t len = strcspn(at, "\n");
        add_line(word, paragraph, at, len);
        at += len + (at[len] == '\n');
    }
    if (text.len && child(child(paragraph, "pPr"), "numPr")) {
        word->first_numbered = word->numbered++ ? word->first_numbered : word->line;
    }
    nb_buf_release(&text);
}

/* ---- tables ---- */

static int number(const char *text, int most)
{
    int value = 0;
    for (; text && *text >= '0' && *text <= '9' && value <= most; text++)
        value = value * 10 + *text - '0';
    return value < 1 ? 1 : value > most ? most : value;
}

/* A cell that goes on with the one above says vMerge without restart. */
static bool is_covered(const xmlNode *cell)
{
    const char *merge = property(cell, "tcPr", "vMerge");
    return merge && strcmp(merge, "restart") != 0;
}

static void add_row(struct word *word, xmlNode *row)
{
    struct nb_mark mark = { ++word->line, 1 };
    const char *before = property(row, "trPr", "gridBefore");
    int column = before ? number(before, NB_IMPORT_MAX_COLUMNS) : 0;
    if (!nb_document_add(word->document, mark))
        return;
    for (xmlNode *node = row->children; node;
         node = nb_xml_next(row, node, nb_xml_is(node, "tc"))) {
        if (!nb_xml_is(node, "tc") || column >= NB_IMPORT_MAX_COLUMNS)
            continue;
        int columns = number(property(node, "tcPr", "gridSpan"), NB_IMPORT_MAX_COLUMNS - column);
        if (!is_covered(node)) {
            struct nb_buf text = { 0 };
            add_text(node, &text);
            struct nb_scrap *scrap =
                nb_document_add_scrap(word->document, nb_buf_text(&text), text.len, mark);
            scrap->column = column;
            scrap->columns = columns;
            nb_buf_release(&text);
        }
        column += columns;
    }
    nb_document_end_row(word->document);
    word->document->strips[word->document->n_strips - 1].has_spans = true;
}

/* A table with one cell a row frames text. */
static bool is_frame(xmlNode *table)
{
    int cells = 0;
    for (xmlNode *node = table->children; node;
         node = nb_xml_next(table, node, nb_xml_is(node, "tc"))) {
        cells = nb_xml_is(node, "tr") ? 0 : cells + nb_xml_is(node, "tc");
        if (cells > 1)
            return false;
    }
    return true;
}

static void add_body(struct word *word, xmlNode *body)
{
    for (xmlNode *node = body; node;) {
        bool paragraph = nb_xml_is(node, "p"), over = paragraph || is_passed_over(node);
        if (paragraph)
            add_paragraph(word, node);
        if (nb_xml_is(node, "tbl") && !is_frame(node)) {
            for (xmlNode *row = node->children; row;
                 row = nb_xml_next(node, row, nb_xml_is(row, "tr"))) {
                if (nb_xml_is(row, "tr"))
                    add_row(word, row);
            }
            over = true;
        }
        node = nb_xml_next(body, node, over);
    }
}

/* ---- the file ---- */

static enum nb_status refuse(const char *file, const char *why, struct nb_diags *diags)
{
    nb_diag_add(diags, file, (struct nb_mark) { 1, 1 }, NB_MSG_IMPORT_DAMAGED, "why", why, NULL);
    return NB_FAILED;
}

static enum nb_status read_tree(const char *file, const struct nb_buf *text, struct nb_diags *diags,
                                struct nb_document *document)
{
    enum { OPTIONS = XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET };
    struct nb_xml xml;
    if (memmem(text->data, text->len, "<!DOCTYPE", 9)) /* Word writes none; entities could swell */
        return refuse(file, "document.xml 里有不该有的声明", diags);
    if (!nb_xml_open(&xml, file, diags))
        return NB_FAILED;
    xmlDocPtr tree = xml.read_xml(text->data, (int)text->len, NULL, NULL, OPTIONS);
    struct word word = { .document = document };
    enum nb_status status = tree ? NB_OK : refuse(file, "document.xml 写法有误", diags);
    if (tree) {
        add_body(&word, tree->children);
        xml.free_doc(tree);
    }
    nb_xml_close(&xml);
    if (word.numbered)
        nb_diag_add(diags, file, (struct nb_mark) { word.first_numbered, 1 },
                    NB_MSG_IMPORT_NUMBERED, NULL);
    return status;
}

enum nb_status nb_import_docx(const char *file, const char *bytes, size_t len_bytes,
                              struct nb_diags *diags, struct nb_document *document)
{
    struct nb_buf text = { 0 };
    const char *why;
    enum nb_status status = NB_FAILED;
    if (nb_zip_read(bytes, len_bytes, "word/document.xml", NB_IMPORT_MAX_BYTES, file, diags, &text,
                    &why))
        status = read_tree(file, &text, diags, document);
    else if (!why)
        nb_diag_add(diags, file, (struct nb_mark) { 1, 1 }, NB_MSG_IMPORT_KIND, "what",
                    "压缩包或别的 Office 文件", "advice",
                    "用 WPS 或 Word 打开，另存为 .docx 再导入", NULL);
    else if (why[0])
        refuse(file, why, diags);
    nb_buf_release(&text);
    return status;
}
