/* The writer of draft files: a stable order, and every text so that any YAML 1.1 or 1.2 reader
 * gives back exactly what was typed.
 *
 * libyaml's emitter is not used: it escapes what need not be and gives up literal blocks on
 * trailing spaces and on characters above U+FFFF, so that git would show whole texts as changed. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "nianbao/text.h"

static void write_quoted(struct nb_buf *out, const char *text)
{
    nb_buf_putc(out, '"');
    while (*text) {
        const char *from = text;
        uint32_t code = nb_utf8_next(&text);
        if (code == '"' || code == '\\')
            nb_buf_printf(out, "\\%c", (char)code);
        else if (code == '\n')
            nb_buf_puts(out, "\\n");
        else if (code == '\t')
            nb_buf_puts(out, "\\t");
        else if (code == 0x85)
            nb_buf_puts(out, "\\N");
        else if (code == 0x2028)
            nb_buf_puts(out, "\\L");
        else if (code == 0x2029)
            nb_buf_puts(out, "\\P");
        else if (code == 0xFEFF)
            nb_buf_puts(out, "\\uFEFF");
        else
            nb_buf_add(out, from, (size_t)(text - from));
    }
    nb_buf_putc(out, '"');
}

static bool is_ideograph(uint32_t code)
{
    return code >= 0x4E00 && code <= 0x9FFF;
}

/* Plain only what no reader could take for anything but a string: a word with an ideograph, or an
 * ASCII name with a letter that stands in no number, date or constant. */
