/* The parts of reading a draft that know nothing of its shape: keys, texts, and telling of faults.
 */
#include "reader.h"

#include <stdlib.h>
#include <string.h>

#include "nianbao/text.h"

bool nb_reader_goes_on(const struct nb_reader *reader)
{
    return !reader->given_up && !reader->yaml.stopped &&
           nb_diags_count(reader->yaml.diags, NB_ERROR) - reader->errors_before <
               NB_READER_MAX_ERRORS;
}

void nb_reader_type_fault(struct nb_reader *reader, const yaml_event_t *event, const char *key,
                          const char *wanted)
{
    if (event->type != YAML_ALIAS_EVENT)
        nb_diag_add(reader->yaml.diags, reader->yaml.file, nb_yaml_mark(event->start_mark),
                    NB_MSG_YAML_TYPE, "key", key, "wanted", wanted, NULL);
    nb_yaml_skip(&reader->yaml, event);
}

void nb_reader_value_fault(struct nb_reader *reader, struct nb_mark mark, const char *key,
                           const char *text, const char *wanted)
{
    nb_diag_add(reader->yaml.diags, reader->yaml.file, mark, NB_MSG_DRAFT_VALUE, "key", key, "text",
                text, "wanted", wanted, NULL);
}

/* ---- keys of a mapping ---- */

bool nb_reader_next_key(struct nb_reader *reader, struct nb_key_name *key)
{
    for (;;) {
        const yaml_event_t *event = nb_yaml_next(&reader->yaml);
        if (!event || event->type == YAML_MAPPING_END_EVENT)
            return false;
        key->mark = nb_yaml_mark(event->start_mark);
        if (event->type == YAML_SCALAR_EVENT) {
            size_t len = event->data.scalar.length;
            while (len >= sizeof key->text) /* cut between characters */
                for (len--; ((unsigned char)nb_reader_scalar_text(event)[len] & 0xC0) == 0x80;
                     len--)
                    ;
            memcpy(key->text, nb_reader_scalar_text(event), len);
            key->text[len] = '\0';
            key->len = len;
            return true;
        }
        if (event->type != YAML_ALIAS_EVENT)
            nb_diag_add(reader->yaml.diags, reader->yaml.file, key->mark, NB_MSG_YAML_KEY, NULL);
        nb_yaml_skip(&reader->yaml, event);
        event = nb_yaml_next(&reader->yaml); /* its value */
        if (event)
            nb_yaml_skip(&reader->yaml, event);
    }
}

void nb_reader_skip_value(struct nb_reader *reader)
{
    const yaml_event_t *event = nb_yaml_next(&reader->yaml);
    if (event)
        nb_yaml_skip(&reader->yaml, event);
}

void nb_reader_unknown_key(struct nb_reader *reader, const struct nb_key_name *key,
                           const char *const *names, int n_names)
{
    const char *nearest = nb_text_nearest(key->text, names, n_names);
    struct nb_buf hint = { 0 };
    if (nearest)
        nb_buf_printf(&hint, "，是 %s 吗？", nearest);
    nb_diag_add(reader->yaml.diags, reader->yaml.file, key->mark, NB_MSG_KEY_UNKNOWN, "key",
                key->text, "hint", nb_buf_text(&hint), NULL);
    nb_buf_release(&hint);
    nb_reader_skip_value(reader);
}

bool nb_reader_is_repeated(struct nb_reader *reader, const struct nb_key_name *key, bool seen)
{
    if (!seen)
        return false;
    nb_diag_add(reader->yaml.diags, reader->yaml.file, key->mark, NB_MSG_YAML_DUPLICATE, "key",
                key->text, NULL);
    nb_reader_skip_value(reader);
    return true;
}

void nb_reader_missing(struct nb_reader *reader, struct nb_mark mark, const char *key)
{
    nb_diag_add(reader->yaml.diags, reader->yaml.file, mark, NB_MSG_KEY_MISSING, "key", key, NULL);
}

/* ---- texts ---- */

/* The column at which the lines of a block text begin, from the file itself. */
static int margin_of(struct nb_reader *reader, int first_line)
{
    const char *end = reader->yaml.text + reader->yaml.len_bytes;
    while (reader->line < first_line) {
        const char *newline = memchr(reader->line_start, '\n', (size_t)(end - reader->line_start));
        if (!newline)
            return 1;
        reader->line_start = newline + 1;
        reader->line++;
    }
    int column = 1;
    for (const char *at = reader->line_start; at < end && *at == ' '; at++)
        column++;
    return column;
}

static struct nb_text_place place_of(struct nb_reader *reader, const yaml_event_t *event)
{
    struct nb_text_place place = { .start = nb_yaml_mark(event->start_mark) };
    switch (event->data.scalar.style) {
    case YAML_LITERAL_SCALAR_STYLE:
    case YAML_FOLDED_SCALAR_STYLE:
        place.start.line++;
        place.margin = margin_of(reader, place.start.line);
        place.start.column = place.margin;
        break;
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
        place.start.column++;
        break;
    case YAML_ANY_SCALAR_STYLE:
    case YAML_PLAIN_SCALAR_STYLE:
        break;
    }
    return place;
}

static bool refuse_characters(struct nb_reader *reader, const struct nb_text_place *place,
                              const char *text, size_t len)
{
    const char *bad = nb_text_fault(text, len);
    if (!bad)
        return false;
    struct nb_buf code = { 0 };
    const char *at = bad;
    nb_buf_printf(&code, "U+%04X", (unsigned)nb_utf8_next(&at));
    struct nb_mark mark = place->start;
    for (const char *from = text; from < bad; from++) {
        if (place->margin && *from == '\n')
            mark = (struct nb_mark) { mark.line + 1, place->margin };
        else
            mark.column += ((unsigned char)*from & 0xC0) != 0x80;
    }
    nb_diag_add(reader->yaml.diags, reader->yaml.file, mark, NB_MSG_YAML_CHARACTER, "code",
                nb_buf_text(&code), NULL);
    nb_buf_release(&code);
    return true;
}

char *nb_reader_take_text(struct nb_reader *reader, const yaml_event_t *event, const char *key,
                          enum nb_text_type type, struct nb_text_place *place)
{
    if (event->type != YAML_SCALAR_EVENT) {
        nb_reader_type_fault(reader, event, key, "文字");
        return NULL;
    }
    const char *value = nb_reader_scalar_text(event);
    size_t len = event->data.scalar.length;
    *place = place_of(reader, event);
    if (nb_yaml_is_plain(event) && len == 1 && *value == '~')
        len = 0;
    while (len && value[len - 1] == '\n')
        len--;
    char *text = nb_xstrndup(value, len);
    if (memchr(value, '\r', len))
        len = nb_text_normalise(text, len);
    if (!refuse_characters(reader, place, text, len)) {
        const char *wanted = nb_text_type_fault(type, text);
        if (!wanted)
            return text;
        nb_reader_value_fault(reader, place->start, key, text, wanted);
    }
    free(text);
    return NULL;
}

void nb_reader_put_text(struct nb_reader *reader, int text, const char *key, enum nb_text_type type,
                        char **head)
{
    const yaml_event_t *event = nb_yaml_next(&reader->yaml);
    if (!event)
        return;
    struct nb_text_place place;
    char *value = nb_reader_take_text(reader, event, key, type, &place);
    if (!value)
        return;
    if (reader->draft) {
        free(reader->draft->texts[text]);
        reader->draft->texts[text] = value[0] ? value : NULL;
        reader->draft->places[text] = place;
        if (!value[0])
            free(value);
    } else {
        free(head[text]);
        head[text] = value;
    }
}
