#include "atom.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <uninorm.h>

#include "nianbao/text.h"

/* ---- figures ---- */

static const char *skip_spaces(const char *at)
{
    while (*at == ' ')
        at++;
    return at;
}

static bool take(const char **at, const char *word)
{
    size_t len = strlen(word);
    if (strncmp(*at, word, len) != 0)
        return false;
    *at += len;
    return true;
}

/* One spelling for each sign; blanks may follow only the words. */
static const char *read_sign(const char *at, struct nb_buf *out)
{
    static const struct {
        const char *word, *sign;
        bool spaced;
    } signs[] = {
        { "+", "+", false },    { "-", "-", false },    { "\xE2\x88\x92", "-", false },
        { "—", "-", false },    { "–", "-", false },    { "↑", "+", false },
        { "↓", "-", false },    { "增加", "增", true }, { "增", "增", true },
        { "减少", "减", true }, { "減少", "减", true }, { "减", "减", true },
        { "減", "减", true },
    };
    for (size_t i = 0; i < nb_countof(signs); i++) {
        if (take(&at, signs[i].word)) {
            nb_buf_puts(out, signs[i].sign);
            return signs[i].spaced ? skip_spaces(at) : at;
        }
    }
    return at;
}

/* Digits with , between and one . that may stand apart: 3929. 08. NULL: none. */
static const char *read_digits(const char *at, struct nb_buf *out)
{
    if (!nb_is_digit(*at))
        return NULL;
    for (; nb_is_digit(*at) || (*at == ',' && nb_is_digit(at[1])); at++)
        nb_buf_putc(out, *at);
    const char *point = skip_spaces(at);
    const char *behind = *point == '.' ? skip_spaces(point + 1) : point;
    if (behind == point || !nb_is_digit(*behind))
        return at;
    nb_buf_putc(out, '.');
    for (at = behind; nb_is_digit(*at); at++)
        nb_buf_putc(out, *at);
    return at;
}

/* Where the unit ends that begins here, blanks between its characters or not; NULL: it does not. */
static const char *unit_end(const char *at, const char *unit)
{
    for (; *unit; unit++, at++) {
        at = skip_spaces(at);
        if (*at != *unit)
            return NULL;
    }
    return at;
}

/* The longest unit that begins here, NULL: none. */
static const char *find_unit(const struct nb_form *form, const char *at, const char **end)
{
    static const char *const units[] = { "万元", "亿元", "元", "个" };
    const char *longest = NULL;
    for (int i = 0; i < form->n_cells + (int)nb_countof(units); i++) {
        const char *unit = i < form->n_cells ? form->cells[i].unit : units[i - form->n_cells];
        const char *to = unit ? unit_end(at, unit) : NULL;
        if (to && (!longest || strlen(unit) > strlen(longest))) {
            longest = unit;
            *end = to;
        }
    }
    return longest;
}

/* A unit behind the digits, in brackets or not. */
static const char *read_unit(const struct nb_form *form, const char *at, struct nb_buf *out)
{
    const char *begin = skip_spaces(at), *end;
    bool open = *begin == '(';
    const char *unit = find_unit(form, begin + open, &end);
    if (!unit || (open && *skip_spaces(end) != ')'))
        return at;
    nb_buf_puts(out, unit);
    return open ? skip_spaces(end) + 1 : end;
}

/* The figure that begins here and ends before a blank or the end; NULL: none. */
static const char *read_figure(const struct nb_form *form, const char *at, struct nb_buf *out)
{
    out->len = 0;
    at = read_digits(read_sign(at, out), out);
    if (!at)
        return NULL;
    at = read_unit(form, at, out);
    return *at == ' ' || *at == '\0' ? at : NULL;
}

static const char *read_dash(const char *at)
{
    static const char *const dashes[] = {
        "-", "—", "–", "−", "─", "/", "\\", "无", "無", "~", "…"
    };
    const char *from = at;
    for (size_t i = 0; i < nb_countof(dashes);)
        i = take(&at, dashes[i]) ? 0 : i + 1;
    return at > from && (*at == ' ' || *at == '\0') ? at : NULL;
}

/* ---- kinds ---- */

