#include "internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "nianbao/text.h"

const struct nb_head_text nb_head_texts[NB_TEXT_PROSE] = {
    [NB_TEXT_UNIT] = { NULL, "unit", "unit", "单位名称", NB_TEXT_LINE },
    [NB_TEXT_SIGNED_BY] = { "signed", "by", "signed.by", "落款单位", NB_TEXT_LINE },
    [NB_TEXT_SIGNED_DATE] = { "signed", "date", "signed.date", "落款日期", NB_TEXT_DATE },
    [NB_TEXT_PEOPLE_FILLED] = { "people", "filled", "people.filled", "填报人", NB_TEXT_LINE },
    [NB_TEXT_PEOPLE_CHECKED] = { "people", "checked", "people.checked", "审核人", NB_TEXT_LINE },
    [NB_TEXT_PEOPLE_HEAD] = { "people", "head", "people.head", "负责人", NB_TEXT_LINE },
    [NB_TEXT_PEOPLE_PHONE] = { "people", "phone", "people.phone", "联系电话", NB_TEXT_LINE },
    [NB_TEXT_PRIOR] = { NULL, "prior", "prior", "上年草稿", NB_TEXT_LINE },
    [NB_TEXT_PREAMBLE] = { NULL, "preamble", "preamble", "前言", NB_TEXT_LINES },
    [NB_TEXT_FINISHED_AT] = { "finished", "at", "finished.at", "定稿时间", NB_TEXT_LINE },
    [NB_TEXT_FINISHED_CONTENT] = { "finished", "content", "finished.content", "定稿内容",
                                   NB_TEXT_LINE },
};

const struct nb_list_shape nb_list_shapes[NB_LIST_COUNT] = {
    [NB_LIST_MARKS] = { "marks",
                        "备注",
                        { { "cell", NB_RECORD_ADDRESS, true },
                          { "text", NB_RECORD_TEXT, true },
                          { "by", NB_RECORD_TEXT, false },
                          { "at", NB_RECORD_TEXT, false } } },
    [NB_LIST_ACCEPTED] = { "accepted",
                           "接受的提示",
                           { { "rule", NB_RECORD_RULE, true },
                             { "cell", NB_RECORD_ADDRESS, true },
                             { "about", NB_RECORD_TEXT, true },
                             { "reason", NB_RECORD_TEXT, true },
                             { "by", NB_RECORD_TEXT, false },
                             { "at", NB_RECORD_TEXT, false } } },
    [NB_LIST_SOURCES] = { "sources",
                          "来源",
                          { { "unit", NB_RECORD_TEXT, true },
                            { "file", NB_RECORD_TEXT, false },
                            { "figures", NB_RECORD_TEXT, false } } },
};

struct nb_draft *nb_draft_new(const struct nb_form *form)
{
    struct nb_draft *draft = nb_xalloc(sizeof *draft);
    size_t n_texts = NB_TEXT_PROSE + (size_t)form->n_proses;
    draft->form = form;
    draft->figures = nb_xalloc((size_t)form->n_cells * sizeof *draft->figures);
    draft->cell_marks = nb_xalloc((size_t)form->n_cells * sizeof *draft->cell_marks);
    draft->key_marks = nb_xalloc((size_t)form->n_keys * sizeof *draft->key_marks);
    draft->texts = nb_xalloc(n_texts * sizeof *draft->texts);
    draft->places = nb_xalloc(n_texts * sizeof *draft->places);
    return draft;
}

void nb_draft_free(struct nb_draft *draft)
{
    if (!draft)
        return;
    for (int i = 0; i < nb_draft_text_count(draft); i++)
        free(draft->texts[i]);
    for (int i = 0; i < NB_LIST_COUNT; i++)
        free(draft->lists[i].items);
    nb_arena_release(&draft->arena);
    free(draft->figures);
    free(draft->cell_marks);
    free(draft->key_marks);
    free(draft->texts);
    free(draft->places);
    free(draft->source);
    free(draft);
}

const struct nb_form *nb_draft_form(const struct nb_draft *draft)
{
    return draft->form;
}

int nb_draft_year(const struct nb_draft *draft)
{
    return draft->year;
}

void nb_draft_set_year(struct nb_draft *draft, int year)
{
    draft->year = year;
}

struct nb_figure nb_draft_figure(const struct nb_draft *draft, int cell)
{
    return draft->figures[cell];
}

