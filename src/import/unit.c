/* Whose report is it, where the title does not say?
 *
 * Reports are read whose title begins with the year; their body is named in the preamble (现公布…),
 * below the last line, or all over the text. What was found must be a name as the form knows them
 * (`words.self`) and stand in the text more than once: the wrong body is worse than none. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "nianbao/text.h"
#include "nianbao/wording.h"
#include "reading.h"

enum { LEAST_NAME = 3, MOST_NAME = 25 }; /* ideographs */

/* A stretch of a text. */
struct stretch {
    const char *text;
    size_t len;
};

/* ---- names ---- */

static bool ends_as(const char *row, struct stretch name)
{
    size_t len;
    for (const char *end; (end = nb_words_next(&row, &len));) {
        if (len < name.len && memcmp(name.text + name.len - len, end, len) == 0)
            return true;
    }
    return false;
}

/* 我市, 全区: words for a body that is named elsewhere. */
static bool begins_as_pronoun(struct stretch name)
{
    static const char *const words[] = { "我", "本", "全", "各", "该", "其", "上级", "有关" };
    for (size_t i = 0; i < nb_countof(words); i++) {
        if (strncmp(name.text, words[i], strlen(words[i])) == 0)
            return true;
    }
    return false;
}

static bool is_name(const struct nb_form *form, struct stretch name)
{
    int count = 0;
    bool ends = false;
    for (const char *at = name.text; at < name.text + name.len; count++) {
        if (!nb_utf8_is_ideograph(nb_utf8_next(&at)))
            return false;
    }
    for (int i = 0; form->wording && i < form->wording->n_selves; i++)
        ends |= ends_as(form->wording->selves[i].ends, name);
    return count >= LEAST_NAME && count <= MOST_NAME && ends && !begins_as_pronoun(name);
}

static int count_in(const char *text, struct stretch name)
{
    int count = 0;
    assert(name.len);
    for (const char *at = text; (at = memmem(at, strlen(at), name.text, name.len)); at += name.len)
        count++;
    return count;
}

static int count_mentions(const struct nb_document *document, struct stretch name)
{
    int count = 0;
    for (int i = 0; i < document->n_strips; i++)
        count += count_in(document->strips[i].text, name);
    return count;
}

/* ---- the title within a sentence ---- */

/* What of the clause that ends at `end` may be a name: behind the last verb of announcing. */
static struct stretch name_before(const char *text, const char *end)
{
    static const char *const verbs[] = { "公布", "发布", "编制", "制作",
                                         "撰写", "形成", "现将", "根据" };
    const char *from = end;
    while (from > text && nb_utf8_is_ideograph(nb_utf8_before(text, from)))
        for (from--; ((unsigned char)*from & 0xC0) == 0x80; from--)
            ;
    for (const char *at = from; at < end; nb_utf8_next(&at)) {
        for (size_t i = 0; i < nb_countof(verbs); i++) {
            size_t len = strlen(verbs[i]);
            if ((size_t)(end - at) > len && memcmp(at, verbs[i], len) == 0)
                from = at + len;
        }
    }
    return (struct stretch) { from, (size_t)(end - from) };
}

/* …现公布示例市2024年…工作年度报告: `behind` is what the title has behind the year. */
static struct stretch find_announced(const struct nb_reading *reading, const char *year,
                                     const char *behind)
{
    const struct nb_document *document = reading->document;
    for (int i = 0; i < document->n_strips; i++) {
        const char *text = document->strips[i].text;
        for (const char *at = text; (at = strstr(at, year)); at += strlen(year)) {
            const char *rest = at + strlen(year);
            struct stretch name = name_before(text, at);
            if (strncmp(rest, behind, strlen(behind)) == 0 && is_name(reading->form, name) &&
                count_mentions(document, name) > 1)
                return name;
        }
    }
    return (struct stretch) { NULL, 0 };
}

/* ---- what it calls itself ---- */

/* 我市: how a body with such a name calls itself; NULL: in no way of its own. */
static struct stretch first_person(const struct nb_self *self)
{
    static const char mine[] = "我";
    const char *row = self->words;
    size_t len;
    for (const char *word; self->ends[0] && (word = nb_words_next(&row, &len));) {
        if (len > strlen(mine) && memcmp(word, mine, strlen(mine)) == 0)
            return (struct stretch) { word, len };
    }
    return (struct stretch) { NULL, 0 };
}

static bool same(struct stretch a, struct stretch b)
{
    return a.len == b.len && memcmp(a.text, b.text, a.len) == 0;
}

/* Whose word for oneself the texts use, at least so often and far more than any other; -1: no
 * one's.
 */
