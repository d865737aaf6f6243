/* The strict reader of draft files: one pass over YAML events, driven by the form's tree of keys.
 */
#include <stdlib.h>
#include <string.h>

#include "nianbao/file.h"
#include "nianbao/text.h"
#include "reader.h"

enum { SEEN_NIANBAO = 1, SEEN_FORM = 2, SEEN_YEAR = 4, SEEN_UNIT = 8 };

/* ---- figures ---- */

static void figure_fault(struct nb_reader *reader, const yaml_event_t *event,
                         enum nb_message message, const struct nb_cell *cell)
{
    struct nb_buf shown = { 0 };
    nb_text_add_brief(&shown, nb_reader_scalar_text(event), event->data.scalar.length);
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
        nb_reader_put_text(reader, key->address, NB_TEXT_LINES,
                           &reader->draft->texts[NB_TEXT_PROSE + key->prose],
                           &reader->draft->places[NB_TEXT_PROSE + key->prose]);
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

static void unknown_address(struct nb_reader *reader, const char *address, struct nb_mark mark)
{
    struct nb_buf shown = { 0 };
    nb_text_add_brief(&shown, address, strlen(address));
    nb_diag_add(reader->yaml.diags, reader->yaml.file, mark, NB_MSG_DRAFT_ADDRESS, "cell",
                nb_buf_text(&shown), "hint", "", NULL);
    nb_buf_release(&shown);
}

static void check_field(struct nb_reader *reader, enum nb_field_kind kind, const char *key,
                        const char *value, struct nb_mark mark)
{
    if (kind == NB_RECORD_RULE && !is_rule_id(value))
        nb_reader_value_fault(reader, mark, key, value, strlen(value), "规则名");
    else if (kind == NB_RECORD_ADDRESS && !is_address(reader->draft, value))
        unknown_address(reader, value, mark);
}

struct fields {
    char *texts[NB_RECORD_FIELDS];
    bool meant[NB_RECORD_FIELDS]; /* told under a wrong key */
};

static void read_field(struct nb_reader *reader, const struct nb_list_shape *shape,
                       const struct nb_key_name *name, struct fields *fields)
{
    const char *names[NB_RECORD_FIELDS];
    int count = 0, field = -1;
    for (; count < NB_RECORD_FIELDS && shape->fields[count].name; count++) {
        names[count] = shape->fields[count].name;
        if (nb_reader_is(name->text, name->len, names[count]))
            field = count;
    }
    if (field < 0) {
        int meant = nb_reader_unknown_key(reader, name, names, count);
        if (meant >= 0)
            fields->meant[meant] = true;
        return;
    }
    char **text = &fields->texts[field];
    if (nb_reader_is_repeated(reader, name, *text != NULL))
        return;
    const yaml_event_t *event = nb_yaml_next(&reader->yaml);
    if (!event)
        return;
    struct nb_text_place place;
    struct nb_mark mark = nb_yaml_mark(event->start_mark);
    *text = nb_reader_take_text(reader, event, names[field], NB_TEXT_LINES, &place);
    if (*text)
        check_field(reader, shape->fields[field].kind, names[field], *text, mark);
    else
        *text = nb_xstrdup("");
}

static void read_record(struct nb_reader *reader, enum nb_list list, struct nb_mark mark)
{
    const struct nb_list_shape *shape = &nb_list_shapes[list];
    struct fields fields = { 0 };
    struct nb_key_name name;
    while (nb_reader_goes_on(reader) && nb_reader_next_key(reader, &name))
        read_field(reader, shape, &name, &fields);
    for (int i = 0; nb_reader_goes_on(reader) && i < NB_RECORD_FIELDS && shape->fields[i].name;
         i++) {
        if (shape->fields[i].required && !fields.texts[i] && !fields.meant[i])
            nb_reader_missing(reader, mark, shape->fields[i].name);
    }
    nb_draft_add_record(reader->draft, list, (const char *const *)fields.texts);
    for (int i = 0; i < NB_RECORD_FIELDS; i++)
        free(fields.texts[i]);
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

static void use_form(struct nb_reader *reader, const yaml_event_t *event)
{
    const char *id = nb_reader_scalar_text(event);
    size_t len = event->data.scalar.length;
    const struct nb_form *form = strlen(id) == len ? nb_catalog_form(reader->catalog, id) : NULL;
    if (form) {
        reader->draft = nb_draft_new(form);
        return;
    }
    struct nb_buf shown = { 0 };
    nb_text_add_brief(&shown, id, len);
    nb_diag_add(reader->yaml.diags, reader->yaml.file, nb_yaml_mark(event->start_mark),
                NB_MSG_DRAFT_FORM, "form", nb_buf_text(&shown), NULL);
    nb_buf_release(&shown);
    give_up(reader);
}

static void read_form(struct nb_reader *reader, const yaml_event_t *event)
{
    if (event->type != YAML_SCALAR_EVENT)
        nb_reader_type_fault(reader, event, "form", "格式名");
    else if (!reader->draft)
        use_form(reader, event);
}

static void read_version(struct nb_reader *reader, const yaml_event_t *event)
{
    if (event->type != YAML_SCALAR_EVENT) {
        nb_reader_type_fault(reader, event, "nianbao", "版本号");
        return;
    }
    const char *version = nb_reader_scalar_text(event);
    size_t len = event->data.scalar.length;
    if (nb_reader_is(version, len, "1"))
        return;
    struct nb_buf shown = { 0 };
    nb_text_add_brief(&shown, version, len);
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
    size_t len = event->data.scalar.length;
    bool fine = nb_yaml_is_plain(event) && len == 4 &&
                nb_figure_read(text, len, NB_COUNT, &year) == NB_FIGURE_FINE && year.units >= 1000;
    if (fine)
        return (int)year.units;
    nb_reader_value_fault(reader, nb_yaml_mark(event->start_mark), "year", text, len,
                          "四位数的年份（不加引号）");
    return 0;
}

/* What is read before the form, and with it the draft, is known. */
struct head {
    int year;
    char *texts[NB_TEXT_PROSE];
    struct nb_text_place places[NB_TEXT_PROSE];
};

static int find_head_text(const char *group, const struct nb_key_name *name)
{
    for (int i = 0; i < NB_TEXT_PROSE; i++) {
        const struct nb_head_text *text = &nb_head_texts[i];
        bool same_group =
            group && text->group ? strcmp(group, text->group) == 0 : group == text->group;
        if (same_group && nb_reader_is(name->text, name->len, text->name))
            return i;
    }
    return -1;
}

/* The first text of the group, or -1. */
static int find_head_group(const struct nb_key_name *name)
{
    for (int i = 0; i < NB_TEXT_PROSE; i++) {
        const char *group = nb_head_texts[i].group;
        if (group && nb_reader_is(name->text, name->len, group))
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
    if (text == NB_TEXT_UNIT)
        reader->seen |= SEEN_UNIT;
    const struct nb_head_text *as = &nb_head_texts[text];
    bool fine =
        nb_reader_put_text(reader, as->address, as->type, &head->texts[text], &head->places[text]);
    if (text == NB_TEXT_UNIT && fine && !head->texts[text])
        nb_reader_value_fault(reader, head->places[text].start, as->address, "", 0, "单位名称");
}

/* signed, people, finished, named by their first text */
static void read_head_group(struct nb_reader *reader, int first, const struct nb_key_name *key,
                            struct head *head)
{
    const char *group = nb_head_texts[first].group;
    if (nb_reader_is_repeated(reader, key, reader->seen_group[first]))
        return;
    reader->seen_group[first] = true;
    const yaml_event_t *event = nb_yaml_next(&reader->yaml);
    if (!event)
        return;
    if (event->type != YAML_MAPPING_START_EVENT) {
        nb_reader_type_fault(reader, event, group, "键和值");
        return;
    }
    struct nb_key_name name;
    while (nb_reader_goes_on(reader) && nb_reader_next_key(reader, &name)) {
        int text = find_head_text(group, &name);
        if (text >= 0)
            read_head_text(reader, text, &name, head);
        else
            unknown_head_text(reader, &name, group);
    }
}

static int find_list(const struct nb_key_name *name)
{
    for (int i = 0; i < NB_LIST_COUNT; i++) {
        if (nb_reader_is(name->text, name->len, nb_list_shapes[i].name))
            return i;
    }
    return -1;
}

/* Looks for the form of a file that names it behind the first section. What is wrong with it is
 * told when it is read. */
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
        if (!nb_reader_is(name.text, name.len, "form")) {
            nb_reader_skip_value(&ahead);
            continue;
        }
        const yaml_event_t *value = nb_yaml_next(&ahead.yaml);
        if (value && value->type == YAML_SCALAR_EVENT)
            use_form(reader, value);
        break;
    }
    nb_yaml_close(&ahead.yaml);
    nb_diags_release(&ignored);
}

/* A value that cannot be understood without the form. */
static void pass_value(struct nb_reader *reader)
{
    const yaml_event_t *event = nb_yaml_next(&reader->yaml);
    if (event)
        nb_yaml_pass(&reader->yaml, event);
}

static const char *const head_names[] = { "nianbao", "form", "year" };
static const unsigned head_bits[] = { SEEN_NIANBAO, SEEN_FORM, SEEN_YEAR };

/* True where the key is nianbao, form or year. */
static bool read_head_value(struct nb_reader *reader, const struct nb_key_name *name,
                            struct head *head)
{
    size_t i = 0;
    while (i < nb_countof(head_names) && !nb_reader_is(name->text, name->len, head_names[i]))
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
    int meant = nb_reader_unknown_key(reader, name, names, count);
    if (meant >= 0 && meant < (int)nb_countof(head_names))
        reader->meant |= head_bits[meant];
    else if (meant == (int)nb_countof(head_names) + NB_TEXT_UNIT)
        reader->meant |= SEEN_UNIT;
}

/* A section, or a list, which may name cells: both need the form. Returns the section's key, for
 * the next search. */
static const struct nb_key *read_body_value(struct nb_reader *reader,
                                            const struct nb_key_name *name,
                                            const struct nb_key *before)
{
    if (!reader->draft && !reader->looked_ahead && !(reader->seen & SEEN_FORM))
        find_form_ahead(reader);
    reader->looked_ahead = true;
    if (!reader->draft) {
        if (!reader->given_up)
            pass_value(reader);
        return NULL;
    }
    int list = find_list(name);
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
        if (read_head_value(reader, &name, head))
            continue;
        int group = find_head_group(&name), text = find_head_text(NULL, &name);
        if (group >= 0)
            read_head_group(reader, group, &name, head);
        else if (text >= 0)
            read_head_text(reader, text, &name, head);
        else
            section = read_body_value(reader, &name, section);
    }
}

