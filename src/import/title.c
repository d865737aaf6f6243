#include "title.h"

#include <stdlib.h>
#include <string.h>

#include "codes.h"
#include "nianbao/text.h"
#include "prose.h"

enum { MOST_STRIPS = 8, MOST_COLS = 240, UNLIKE = 500 };

/* A form's title without its names: {unit}{year}年…报告. */
struct pattern {
    const char *before, *between, *behind; /* literals; heap */
    bool year_first;
    struct nb_codes words; /* all of them */
};

static const char *name_in(const char *text, size_t *len)
{
    const char *unit = strstr(text, "{unit}"), *year = strstr(text, "{year}");
    *len = strlen("{unit}");
    if (!unit || !year)
        return unit ? unit : year;
    return unit < year ? unit : year;
}

static void read_pattern(struct pattern *pattern, const char *title)
{
    size_t len = 0;
    const char *first = name_in(title, &len), *end = title + strlen(title);
    first = first ? first : end;
    pattern->year_first = first < end && strncmp(first, "{year}", len) == 0;
    pattern->before = nb_xstrndup(title, (size_t)(first - title));
    const char *rest = first < end ? first + len : end;
    const char *second = name_in(rest, &len);
    second = second ? second : end;
    pattern->between = nb_xstrndup(rest, (size_t)(second - rest));
    pattern->behind = nb_xstrdup(second < end ? second + len : end);
    pattern->words = (struct nb_codes) { 0 };
    nb_codes_add(&pattern->words, pattern->before, strlen(pattern->before));
    nb_codes_add(&pattern->words, pattern->between, strlen(pattern->between));
    nb_codes_add(&pattern->words, pattern->behind, strlen(pattern->behind));
}

static void release_pattern(struct pattern *pattern)
{
    free((char *)pattern->before);
    free((char *)pattern->between);
    free((char *)pattern->behind);
    nb_codes_release(&pattern->words);
}

/* ---- where ---- */

/* How unlike a title the text is, in thousandths. */
static int unlikeness(const struct pattern *pattern, const char *text)
{
    struct nb_codes codes = { 0 };
    nb_codes_add(&codes, text, strlen(text));
    int fit = nb_codes_fit(&pattern->words, codes.items, codes.count, codes.count);
    nb_codes_release(&codes);
    return fit;
}

static void add_strip(struct nb_buf *text, const struct nb_strip *strip)
{
    if (text->len)
        nb_join_lines(text, strip->text, MOST_COLS);
    else
        nb_buf_puts(text, strip->text);
}

/* The text of the strips from `first` that is most like a title; *count of them. */
static int best_from(const struct pattern *pattern, const struct nb_document *document, int first,
                     int n_strips, int *count, struct nb_buf *best_text)
{
    struct nb_buf text = { 0 };
    int best = UNLIKE;
    for (int i = 0; i < MOST_STRIPS && first + i < n_strips; i++) {
        const struct nb_strip *strip = &document->strips[first + i];
        if (i && (strip->apart || !strip->text[0]) && text.len)
            break;
        if (nb_ends_line(strip->text) || strip->width_cols > MOST_COLS)
            break;
        add_strip(&text, strip);
        int fit = unlikeness(pattern, nb_buf_text(&text));
        if (fit < best) {
            best = fit;
            *count = i + 1;
            best_text->len = 0;
            nb_buf_puts(best_text, nb_buf_text(&text));
        }
    }
    nb_buf_release(&text);
    return best;
}

/* ---- what ---- */

static bool is_year(const char *from, const char *to)
{
    return to - from == 4 && strspn(from, "0123456789") >= 4;
}

static int year_of(const char *from)
{
    return from[0] * 1000 + from[1] * 100 + from[2] * 10 + from[3] - '0' * 1111;
}

static void set_unit(struct nb_title *title, const char *from, const char *to)
{
    for (const char *at = from; from < to && nb_utf8_is_blank(nb_utf8_next(&at)); from = at)
        ;
    while (to > from && (to[-1] == ' ' || to[-1] == '\t'))
        to--;
    free(title->unit);
    title->unit = nb_xstrndup(from, (size_t)(to - from));
}

/* Letter by letter as the form has it, names between. */
static bool read_exactly(struct nb_title *title, const struct pattern *pattern, const char *text)
{
    size_t before = strlen(pattern->before), behind = strlen(pattern->behind);
    size_t between = strlen(pattern->between), len = strlen(text);
    if (len < before + between + behind + 4 || strncmp(text, pattern->before, before) != 0 ||
        strcmp(text + len - behind, pattern->behind) != 0)
        return false;
    const char *from = text + before, *to = text + len - behind;
    const char *seam = pattern->year_first ? from + 4 : to - 4 - between;
    const char *year = pattern->year_first ? from : seam + between;
    if (seam < from || seam + between > to || strncmp(seam, pattern->between, between) != 0 ||
        !is_year(year, year + 4))
        return false;
    title->year = year_of(year);
    if (pattern->year_first)
        set_unit(title, seam + between, to);
    else
        set_unit(title, from, seam);
    return true;
}

/* The part of the text before what is most like the pattern's words. */
static const char *words_begin(const struct pattern *pattern, const char *text)
{
    const char *best = text;
    int best_like = -1;
    for (const char *at = text; *at; nb_utf8_next(&at)) {
        struct nb_codes codes = { 0 };
        nb_codes_add(&codes, at, strlen(at));
        int like = nb_codes_likeness(&pattern->words, &codes);
        nb_codes_release(&codes);
        if (like > best_like) {
            best_like = like;
            best = at;
        }
    }
    return best;
}

