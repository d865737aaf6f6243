/* Lines back to paragraphs, and lines that are no text of the report. */
#ifndef IMPORT_PROSE_H
#define IMPORT_PROSE_H

#include "document.h"

/* Empties the strips that hold nothing but the number of a page. */
void nb_drop_page_numbers(struct nb_document *document);

/* How the lines of a document were broken. */
struct nb_wrapping {
    int width_cols; /* of the widest line of a text */
    int evidence;   /* how many lines end full and within a sentence */
    int margin_cols;
    bool printed; /* by nianbao, or as it prints: paragraphs begin indented */
};
/* From the `count` strips whose indexes are `strips`. */
void nb_wrapping_find(struct nb_wrapping *wrapping, const struct nb_document *document,
                      const int *strips, int count);

/* Appends the strips as paragraphs, a line each. */
void nb_add_paragraphs(const struct nb_wrapping *wrapping, const struct nb_document *document,
                       const int *strips, int count, struct nb_buf *out);

/* No heading and no label ends so. */
bool nb_ends_sentence(const char *text);
/* Nor does a line that goes on below: also with ： or a closing quote. */
bool nb_ends_line(const char *text);
/* Appends the text of the second line behind that of the first: with a blank between where one must
 * have stood there. */
void nb_join_lines(struct nb_buf *out, const char *next, int width_cols);

/* 2025年1月20日, 二〇二五年一月二十日, 2025-1-20 as 2025-01-20; false: no date alone. */
bool nb_read_date(const char *text, char out[11]);
/* The year of a date or a title that begins here: 2024年, 二〇二四年, ２０２４年度; 0: none.
 * *length is what it takes. */
int nb_read_year(const char *text, size_t *length);

#endif
