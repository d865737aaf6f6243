/* The title: whose report, about which year. */
#ifndef IMPORT_TITLE_H
#define IMPORT_TITLE_H

#include "document.h"
#include "nianbao/form.h"

struct nb_title {
    int first, count; /* its strips; count 0: none was found */
    char *unit;       /* heap, "" where the title names none */
    int year;         /* 0: none */
};

/* Looks for the title of such a form among the first `n_strips` strips. Release with
 * nb_title_release(). */
void nb_title_find(struct nb_title *title, const struct nb_document *document, int n_strips,
                   const struct nb_form *form);
void nb_title_release(struct nb_title *title);

/* The year of a period that begins with the first of January, somewhere in the document; 0: none.
 */
int nb_find_period(const struct nb_document *document);

#endif
