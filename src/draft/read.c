/* The strict reader of draft files: one pass over YAML events, driven by the form's tree of keys.
 */
#include <stdlib.h>
#include <string.h>

#include "nianbao/file.h"
#include "nianbao/text.h"
#include "reader.h"

enum { SEEN_NIANBAO = 1, SEEN_FORM = 2, SEEN_YEAR = 4 };

/* ---- figures ---- */

static void figure_fault(struct nb_reader *reader, const yaml_event_t *event,
                         enum nb_message message, const struct nb_cell *cell)
{
    struct nb_buf shown = { 0 };
    nb_text_add_visible(&shown, nb_reader_scalar_text(event),
                        strnlen(nb_reader_scalar_text(event), event->data.scalar.length));
    nb_diag_add(reader->yaml.diags, reader->yaml.file, nb_yaml_mark(event->start_mark), message,
                "cell", cell->address, "text", nb_buf_text(&shown), "wanted",
                nb_kind_wanted(cell->kind), NULL)
        ->cell = nb_diag_keep(reader->yaml.diags, cell->address);
    nb_buf_release(&shown);
}

static void read_figure(struct nb_reader *reader, const struct nb_key *key)
{
    const yaml_event_t *event = nb_yaml_next(&reader->yaml);
    if (!event)
        return;
    if (event->type != YAML_SCALAR_EVENT) {
        nb_reader_type_fault(reader, event, key->address, "一个数");
        return;
    }
    const struct nb_cell *cell = &reader->draft->form->cells[key->cell];
    const char *text = nb_reader_scalar_text(event);
    size_t len = event->data.scalar.length;
    reader->draft->cell_marks[key->cell] = nb_yaml_mark(event->start_mark);
    if (!nb_yaml_is_plain(event)) {
        figure_fault(reader, event, NB_MSG_DRAFT_FIGURE_QUOTED, cell);
        return;
    }
    if (len == 1 && *text == '~')
        return;
    switch (nb_figure_read(text, len, cell->kind, &reader->draft->figures[key->cell])) {
    case NB_FIGURE_FINE:
        break;
    case NB_FIGURE_NONE:
        figure_fault(reader, event, NB_MSG_DRAFT_FIGURE, cell);
        break;
    case NB_FIGURE_TOO_LARGE:
        figure_fault(reader, event, NB_MSG_DRAFT_FIGURE_RANGE, cell);
        break;
    }
}

/* ---- sections ---- */

static void unknown_child(struct nb_reader *reader, const struct nb_key_name *name,
                          const struct nb_key *parent)
{
    const char **names = nb_xrealloc(NULL, (size_t)parent->n_children, sizeof *names);
    for (int i = 0; i < parent->n_children; i++)
        names[i] = parent->children[i].name;
    nb_reader_unknown_key(reader, name, names, parent->n_children);
    free(names);
}

static void read_group(struct nb_reader *reader, const struct nb_key *parent);

/* The value of a key of the form; recursion is bounded by the form. */
static void read_value(struct nb_reader *reader, const struct nb_key *key,
                       const struct nb_key_name *name)
{
    struct nb_mark *mark = &reader->draft->key_marks[key->index];
    if (nb_reader_is_repeated(reader, name, mark->line != 0))
        return;
    *mark = name->mark;
    if (key->cell >= 0)
        read_figure(reader, key);
    else if (key->prose >= 0)
        nb_reader_put_text(reader, NB_TEXT_PROSE + key->prose, key->address, NB_TEXT_LINES, NULL);
    else
        read_group(reader, key);
}

static void read_group(struct nb_reader *reader, const struct nb_key *parent)
{
    const yaml_event_t *event = nb_yaml_next(&reader->yaml);
    if (!event)
        return;
    if (event->type != YAML_MAPPING_START_EVENT) {
        nb_reader_type_fault(reader, event, parent->address, "键和值");
        return;
    }
    struct nb_key_name name;
    const struct nb_key *key = NULL;
    while (nb_reader_goes_on(reader) && nb_reader_next_key(reader, &name)) {
        const struct nb_key *child = nb_key_child(parent, name.text, name.len, key);
        if (child)
            read_value(reader, key = child, &name);
        else
            unknown_child(reader, &name, parent);
    }
}

/* ---- lists of records ---- */

static bool is_rule_id(const char *text)
{
    return text[0] && !text[strspn(text, "abcdefghijklmnopqrstuvwxyz_.")];
}

