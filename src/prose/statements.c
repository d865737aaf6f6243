/* Walking through a text: sentences, topics, who acts and when, quantities and claims. */
#include "statements.h"

#include <stdlib.h>
#include <string.h>

#include "nianbao/text.h"
#include "reading.h"

/* What the clause at work has said so far. */
struct clause {
    size_t start; /* bytes of the text */
    bool aside, foreign, self, elsewhen, now, against;
    bool lately, counts; /* last year; any number */
};

/* A body named so near to the start of a clause is who acts in it. */
enum { SUBJECT_BYTES = 30, MOST_STATEMENTS = 50000, STOP_BYTES = 3 };

static bool has(const struct nb_token *token, enum nb_sense sense)
{
    return nb_word_has(token->word, sense);
}

/* ---- topics, who and when ---- */

static void note_topic(struct nb_reading *reading, const struct nb_word *word)
{
    struct nb_topics *topics = reading->topics;
    if (nb_word_has(word, NB_SENSE_AWAY)) {
        topics->away = true;
        topics->named = 0;
    }
    unsigned named = nb_word_topics(reading->reporter->wording, word);
    topics->named |= named;
    reading->broken = reading->broken && !named;
}

/* One part of a topic ends the others, but for those that the same sentence names. */
static void carry_on(const struct nb_wording *wording, struct nb_topics *topics, unsigned found,
                     unsigned *same)
{
    for (int i = 0; i < wording->n_topics && found; i++) {
        if (found >> i & 1u)
            topics->before &= ~wording->topics[i].siblings | *same | found;
    }
    *same |= found;
    topics->before |= found;
}

/* Looks through the paragraph up to the sentence for words that name topics or end them. */
static void catch_up(const struct nb_reading *reading)
{
    struct nb_topics *topics = reading->topics;
    const struct nb_wording *wording = reading->reporter->wording;
    const char *at = reading->text + topics->upto, *end = reading->text + reading->sentence_start;
    unsigned same = 0;
    while (at < end) {
        const struct nb_word *word = nb_wording_find(wording, at, end);
        if (nb_word_has(word, NB_SENSE_AWAY))
            topics->before = 0;
        carry_on(wording, topics, nb_word_topics(wording, word), &same);
        if (end - at >= STOP_BYTES && memcmp(at, "。", STOP_BYTES) == 0)
            same = 0;
        if (word)
            at += word->len_bytes;
        else
            nb_utf8_next(&at);
    }
    topics->upto = reading->sentence_start;
}

/* A part is on where its whole is, too. */
bool nb_reading_is_on(const struct nb_reading *reading, int topic, bool ahead)
{
    const struct nb_topics *topics = reading->topics;
    const struct nb_topic *at = &reading->reporter->wording->topics[topic];
    if (at->of >= 0 && !nb_reading_is_on(reading, at->of, ahead))
        return false;
    if (!*at->words)
        return topics->initial >> topic & 1u; /* nothing ends it */
    if (reading->broken)
        return false;
    if (topics->named >> topic & 1u)
        return true;
    if (topics->away || (topics->named & at->siblings))
        return false;
    if (ahead && (topics->ahead >> topic & 1u))
        return true;
    catch_up(reading);
    return topics->before >> topic & 1u;
}

/* The topics that the sentence names before it turns to parts or to something else. */
static unsigned topics_ahead(const struct nb_reading *reading)
{
    const struct nb_wording *wording = reading->reporter->wording;
    unsigned topics = 0;
    for (int i = 0; i < reading->tokens.count; i++) {
        const struct nb_word *word = reading->tokens.items[i].word;
        if (nb_word_has(word, NB_SENSE_AMONG) || nb_word_has(word, NB_SENSE_AWAY))
            break;
        topics |= nb_word_topics(wording, word);
    }
    return topics;
}

