/* A web page to strips.
 *
 * The text of block elements becomes lines, each a paragraph by itself. Tables of figures become
 * rows with their cells placed as browsers do; tables that only lay out a page are looked through.
 * Every strip remembers its element, so that what surrounds the report can be told from it. */
#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "library.h"
#include "nianbao/text.h"

enum { MOST_OPEN = 200, MOST_CELL_BYTES = 1200, MOST_ROWSPAN = 2000 };

struct page {
    const struct nb_xml *xml;
    struct nb_document *document;
    struct nb_buf line;   /* of the block at work */
    const xmlNode *block; /* where it began */
    int container;
};

/* ---- elements ---- */

static bool is_any(const xmlNode *node, const char *const *names)
{
    while (*names && !nb_xml_is(node, *names))
        names++;
    return *names != NULL;
}

/* Does the style say so, with any blanks between? */
static bool has_style(const xmlNode *node, const char *property, const char *value)
{
    const char *style = nb_xml_attribute(node, "style");
    const char *at = style ? strstr(style, property) : NULL;
    if (!at)
        return false;
    at += strlen(property);
    at += strspn(at, " :");
    return strncmp(at, value, strlen(value)) == 0;
}

static bool is_hidden(const xmlNode *node)
{
    static const char *const names[] = { "script", "style",  "noscript", "head",
                                         "select", "button", "textarea", "iframe",
                                         "object", "svg",    "nav",      "template",
                                         "del",    "s",      "strike",   NULL };
    return is_any(node, names) || nb_xml_attribute(node, "hidden") ||
           has_style(node, "display", "none") || has_style(node, "text-decoration", "line-through");
}

static bool is_block(const xmlNode *node)
{
    static const char *const names[] = {
        "p",       "div",     "h1",         "h2",      "h3",     "h4",    "h5",    "h6",
        "li",      "ul",      "ol",         "td",      "th",     "tr",    "table", "tbody",
        "thead",   "tfoot",   "body",       "html",    "br",     "hr",    "main",  "center",
        "article", "section", "header",     "form",    "footer", "aside", "pre",   "dl",
        "dt",      "dd",      "blockquote", "caption", NULL
    };
    return is_any(node, names);
}

/* Made for running text, as what surrounds a report seldom is. */
static bool is_text_element(const xmlNode *node)
{
    static const char *const names[] = {
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "pre", NULL
    };
    return is_any(node, names);
}

static bool is_flush_right(const xmlNode *node)
{
    const char *align = nb_xml_attribute(node, "align"), *class = nb_xml_attribute(node, "class");
    return (align && strcasecmp(align, "right") == 0) || has_style(node, "text-align", "right") ||
           (class && strcmp(class, "signature") == 0);
}

/* ---- text ---- */

/* Runs of blanks, tabs and line breaks are one blank. */
static void add_text(struct nb_buf *out, const char *text)
{
    for (; *text; text++) {
        bool blank = strchr(" \t\n\r\f", *text) != NULL;
        if (!blank)
            nb_buf_putc(out, *text);
        else if (out->len && !strchr(" \n", out->data[out->len - 1]))
            nb_buf_putc(out, ' ');
    }
}

static struct nb_mark mark_of(const struct page *page, const xmlNode *node)
{
    long line = page->xml->line_of(node);
    return (struct nb_mark) { line > 0 ? (int)line : 1, 1 };
}

static void end_line(struct page *page)
{
    if (page->line.len && page->block) {
        struct nb_mark mark = mark_of(page, page->block);
        struct nb_strip *strip = nb_document_add(page->document, mark);
        if (strip) {
            struct nb_scrap *scrap =
                nb_document_add_scrap(page->document, page->line.data, page->line.len, mark);
            strip->text = scrap->text;
            strip->whole = strip->apart = true;
            strip->container = page->container;
            strip->loose = !is_text_element(page->block);
            strip->flush_right = is_flush_right(page->block);
        }
    }
    page->line.len = 0;
}

/* ---- tables ---- */