/* A cell, a text, a group or a section. */
static bool is_address(const struct nb_draft *draft, const char *address)
{
    if (nb_draft_find_text(draft, address) >= 0)
        return true;
    const struct nb_key *key = &draft->form->keys[0];
    while (key && *address) {
        size_t len = strcspn(address, ".");
        key = nb_key_child(key, address, len, NULL);
        address += len + (address[len] == '.');
    }
    return key && key->parent;
}

static void check_field(struct nb_reader *reader, enum nb_field_kind kind, const char *key,
                        const char *value, struct nb_mark mark)
{
    if (kind == NB_RECORD_RULE && !is_rule_id(value))
        nb_reader_value_fault(reader, mark, key, value, "规则名");
    else if (kind == NB_RECORD_ADDRESS && !is_address(reader->draft, value))
        nb_diag_add(reader->yaml.diags, reader->yaml.file, mark, NB_MSG_DRAFT_ADDRESS, "cell",
                    value, "hint", "", NULL);
}

static int find_field(const struct nb_list_shape *shape, const char *name)
{
    for (int i = 0; i < NB_RECORD_FIELDS && shape->fields[i].name; i++) {
        if (strcmp(shape->fields[i].name, name) == 0)
            return i;
    }
    return -1;
}

static void unknown_field(struct nb_reader *reader, const struct nb_key_name *name,
                          const struct nb_list_shape *shape)
{
    const char *names[NB_RECORD_FIELDS];
    int count = 0;
    for (; count < NB_RECORD_FIELDS && shape->fields[count].name; count++)
        names[count] = shape->fields[count].name;
    nb_reader_unknown_key(reader, name, names, count);
}

static void read_field(struct nb_reader *reader, const struct nb_list_shape *shape,
                       const struct nb_key_name *name, char **fields)
{
    int field = find_field(shape, name->text);
    if (field < 0) {
        unknown_field(reader, name, shape);
        return;
    }
    if (nb_reader_is_repeated(reader, name, fields[field] != NULL))
        return;
    const yaml_event_t *event = nb_yaml_next(&reader->yaml);
    if (!event)
        return;
    struct nb_text_place place;
    struct nb_mark mark = nb_yaml_mark(event->start_mark);
    fields[field] = nb_reader_take_text(reader, event, name->text, NB_TEXT_LINES, &place);
    if (fields[field])
        check_field(reader, shape->fields[field].kind, name->text, fields[field], mark);
    else
        fields[field] = nb_xstrdup("");
}

static void read_record(struct nb_reader *reader, enum nb_list list, struct nb_mark mark)
{
    const struct nb_list_shape *shape = &nb_list_shapes[list];
    char *fields[NB_RECORD_FIELDS] = { NULL };
    struct nb_key_name name;
    while (nb_reader_goes_on(reader) && nb_reader_next_key(reader, &name))
        read_field(reader, shape, &name, fields);
    for (int i = 0; nb_reader_goes_on(reader) && i < NB_RECORD_FIELDS && shape->fields[i].name;
         i++) {
        if (shape->fields[i].required && !fields[i])
            nb_reader_missing(reader, mark, shape->fields[i].name);
    }
    nb_draft_add_record(reader->draft, list, (const char *const *)fields);
    for (int i = 0; i < NB_RECORD_FIELDS; i++)
        free(fields[i]);
}

static void read_list(struct nb_reader *reader, enum nb_list list)
{
    const char *name = nb_list_shapes[list].name;
    const yaml_event_t *event = nb_yaml_next(&reader->yaml);
    if (!event)
        return;
    if (event->type != YAML_SEQUENCE_START_EVENT) {
        nb_reader_type_fault(reader, event, name, "列表");
        return;
    }
    while (nb_reader_goes_on(reader) && (event = nb_yaml_next(&reader->yaml)) &&
           event->type != YAML_SEQUENCE_END_EVENT) {
        if (event->type == YAML_MAPPING_START_EVENT)
            read_record(reader, list, nb_yaml_mark(event->start_mark));
        else
            nb_reader_type_fault(reader, event, name, "键和值");
    }
}

/* ---- the head ---- */

static void give_up(struct nb_reader *reader)
{
    reader->given_up = true;
}