static void note_scope(struct nb_reading *reading, struct clause *clause,
                       const struct nb_token *token)
{
    bool near = token->span.start - clause->start <= SUBJECT_BYTES;
    if (token->is_self) {
        clause->self = true;
        clause->foreign = false;
    } else if (token->is_other && near && !clause->aside) {
        clause->foreign = true;
    }
    clause->aside = clause->aside || has(token, NB_SENSE_ASIDE);
    clause->against = clause->against || has(token, NB_SENSE_AGAINST);
    clause->lately = clause->lately || has(token, NB_SENSE_LAST_YEAR);
    if (has(token, NB_SENSE_NOW)) {
        clause->now = true;
        clause->elsewhen = false;
    } else if (has(token, NB_SENSE_ELSEWHEN) || has(token, NB_SENSE_LAST_YEAR)) {
        clause->elsewhen = true;
        clause->now = false;
    }
    reading->hedged = reading->hedged || has(token, NB_SENSE_HEDGE);
}

/* What the clause leaves to those behind it. */
static void end_clause(struct nb_reading *reading, struct clause *clause, size_t next)
{
    if (clause->foreign)
        reading->foreign = true;
    else if (clause->self)
        reading->foreign = false;
    if (clause->now)
        reading->elsewhen = false;
    else if (clause->elsewhen && !clause->against)
        reading->elsewhen = true;
    if (clause->against && clause->lately && !clause->counts)
        reading->compared = true;
    *clause = (struct clause) { .start = next };
}

/* ---- quantities ---- */

static struct nb_statement *add_statement(struct nb_reading *reading, const struct nb_match *match)
{
    struct nb_statements *out = reading->out;
    NB_GROW(out->items, out->count, out->cap);
    struct nb_statement *statement = &out->items[out->count++];
    *statement = (struct nb_statement) {
        .span = nb_reading_span(reading, match->from, match->to),
        .n_meant = match->n_meant,
        .is_sum = match->is_sum,
        .sentence = reading->sentence,
        .whole = reading->whole,
    };
    memcpy(statement->meant, match->meant, sizeof match->meant);
    return statement;
}

int nb_reading_unit(const struct nb_reading *reading, int number)
{
    int i = number + 1;
    if (nb_reading_has(reading, i, NB_SENSE_AT_LEAST))
        i++;
    if (nb_reading_is_any(reading, i, NB_ROLE_UNIT))
        return i;
    return i > number + 1 ? i - 1 : number;
}

/* `from` begins what is said of the number: 约 may stand before it, 约办结2270件. */
static enum nb_exactness exactness_of(const struct nb_reading *reading, int from, int number,
                                      int unit)
{
    static const struct {
        enum nb_sense sense;
        enum nb_exactness exactness;
    } senses[] = { { NB_SENSE_ABOUT, NB_ABOUT },
                   { NB_SENSE_AT_LEAST, NB_NOT_LESS },
                   { NB_SENSE_BELOW, NB_LESS } };
    const int places[] = { number - 1, number + 1, unit + 1, from - 1 };
    if (number + 1 < unit && nb_reading_has(reading, number + 1, NB_SENSE_AT_LEAST))
        return NB_SOME_MORE;
    for (size_t i = 0; i < nb_countof(senses); i++) {
        for (size_t j = 0; j < nb_countof(places); j++) {
            if (nb_reading_has(reading, places[j], senses[i].sense))
                return senses[i].exactness;
        }
    }
    return NB_EXACT;
}

/* The word before the number that is not passive. */
static const struct nb_token *essential_before(const struct nb_reading *reading, int number)
{
    int i = number - 1;
    while (nb_reading_is_passive(reading, i) && !nb_reading_has(reading, i, NB_SENSE_RISE))
        i--;
    return nb_reading_token(reading, i);
}

/* 较上年增加12件 */
static bool is_difference(const struct nb_reading *reading, int number)
{
    const struct nb_token *before = essential_before(reading, number);
    return before && (has(before, NB_SENSE_RISE) || has(before, NB_SENSE_FALL));
}

/* 分别增加12件、3件 */
static bool goes_on_from_difference(const struct nb_reading *reading, int number)
{
    bool joins = nb_reading_is(reading, number - 1, NB_TOKEN_ENUM) ||
                 nb_reading_has(reading, number - 1, NB_SENSE_JOINING);
    return joins && reading->difference_end == number - 2;
}