void nb_draft_add_figure(const struct nb_draft *draft, int cell, struct nb_buf *out)
{
    nb_figure_write(out, draft->form->cells[cell].kind, draft->figures[cell]);
}

const struct nb_figure *nb_draft_figures(const struct nb_draft *draft)
{
    return draft->figures;
}

void nb_draft_set_figure(struct nb_draft *draft, int cell, struct nb_figure figure)
{
    draft->figures[cell] = figure;
}

int nb_draft_text_count(const struct nb_draft *draft)
{
    return NB_TEXT_PROSE + draft->form->n_proses;
}

const char *nb_draft_text(const struct nb_draft *draft, int text)
{
    return draft->texts[text] ? draft->texts[text] : "";
}

void nb_draft_set_text(struct nb_draft *draft, int text, const char *value)
{
    char *copy = value[0] ? nb_xstrdup(value) : NULL;
    free(draft->texts[text]);
    draft->texts[text] = copy;
}

void nb_draft_splice_text(struct nb_draft *draft, int text, size_t offset, size_t removed,
                          const char *inserted, size_t len_bytes)
{
    size_t len = strlen(nb_draft_text(draft, text)), behind = len - offset - removed;
    assert(offset + removed <= len);
    size_t new_len = len - removed + len_bytes;
    if (len_bytes > removed || !draft->texts[text])
        draft->texts[text] = nb_xrealloc(draft->texts[text], new_len + 1, 1);
    char *at = draft->texts[text] + offset;
    memmove(at + len_bytes, at + removed, behind);
    memcpy(at, inserted, len_bytes);
    draft->texts[text][new_len] = '\0';
}

const char *nb_draft_text_address(const struct nb_draft *draft, int text)
{
    return text < NB_TEXT_PROSE ? nb_head_texts[text].address
                                : draft->form->proses[text - NB_TEXT_PROSE]->address;
}

int nb_draft_find_text(const struct nb_draft *draft, const char *address)
{
    for (int i = 0; i < nb_draft_text_count(draft); i++) {
        if (strcmp(nb_draft_text_address(draft, i), address) == 0)
            return i;
    }
    return -1;
}

const char *nb_head_text_name(int text)
{
    return nb_head_texts[text].title;
}

const char *nb_list_field(enum nb_list list, int field)
{
    return field < NB_RECORD_FIELDS ? nb_list_shapes[list].fields[field].name : NULL;
}

const char *nb_list_title(enum nb_list list)
{
    return nb_list_shapes[list].title;
}

const char *nb_list_name(enum nb_list list)
{
    return nb_list_shapes[list].name;
}

int nb_draft_record_count(const struct nb_draft *draft, enum nb_list list)
{
    return draft->lists[list].count;
}

const char *const *nb_draft_record(const struct nb_draft *draft, enum nb_list list, int index)
{
    return draft->lists[list].items[index].fields;
}

void nb_draft_insert_record(struct nb_draft *draft, enum nb_list list, int index,
                            const char *const *fields)
{
    int count = draft->lists[list].count;
    NB_GROW(draft->lists[list].items, count, draft->lists[list].cap);
    struct nb_record *record = &draft->lists[list].items[index];
    memmove(record + 1, record, (size_t)(count - index) * sizeof *record);
    for (int i = 0; i < NB_RECORD_FIELDS; i++)
        record->fields[i] = fields[i] ? nb_arena_strdup(&draft->arena, fields[i]) : "";
    draft->lists[list].count++;
}

void nb_draft_add_record(struct nb_draft *draft, enum nb_list list, const char *const *fields)
{
    nb_draft_insert_record(draft, list, draft->lists[list].count, fields);
}

void nb_draft_remove_record(struct nb_draft *draft, enum nb_list list, int index)
{
    int behind = --draft->lists[list].count - index;
    struct nb_record *record = &draft->lists[list].items[index];
    memmove(record, record + 1, (size_t)behind * sizeof *record);
}

/* ---- places ---- */

static const struct nb_key *find_key(const struct nb_form *form, const char *address)
{
    const struct nb_key *key = &form->keys[0];
    while (key && *address) {
        size_t len = strcspn(address, ".");
        key = nb_key_child(key, address, len, NULL);
        address += len + (address[len] == '.');
    }
    return key;
}