static void use_form(struct nb_reader *reader, const char *id, struct nb_mark mark)
{
    const struct nb_form *form = nb_catalog_form(reader->catalog, id);
    if (form) {
        reader->draft = nb_draft_new(form);
        return;
    }
    struct nb_buf shown = { 0 };
    nb_text_add_visible(&shown, id, strlen(id));
    nb_diag_add(reader->yaml.diags, reader->yaml.file, mark, NB_MSG_DRAFT_FORM, "form",
                nb_buf_text(&shown), NULL);
    nb_buf_release(&shown);
    give_up(reader);
}

static void read_form(struct nb_reader *reader, const yaml_event_t *event)
{
    if (event->type != YAML_SCALAR_EVENT)
        nb_reader_type_fault(reader, event, "form", "格式名");
    else if (!reader->draft)
        use_form(reader, nb_reader_scalar_text(event), nb_yaml_mark(event->start_mark));
}

static void read_version(struct nb_reader *reader, const yaml_event_t *event)
{
    if (event->type != YAML_SCALAR_EVENT) {
        nb_reader_type_fault(reader, event, "nianbao", "版本号");
        return;
    }
    if (strcmp(nb_reader_scalar_text(event), "1") == 0)
        return;
    struct nb_buf shown = { 0 };
    nb_text_add_visible(&shown, nb_reader_scalar_text(event), strlen(nb_reader_scalar_text(event)));
    nb_diag_add(reader->yaml.diags, reader->yaml.file, nb_yaml_mark(event->start_mark),
                NB_MSG_VERSION, "version", nb_buf_text(&shown), NULL);
    nb_buf_release(&shown);
    give_up(reader);
}

static int read_year(struct nb_reader *reader, const yaml_event_t *event)
{
    if (event->type != YAML_SCALAR_EVENT) {
        nb_reader_type_fault(reader, event, "year", "年份");
        return 0;
    }
    struct nb_figure year;
    const char *text = nb_reader_scalar_text(event);
    bool fine = nb_yaml_is_plain(event) && event->data.scalar.length == 4 &&
                nb_figure_read(text, 4, NB_COUNT, &year) == NB_FIGURE_FINE && year.units >= 1000;
    if (fine)
        return (int)year.units;
    struct nb_buf shown = { 0 };
    nb_text_add_visible(&shown, text, strlen(text));
    nb_reader_value_fault(reader, nb_yaml_mark(event->start_mark), "year", nb_buf_text(&shown),
                          "四位数的年份（不加引号）");
    nb_buf_release(&shown);
    return 0;
}

/* What is read before the form, and with it the draft, is known. */
struct head {
    int year;
    char *texts[NB_TEXT_PROSE];
};

static int find_head_text(const char *group, const char *name)
{
    for (int i = 0; i < NB_TEXT_PROSE; i++) {
        const struct nb_head_text *text = &nb_head_texts[i];
        bool same_group =
            group && text->group ? strcmp(group, text->group) == 0 : group == text->group;
        if (same_group && strcmp(text->name, name) == 0)
            return i;
    }
    return -1;
}

static void unknown_head_text(struct nb_reader *reader, const struct nb_key_name *name,
                              const char *group)
{
    const char *names[NB_TEXT_PROSE];
    int count = 0;
    for (int i = 0; i < NB_TEXT_PROSE; i++) {
        if (nb_head_texts[i].group && strcmp(nb_head_texts[i].group, group) == 0)
            names[count++] = nb_head_texts[i].name;
    }
    nb_reader_unknown_key(reader, name, names, count);
}

static void read_head_text(struct nb_reader *reader, int text, const struct nb_key_name *name,
                           struct head *head)
{
    if (nb_reader_is_repeated(reader, name, reader->seen_text[text]))
        return;
    reader->seen_text[text] = true;
    nb_reader_put_text(reader, text, nb_head_texts[text].address, nb_head_texts[text].type,
                       head->texts);
}

/* signed, people, finished */
static void read_head_group(struct nb_reader *reader, const char *group, struct head *head)
{
    const yaml_event_t *event = nb_yaml_next(&reader->yaml);
    if (!event)
        return;
    if (event->type != YAML_MAPPING_START_EVENT) {
        nb_reader_type_fault(reader, event, group, "键和值");
        return;
    }
    struct nb_key_name name;
    while (nb_reader_goes_on(reader) && nb_reader_next_key(reader, &name)) {
        int text = find_head_text(group, name.text);
        if (text >= 0)
            read_head_text(reader, text, &name, head);
        else
            unknown_head_text(reader, &name, group);
    }
}