/* NFKC, every run of blanks and line breaks one blank. */
static void narrow(const char *text, struct nb_buf *out)
{
    size_t len;
    uint8_t *plain = u8_normalize(UNINORM_NFKC, (const uint8_t *)text, strlen(text), NULL, &len);
    if (!plain)
        nb_out_of_memory();
    const char *at = (const char *)plain, *end = at + len;
    while (at < end) {
        const char *from = at;
        uint32_t code = nb_utf8_next(&at);
        if (code == '\n' || nb_utf8_is_blank(code)) {
            if (out->len && out->data[out->len - 1] != ' ')
                nb_buf_putc(out, ' ');
        } else {
            nb_buf_add(out, from, (size_t)(at - from));
        }
    }
    while (out->len && out->data[out->len - 1] == ' ')
        out->data[--out->len] = '\0';
    free(plain);
}

/* What is no figure: part of a label, or something illegible where a figure should be? */
static enum nb_atom_kind kind_of_words(const char *text, bool is_cell)
{
    enum { SHORT = 2 };
    int letters = 0, digits = 0;
    const char *at = text;
    while (*at) {
        uint32_t code = nb_utf8_next(&at);
        if (code >= 0x2E80 && uc_is_alpha(code))
            return NB_ATOM_LABEL;
        digits += code < 0x80 && nb_is_digit((char)code);
        letters += uc_is_alpha(code);
    }
    bool enumerator =
        digits && !letters && strpbrk(text, ".、)") != NULL && !nb_is_digit(text[strlen(text) - 1]);
    if (enumerator)
        return NB_ATOM_LABEL;
    if (!letters && !digits)
        return is_cell ? NB_ATOM_ILLEGIBLE : NB_ATOM_LABEL;
    return digits || letters <= SHORT ? NB_ATOM_ILLEGIBLE : NB_ATOM_LABEL;
}

/* ---- atoms ---- */

enum { MOST_LINE_BYTES = 600 }; /* beyond that a line is no row */

struct place {
    const struct nb_scrap *scrap;
    int strip;
    bool begins_row;
};

static void add(struct nb_atoms *atoms, const struct place *place, enum nb_atom_kind kind,
                const char *text, size_t len)
{
    NB_GROW(atoms->items, atoms->count, atoms->cap);
    const char *kept = nb_arena_strndup(&atoms->document->arena, text, len);
    atoms->items[atoms->count++] = (struct nb_atom) { .kind = kind,
                                                      .text = kept,
                                                      .source = place->scrap->text,
                                                      .mark = place->scrap->mark,
                                                      .column = place->scrap->column,
                                                      .columns = place->scrap->columns,
                                                      .strip = place->strip,
                                                      .begins_row = place->begins_row };
}

/* Takes figures and dashes, blanks between, up to the end; false and nothing taken where something
 * else stands there. */
static bool add_figures(struct nb_atoms *atoms, const struct place *place, const char *at)
{
    int before = atoms->count;
    struct nb_buf figure = { 0 };
    while (*at) {
        const char *end = read_figure(atoms->form, at, &figure);
        const char *dash = end ? NULL : read_dash(at);
        if (!end && !dash)
            break;
        if (end)
            add(atoms, place, NB_ATOM_FIGURE, figure.data, figure.len);
        else
            add(atoms, place, NB_ATOM_DASH, at, (size_t)(dash - at));
        at = skip_spaces(end ? end : dash);
    }
    nb_buf_release(&figure);
    if (*at)
        atoms->count = before;
    return !*at;
}

static void add_cell(struct nb_atoms *atoms, const struct place *place, const char *text)
{
    struct nb_buf figure = { 0 };
    const char *end = read_figure(atoms->form, text, &figure);
    const char *dash = read_dash(text);
    if (!*text)
        add(atoms, place, NB_ATOM_BLANK, "", 0);
    else if (end && !*end)
        add(atoms, place, NB_ATOM_FIGURE, figure.data, figure.len);
    else if (dash && !*dash)
        add(atoms, place, NB_ATOM_DASH, text, strlen(text));
    else
        add(atoms, place, kind_of_words(text, true), place->scrap->text,
            strlen(place->scrap->text));
    nb_buf_release(&figure);
}

