#include "document.h"

#include <stdlib.h>
#include <string.h>

#include "nianbao/text.h"

struct nb_strip *nb_document_add(struct nb_document *document, struct nb_mark mark)
{
    if (document->n_strips == NB_IMPORT_MAX_STRIPS)
        return NULL;
    NB_GROW(document->strips, document->n_strips, document->cap_strips);
    struct nb_strip *strip = &document->strips[document->n_strips++];
    *strip = (struct nb_strip) { .text = "", .mark = mark };
    return strip;
}

static void trim(const char **from, const char **to)
{
    const char *solid = *from, *at = *from;
    bool begun = false;
    while (at < *to) {
        const char *here = at;
        uint32_t code = nb_utf8_next(&at);
        if (nb_utf8_is_blank(code) || code == '\n')
            continue;
        if (!begun)
            *from = here;
        begun = true;
        solid = at;
    }
    *to = begun ? solid : *from;
}

/* Characters that no text may hold, from entities of web pages and from Word, are left out; line
 * ends of other worlds are blanks. */
static const char *keep(struct nb_document *document, const char *text, size_t len)
{
    char *kept = nb_arena_strndup(&document->arena, text, len), *put = kept;
    for (const char *at = kept; *at;) {
        const char *from = at;
        uint32_t code = nb_utf8_next(&at);
        if (code == 0x85 || code == 0x2028 || code == 0x2029) {
            *put++ = ' ';
        } else if (!nb_text_fault(from, (size_t)(at - from))) {
            memmove(put, from, (size_t)(at - from));
            put += at - from;
        }
    }
    *put = '\0';
    return kept;
}

struct nb_scrap *nb_document_add_scrap(struct nb_document *document, const char *text,
                                       size_t len_bytes, struct nb_mark mark)
{
    const char *to = text + len_bytes;
    struct nb_strip *strip = &document->strips[document->n_strips - 1];
    trim(&text, &to);
    NB_GROW(strip->scraps, strip->n_scraps, strip->cap_scraps);
    struct nb_scrap *scrap = &strip->scraps[strip->n_scraps];
    *scrap =
        (struct nb_scrap) { keep(document, text, (size_t)(to - text)), mark, strip->n_scraps, 1 };
    strip->n_scraps++;
    return scrap;
}

void nb_document_write_text(struct nb_document *document, struct nb_strip *strip)
{
    struct nb_buf text = { 0 };
    for (int i = 0; i < strip->n_scraps; i++) {
        if (text.len && strip->scraps[i].text[0])
            nb_buf_putc(&text, ' ');
        for (const char *at = strip->scraps[i].text; *at; at++)
            nb_buf_add(&text, at, *at != '\n');
    }
    strip->text = nb_arena_strdup(&document->arena, nb_buf_text(&text));
    nb_buf_release(&text);
}

void nb_document_end_row(struct nb_document *document)
{
    struct nb_strip *strip = &document->strips[document->n_strips - 1];
    nb_document_write_text(document, strip);
    strip->is_row = true;
}

void nb_document_drop(struct nb_document *document, int strip)
{
    while (document->n_strips > strip)
        free(document->strips[--document->n_strips].scraps);
}

void nb_document_release(struct nb_document *document)
{
    nb_document_drop(document, 0);
    free(document->strips);
    free(document->parents);
    nb_arena_release(&document->arena);
    *document = (struct nb_document) { 0 };
}
