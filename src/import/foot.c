/* Lines below a table, as the form prints them: 单位负责人：{people.head}　审核人：{people.checked}
 */
#include <stdlib.h>
#include <string.h>

#include "nianbao/text.h"
#include "prose.h"
#include "reading.h"

/* A text of the draft and what stands before it in print. */
struct field {
    char *label; /* heap */
    int text;
};
enum { MOST_FIELDS = 16 };
struct fields {
    struct field items[MOST_FIELDS];
    int count;
};

static void add_field(struct fields *fields, const struct nb_draft *draft, const char *label,
                      const char *name, size_t len)
{
    char *address = nb_xstrndup(name, len);
    int text = nb_draft_find_text(draft, address);
    const char *begin = nb_utf8_skip_blanks(label, NULL);
    if (text >= 0 && begin < name - 1 && fields->count < MOST_FIELDS)
        fields->items[fields->count++] =
            (struct field) { nb_xstrndup(begin, (size_t)(name - 1 - begin)), text };
    free(address);
}

static void list_fields(struct fields *fields, const struct nb_draft *draft)
{
    const struct nb_form *form = nb_draft_form(draft);
    for (int i = 0; i < form->n_tables; i++) {
        for (int j = 0; j < form->tables[i]->n_foot; j++) {
            const char *label = form->tables[i]->foot[j];
            for (const char *open; (open = strchr(label, '{')); label = strchr(open, '}') + 1)
                add_field(fields, draft, label, open + 1, strcspn(open + 1, "}"));
        }
    }
}

/* The value between a label and the next one, without blanks around it. */
static char *value_between(const char *from, const char *to)
{
    from = nb_utf8_skip_blanks(from, NULL);
    const char *solid = from;
    for (const char *at = from; at < to;) {
        if (!nb_utf8_is_blank(nb_utf8_next(&at)))
            solid = at;
    }
    return nb_xstrndup(from, from < to ? (size_t)(solid - from) : 0);
}

static void set_value(struct nb_draft *draft, int text, const char *value)
{
    char date[11];
    if (text == NB_TEXT_SIGNED_DATE)
        value = nb_read_date(value, date) ? date : "";
    if (value[0] && !nb_draft_text(draft, text)[0] && !nb_draft_text_fault(text, value))
        nb_draft_set_text(draft, text, value);
}

bool nb_read_foot(struct nb_reading *reading, const char *line)
{
    struct fields fields = { .count = 0 };
    bool any = false;
    list_fields(&fields, reading->import->draft);
    for (int i = 0; i < fields.count; i++) {
        size_t len, next_len;
        const char *label = nb_text_find(line, fields.items[i].label, &len);
        const char *end = line + strlen(line);
        for (int j = 0; label && j < fields.count; j++) {
            const char *next = nb_text_find(label + len, fields.items[j].label, &next_len);
            end = next && next < end ? next : end;
        }
        if (!label)
            continue;
        char *value = value_between(label + len, end);
        set_value(reading->import->draft, fields.items[i].text, value);
        free(value);
        any = true;
    }
    for (int i = 0; i < fields.count; i++)
        free(fields.items[i].label);
    return any;
}
