/* Years that are not the report's.
 *
 * Reports are written over those of the year before, and a year stays behind: in "2023年，发布信息
 * 3条", or in the period that the figures stand for. Both are looked for where nothing else can be
 * meant: a year that opens a clause as a whole, in a sentence that states a figure and has no word
 * that makes another year right. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nianbao/text.h"
#include "proof.h"
#include "prose/tokens.h"

static const char year_sign[] = "年", month_sign[] = "月", day_sign[] = "日";

/* A number of at most four digits and the sign behind it; returns its end, NULL: none. */
static const char *read_part(const char *at, const char *end, const char *sign, int *number)
{
    int digits = 0, value = 0;
    at = nb_utf8_skip_blanks(at, end);
    for (; nb_is_digit_at(at, end) && digits < 5; at++, digits++)
        value = 10 * value + (*at - '0');
    at = nb_utf8_skip_blanks(at, end);
    if (!digits || digits > 4 || !nb_text_begins(at, end, sign))
        return NULL;
    *number = value;
    return at + strlen(sign);
}

/* ---- years of figures ---- */

/* Behind 年, these make it something else than the year as a whole: a month, a range, a date, the
 * name of a thing. They are the language's, as the numbers of months are. */
static bool is_whole_year(const char *behind, const char *end)
{
    static const char *const others[] = { "的", "以",   "起", "至", "到", "—",  "－", "-",  "~",
                                          "～", "、",   "和", "与", "末", "底", "初", "前", "后",
                                          "间", "年底", "第", "版", "级", "来", "（", "）", "》" };
    const char *at = nb_utf8_skip_blanks(behind, end);
    if (at == end || nb_is_digit(*at))
        return false;
    for (size_t i = 0; i < nb_countof(others); i++) {
        if (nb_text_begins(at, end, others[i]))
            return false;
    }
    return true;
}

/* Does the year only say which thing is meant, as in 2021年成立的中心? */
static bool describes(const char *at, const char *end)
{
    enum { CHARACTERS = 8 };
    for (int i = 0; i < CHARACTERS && at < end; i++) {
        uint32_t code = nb_utf8_next(&at);
        if (code == U'的' || !nb_utf8_is_ideograph(code))
            return code == U'的';
    }
    return false;
}

/* Does a clause begin at `at`: behind a mark, the number of a list or 一是? */
static bool opens_clause(const char *from, const char *at)
{
    while (at > from && at[-1] == ' ')
        at--;
    uint32_t before = nb_utf8_before(from, at);
    return before == 0 || before == U'，' || before == U'：' || before == U'）' ||
           before == U'、' || before == U'是' || before == U'。' || before == '.' || before == ',';
}

static const char *const times[] = { "年", "月", "日", "时", "号", "周", "级", "个月", "至", "-" };

/* Is the number that ends at `at` followed by a unit of figures, rather than part of a date? */
static bool has_unit(const struct nb_proof_check *check, const char *at, const char *end)
{
    static const char *const about[] = { "余", "多" };
    at = nb_utf8_skip_blanks(at, end);
    for (size_t i = 0; i < nb_countof(about); i++) {
        if (nb_text_begins(at, end, about[i]))
            at += strlen(about[i]);
    }
    for (size_t i = 0; i < nb_countof(times); i++) {
        if (nb_text_begins(at, end, times[i]))
            return false;
    }
    return nb_words_prefix(&check->form->proof.units, at, (size_t)(end - at)) > 0;
}

/* A number with a unit, or a reference to a figure, outside 《》 and 〔〕. */
static bool states_figure(const struct nb_proof_check *check, const char *from, const char *end)
{
    struct nb_span digits = { 0 };
    for (const char *brace = from; (brace = memchr(brace, '{', (size_t)(end - brace))); brace++) {
        if (nb_reference_length(brace))
            return true;
    }
    while (nb_digits_next(from, (size_t)(end - from), &digits)) {
        const char *at = from + digits.start;
        if (has_unit(check, at + digits.len, end) && !nb_proof_is_within(from, at, "《》〔〕"))
            return true;
    }
    return false;
}