static void check_required(struct nb_reader *reader)
{
    static const struct nb_mark top = { 1, 1 };
    unsigned lacking = ~(reader->seen | reader->meant);
    if (lacking & SEEN_NIANBAO)
        nb_reader_missing(reader, top, "nianbao");
    if (lacking & SEEN_FORM)
        nb_diag_add(reader->yaml.diags, reader->yaml.file, top, NB_MSG_DRAFT_FORM_MISSING, NULL);
    if (lacking & SEEN_YEAR)
        nb_reader_missing(reader, top, "year");
    if (lacking & SEEN_UNIT)
        nb_reader_missing(reader, top, "unit");
}

static bool has_errors(const struct nb_reader *reader)
{
    return nb_diags_count(reader->yaml.diags, NB_ERROR) > reader->errors_before;
}

/* Something behind what was read as the whole draft: then what lacks may stand there. */
static bool tells_of_more(struct nb_reader *reader)
{
    int before = nb_diags_count(reader->yaml.diags, NB_ERROR);
    nb_yaml_next(&reader->yaml);
    return nb_diags_count(reader->yaml.diags, NB_ERROR) > before;
}

static void read_document(struct nb_reader *reader, struct head *head)
{
    const yaml_event_t *event = nb_yaml_next(&reader->yaml);
    if (event && event->type != YAML_MAPPING_START_EVENT) {
        nb_reader_type_fault(reader, event, reader->yaml.file, "键和值");
        return;
    }
    if (event) {
        read_root(reader, head);
        if (!nb_reader_goes_on(reader))
            return;
        if (tells_of_more(reader))
            return;
    } else if (has_errors(reader)) {
        return;
    }
    check_required(reader);
}

static void hand_over_head(struct nb_reader *reader, struct head *head)
{
    struct nb_draft *draft = reader->draft;
    for (int i = 0; i < NB_TEXT_PROSE; i++) {
        if (draft) {
            draft->texts[i] = head->texts[i];
            draft->places[i] = head->places[i];
        } else {
            free(head->texts[i]);
        }
    }
    if (draft)
        draft->year = head->year;
}

/* A single step may tell of several faults. */
static void keep_to_the_limit(struct nb_reader *reader)
{
    int over =
        nb_diags_count(reader->yaml.diags, NB_ERROR) - reader->errors_before - NB_READER_MAX_ERRORS;
    if (over > 0) /* a reader tells of nothing but errors */
        reader->yaml.diags->count -= over;
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
    read_document(&reader, &head);
    nb_yaml_close(&reader.yaml);
    hand_over_head(&reader, &head);
    if (has_errors(&reader)) {
        keep_to_the_limit(&reader);
        nb_draft_free(reader.draft);
        return NB_FAILED;
    }
    reader.draft->source = nb_xstrndup(reader.yaml.text, reader.yaml.len_bytes);
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