static int find_self(const struct nb_reading *reading, int least)
{
    enum { FAR = 3 };
    const struct nb_wording *wording = reading->form->wording;
    struct stretch best_word = { NULL, 0 };
    int best = -1, most = 0, next = 0;
    for (int i = 0; wording && i < wording->n_selves; i++) {
        struct stretch word = first_person(&wording->selves[i]);
        int count = word.len ? count_mentions(reading->document, word) : 0;
        if (!count || (best >= 0 && same(word, best_word)))
            continue;
        if (count > most) {
            next = most;
            most = count;
            best = i;
            best_word = word;
        } else if (count > next) {
            next = count;
        }
    }
    return most >= least && most >= FAR * next ? best : -1;
}

/* ---- the signature ---- */

/* Without its 办公室 where what is left is a body by itself: 示例市人民政府办公室. */
static struct stretch find_signer(const struct nb_reading *reading)
{
    static const char *const offices[] = { "办公室", "办公厅" };
    enum { LEAST_GOVERNMENT = 7 * 3 }; /* bytes: 示例市人民政府 */
    const char *signer = nb_draft_text(reading->import->draft, NB_TEXT_SIGNED_BY);
    struct stretch name = { signer, strlen(signer) };
    for (size_t i = 0; i < nb_countof(offices); i++) {
        size_t len = strlen(offices[i]);
        struct stretch rest = { signer, name.len > len ? name.len - len : 0 };
        if (rest.len >= LEAST_GOVERNMENT && strcmp(signer + rest.len, offices[i]) == 0 &&
            is_name(reading->form, rest))
            name = rest;
    }
    if (!is_name(reading->form, name))
        return (struct stretch) { NULL, 0 };
    int self = find_self(reading, 1);
    bool known = count_mentions(reading->document, name) > 1 ||
                 (self >= 0 && ends_as(reading->form->wording->selves[self].ends, name));
    return known ? name : (struct stretch) { NULL, 0 };
}

/* ---- mentions ---- */

/* The shortest name that begins at `at` and ends as that body's do. */
static struct stretch name_at(const struct nb_form *form, const struct nb_self *self,
                              const char *at)
{
    enum { MOST_PLACE = 6 };
    const char *end = at;
    for (int i = 0; i < MOST_PLACE && *end && nb_utf8_is_ideograph(nb_utf8_next(&end)); i++) {
        struct stretch name = { at, (size_t)(end - at) };
        if (ends_as(self->ends, name) && is_name(form, name))
            return name;
    }
    return (struct stretch) { NULL, 0 };
}

struct votes {
    struct stretch names[32];
    int counts[32], count;
};

static void vote(struct votes *votes, struct stretch name)
{
    int i = 0;
    while (i < votes->count && !same(votes->names[i], name))
        i++;
    if (i == (int)nb_countof(votes->names))
        return;
    votes->names[i] = name;
    votes->counts[i] += 1;
    votes->count += i == votes->count;
}

/* Names that open a clause, a title in 《》 or a line. */
static struct stretch find_mentioned(const struct nb_reading *reading)
{
    enum { FAR = 3, SOME = 3 };
    struct votes votes = { .count = 0 };
    int self = find_self(reading, SOME), best = 0, next = 0, chosen = -1;
    for (int i = 0; self >= 0 && i < reading->document->n_strips; i++) {
        const char *at = reading->document->strips[i].text;
        for (bool opens = true; *at;) {
            struct stretch name = { NULL, 0 };
            if (opens)
                name = name_at(reading->form, &reading->form->wording->selves[self], at);
            if (name.len)
                vote(&votes, name);
            opens = !nb_utf8_is_ideograph(nb_utf8_next(&at));
        }
    }
    for (int i = 0; i < votes.count; i++) {
        if (votes.counts[i] > best) {
            next = best;
            best = votes.counts[i];
            chosen = i;
        } else if (votes.counts[i] > next) {
            next = votes.counts[i];
        }
    }
    bool clear = best >= SOME && best >= FAR * next;
    return clear ? votes.names[chosen] : (struct stretch) { NULL, 0 };
}

/* ---- all ---- */

static const char *behind_year(const struct nb_form *form)
{
    const char *year = strstr(form->title, "{year}");
    return year ? year + strlen("{year}") : "";
}

const char *nb_unit_find(const struct nb_reading *reading, struct nb_buf *unit)
{
    char year[16];
    snprintf(year, sizeof year, "%d", nb_draft_year(reading->import->draft));
    const struct {
        struct stretch name;
        const char *where;
    } found[] = {
        { find_announced(reading, year, behind_year(reading->form)), "前言" },
        { find_signer(reading), "落款" },
        { find_mentioned(reading), "正文" },
    };
    for (size_t i = 0; i < nb_countof(found); i++) {
        if (!found[i].name.len)
            continue;
        nb_buf_add(unit, found[i].name.text, found[i].name.len);
        return found[i].where;
    }
    return NULL;
}

bool nb_unit_is_said(const struct nb_reading *reading, const char *unit)
{
    return *unit && count_mentions(reading->document, (struct stretch) { unit, strlen(unit) }) > 0;
}