static bool names_year(const char *from, const char *end, int year)
{
    char wanted[24];
    int len = snprintf(wanted, sizeof wanted, "%d", year);
    return memmem(from, (size_t)(end - from), wanted, (size_t)len) != NULL;
}

/* Is the line one of those between paragraphs, short and without a stop? */
static bool is_heading(const char *from, const char *end)
{
    enum { MOST_BYTES = 90 };
    static const char stop[] = "。";
    return end - from <= MOST_BYTES && !memmem(from, (size_t)(end - from), stop, strlen(stop));
}

/* Behind a heading like 下一步工作打算 the text speaks of what comes; its end where there is none.
 */
static const char *find_outlook(const struct nb_proof_check *check)
{
    const struct nb_words *outlook = &check->form->proof.outlook;
    for (const char *line = check->text; line < check->end;) {
        const char *newline = memchr(line, '\n', (size_t)(check->end - line));
        const char *end = newline ? newline : check->end;
        if (is_heading(line, end) && nb_words_find(outlook, line, (size_t)(end - line)))
            return line;
        line = end + 1;
    }
    return check->end;
}

/* Does the text begin with the year, and its first sentence speak of the body that reports? That is
 * how last year's text begins. */
static bool opens_report(const struct nb_proof_check *check, const char *at, const char *end)
{
    enum { NUMBERING = 16 }; /* bytes: （一） and blanks */
    if (at - check->text > NUMBERING || memchr(check->text, '\n', (size_t)(at - check->text)))
        return false;
    const struct nb_own_name *own = &check->checker->proofs->own;
    if (memmem(at, (size_t)(end - at), own->brief, own->brief_len))
        return own->brief_len > 0;
    struct nb_reporter reporter = { check->form->wording, check->checker->proofs->unit, 0 };
    for (int i = 0; i < reporter.wording->n_selves; i++) {
        const char *words = reporter.wording->selves[i].words;
        size_t len;
        for (const char *word;
             nb_reporter_is(&reporter, i) && (word = nb_words_next(&words, &len));) {
            if (memmem(at, (size_t)(end - at), word, len))
                return true;
        }
    }
    return false;
}

/* 2023年全年 */
static bool says_all_year(const char *behind, const char *end)
{
    return nb_text_begins(nb_utf8_skip_blanks(behind, end), end, "全年");
}

/* May the sentence speak of other years? */
static bool looks_elsewhere(struct nb_proof_check *check, struct nb_span sentence)
{
    const struct nb_proof_words *words = &check->form->proof;
    const char *from = check->text + sentence.start, *end = from + sentence.len;
    const char *line = check->text + nb_proof_line(check, from).start;
    if (!check->outlook)
        check->outlook = find_outlook(check);
    return from >= check->outlook || nb_words_find(&words->elsewhen, from, sentence.len) ||
           nb_words_find(&words->outlook, line, (size_t)(end - line)) ||
           names_year(from, end, nb_draft_year(check->draft));
}

static void add_year(struct nb_proof_check *check, const char *at, size_t len, int year,
                     struct nb_span sentence)
{
    const char *from = check->text + sentence.start;
    struct nb_buf about = { 0 }, quote = { 0 };
    char found[16], wanted[16];
    snprintf(found, sizeof found, "%d", year);
    snprintf(wanted, sizeof wanted, "%d", nb_draft_year(check->draft));
    nb_proof_add_evidence(&about, from, sentence.len);
    nb_buf_printf(&about, " | %s", wanted);
    nb_text_add_brief(&quote, from, sentence.len);
    struct nb_diag *diag =
        nb_diag_add(check->diags, check->file, NB_NO_MARK, NB_MSG_TEXT_YEAR, "found", found,
                    "wanted", wanted, "sentence", nb_buf_text(&quote), NULL);
    nb_proof_found(check, diag, at, len, nb_buf_text(&about));
    nb_buf_release(&about);
    nb_buf_release(&quote);
}

