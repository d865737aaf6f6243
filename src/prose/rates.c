/* Percentages and differences: what they are about.
 *
 *   个人来件3440件，占97.6%            share: of the quantity before the comma
 *   个人占97.6%                        share: of the phrase itself, which has no number
 *   收到3525件，较上年增长1.1%          growth of the quantity
 *   来件量同比增加38件                  change of the phrase */
#include "reading.h"

static bool is_quiet_mark(const struct nb_reading *reading, int token)
{
    return nb_reading_is(reading, token, NB_TOKEN_COMMA) ||
           nb_reading_is(reading, token, NB_TOKEN_ENUM) ||
           nb_reading_is(reading, token, NB_TOKEN_OPEN);
}

/* Words that may name the whole between 占 and the number: any of a phrase. */
static bool is_descriptive(const struct nb_reading *reading, int token)
{
    return nb_reading_is_any(reading, token, NB_ROLE_VERB) ||
           nb_reading_is_any(reading, token, NB_ROLE_OBJECT) ||
           nb_reading_is_any(reading, token, NB_ROLE_WITH);
}

/* The first token of 占来件总数的 before the number, -1: there is none. */
static int find_share(const struct nb_reading *reading, int number)
{
    for (int i = number - 1; number - i < NB_MOST_STEPS; i--) {
        if (nb_reading_has(reading, i, NB_SENSE_SHARE)) {
            while (nb_reading_has(reading, i - 1, NB_SENSE_SHARE))
                i--;
            return i;
        }
        if (!nb_reading_is_passive(reading, i) && !is_descriptive(reading, i))
            return -1;
    }
    return -1;
}

/* The first token of 较上年同期增长 before the number, -1: none, or it compares with something
 * other than last year. */
static int find_growth(const struct nb_reading *reading, int number, bool *falls)
{
    bool moves = false, against = false;
    int from = -1;
    for (int i = number - 1; number - i < NB_MOST_STEPS; i--) {
        bool rise = nb_reading_has(reading, i, NB_SENSE_RISE);
        bool fall = nb_reading_has(reading, i, NB_SENSE_FALL);
        if ((rise || fall) && !moves) {
            moves = true;
            *falls = fall;
        } else if (moves && nb_reading_has(reading, i, NB_SENSE_AGAINST)) {
            against = true;
        } else if (!(moves && (nb_reading_has(reading, i, NB_SENSE_LAST_YEAR) ||
                               nb_reading_has(reading, i, NB_SENSE_JOINING))) &&
                   !(nb_reading_is_passive(reading, i)) &&
                   !(moves && against && nb_reading_is(reading, i, NB_TOKEN_COMMA) &&
                     nb_reading_has(reading, i - 1, NB_SENSE_AGAINST))) {
            break;
        }
        if (moves)
            from = i;
    }
    return against || reading->compared ? from : -1;
}

/* The quantity that ends right before the token, -1: none. */
static int statement_before(const struct nb_reading *reading, int token)
{
    const struct nb_statements *out = reading->out;
    const struct nb_token *at = nb_reading_token(reading, token);
    if (!at || out->count == reading->sentence)
        return -1;
    const struct nb_statement *last = &out->items[out->count - 1];
    size_t end = at->span.start + at->span.len;
    return last->span.start + last->span.len == end ? out->count - 1 : -1;
}

static int add_bare(struct nb_reading *reading, const struct nb_match *match)
{
    struct nb_statements *out = reading->out;
    NB_GROW(out->items, out->count, out->cap);
    struct nb_statement *bare = &out->items[out->count];
    *bare = (struct nb_statement) { .span = nb_reading_span(reading, match->from, match->to),
                                    .is_bare = true,
                                    .meant = { match->meant[0] },
                                    .n_meant = 1,
                                    .sentence = reading->sentence,
                                    .whole = -1 };
    return out->count++;
}

/* What the percentage is about that begins with the token `from`; -1: not known. */
static int subject_of(struct nb_reading *reading, int from)
{
    int before = from - 1;
    while (nb_reading_is_passive(reading, before))
        before--;
    bool parted = is_quiet_mark(reading, before);
    int statement = statement_before(reading, parted ? before - 1 : before);
    if (statement >= 0 || parted)
        return statement;
    struct nb_match match;
    return nb_match_bare(reading, from, &match) && match.n_meant == 1 ? add_bare(reading, &match)
                                                                      : -1;
}

/* The phrases that are named between 占 and the number. */
static void note_wholes(const struct nb_reading *reading, int from, int number,
                        struct nb_rate *rate)
{
    const struct nb_wording *wording = reading->reporter->wording;
    for (int i = from; i < number; i++) {
        const struct nb_word *word = nb_reading_token(reading, i)->word;
        for (const struct nb_use *use = nb_word_uses(wording, word); use;
             use = nb_use_next(wording, use)) {
            if (use->role == NB_ROLE_VERB && rate->n_of < NB_MOST_MEANT)
                rate->of[rate->n_of++] = use->index;
        }
    }
}

static void add_rate(struct nb_reading *reading, struct nb_rate rate, int number, int unit)
{
    struct nb_statements *out = reading->out;
    const struct nb_statement *about = &out->items[rate.statement];
    struct nb_span last = nb_reading_token(reading, unit)->span;
    rate.number = nb_reading_token(reading, number)->number;
    rate.unit = unit > number ? nb_reading_token(reading, unit)->word : NULL;
    rate.span = (struct nb_span) { about->span.start, last.start + last.len - about->span.start };
    NB_GROW(out->rates, out->n_rates, out->cap_rates);
    out->rates[out->n_rates++] = rate;
}

/* 较上年减少14件，下降11.7%: the second goes on from the first; its statement, -1: there is none.
 */
static int statement_going_on(const struct nb_reading *reading, int number, bool *falls)
{
    const struct nb_statements *out = reading->out;
    int i = number - 1;
    while (nb_reading_is_passive(reading, i) && !nb_reading_has(reading, i, NB_SENSE_RISE))
        i--;
    *falls = nb_reading_has(reading, i, NB_SENSE_FALL);
    const struct nb_token *before = nb_reading_token(reading, i - 2);
    if (!(*falls || nb_reading_has(reading, i, NB_SENSE_RISE)) || !before || !out->n_rates ||
        !is_quiet_mark(reading, i - 1))
        return -1;
    const struct nb_rate *last = &out->rates[out->n_rates - 1];
    bool adjoins = last->span.start + last->span.len == before->span.start + before->span.len;
    return adjoins && last->kind != NB_RATE_SHARE ? last->statement : -1;
}

void nb_rates_read(struct nb_reading *reading, int number, int unit)
{
    const struct nb_token *token = nb_reading_token(reading, number);
    struct nb_rate rate = { .kind = NB_RATE_SHARE };
    bool counts = token->number.percent || unit > number; /* not 1.1个百分点 */
    if (token->number.vague || token->is_reference || !counts ||
        !nb_match_may_follow(reading, unit + 1))
        return;
    int from = token->number.percent ? find_share(reading, number) : -1;
    if (from >= 0) {
        note_wholes(reading, from, number, &rate);
    } else {
        rate.kind = token->number.percent ? NB_RATE_GROWTH : NB_RATE_CHANGE;
        from = find_growth(reading, number, &rate.falls);
    }
    rate.statement =
        from < 0 ? statement_going_on(reading, number, &rate.falls) : subject_of(reading, from);
    if (rate.statement >= 0)
        add_rate(reading, rate, number, unit);
}