static long span_of(const xmlNode *cell, const char *name, long most)
{
    const char *text = nb_xml_attribute(cell, name);
    long span = text ? strtol(text, NULL, 10) : 1;
    return span < 1 ? 1 : span > most ? most : span;
}

static bool is_cell(const xmlNode *node)
{
    return nb_xml_is(node, "td") || nb_xml_is(node, "th");
}

/* Cells hold little text and no other table; at least one row has two of them. */
static bool is_grid(const xmlNode *table)
{
    size_t bytes = 0;
    int cells = 0;
    bool two = false;
    for (xmlNode *node = table->children; node; node = nb_xml_next(table, node, is_hidden(node))) {
        if (nb_xml_is(node, "table"))
            return false;
        if (nb_xml_is(node, "tr"))
            cells = 0;
        if (is_cell(node)) {
            two |= ++cells == 2;
            bytes = 0;
        }
        if (node->type == XML_TEXT_NODE && node->content)
            bytes += strlen((const char *)node->content);
        if (bytes > MOST_CELL_BYTES)
            return false;
    }
    return two;
}

static void add_cell_text(const xmlNode *cell, struct nb_buf *text)
{
    for (xmlNode *node = cell->children; node; node = nb_xml_next(cell, node, is_hidden(node))) {
        if (node->type == XML_TEXT_NODE && node->content)
            add_text(text, (const char *)node->content);
        else if (is_block(node) && text->len && text->data[text->len - 1] != '\n')
            nb_buf_putc(text, '\n');
    }
}

/* Places the cells of a row in the columns that no cell above reaches into. */
static void add_row(struct page *page, xmlNode *row, int *covered)
{
    int column = 0;
    if (!nb_document_add(page->document, mark_of(page, row)))
        return;
    for (xmlNode *node = row->children; node; node = nb_xml_next(row, node, is_cell(node))) {
        while (column < NB_IMPORT_MAX_COLUMNS && covered[column])
            column++;
        if (!is_cell(node) || is_hidden(node) || column == NB_IMPORT_MAX_COLUMNS)
            continue;
        struct nb_buf text = { 0 };
        add_cell_text(node, &text);
        struct nb_scrap *scrap = nb_document_add_scrap(page->document, nb_buf_text(&text), text.len,
                                                       mark_of(page, node));
        nb_buf_release(&text);
        long columns = span_of(node, "colspan", NB_IMPORT_MAX_COLUMNS - column);
        long rows = span_of(node, "rowspan", MOST_ROWSPAN);
        scrap->column = column;
        scrap->columns = (int)columns;
        for (long i = 0; i < columns; i++)
            covered[column++] = (int)rows;
    }
    for (int i = 0; i < NB_IMPORT_MAX_COLUMNS; i++)
        covered[i] -= covered[i] > 0;
    nb_document_end_row(page->document);
    struct nb_strip *strip = &page->document->strips[page->document->n_strips - 1];
    strip->container = page->container;
    strip->has_spans = true;
}

static void add_grid(struct page *page, xmlNode *table)
{
    int covered[NB_IMPORT_MAX_COLUMNS] = { 0 };
    for (xmlNode *node = table->children; node;) {
        bool row = nb_xml_is(node, "tr");
        if (row && !is_hidden(node))
            add_row(page, node, covered);
        node = nb_xml_next(table, node, row || is_hidden(node));
    }
}

/* ---- the page ---- */

static int open_container(struct page *page)
{
    struct nb_document *document = page->document;
    NB_GROW(document->parents, document->n_containers, document->cap_containers);
    document->parents[document->n_containers] = page->container;
    return document->n_containers++;
}

/* Takes in a node; true: what is inside of it is done. */
static bool enter(struct page *page, xmlNode *node)
{
    if (node->type == XML_TEXT_NODE && node->content) {
        if (!page->line.len)
            page->block = node->parent;
        while (page->block && !is_block(page->block))
            page->block = page->block->parent;
        add_text(&page->line, (const char *)node->content);
        return true;
    }
    if (node->type != XML_ELEMENT_NODE || is_hidden(node))
        return true;
    if (!is_block(node))
        return false;
    end_line(page);
    page->container = open_container(page);
    if (!nb_xml_is(node, "table") || !is_grid(node))
        return false;
    add_grid(page, node);
    return true;
}