static bool find_year(struct nb_proof_check *check, const char *at)
{
    int year;
    const char *behind = read_part(at, check->end, year_sign, &year);
    if (!behind || year < 1990 || year > 2099 || year == nb_draft_year(check->draft))
        return false;
    struct nb_span sentence = nb_proof_sentence(check, at);
    const char *from = check->text + sentence.start, *end = from + sentence.len;
    static const char degree[] = "度";
    const char *whole = behind + (nb_text_begins(behind, end, degree) ? strlen(degree) : 0);
    if (sentence.len > NB_MOST_SENTENCE || !opens_clause(from, at) || !is_whole_year(whole, end) ||
        describes(whole, end) || nb_proof_is_within(from, at, "《》〔〕（）“”") ||
        !(states_figure(check, whole, end) || says_all_year(whole, end) ||
          opens_report(check, at, end)) ||
        looks_elsewhere(check, sentence))
        return false;
    add_year(check, at, (size_t)(behind - at), year, sentence);
    return true;
}

/* ---- the period ---- */

struct date {
    int year, month, day;
    const char *end;
};

/* 2024年1月1日, or 12月31日 in the year given. */
static bool read_date(const char *at, const char *end, int default_year, struct date *date)
{
    const char *month = read_part(at, end, year_sign, &date->year);
    if (!month)
        date->year = default_year;
    const char *day = read_part(month ? month : at, end, month_sign, &date->month);
    date->end = day ? read_part(day, end, day_sign, &date->day) : NULL;
    return date->end && date->year;
}

/* Two dates with 至 or its like between them. */
static bool read_period(const char *at, const char *end, struct date *first, struct date *last)
{
    static const char *const between[] = { "起", "，", "至", "到", "—", "－", "-", "~", "～", "–" };
    if (!read_date(at, end, 0, first))
        return false;
    const char *next = nb_utf8_skip_blanks(first->end, end);
    bool joined = false;
    for (size_t i = 0; i < nb_countof(between) && next < end;) {
        size_t len = nb_text_begins(next, end, between[i]) ? strlen(between[i]) : 0;
        joined |= len && i > 1;
        next = nb_utf8_skip_blanks(next + len, end);
        i = len ? 0 : i + 1;
    }
    return joined && read_date(next, end, first->year, last);
}

static bool is_whole(const struct date *first, const struct date *last, int year)
{
    return first->year == year && first->month == 1 && first->day == 1 && last->year == year &&
           last->month == 12 && last->day == 31;
}

static bool find_period(struct nb_proof_check *check, const char *at)
{
    struct date first, last;
    int year = nb_draft_year(check->draft);
    if (!read_period(at, check->end, &first, &last) || is_whole(&first, &last, year))
        return false;
    struct nb_span sentence = nb_proof_sentence(check, at);
    const char *from = check->text + sentence.start;
    if (sentence.len > NB_MOST_SENTENCE || last.end > from + sentence.len ||
        !nb_words_find(&check->form->proof.period, from, sentence.len) ||
        nb_proof_is_within(from, at, "《》〔〕"))
        return false;
    char wanted[16];
    snprintf(wanted, sizeof wanted, "%d", year);
    struct nb_buf about = { 0 }, quote = { 0 };
    nb_text_add_brief(&quote, at, (size_t)(last.end - at));
    nb_buf_printf(&about, "%s | %s", nb_buf_text(&quote), wanted);
    struct nb_diag *diag = nb_diag_add(check->diags, check->file, NB_NO_MARK, NB_MSG_TEXT_PERIOD,
                                       "found", nb_buf_text(&quote), "year", wanted, NULL);
    nb_proof_found(check, diag, at, (size_t)(last.end - at), nb_buf_text(&about));
    nb_buf_release(&about);
    nb_buf_release(&quote);
    return true;
}

bool nb_proof_check_year(struct nb_proof_check *check, const char *at, size_t len)
{
    bool any = (check->prose && check->prose->other_years) || !nb_draft_year(check->draft);
    return len == 4 && !any && (find_period(check, at) || find_year(check, at));
}