/* The nearest of the key and those above it that the file has. */
static struct nb_mark nearest_mark(const struct nb_draft *draft, const struct nb_key *key)
{
    for (; key && key->parent; key = key->parent) {
        if (draft->key_marks[key->index].line)
            return draft->key_marks[key->index];
    }
    return (struct nb_mark) { 1, 1 };
}

struct nb_mark nb_draft_cell_mark(const struct nb_draft *draft, int cell)
{
    if (draft->cell_marks[cell].line)
        return draft->cell_marks[cell];
    return nearest_mark(draft, find_key(draft->form, draft->form->cells[cell].address));
}

static struct nb_mark absent_text_mark(const struct nb_draft *draft, int text)
{
    return text < NB_TEXT_PROSE
               ? (struct nb_mark) { 1, 1 }
               : nearest_mark(draft, find_key(draft->form, nb_draft_text_address(draft, text)));
}

void nb_draft_text_marks(const struct nb_draft *draft, int text, const size_t *offsets, int count,
                         struct nb_mark *marks)
{
    const struct nb_text_place *place = &draft->places[text];
    if (place->start.line) {
        nb_text_place_marks(place, draft->source, nb_draft_text(draft, text), offsets, count,
                            marks);
        return;
    }
    struct nb_mark absent = absent_text_mark(draft, text);
    for (int i = 0; i < count; i++)
        marks[i] = absent;
}

struct nb_mark nb_draft_text_mark(const struct nb_draft *draft, int text, size_t offset)
{
    struct nb_mark mark;
    nb_draft_text_marks(draft, text, &offset, 1, &mark);
    return mark;
}

/* ---- what a text may be ---- */

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static bool is_date(const char *text)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    for (int i = 0; i < 10; i++) {
        bool dash = i == 4 || i == 7;
        if (dash ? text[i] != '-' : text[i] < '0' || text[i] > '9')
            return false;
    }
    int year = atoi(text), month = atoi(text + 5), day = atoi(text + 8);
    if (text[10] || month < 1 || month > 12)
        return false;
    return day >= 1 && day <= days[month - 1] + (month == 2 && is_leap(year));
}

const char *nb_text_type_fault(enum nb_text_type type, const char *value)
{
    if (type == NB_TEXT_LINE && strpbrk(value, "\n\t"))
        return "一行文字";
    if (type == NB_TEXT_DATE && value[0] && !is_date(value))
        return "日期（例如 2025-01-20）";
    return NULL;
}

enum nb_text_type nb_draft_text_type(int text)
{
    return text < NB_TEXT_PROSE ? nb_head_texts[text].type : NB_TEXT_LINES;
}

/* ---- sums and references ---- */

bool nb_draft_sum(const struct nb_draft *draft, const char *address, nb_wide *sum, bool *blank)
{
    int *cells;
    int count = nb_form_resolve(draft->form, address, &cells);
    *sum = 0;
    *blank = false;
    for (int i = 0; i < count; i++) {
        struct nb_figure figure = draft->figures[cells[i]];
        *sum += nb_figure_value(draft->form->cells[cells[i]].kind, figure);
        *blank |= !figure.filled;
    }
    free(cells);
    return count > 0;
}

/* The figure as typed where the reference names one cell, else the exact sum. */
static void add_reference(const struct nb_draft *draft, const char *address, struct nb_buf *out)
{
    nb_wide sum;
    bool blank;
    int cell = nb_form_find_cell(draft->form, address, strlen(address));
    if (!nb_draft_sum(draft, address, &sum, &blank))
        nb_buf_printf(out, "{%s}", address);
    else if (blank)
        nb_buf_puts(out, "＿＿");
    else if (cell >= 0)
        nb_draft_add_figure(draft, cell, out);
    else
        nb_wide_write(out, sum);
}

void nb_draft_add_resolved(const struct nb_draft *draft, const char *text, struct nb_buf *out)
{
    for (const char *brace; (brace = strchr(text, '{'));) {
        nb_buf_add(out, text, (size_t)(brace - text));
        size_t len = nb_reference_length(brace);
        if (len) {
            char *address = nb_xstrndup(brace + 1, len - 2);
            add_reference(draft, address, out);
            free(address);
        } else {
            nb_buf_putc(out, '{');
            len = 1;
        }
        text = brace + len;
    }
    nb_buf_puts(out, text);
}
