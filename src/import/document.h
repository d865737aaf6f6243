/* A source as the reader sees it: strips in reading order. A strip is a line, or a row of a grid;
 * its scraps are what stands apart on it: cells of a row, the parts of a line between tabs or wide
 * gaps. Blank cells of rows are there, nothing else is blank. */
#ifndef IMPORT_DOCUMENT_H
#define IMPORT_DOCUMENT_H

#include "nianbao/diag.h"

struct nb_scrap {
    const char *text; /* without blanks around it; \n where the source breaks a line in a cell */
    struct nb_mark mark;
    int column, columns; /* of the grid; of a line: of the display */
};

struct nb_strip {
    const char *text; /* the line without blanks around it; of a row its cells, blanks between */
    struct nb_mark mark;
    struct nb_scrap *scraps;
    int n_scraps, cap_scraps;
    int indent_cols, width_cols; /* of a line: blanks before it, and all of it */
    int container;               /* web pages: the element it stands in; else 0 */
    bool is_row;                 /* of a grid: blank cells are seen */
    bool has_spans;              /* its columns are known even where cells are merged */
    bool apart;                  /* an empty line or a new paragraph before it */
    bool turns_page;             /* a page begins with it */
    bool whole;                  /* a paragraph by itself: no line was broken by its width */
    bool loose;                  /* web pages: in no element that is made for text */
    bool flush_right;            /* stands at the right, as signatures do */
};

struct nb_document {
    struct nb_strip *strips; /* heap, as their scraps */
    int n_strips, cap_strips;
    int *parents; /* web pages: by container, the one around it; heap */
    int n_containers, cap_containers;
    const char *title; /* of a web page, NULL: none */
    int frame_cols;    /* display width of the narrowest table drawn with rules, 0: none */
    struct nb_arena arena;
};

/* Limits of what is read at all: real reports have a hundredth of it. */
enum {
    NB_IMPORT_MAX_BYTES = 32 * 1024 * 1024, /* of a file */
    NB_IMPORT_MAX_TEXT = 4 * 1024 * 1024,   /* of its text */
    NB_IMPORT_MAX_STRIPS = 40000,
    NB_IMPORT_MAX_COLUMNS = 64, /* of a grid */
};

/* Adds an empty strip; NULL where there are too many, which ends the document. */
struct nb_strip *nb_document_add(struct nb_document *document, struct nb_mark mark);
/* Adds a scrap to the last strip; blanks and line breaks around the text go. */
struct nb_scrap *nb_document_add_scrap(struct nb_document *document, const char *text,
                                       size_t len_bytes, struct nb_mark mark);
/* Sets the text of a strip from its scraps. */
void nb_document_write_text(struct nb_document *document, struct nb_strip *strip);
/* Makes the last strip a row. */
void nb_document_end_row(struct nb_document *document);
/* Drops the strips from that one on. */
void nb_document_drop(struct nb_document *document, int strip);
/* Takes out columns that number the rows, and puts a table's right half below its left one. */
void nb_document_straighten(struct nb_document *document);
void nb_document_release(struct nb_document *document);

/* ---- the sources; each appends strips ---- */

/* Bytes of any encoding as UTF-8 without control characters but \t \n \f; false: no text. The first
 * place that could not be read is told. */
bool nb_import_decode(const char *file, const char *bytes, size_t len_bytes, struct nb_diags *diags,
                      struct nb_buf *text);

/* Plain text: lines, tables with tabs, of Markdown, drawn with rules. */
void nb_import_plain(const char *text, struct nb_document *document);
/* Could the line be the first of a table drawn with rules? */
bool nb_import_begins_frame(const char *line);
/* The table that begins on the first of `n_lines`: appends its rows and returns how many lines it
 * takes, 0 where it is none after all. `first` is the number of the line. */
int nb_import_frame(const char *const *lines, int n_lines, int first, struct nb_document *document);
/* A web page, already UTF-8. */
enum nb_status nb_import_html(const char *file, const char *text, size_t len_bytes,
                              struct nb_diags *diags, struct nb_document *document);
enum nb_status nb_import_docx(const char *file, const char *bytes, size_t len_bytes,
                              struct nb_diags *diags, struct nb_document *document);
/* Appends what pdftotext makes of it, which is plain text. */
enum nb_status nb_import_pdf(const char *file, const char *bytes, size_t len_bytes,
                             struct nb_diags *diags, struct nb_buf *text);

/* Whatever it is, by its content. */
enum nb_status nb_import_document(const char *file, const char *bytes, size_t len_bytes,
                                  struct nb_diags *diags, struct nb_document *document);

#endif
