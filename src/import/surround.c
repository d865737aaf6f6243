/* What surrounds a report on its page: menus before it, imprint and links behind.
 *
 * Headings and tables of the report stand in one element; what follows them outside of it is no
 * text of the report. Before it title and preamble may stand apart, and are told by themselves. */
#include <string.h>

#include "reading.h"

static int depth_of(const struct nb_document *document, int container)
{
    int depth = 0;
    for (; container; container = document->parents[container])
        depth++;
    return depth;
}

/* The innermost element around both. */
static int around(const struct nb_document *document, int a, int b)
{
    int depth_a = depth_of(document, a), depth_b = depth_of(document, b);
    for (; depth_a > depth_b; depth_a--)
        a = document->parents[a];
    for (; depth_b > depth_a; depth_b--)
        b = document->parents[b];
    for (; a != b; a = document->parents[a], b = document->parents[b])
        ;
    return a;
}

static bool is_of_report(const struct nb_reading *reading, int strip)
{
    int part = reading->sorting->part_of[strip];
    return part == NB_IS_HEADING ||
           (part >= 0 && reading->sorting->parts[part].kind == NB_PART_TABLE);
}

void nb_drop_surroundings(struct nb_reading *reading)
{
    const struct nb_document *document = reading->document;
    int element = -1, last = -1;
    for (int i = 0; i < document->n_strips && document->n_containers; i++) {
        if (!is_of_report(reading, i))
            continue;
        int container = document->parents[document->strips[i].container]; /* around its paragraph */
        element = element < 0 ? container : around(document, element, container);
        last = i;
    }
    int first = -1, count = 0;
    for (int i = last + 1; last >= 0 && element > 0 && i < document->n_strips; i++) {
        if (around(document, element, document->strips[i].container) == element ||
            !document->strips[i].text[0])
            continue;
        reading->sorting->part_of[i] = NB_IS_OUTSIDE;
        first = first < 0 ? i : first;
        count++;
    }
    nb_tell_strips(reading, NB_MSG_IMPORT_LEFT_OUT, first, count);
}