static bool is_partial(const struct nb_reading *reading, int number)
{
    const struct nb_token *before = essential_before(reading, number);
    return before && (has(before, NB_SENSE_PARTLY) || has(before, NB_SENSE_AMONG));
}

/* Directly behind 其中, or in a row of 、 with what is. */
static bool is_first_part(const struct nb_reading *reading, int from)
{
    const struct nb_statements *out = reading->out;
    if (reading->whole < 0)
        return false;
    if (out->count - 1 == reading->whole)
        return true;
    int before = from - 1;
    while (before >= 0 && nb_reading_is(reading, before, NB_TOKEN_UNKNOWN))
        before--;
    return nb_reading_is(reading, before, NB_TOKEN_ENUM) &&
           out->items[out->count - 1].is_first_part;
}

/* Of a whole that belongs to nothing known, or only to some of it, no part is judged, unless it
 * says itself what it is and only the kind of the whole was not known: 各类来件320件，其中甲类45件.
 */
static bool is_part_of_unknown(const struct nb_reading *reading, const struct nb_match *match,
                               const struct nb_word *unit)
{
    if (reading->whole < 0)
        return false;
    const struct nb_statement *whole = &reading->out->items[reading->whole];
    bool known = (whole->n_meant || whole->is_total) && whole->exactness != NB_NOT_MORE;
    return !known && whole->unit == unit && !(whole->is_own && match->topics);
}

/* 2286件来件中: the quantity is of what is spoken of, so that the topic goes on. */
static bool is_of_topic(const struct nb_reading *reading, int behind)
{
    return nb_reading_is_any(reading, behind, NB_ROLE_TOPIC) ||
           nb_reading_is_any(reading, behind, NB_ROLE_TOPIC_WITH);
}

/* 甲12件，乙3件，共15件: nothing but the number, which is the sum of known ones before it. */
static bool is_total(const struct nb_reading *reading, int number, int unit)
{
    const struct nb_statements *out = reading->out;
    const struct nb_token *at = nb_reading_token(reading, number);
    const struct nb_word *word = nb_reading_token(reading, unit)->word;
    const struct nb_token *before = essential_before(reading, number);
    nb_wide sum = 0;
    if (!before || before->kind != NB_TOKEN_COMMA || at->is_reference || at->number.vague)
        return false;
    for (int i = out->count - 1; i >= reading->sentence && out->count - i < NB_MOST_STEPS; i--) {
        if (!out->items[i].n_meant || out->items[i].unit != word || out->items[i].is_bare)
            return false;
        sum += out->items[i].number.value;
        if (i < out->count - 1 && sum == at->number.value)
            return true;
    }
    return false;
}

/* 较上年的12件增加3件: the same of last year. */
static bool is_compared(const struct nb_reading *reading, int number)
{
    int i = number - 1;
    while (nb_reading_is_passive(reading, i))
        i--;
    return nb_reading_has(reading, i, NB_SENSE_LAST_YEAR) &&
           nb_reading_has(reading, i - 1, NB_SENSE_AGAINST) &&
           nb_reading_is(reading, i - 2, NB_TOKEN_COMMA);
}

/* A phrase that has been found carries its verb and its topic on. */
static void note_match(struct nb_reading *reading, const struct nb_match *match)
{
    if (!match->n_meant || match->verb)
        reading->verb = match->verb;
    for (int i = 0; i < match->n_meant; i++) {
        int topic = reading->reporter->wording->phrases[match->meant[i]].topic;
        reading->topics->named |= topic >= 0 ? 1u << topic : 0;
    }
}

static bool is_some_of(const struct nb_reading *reading, const struct nb_match *match)
{
    return match->n_meant && reading->reporter->wording->phrases[match->meant[0]].some;
}