static bool is_head_group(const char *name)
{
    for (int i = 0; i < NB_TEXT_PROSE; i++) {
        if (nb_head_texts[i].group && strcmp(nb_head_texts[i].group, name) == 0)
            return true;
    }
    return false;
}

static int find_list(const char *name)
{
    for (int i = 0; i < NB_LIST_COUNT; i++) {
        if (strcmp(nb_list_shapes[i].name, name) == 0)
            return i;
    }
    return -1;
}

/* Looks for the form of a file that names it behind the first section. */
static void find_form_ahead(struct nb_reader *reader)
{
    struct nb_diags ignored = { 0 };
    struct nb_reader ahead = { .catalog = reader->catalog };
    nb_yaml_open(&ahead.yaml, reader->yaml.file, reader->yaml.text, reader->yaml.len_bytes,
                 &ignored);
    const yaml_event_t *event = nb_yaml_next(&ahead.yaml);
    bool is_map = event && event->type == YAML_MAPPING_START_EVENT;
    struct nb_key_name name;
    while (is_map && nb_reader_next_key(&ahead, &name)) {
        if (strcmp(name.text, "form") != 0) {
            nb_reader_skip_value(&ahead);
            continue;
        }
        const yaml_event_t *value = nb_yaml_next(&ahead.yaml);
        if (value && value->type == YAML_SCALAR_EVENT)
            use_form(reader, nb_reader_scalar_text(value), nb_yaml_mark(value->start_mark));
        break;
    }
    nb_yaml_close(&ahead.yaml);
    nb_diags_release(&ignored);
    if (!reader->draft && nb_reader_goes_on(reader)) {
        nb_diag_add(reader->yaml.diags, reader->yaml.file, (struct nb_mark) { 1, 1 },
                    NB_MSG_DRAFT_FORM_MISSING, NULL);
        give_up(reader);
    }
}

static const char *const head_names[] = { "nianbao", "form", "year" };
static const unsigned head_bits[] = { SEEN_NIANBAO, SEEN_FORM, SEEN_YEAR };

/* True where the key is nianbao, form or year. */
static bool read_head_value(struct nb_reader *reader, const struct nb_key_name *name,
                            struct head *head)
{
    size_t i = 0;
    while (i < nb_countof(head_names) && strcmp(head_names[i], name->text) != 0)
        i++;
    if (i == nb_countof(head_names))
        return false;
    if (nb_reader_is_repeated(reader, name, reader->seen & head_bits[i]))
        return true;
    reader->seen |= head_bits[i];
    const yaml_event_t *event = nb_yaml_next(&reader->yaml);
    if (!event)
        return true;
    if (head_bits[i] == SEEN_NIANBAO)
        read_version(reader, event);
    else if (head_bits[i] == SEEN_FORM)
        read_form(reader, event);
    else
        head->year = read_year(reader, event);
    return true;
}

static void unknown_top(struct nb_reader *reader, const struct nb_key_name *name)
{
    enum { MOST_SECTIONS = 64 };
    const struct nb_key *root = &reader->draft->form->keys[0];
    const char *names[3 + NB_TEXT_PROSE + NB_LIST_COUNT + MOST_SECTIONS];
    int count = 0;
    for (size_t i = 0; i < nb_countof(head_names); i++)
        names[count++] = head_names[i];
    for (int i = 0; i < NB_TEXT_PROSE; i++)
        names[count++] = nb_head_texts[i].group ? nb_head_texts[i].group : nb_head_texts[i].name;
    for (int i = 0; i < NB_LIST_COUNT; i++)
        names[count++] = nb_list_shapes[i].name;
    for (int i = 0; i < root->n_children && i < MOST_SECTIONS; i++)
        names[count++] = root->children[i].name;
    nb_reader_unknown_key(reader, name, names, count);
}

/* A section, or a list, which may name cells: both need the form. Returns the section's key, for
 * the next search. */
