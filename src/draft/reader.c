/* The parts of reading a draft that know nothing of its shape: keys, texts, and telling of faults.
 */
#include "reader.h"

#include <stdio.h>
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
                           const char *text, size_t len, const char *wanted)
{
    struct nb_buf shown = { 0 };
    nb_text_add_brief(&shown, text, len);
    nb_diag_add(reader->yaml.diags, reader->yaml.file, mark, NB_MSG_DRAFT_VALUE, "key", key, "text",
                nb_buf_text(&shown), "wanted", wanted, NULL);
    nb_buf_release(&shown);
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
            key->text = nb_reader_scalar_text(event);
            key->len = event->data.scalar.length;
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

int nb_reader_unknown_key(struct nb_reader *reader, const struct nb_key_name *key,
                          const char *const *names, int n_names)
{
    const char *nearest = nb_text_nearest(key->text, names, n_names);
    struct nb_buf shown = { 0 }, hint = { 0 };
    nb_text_add_brief(&shown, key->text, key->len);
    if (nearest)
        nb_buf_printf(&hint, "，是 %s 吗？", nearest);
    nb_diag_add(reader->yaml.diags, reader->yaml.file, key->mark, NB_MSG_KEY_UNKNOWN, "key",
                nb_buf_text(&shown), "hint", nb_buf_text(&hint), NULL);
    nb_buf_release(&shown);
    nb_buf_release(&hint);
    nb_reader_skip_value(reader);
    int meant = n_names - 1;
    while (meant >= 0 && names[meant] != nearest)
        meant--;
    return meant;
}

bool nb_reader_is_repeated(struct nb_reader *reader, const struct nb_key_name *key, bool seen)
{
    if (!seen)
        return false;
    struct nb_buf shown = { 0 };
    nb_text_add_brief(&shown, key->text, key->len);
    nb_diag_add(reader->yaml.diags, reader->yaml.file, key->mark, NB_MSG_YAML_DUPLICATE, "key",
                nb_buf_text(&shown), NULL);
    nb_buf_release(&shown);
    nb_reader_skip_value(reader);
    return true;
}

void nb_reader_missing(struct nb_reader *reader, struct nb_mark mark, const char *key)
{
    nb_diag_add(reader->yaml.diags, reader->yaml.file, mark, NB_MSG_KEY_MISSING, "key", key, NULL);
}

/* ---- texts ---- */

static bool refuse_characters(struct nb_reader *reader, const struct nb_text_place *place,
                              const char *text, size_t len)
{
    const char *bad = nb_text_fault(text, len);
    if (!bad)
        return false;
    char code[16];
    const char *at = bad;
    snprintf(code, sizeof code, "U+%04X", (unsigned)nb_utf8_next(&at));
    nb_diag_add(reader->yaml.diags, reader->yaml.file,
                nb_text_place_mark(place, reader->yaml.text, text, (size_t)(bad - text)),
                NB_MSG_YAML_CHARACTER, "code", code, NULL);
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
    *place = (struct nb_text_place) { .start = nb_yaml_mark(event->start_mark),
                                      .from = nb_yaml_byte(&reader->yaml, event->start_mark),
                                      .to = nb_yaml_byte(&reader->yaml, event->end_mark) };
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
        nb_reader_value_fault(reader, nb_text_place_mark(place, reader->yaml.text, text, 0), key,
                              text, len, wanted);
    }
    free(text);
    return NULL;
}

bool nb_reader_put_text(struct nb_reader *reader, const char *key, enum nb_text_type type,
                        char **text, struct nb_text_place *place)
{
    const yaml_event_t *event = nb_yaml_next(&reader->yaml);
    char *value = event ? nb_reader_take_text(reader, event, key, type, place) : NULL;
    if (!value)
        return false;
    if (value[0])
        *text = value;
    else
        free(value);
    return true;
}
