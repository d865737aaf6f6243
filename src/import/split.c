/* Lines that hold more than a heading: 六、…：无。 */
#include <stdlib.h>
#include <string.h>

#include "nianbao/text.h"
#include "sort.h"

/* The bytes of the text that are the heading; 0: it does not begin with it. */
static size_t heading_length(const char *text, const struct nb_known *known, int section)
{
    int number;
    struct nb_codes codes = { 0 };
    const struct nb_codes *heading = &known->headings[section];
    const char *at = nb_skip_enumerator(text, &number);
    bool same = number && number == known->numbers[section];
    while (same && *at && codes.count < heading->count) {
        const char *from = at;
        nb_utf8_next(&at);
        nb_codes_add(&codes, from, (size_t)(at - from));
        for (int i = 0; i < codes.count && same; i++)
            same = i < heading->count && codes.items[i] == heading->items[i];
    }
    same = same && heading->count && nb_codes_equal(&codes, heading);
    nb_codes_release(&codes);
    return same ? (size_t)(at - text) : 0;
}

/* What stands behind the heading, if anything does. */
static const char *rest_of(const char *text, const struct nb_known *known)
{
    for (int i = 0; i < known->form->n_sections; i++) {
        size_t len = heading_length(text, known, i);
        const char *rest = text + len;
        static const char *const parts[] = { "：", ":", "。", "．", " ", "　" };
        for (size_t j = 0; len && j < nb_countof(parts); j++) {
            size_t part = strlen(parts[j]);
            if (strncmp(rest, parts[j], part) != 0)
                continue;
            const char *next = nb_utf8_skip_blanks(rest + part, NULL);
            return *next ? next : NULL;
        }
    }
    return NULL;
}

static void split(struct nb_document *document, int index, const char *rest)
{
    struct nb_strip head = document->strips[index], tail = head;
    if (!nb_document_add(document, head.mark))
        return;
    struct nb_strip *strips = document->strips;
    memmove(&strips[index + 2], &strips[index + 1],
            (size_t)(document->n_strips - index - 2) * sizeof *strips);
    tail.apart = true;
    tail.text = rest;
    tail.mark.column += nb_utf8_count(head.text, rest);
    tail.scraps = NULL;
    tail.n_scraps = tail.cap_scraps = 0;
    NB_GROW(tail.scraps, tail.n_scraps, tail.cap_scraps);
    tail.scraps[tail.n_scraps++] = (struct nb_scrap) { rest, tail.mark, 0, 1 };
    head.text = nb_arena_strndup(&document->arena, head.text, (size_t)(rest - head.text));
    head.scraps[0].text = head.text;
    head.n_scraps = 1;
    strips[index] = head;
    strips[index + 1] = tail;
}

void nb_split_headings(struct nb_document *document, const struct nb_known *known)
{
    enum { MOST_SPLITS = 64 }; /* a report has six headings */
    for (int i = 0, splits = 0; i < document->n_strips && splits < MOST_SPLITS; i++) {
        const struct nb_strip *strip = &document->strips[i];
        const char *rest = strip->is_row ? NULL : rest_of(strip->text, known);
        if (rest) {
            split(document, i, rest);
            splits++;
        }
    }
}