static const struct nb_key *read_body_value(struct nb_reader *reader,
                                            const struct nb_key_name *name,
                                            const struct nb_key *before)
{
    if (!reader->draft) {
        find_form_ahead(reader);
        if (!reader->draft)
            return NULL;
    }
    int list = find_list(name->text);
    if (list >= 0) {
        if (!nb_reader_is_repeated(reader, name, reader->seen_list[list])) {
            reader->seen_list[list] = true;
            read_list(reader, (enum nb_list)list);
        }
        return before;
    }
    const struct nb_key *root = &reader->draft->form->keys[0];
    const struct nb_key *key = nb_key_child(root, name->text, name->len, before);
    if (key)
        read_value(reader, key, name);
    else
        unknown_top(reader, name);
    return key ? key : before;
}

static void read_root(struct nb_reader *reader, struct head *head)
{
    struct nb_key_name name;
    const struct nb_key *section = NULL;
    while (nb_reader_goes_on(reader) && nb_reader_next_key(reader, &name)) {
        int text;
        if (read_head_value(reader, &name, head))
            continue;
        if (is_head_group(name.text))
            read_head_group(reader, name.text, head);
        else if ((text = find_head_text(NULL, name.text)) >= 0)
            read_head_text(reader, text, &name, head);
        else
            section = read_body_value(reader, &name, section);
    }
}

static void check_required(struct nb_reader *reader, const struct head *head)
{
    static const struct nb_mark top = { 1, 1 };
    if (!(reader->seen & SEEN_NIANBAO))
        nb_reader_missing(reader, top, "nianbao");
    if (!(reader->seen & SEEN_FORM))
        nb_diag_add(reader->yaml.diags, reader->yaml.file, top, NB_MSG_DRAFT_FORM_MISSING, NULL);
    if (!(reader->seen & SEEN_YEAR))
        nb_reader_missing(reader, top, "year");
    bool has_unit = (head->texts[NB_TEXT_UNIT] && head->texts[NB_TEXT_UNIT][0]) ||
                    (reader->draft && nb_draft_text(reader->draft, NB_TEXT_UNIT)[0]);
    if (!has_unit)
        nb_reader_missing(reader, top, "unit");
}

static void read_document(struct nb_reader *reader, struct head *head)
{
    const yaml_event_t *event = nb_yaml_next(&reader->yaml);
    if (event && event->type == YAML_MAPPING_START_EVENT) {
        read_root(reader, head);
        if (nb_reader_goes_on(reader))
            nb_yaml_next(&reader->yaml); /* tells of a second document */
    } else if (event) {
        nb_reader_type_fault(reader, event, reader->yaml.file, "键和值");
        give_up(reader);
    }
    bool has_fault = nb_diags_count(reader->yaml.diags, NB_ERROR) > reader->errors_before;
    if (!reader->given_up && !(has_fault && reader->yaml.stopped))
        check_required(reader, head);
}

static void hand_over_head(struct nb_reader *reader, struct head *head)
{
    for (int i = 0; i < NB_TEXT_PROSE; i++) {
        if (reader->draft && head->texts[i])
            nb_draft_set_text(reader->draft, i, head->texts[i]);
        free(head->texts[i]);
    }
    if (reader->draft)
        reader->draft->year = head->year;
}

enum nb_status nb_draft_read(const char *file, const char *text, size_t len_bytes,
                             struct nb_catalog *catalog, struct nb_diags *diags,
                             struct nb_draft **out)
{
    *out = NULL;
    struct nb_reader reader = { .catalog = catalog,
                                .errors_before = nb_diags_count(diags, NB_ERROR) };
    struct head head = { 0 };
    nb_yaml_open(&reader.yaml, file, text, len_bytes, diags);
    reader.line_start = reader.yaml.text;
    reader.line = 1;
    read_document(&reader, &head);
    nb_yaml_close(&reader.yaml);
    hand_over_head(&reader, &head);
    if (nb_diags_count(diags, NB_ERROR) > reader.errors_before) {
        nb_draft_free(reader.draft);
        return NB_FAILED;
    }
    *out = reader.draft;
    return NB_OK;
}

enum nb_status nb_draft_load(const char *path, struct nb_catalog *catalog, struct nb_diags *diags,
                             struct nb_buf *text, struct nb_draft **out)
{
    struct nb_buf own = { 0 };
    struct nb_buf *bytes = text ? text : &own;
    *out = NULL;
    enum nb_status status = nb_file_read(path, NB_YAML_MAX_BYTES, diags, bytes);
    if (status == NB_OK)
        status = nb_draft_read(path, nb_buf_text(bytes), bytes->len, catalog, diags, out);
    nb_buf_release(&own);
    return status;
}