/* A title in its own words: the unit is what is left besides year and words. */
static void read_freely(struct nb_title *title, const struct pattern *pattern, const char *text)
{
    static const char about[] = "关于";
    struct nb_buf solid = { 0 };
    for (const char *at = text; *at;) {
        const char *from = at;
        if (!nb_utf8_is_blank(nb_utf8_next(&at)))
            nb_buf_add(&solid, from, (size_t)(at - from));
    }
    const char *start = nb_buf_text(&solid), *year = start;
    size_t length = 0;
    if (strncmp(start, about, sizeof about - 1) == 0)
        year = start += sizeof about - 1;
    while (*year && !(title->year = nb_read_year(year, &length)))
        nb_utf8_next(&year);
    const char *rest = year + length;
    if (!*year)
        set_unit(title, start, words_begin(pattern, start));
    else if (year > start)
        set_unit(title, start, year);
    else
        set_unit(title, rest, words_begin(pattern, rest));
    nb_buf_release(&solid);
}

/* A line that may be the name of a body. */
static bool may_name(const struct nb_strip *strip)
{
    enum { MOST_UNIT_COLS = 40, LEAST_UNIT_COLS = 6 };
    int width = nb_text_width(strip->text, strlen(strip->text));
    return !strip->is_row && strip->n_scraps == 1 && !strpbrk(strip->text, "0123456789>:|") &&
           width <= MOST_UNIT_COLS && width >= LEAST_UNIT_COLS && !nb_ends_line(strip->text);
}

/* A title that names no unit may have it in the line above. */
static void look_above(struct nb_title *title, const struct nb_document *document)
{
    const struct nb_strip *above = &document->strips[title->first - 1];
    if (document->strips[title->first].apart || !may_name(above))
        return;
    set_unit(title, above->text, above->text + strlen(above->text));
    title->first--;
    title->count++;
}

/* （2024年度） as a line. */
static int year_alone(const char *text)
{
    static const char *const brackets[] = { "（", "(", "〔", "）", ")", "〕" };
    struct nb_buf bare = { 0 };
    size_t length = 0;
    for (const char *at = text; *at;) {
        size_t i = 0;
        while (i < nb_countof(brackets) && strncmp(at, brackets[i], strlen(brackets[i])) != 0)
            i++;
        if (i < nb_countof(brackets))
            at += strlen(brackets[i]);
        else
            nb_buf_putc(&bare, *at++);
    }
    int year = nb_read_year(nb_buf_text(&bare), &length);
    year = length == bare.len ? year : 0;
    nb_buf_release(&bare);
    return year;
}

/* Year and unit, where the title lacks them, may follow it line by line. */
static void look_below(struct nb_title *title, const struct nb_document *document, int n_strips)
{
    while (title->first + title->count < n_strips) {
        const struct nb_strip *below = &document->strips[title->first + title->count];
        int year = title->year ? 0 : year_alone(below->text);
        if (year)
            title->year = year;
        else if (!title->unit[0] && !below->apart && !below->whole && may_name(below))
            set_unit(title, below->text, below->text + strlen(below->text));
        else
            break;
        title->count++;
    }
}

static void read_title(struct nb_title *title, const struct pattern *pattern, const char *text)
{
    if (!read_exactly(title, pattern, text))
        read_freely(title, pattern, text);
}

void nb_title_find(struct nb_title *title, const struct nb_document *document, int n_strips,
                   const struct nb_form *form)
{
    struct pattern pattern;
    struct nb_buf best_text = { 0 };
    int best = UNLIKE;
    *title = (struct nb_title) { .unit = nb_xstrdup("") };
    read_pattern(&pattern, form->title);
    for (int i = 0; i < n_strips; i++) {
        struct nb_buf text = { 0 };
        int count = 0;
        int fit = best_from(&pattern, document, i, n_strips, &count, &text);
        if (fit < best) {
            best = fit;
            title->first = i;
            title->count = count;
            best_text.len = 0;
            nb_buf_puts(&best_text, text.data);
        }
        nb_buf_release(&text);
    }
    if (!title->count && document->title && unlikeness(&pattern, document->title) < UNLIKE)
        nb_buf_puts(&best_text, document->title);
    if (best_text.len)
        read_title(title, &pattern, best_text.data);
    if (title->count && title->first && !title->unit[0])
        look_above(title, document);
    if (title->count)
        look_below(title, document, n_strips);
    nb_buf_release(&best_text);
    release_pattern(&pattern);
}

void nb_title_release(struct nb_title *title)
{
    free(title->unit);
    *title = (struct nb_title) { 0 };
}

int nb_find_period(const struct nb_document *document)
{
    static const char *const firsts[] = { "1月1日",   "1月 1日",  "1 月 1 日",
                                          "一月一日", "１月１日", "01月01日" };
    for (int i = 0; i < document->n_strips; i++) {
        const char *text = document->strips[i].text;
        for (size_t j = 0; j < nb_countof(firsts); j++) {
            size_t length;
            const char *first = strstr(text, firsts[j]);
            for (const char *at = text; first && at < first; nb_utf8_next(&at)) {
                int year = nb_read_year(at, &length);
                if (year && at + length == first)
                    return year;
            }
        }
    }
    return 0;
}