static void keep_quantity(struct nb_reading *reading, const struct nb_match *match, int number,
                          int unit)
{
    const struct nb_token *token = nb_reading_token(reading, number);
    bool first_part = is_first_part(reading, match->from);
    struct nb_statement *statement = add_statement(reading, match);
    statement->number = token->number;
    statement->is_reference = token->is_reference;
    statement->exactness =
        is_some_of(reading, match) ? NB_NOT_MORE : exactness_of(reading, match->from, number, unit);
    statement->unit = unit > number ? nb_reading_token(reading, unit)->word : NULL;
    statement->is_own = nb_match_is_own(reading, match->from);
    statement->is_first_part = first_part;
    if (!token->number.percent)
        reading->last_plain = reading->out->count - 1;
}

static bool match_quantity(const struct nb_reading *reading, int number, int unit,
                           struct nb_match *match)
{
    const struct nb_word *word = unit > number ? nb_reading_token(reading, unit)->word : NULL;
    if (number < reading->row.end)
        return nb_row_match(reading, number, unit, match);
    return !nb_reading_token(reading, number)->number.vague &&
           nb_match_number(reading, number, unit, match) &&
           !is_part_of_unknown(reading, match, word);
}

/* 上年收到来件12件: not this year's, but of what is spoken of, and 今年为15件 may go on from it. */
static bool is_of_other_year(struct nb_reading *reading, int number, int unit)
{
    struct nb_match match;
    reading->any_year = true;
    bool same = match_quantity(reading, number, unit, &match);
    reading->any_year = false;
    if (same)
        reading->earlier = match;
    reading->earlier_statement = same ? reading->out->count : -1;
    return same;
}

/* 上年收到来件12件，今年为15件: the year alone, right behind the same quantity of another. */
static bool match_elided(const struct nb_reading *reading, int number, int unit,
                         struct nb_match *match)
{
    int from = number - 1;
    while (nb_reading_is_passive(reading, from))
        from--;
    if (reading->earlier_statement < 0 || reading->earlier_statement != reading->out->count - 1 ||
        !nb_reading_has(reading, from, NB_SENSE_NOW) ||
        !nb_reading_is(reading, from - 1, NB_TOKEN_COMMA) || !nb_match_is_own(reading, number) ||
        !nb_match_has_unit(reading, reading->earlier.meant[0], number, unit) ||
        !nb_match_may_follow(reading, unit + 1))
        return false;
    *match = reading->earlier;
    match->from = from;
    match->to = unit;
    return true;
}

/* Quantities of something else are kept, too: they are wholes of parts and of percentages. */
static void read_quantity(struct nb_reading *reading, int number)
{
    struct nb_match match;
    int unit = nb_reading_unit(reading, number);
    bool percent = nb_reading_token(reading, number)->number.percent;
    bool difference = is_difference(reading, number) || goes_on_from_difference(reading, number);
    if (difference || percent)
        nb_rates_read(reading, number, unit);
    if (difference) {
        reading->difference_end = unit;
        return;
    }
    if (number >= reading->row.end)
        nb_row_read(reading, number);
    bool total = false;
    if (!match_quantity(reading, number, unit, &match) &&
        !match_elided(reading, number, unit, &match)) {
        if (percent || !nb_reading_is_any(reading, unit, NB_ROLE_UNIT))
            return;
        match = (struct nb_match) { .from = number, .to = unit };
        total = is_total(reading, number, unit);
        reading->broken = reading->broken || (reading->whole < 0 && !is_partial(reading, number) &&
                                              !is_of_topic(reading, unit + 1) && !total &&
                                              !is_compared(reading, number) &&
                                              !is_of_other_year(reading, number, unit));
    }
    note_match(reading, &match);
    keep_quantity(reading, &match, number, unit);
    reading->out->items[reading->out->count - 1].is_total = total;
}

/* ---- claims that there is none ---- */

/* Is the statement of a phrase with which the claim is never meant? 上年转入 is such a one to
 * 全部办结, which is about all. */
