/* The texts of a draft: reading each once, comparing all. */
#include "prose.h"

#include <stdlib.h>
#include <string.h>

#include "judge.h"
#include "nianbao/text.h"

/* A text as it was read. */
struct reading {
    char *text; /* NULL: not yet */
    struct nb_statements statements;
};

struct nb_prose_cache {
    struct reading *readings; /* by text */
    int count;
    char *unit;
    int year;
};

struct nb_prose_cache *nb_prose_cache_new(void)
{
    return nb_xalloc(sizeof(struct nb_prose_cache));
}

static void forget(struct nb_prose_cache *cache)
{
    for (int i = 0; i < cache->count; i++) {
        free(cache->readings[i].text);
        nb_statements_release(&cache->readings[i].statements);
    }
    free(cache->readings);
    free(cache->unit);
    *cache = (struct nb_prose_cache) { 0 };
}

void nb_prose_cache_free(struct nb_prose_cache *cache)
{
    if (cache)
        forget(cache);
    free(cache);
}

/* What the words of a text mean depends on unit and year. */
static void prepare(struct nb_prose_cache *cache, const struct nb_draft *draft)
{
    const char *unit = nb_draft_text(draft, NB_TEXT_UNIT);
    int year = nb_draft_year(draft), count = nb_draft_text_count(draft);
    if (cache->unit && cache->year == year && cache->count == count &&
        strcmp(cache->unit, unit) == 0)
        return;
    forget(cache);
    cache->readings = nb_xalloc((size_t)count * sizeof *cache->readings);
    cache->count = count;
    cache->unit = nb_xstrdup(unit);
    cache->year = year;
}

static const char *section_of(const struct nb_form *form, int text)
{
    return text < NB_TEXT_PROSE ? NULL : form->proses[text - NB_TEXT_PROSE]->section->id;
}

static const struct nb_statements *read_text(struct nb_prose_cache *cache,
                                             const struct nb_draft *draft, int text, bool keep)
{
    struct reading *reading = &cache->readings[text];
    const char *value = nb_draft_text(draft, text);
    const struct nb_form *form = nb_draft_form(draft);
    if (reading->text ? strcmp(reading->text, value) == 0 : !value[0])
        return &reading->statements;
    free(reading->text);
    reading->text = keep ? nb_xstrdup(value) : NULL;
    nb_statements_clear(&reading->statements);
    struct nb_reporter reporter = { form->wording, cache->unit, cache->year };
    nb_statements_read(&reading->statements, &reporter, section_of(form, text), value);
    return &reading->statements;
}

/* ---- the same quantity twice ---- */

/* Where each phrase was first stated. */
struct stated {
    const struct nb_statement *statement; /* NULL: nowhere yet */
    int text;
};

/* May only the texts themselves say how much it is, and only in one way? */
static bool is_free(const struct nb_judge *judge, const struct nb_statement *statement)
{
    nb_wide value;
    if (statement->n_meant != 1 || statement->whole >= 0 || !nb_statement_is_plain(statement))
        return false;
    const struct nb_phrase *phrase = nb_judge_phrase(judge, statement, 0);
    return !phrase->n_equals ||
           (phrase->n_equals == 1 && !nb_judge_sum(judge, &phrase->equals[0], &value));
}

static void compare_twice(struct nb_judge *judge, const struct nb_statement *statement,
                          struct stated *stated)
{
    if (!is_free(judge, statement))
        return;
    if (!stated->statement) {
        *stated = (struct stated) { statement, judge->text };
    } else if (stated->statement->number.value != statement->number.value) {
        struct nb_judge there = *judge;
        struct nb_buf other = { 0 };
        there.text = stated->text;
        nb_judge_add_quote(&there, stated->statement->span, &other);
        nb_judge_tell_pair(judge, NB_MSG_PROSE_TWICE, statement, other.data);
        nb_buf_release(&other);
    }
}

static void judge_twice(struct nb_judge *judge, const struct nb_prose_cache *cache)
{
    enum { MOST_FINDINGS = 20 };
    int before = judge->diags->count;
    struct stated *stated = nb_xalloc((size_t)judge->form->wording->n_phrases * sizeof *stated);
    for (int text = 0; text < cache->count; text++) {
        const struct nb_statements *statements = &cache->readings[text].statements;
        judge->text = text;
        for (int i = 0; i < statements->count; i++) {
            const struct nb_statement *statement = &statements->items[i];
            if (statement->n_meant && judge->diags->count - before < MOST_FINDINGS)
                compare_twice(judge, statement, &stated[statement->meant[0]]);
        }
    }
    free(stated);
}

static void add_findings(struct nb_prose_cache *cache, bool keep,
                         const struct nb_prose_facts *facts, struct nb_diags *diags)
{
    const struct nb_form *form = nb_draft_form(facts->draft);
    struct nb_judge judge = { .facts = facts, .form = form, .diags = diags };
    bool any = false;
    prepare(cache, facts->draft);
    for (int text = NB_TEXT_PREAMBLE; text < cache->count; text++) {
        if (text != NB_TEXT_PREAMBLE && text < NB_TEXT_PROSE)
            continue;
        judge.text = text;
        judge.statements = read_text(cache, facts->draft, text, keep);
        any = any || judge.statements->count;
        if (judge.statements->count)
            nb_judge_text(&judge);
    }
    if (any)
        judge_twice(&judge, cache);
}

int nb_prose_count_untrue(struct nb_prose_cache *cache, const struct nb_prose_facts *facts)
{
    const struct nb_form *form = nb_draft_form(facts->draft);
    struct nb_judge judge = { .facts = facts, .form = form };
    int count = 0;
    if (!form->wording->n_phrases)
        return 0;
    prepare(cache, facts->draft);
    for (int text = NB_TEXT_PROSE; text < cache->count; text++) {
        judge.text = text;
        judge.statements = read_text(cache, facts->draft, text, true);
        count += nb_judge_count_untrue(&judge);
    }
    return count;
}

void nb_prose_add_findings(struct nb_prose_cache *cache, const struct nb_prose_facts *facts,
                           struct nb_diags *diags)
{
    struct nb_prose_cache once = { 0 };
    if (!nb_draft_form(facts->draft)->wording->n_phrases)
        return;
    add_findings(cache ? cache : &once, cache != NULL, facts, diags);
    forget(&once);
}