static void leave(struct page *page, const xmlNode *node)
{
    if (node->type != XML_ELEMENT_NODE || !is_block(node) || is_hidden(node))
        return;
    end_line(page);
    page->container = page->document->parents[page->container];
}

static void walk(struct page *page, xmlNode *root)
{
    xmlNode *node = root;
    while (node) {
        bool done = enter(page, node);
        if (!done && node->children) {
            node = node->children;
            continue;
        }
        leave(page, node);
        while (node != root && !node->next) {
            node = node->parent;
            leave(page, node);
        }
        node = node == root ? NULL : node->next;
    }
    end_line(page);
}

static void read_title(struct page *page, xmlNode *root)
{
    for (xmlNode *node = root; node; node = nb_xml_next(root, node, nb_xml_is(node, "body"))) {
        const xmlNode *text = nb_xml_is(node, "title") ? node->children : NULL;
        if (text && text->content && !page->document->title)
            page->document->title =
                nb_arena_strdup(&page->document->arena, (const char *)text->content);
    }
}

/* Elements that end by themselves. */
static bool ends_itself(const char *name)
{
    static const char *const names[] = { "br",   "img",   "input", "meta",   "link", "col",
                                         "hr",   "base",  "p",     "li",     "td",   "th",
                                         "tr",   "tbody", "thead", "option", "dt",   "dd",
                                         "area", "param", "embed", "wbr" };
    for (size_t i = 0; i < nb_countof(names); i++) {
        size_t len = strlen(names[i]);
        if (strncasecmp(name, names[i], len) == 0 && strchr(" \t\r\n/>", name[len]))
            return true;
    }
    return false;
}

/* libxml2 gives up at some depth and leaves out what comes behind; that must not happen unseen. */
static bool is_too_deep(const char *text)
{
    enum { TABLE_LEVELS = 4 }; /* with body, row and cell, which often do not end */
    int open = 0;
    for (const char *at = text; (at = strchr(at, '<')) && open <= MOST_OPEN; at++) {
        bool closes = at[1] == '/';
        const char *name = at + 1 + closes;
        bool element = (*name >= 'A' && *name <= 'Z') || (*name >= 'a' && *name <= 'z');
        int levels = strncasecmp(name, "table", 5) == 0 ? TABLE_LEVELS : 1;
        if (element && !ends_itself(name))
            open = !closes ? open + levels : open > levels ? open - levels : 0;
    }
    return open > MOST_OPEN;
}

static enum nb_status refuse(const char *file, const char *why, struct nb_diags *diags)
{
    nb_diag_add(diags, file, (struct nb_mark) { 1, 1 }, NB_MSG_IMPORT_DAMAGED, "why", why, NULL);
    return NB_FAILED;
}

enum nb_status nb_import_html(const char *file, const char *text, size_t len_bytes,
                              struct nb_diags *diags, struct nb_document *document)
{
    enum {
        OPTIONS = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                  HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC
    };
    struct nb_xml xml;
    if (len_bytes > NB_IMPORT_MAX_TEXT || is_too_deep(text))
        return refuse(file, "网页太大或层次太深", diags);
    if (!nb_xml_open(&xml, file, diags))
        return NB_FAILED;
    htmlDocPtr tree = xml.read_html(text, (int)len_bytes, NULL, "UTF-8", OPTIONS);
    xmlNode *root = tree ? tree->children : NULL;
    while (root && root->type != XML_ELEMENT_NODE)
        root = root->next;
    enum nb_status status = root ? NB_OK : refuse(file, "网页里没有内容", diags);
    if (root) {
        struct page page = { .xml = &xml, .document = document };
        NB_GROW(document->parents, document->n_containers, document->cap_containers);
        document->parents[document->n_containers++] = 0; /* around everything */
        read_title(&page, root);
        walk(&page, root);
        nb_buf_release(&page.line);
    }
    if (tree)
        xml.free_doc(tree);
    nb_xml_close(&xml);
    return status;
}