static bool is_excepted(const struct nb_reading *reading, const struct nb_phrase *claim,
                        const struct nb_statement *statement)
{
    const struct nb_wording *wording = reading->reporter->wording;
    const char *words = claim->never;
    size_t len;
    for (const char *text; (text = nb_words_next(&words, &len));) {
        const struct nb_word *word = nb_wording_find(wording, text, text + len);
        for (int i = 0; i < statement->n_meant; i++) {
            if (nb_word_roles(wording, word, statement->meant[i]) >> NB_ROLE_VERB & 1u)
                return true;
        }
    }
    return !statement->n_meant;
}

/* A claim without words of its own is about the whole that the sentence names, not about a part:
 * 其中上年转入3件，全部办结 may mean the three. */
static bool is_about_whole(const struct nb_reading *reading, const struct nb_phrase *claim)
{
    const struct nb_statements *out = reading->out;
    int first = out->count - NB_MOST_STEPS; /* far enough, and no work for hostile sentences */
    first = first < reading->sentence ? reading->sentence : first;
    bool excepted = out->count > first;
    for (int i = first; i < out->count; i++)
        excepted = excepted && is_excepted(reading, claim, &out->items[i]);
    if (excepted || out->count == first)
        return !excepted;
    const struct nb_statement *last = &out->items[out->count - 1];
    if (last->whole < 0)
        return last->n_meant > 0;
    const struct nb_statement *whole = &out->items[last->whole];
    nb_wide sum = 0;
    for (int i = last->whole + 1; i < out->count && i <= last->whole + NB_MOST_STEPS; i++)
        sum += out->items[i].number.value;
    return whole->n_meant && sum == whole->number.value;
}

static void read_claims(struct nb_reading *reading, int token)
{
    const struct nb_token *at = nb_reading_token(reading, token);
    struct nb_match match;
    const struct nb_wording *wording = reading->reporter->wording;
    for (const struct nb_use *use = nb_word_uses(wording, at->word); use;
         use = nb_use_next(wording, use)) {
        if (use->role != NB_ROLE_NONE || !nb_match_none(reading, token, use->index, &match))
            continue;
        const struct nb_phrase *phrase = &wording->phrases[use->index];
        if (!*phrase->verbs && !is_about_whole(reading, phrase))
            continue;
        struct nb_statement *statement = add_statement(reading, &match);
        statement->number = (struct nb_number) { .step = 1000000 };
        statement->whole = -1;
    }
}

/* ---- 其中 ---- */

static void begin_parts(struct nb_reading *reading, int token)
{
    reading->whole = reading->last_plain;
    reading->whole_end = -1;
    for (int i = token - 1; i >= 0 && token - i < NB_MOST_STEPS; i--) {
        const struct nb_token *at = nb_reading_token(reading, i);
        if (at->kind == NB_TOKEN_OPEN && at->bracket > token) {
            reading->whole_end = at->bracket;
            return;
        }
    }
}

/* ---- sentences ---- */

static bool ends_clause(const struct nb_token *token)
{
    return token->kind == NB_TOKEN_COMMA || token->kind == NB_TOKEN_STOP ||
           token->kind == NB_TOKEN_COLON;
}

static void read_token(struct nb_reading *reading, struct clause *clause, int i)
{
    const struct nb_token *token = nb_reading_token(reading, i);
    if (token->word || token->is_self)
        note_scope(reading, clause, token);
    if (token->word)
        note_topic(reading, token->word);
    if (has(token, NB_SENSE_AMONG))
        begin_parts(reading, i);
    clause->counts = clause->counts || token->kind == NB_TOKEN_NUMBER;
    if (token->kind == NB_TOKEN_NUMBER)
        read_quantity(reading, i);
    else if (nb_reading_is_any(reading, i, NB_ROLE_NONE))
        read_claims(reading, i);
    if (i == reading->whole_end)
        reading->whole = reading->whole_end = -1;
    if (ends_clause(token))
        end_clause(reading, clause, token->span.start + token->span.len);
}