/* A label with the figures behind it: those of the longest row of figures that ends the line. */
static void add_line(struct nb_atoms *atoms, const struct place *place, const char *text)
{
    const char *at = text;
    bool tried = strlen(text) > MOST_LINE_BYTES;
    int label = atoms->count;
    add(atoms, place, NB_ATOM_LABEL, "", 0);
    while (!tried && *at && !add_figures(atoms, place, at)) {
        at += strcspn(at, " ");
        at = skip_spaces(at);
    }
    if (tried)
        at = text + strlen(text);
    size_t len = (size_t)(at - text);
    while (len && text[len - 1] == ' ')
        len--;
    char *own = nb_arena_strndup(&atoms->document->arena, text, len);
    atoms->items[label].text = own;
    atoms->items[label].kind = kind_of_words(own, false);
    if (!len) {
        memmove(&atoms->items[label], &atoms->items[label + 1],
                (size_t)(atoms->count - label - 1) * sizeof *atoms->items);
        atoms->count--;
    }
}

/* A unit that a gap parts from the figure before it on the line. */
static bool join_unit(struct nb_atoms *atoms, const struct place *place, const char *text)
{
    struct nb_atom *last = atoms->count ? &atoms->items[atoms->count - 1] : NULL;
    const char *end = text;
    const char *unit = find_unit(atoms->form, text, &end);
    if (!unit || *end || !last || last->strip != place->strip || last->kind != NB_ATOM_FIGURE)
        return false;
    struct nb_buf joined = { 0 };
    nb_buf_puts(&joined, last->text);
    nb_buf_puts(&joined, unit);
    last->text = nb_arena_strdup(&atoms->document->arena, joined.data);
    nb_buf_release(&joined);
    return true;
}

void nb_atoms_add(struct nb_atoms *atoms, int index)
{
    const struct nb_strip *strip = &atoms->document->strips[index];
    for (int i = 0; i < strip->n_scraps; i++) {
        struct place place = { &strip->scraps[i], index, strip->is_row && i == 0 };
        struct nb_buf text = { 0 };
        narrow(strip->scraps[i].text, &text);
        if (strip->is_row)
            add_cell(atoms, &place, nb_buf_text(&text));
        else if (text.len && !join_unit(atoms, &place, text.data))
            add_line(atoms, &place, text.data);
        nb_buf_release(&text);
    }
}

void nb_atoms_release(struct nb_atoms *atoms)
{
    free(atoms->items);
    atoms->items = NULL;
    atoms->count = atoms->cap = 0;
}

/* How many figures and dashes the text is, -1: not only these. */
static int count_slots(const struct nb_form *form, const char *at)
{
    int count = 0;
    struct nb_buf figure = { 0 };
    while (count >= 0 && *at) {
        const char *end = read_figure(form, at, &figure);
        end = end ? end : read_dash(at);
        count = end ? count + 1 : -1;
        at = end ? skip_spaces(end) : at;
    }
    nb_buf_release(&figure);
    return count;
}

int nb_split_line(const struct nb_form *form, const char *text, struct nb_buf *label)
{
    struct nb_buf line = { 0 };
    int count = 0;
    label->len = 0;
    if (strlen(text) <= MOST_LINE_BYTES)
        narrow(text, &line);
    const char *from = nb_buf_text(&line), *at = from, *blank = strchr(from, ' ');
    for (; blank && count <= 0; blank = strchr(at, ' ')) {
        at = blank + 1;
        count = count_slots(form, at);
    }
    if (count > 0)
        nb_buf_add(label, from, (size_t)(at - from));
    else
        nb_buf_puts(label, text);
    nb_buf_release(&line);
    return count > 0 ? count : 0;
}

int nb_count_figures(const struct nb_form *form, const struct nb_strip *strip)
{
    enum { MOST_BYTES = 200 };
    int count = 0;
    struct nb_buf text = { 0 };
    for (int i = 0; i < strip->n_scraps; i++) {
        if (strlen(strip->scraps[i].text) > MOST_BYTES)
            continue;
        text.len = 0;
        narrow(strip->scraps[i].text, &text);
        count += count_slots(form, nb_buf_text(&text)) > 0;
    }
    nb_buf_release(&text);
    return count;
}