static bool is_plain_safe(const char *text)
{
    static const char *const constants[] = { "y",     "yes",  "n",  "no", "true",
                                             "false", "null", "on", "off" };
    bool has_ideograph = false, has_letter = false;
    const char *at = text;
    for (bool first = true; *at; first = false) {
        uint32_t code = nb_utf8_next(&at);
        bool letter = (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
        bool digit = code >= '0' && code <= '9';
        bool joint = code == '.' || code == '_' || code == '-' || code == '/';
        if (!is_ideograph(code) && !letter && !digit && (first || !joint))
            return false;
        has_ideograph |= is_ideograph(code);
        has_letter |= letter && !strchr("abcdefoxtzinABCDEFOXTZIN", (int)code);
    }
    for (size_t i = 0; i < nb_countof(constants); i++) {
        if (nb_text_looks_like(text, constants[i]))
            return false;
    }
    return has_ideograph || has_letter;
}

static void write_word(struct nb_buf *out, const char *text)
{
    if (is_plain_safe(text))
        nb_buf_puts(out, text);
    else
        write_quoted(out, text);
}

/* A literal block cannot hold these: some readers take them for line breaks or refuse them. */
static bool fits_literal(const char *text)
{
    return !strstr(text, "\xC2\x85") && !strstr(text, "\xE2\x80\xA8") &&
           !strstr(text, "\xE2\x80\xA9") && !strstr(text, "\xEF\xBB\xBF");
}

/* Newlines at the end, which typing leaves behind, are not part of a text in the file. */
static size_t written_length(const char *text)
{
    size_t len = strlen(text);
    while (len && text[len - 1] == '\n')
        len--;
    return len;
}

/* `key: |` and the text's lines, two columns deeper than the key. */
static void write_lines(struct nb_buf *out, int indent, const char *key, const char *text)
{
    nb_buf_pad(out, ' ', indent);
    nb_buf_printf(out, "%s: ", key);
    if (!fits_literal(text)) {
        write_quoted(out, text);
        nb_buf_putc(out, '\n');
        return;
    }
    nb_buf_puts(out, strchr(" \t\n", text[0]) ? "|2\n" : "|\n");
    while (*text) {
        size_t len = strcspn(text, "\n");
        if (len)
            nb_buf_pad(out, ' ', indent + 2);
        nb_buf_add(out, text, len);
        nb_buf_putc(out, '\n');
        text += len + (text[len] == '\n');
    }
}

static void write_prose(struct nb_buf *out, int indent, const char *key, const char *text)
{
    size_t len = written_length(text);
    char *written = nb_xstrndup(text, len);
    if (len)
        write_lines(out, indent, key, written);
    free(written);
}

static void write_figure(struct nb_buf *out, const struct nb_draft *draft, int cell)
{
    if (draft->figures[cell].filled)
        nb_draft_add_figure(draft, cell, out);
    else
        nb_buf_putc(out, '~');
}

static void write_row(struct nb_buf *out, const struct nb_draft *draft, const struct nb_key *row)
{
    nb_buf_putc(out, '{');
    for (int i = 0; i < row->n_children; i++) {
        nb_buf_printf(out, "%s%s: ", i ? ", " : "", row->children[i].name);
        write_figure(out, draft, row->children[i].cell);
    }
    nb_buf_puts(out, "}\n");
}

/* Does anything of the key stand in the file? Figures always do, texts when they are not empty. */
static bool is_written(const struct nb_draft *draft, const struct nb_key *key)
{
    if (key->cell >= 0)
        return true;
    if (key->prose >= 0)
        return written_length(nb_draft_text(draft, NB_TEXT_PROSE + key->prose)) > 0;
    for (int i = 0; i < key->n_children; i++) {
        if (is_written(draft, &key->children[i]))
            return true;
    }
    return false;
}

static void write_key(struct nb_buf *out, const struct nb_draft *draft, const struct nb_key *key,
                      int indent)
{
    if (!is_written(draft, key))
        return;
    if (key->prose >= 0) {
        write_prose(out, indent, key->name, nb_draft_text(draft, NB_TEXT_PROSE + key->prose));
        return;
    }
    nb_buf_pad(out, ' ', indent);
    nb_buf_printf(out, "%s:", key->name);
    if (key->cell >= 0) {
        nb_buf_putc(out, ' ');
        write_figure(out, draft, key->cell);
        nb_buf_putc(out, '\n');
    } else if (key->only_figures) {
        nb_buf_putc(out, ' ');
        write_row(out, draft, key);
    } else {
        nb_buf_putc(out, '\n');
        for (int i = 0; i < key->n_children; i++)
            write_key(out, draft, &key->children[i], indent + 2);
    }
}

/* The texts of one group of the head that are there, on one line. */
static void write_head_group(struct nb_buf *out, const struct nb_draft *draft, const char *group)
{
    bool any = false;
    for (int i = 0; i < NB_TEXT_PROSE; i++) {
        const struct nb_head_text *head = &nb_head_texts[i];
        const char *text = nb_draft_text(draft, i);
        if (!head->group || strcmp(head->group, group) != 0 || !text[0])
            continue;
        nb_buf_printf(out, any ? ", %s: " : "%s: {%s: ", any ? head->name : group, head->name);
        write_quoted(out, text);
        any = true;
    }
    if (any)
        nb_buf_puts(out, "}\n");
}

static void write_head_text(struct nb_buf *out, const struct nb_draft *draft, int text)
{
    const struct nb_head_text *head = &nb_head_texts[text];
    const char *value = nb_draft_text(draft, text);
    if (head->type == NB_TEXT_LINES) {
        write_prose(out, 0, head->name, value);
    } else if (value[0]) {
        nb_buf_printf(out, "%s: ", head->name);
        write_word(out, value);
        nb_buf_putc(out, '\n');
    }
}

static void write_record(struct nb_buf *out, const struct nb_list_shape *shape,
                         const struct nb_record *record)
{
    const char *separator = "  - {";
    for (int i = 0; i < NB_RECORD_FIELDS && shape->fields[i].name; i++) {
        const char *text = record->fields[i];
        if (!text[0] && !shape->fields[i].required)
            continue;
        nb_buf_printf(out, "%s%s: ", separator, shape->fields[i].name);
        if (shape->fields[i].kind == NB_RECORD_TEXT)
            write_quoted(out, text);
        else
            write_word(out, text);
        separator = ", ";
    }
    nb_buf_puts(out, "}\n");
}

static void write_list(struct nb_buf *out, const struct nb_draft *draft, enum nb_list list)
{
    if (!draft->lists[list].count)
        return;
    nb_buf_printf(out, "%s:\n", nb_list_shapes[list].name);
    for (int i = 0; i < draft->lists[list].count; i++)
        write_record(out, &nb_list_shapes[list], &draft->lists[list].items[i]);
}

void nb_draft_write(const struct nb_draft *draft, struct nb_buf *out)
{
    const struct nb_form *form = draft->form;
    nb_buf_puts(out, "nianbao: 1\nform: ");
    write_word(out, form->id);
    nb_buf_putc(out, '\n');
    write_head_text(out, draft, NB_TEXT_UNIT);
    nb_buf_printf(out, "year: %d\n", draft->year);
    write_head_group(out, draft, "signed");
    write_head_group(out, draft, "people");
    write_head_text(out, draft, NB_TEXT_PRIOR);
    write_head_text(out, draft, NB_TEXT_PREAMBLE);
    for (int i = 0; i < form->keys[0].n_children; i++)
        write_key(out, draft, &form->keys[0].children[i], 0);
    write_list(out, draft, NB_LIST_MARKS);
    write_list(out, draft, NB_LIST_ACCEPTED);
    write_head_group(out, draft, "finished");
    write_list(out, draft, NB_LIST_SOURCES);
}