static void read_tokens(struct nb_reading *reading)
{
    struct clause clause = { 0 };
    int close = -1, outside = -1; /* of the outermost brackets, and last_plain before them */
    if (reading->tokens.count)
        clause.start = reading->tokens.items[0].span.start;
    for (int i = 0; i < reading->tokens.count; i++) {
        const struct nb_token *token = &reading->tokens.items[i];
        if (token->kind == NB_TOKEN_OPEN && i > close) {
            close = token->bracket;
            outside = reading->last_plain;
        }
        read_token(reading, &clause, i);
        if (i == close && outside >= 0)
            reading->last_plain = outside;
    }
    end_clause(reading, &clause, 0);
}

static void read_sentence(struct nb_reading *reading, struct nb_span sentence)
{
    nb_tokens_cut(&reading->tokens, reading->reporter, reading->text, sentence);
    reading->sentence = reading->out->count;
    reading->sentence_start = sentence.start;
    reading->topics->named = 0;
    reading->topics->ahead = topics_ahead(reading);
    reading->topics->away = false;
    reading->verb = NULL;
    reading->whole = reading->whole_end = -1;
    reading->broken = reading->compared = false;
    reading->row.end = 0;
    reading->difference_end = reading->earlier_statement = -1;
    read_tokens(reading);
}

/* ---- paragraphs ---- */

static bool goes_on(const struct nb_reading *reading, struct nb_span sentence)
{
    static const char semicolon[] = "；";
    size_t len = sizeof semicolon - 1, end = sentence.start + sentence.len;
    return sentence.len >= len && memcmp(reading->text + end - len, semicolon, len) == 0;
}

/* Sentences joined by ；, which share who and when. */
static void read_run(struct nb_reading *reading, size_t start, size_t end)
{
    struct nb_span sentence = { start, 0 };
    const char *text = reading->text;
    if (!nb_telling_any(reading->reporter->wording, text + start, text + end)) {
        reading->last_plain = -1;
        return;
    }
    reading->foreign = reading->elsewhen = reading->hedged = false;
    while (nb_sentence_next(text, end, &sentence))
        read_sentence(reading, sentence);
}

static void read_paragraph(struct nb_reading *reading, size_t start, size_t end)
{
    struct nb_span sentence = { start, 0 };
    reading->topics->before = reading->topics->initial;
    reading->topics->upto = start;
    reading->last_plain = -1;
    while (nb_sentence_next(reading->text, end, &sentence) &&
           reading->out->count < MOST_STATEMENTS) {
        if (goes_on(reading, sentence))
            continue;
        read_run(reading, start, sentence.start + sentence.len);
        start = sentence.start + sentence.len;
    }
    read_run(reading, start, end);
}

static unsigned topics_of(const struct nb_wording *wording, const char *section)
{
    unsigned topics = 0;
    size_t len;
    for (int i = 0; section && i < wording->n_topics; i++) {
        const char *sections = wording->topics[i].sections;
        for (const char *id; (id = nb_words_next(&sections, &len));) {
            if (strlen(section) == len && memcmp(id, section, len) == 0)
                topics |= 1u << i;
        }
    }
    return topics;
}

void nb_statements_read(struct nb_statements *statements, const struct nb_reporter *reporter,
                        const char *section, const char *text)
{
    struct nb_topics topics = { .initial = topics_of(reporter->wording, section) };
    struct nb_reading reading = {
        .reporter = reporter, .text = text, .out = statements, .topics = &topics
    };
    /* what goes on beyond that is no report */
    for (const char *from = text; *from && statements->count < MOST_STATEMENTS;) {
        const char *end = from + strcspn(from, "\n");
        if (nb_telling_any(reporter->wording, from, end))
            read_paragraph(&reading, (size_t)(from - text), (size_t)(end - text));
        from = end + (*end == '\n');
    }
    nb_tokens_release(&reading.tokens);
}

void nb_statements_clear(struct nb_statements *statements)
{
    statements->count = statements->n_rates = 0;
}

void nb_statements_release(struct nb_statements *statements)
{
    free(statements->items);
    free(statements->rates);
    *statements = (struct nb_statements) { 0 };
}
