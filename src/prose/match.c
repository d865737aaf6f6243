/* Which phrase a number belongs to.
 *
 *      2024年  全市   共    受理   来件        3525   件   ，
 *      region         passive VERB  WITH       number unit follow
 *             └ boundary      └ from                └ to
 *
 * From the number leftwards every word must be one of the phrase or change nothing; the first that
 * is neither must be one where a phrase can begin. What stands before it in the clause, and the
 * clauses before, must not speak of others, of another time or of plans. All that is not understood
 * makes the number belong to nothing. */
#include <string.h>

#include "reading.h"

enum { MOST_CANDIDATES = 16 };

/* One attempt: the phrases that are taken to be meant and what has been seen of them. */
struct attempt {
    const struct nb_reading *reading;
    struct nb_match match;
    unsigned seen; /* bits by enum nb_role */
};

const struct nb_token *nb_reading_token(const struct nb_reading *reading, int token)
{
    bool inside = token >= 0 && token < reading->tokens.count;
    return inside ? &reading->tokens.items[token] : NULL;
}

bool nb_reading_has(const struct nb_reading *reading, int token, enum nb_sense sense)
{
    const struct nb_token *at = nb_reading_token(reading, token);
    return at && nb_word_has(at->word, sense);
}

bool nb_reading_is(const struct nb_reading *reading, int token, enum nb_token_kind kind)
{
    const struct nb_token *at = nb_reading_token(reading, token);
    return at && at->kind == kind;
}

static bool has_any(const struct nb_reading *reading, int token, unsigned senses)
{
    const struct nb_token *at = nb_reading_token(reading, token);
    return at && at->word && (at->word->senses & senses);
}

static unsigned bit(enum nb_sense sense)
{
    return 1u << sense;
}

bool nb_reading_is_passive(const struct nb_reading *reading, int token)
{
    return has_any(reading, token,
                   bit(NB_SENSE_NEUTRAL) | bit(NB_SENSE_ABOUT) | bit(NB_SENSE_AT_LEAST) |
                       bit(NB_SENSE_BELOW));
}

struct nb_span nb_reading_span(const struct nb_reading *reading, int from, int to)
{
    size_t start = nb_reading_token(reading, from)->span.start;
    struct nb_span last = nb_reading_token(reading, to)->span;
    return (struct nb_span) { start, last.start + last.len - start };
}

static const struct nb_phrase *phrase_of(const struct nb_reading *reading, int index)
{
    return &reading->reporter->wording->phrases[index];
}

static const struct nb_word *word_at(const struct nb_reading *reading, int token)
{
    const struct nb_token *at = nb_reading_token(reading, token);
    return at ? at->word : NULL;
}

/* What the token is to the phrases meant: bits by enum nb_role. */
static unsigned roles_of(const struct attempt *attempt, int token)
{
    const struct nb_wording *wording = attempt->reading->reporter->wording;
    const struct nb_word *word = word_at(attempt->reading, token);
    unsigned roles = 0;
    for (int i = 0; word && i < attempt->match.n_meant; i++)
        roles |= nb_word_roles(wording, word, attempt->match.meant[i]);
    return roles;
}

static unsigned roles_to(const struct nb_reading *reading, int token, int phrase)
{
    return nb_word_roles(reading->reporter->wording, word_at(reading, token), phrase);
}

bool nb_reading_is_any(const struct nb_reading *reading, int token, enum nb_role role)
{
    const struct nb_word *word = word_at(reading, token);
    return word && (word->roles >> role & 1u);
}

static bool is_own(unsigned roles)
{
    return roles & (1u << NB_ROLE_VERB | 1u << NB_ROLE_OBJECT | 1u << NB_ROLE_WITH);
}

static struct attempt begin_attempt(const struct nb_reading *reading, int phrase, int from, int to)
{
    return (struct attempt) {
        .reading = reading, .match = { .from = from, .to = to, .meant = { phrase }, .n_meant = 1 }
    };
}

static void take_roles(struct attempt *attempt, int token, unsigned roles)
{
    const struct nb_word *word = word_at(attempt->reading, token);
    attempt->seen |= roles;
    attempt->match.topics |= nb_word_topics(attempt->reading->reporter->wording, word);
    if (roles >> NB_ROLE_VERB & 1u)
        attempt->match.verb = word;
}

/* ---- phrases joined by 和 or 、 ---- */

static bool takes_part(const struct attempt *attempt, int phrase)
{
    for (int i = 0; i < attempt->match.n_meant; i++) {
        if (attempt->match.meant[i] == phrase)
            return true;
    }
    return false;
}

/* Takes the phrases of which the word before the 和 at `token` is a verb. */
static bool join(struct attempt *attempt, int token)
{
    const struct nb_reading *reading = attempt->reading;
    const struct nb_token *before = nb_reading_token(reading, token - 1);
    const struct nb_wording *wording = reading->reporter->wording;
    struct nb_match *match = &attempt->match;
    const struct nb_phrase *first = phrase_of(reading, match->meant[0]);
    int joined = 0;
    if (!before || !before->word || !(attempt->seen >> NB_ROLE_VERB & 1u))
        return false;
    for (const struct nb_use *use = nb_word_uses(wording, before->word); use;
         use = nb_use_next(wording, use)) {
        const struct nb_phrase *other =
            use->role == NB_ROLE_VERB ? phrase_of(reading, use->index) : NULL;
        if (!other || other->topic != first->topic || takes_part(attempt, use->index) ||
            match->n_meant == NB_MOST_MEANT)
            continue;
        match->is_sum = first->adds && other->adds;
        match->meant[match->n_meant++] = use->index;
        joined++;
    }
    return joined > 0;
}

/* ---- leftwards ---- */

/* Do the brackets hold only what is understood: （含上年转入）? */
static bool is_understood(const struct nb_reading *reading, int open, int close)
{
    for (int i = open + 1; i < close; i++) {
        const struct nb_token *at = nb_reading_token(reading, i);
        bool known = at->word && !at->is_other && !nb_word_has(at->word, NB_SENSE_PARTLY);
        if (!known && at->kind != NB_TOKEN_ENUM && at->kind != NB_TOKEN_COMMA)
            return false;
    }
    return true;
}

/* 甲件（12件） */
static bool is_alone_in_brackets(const struct attempt *attempt, int number)
{
    const struct nb_token *open = nb_reading_token(attempt->reading, number - 1);
    return open && open->kind == NB_TOKEN_OPEN && open->bracket == attempt->match.to + 1;
}

/* The token before which the phrase begins, having taken its words to the right of it. */
static int walk_left(struct attempt *attempt, int behind)
{
    const struct nb_reading *reading = attempt->reading;
    int i = behind - 1;
    if (is_alone_in_brackets(attempt, behind))
        attempt->match.from = i--;
    for (int steps = 0; i >= 0 && steps < NB_MOST_STEPS; steps++) {
        const struct nb_token *at = nb_reading_token(reading, i);
        unsigned roles = roles_of(attempt, i);
        bool joins = at->kind == NB_TOKEN_ENUM || nb_word_has(at->word, NB_SENSE_JOINING);
        if (is_own(roles)) {
            take_roles(attempt, i, roles);
            attempt->match.from = i;
        } else if (at->kind == NB_TOKEN_CLOSE && at->bracket >= 0 &&
                   is_understood(reading, at->bracket, i)) {
            i = at->bracket;
        } else if (at->is_self || !(nb_reading_is_passive(reading, i) ||
                                    (at->kind == NB_TOKEN_COLON && i == behind - 1) ||
                                    (joins && join(attempt, i)))) {
            break;
        }
        i--;
    }
    return i;
}

/* Does a row of quantities go on behind this 、? */
static bool is_behind_quantity(const struct nb_reading *reading, int enumeration)
{
    const struct nb_token *before = nb_reading_token(reading, enumeration - 1);
    if (!before)
        return false;
    if (before->kind == NB_TOKEN_NUMBER || before->kind == NB_TOKEN_CLOSE)
        return true;
    return nb_reading_is_any(reading, enumeration - 1, NB_ROLE_UNIT) &&
           nb_reading_is(reading, enumeration - 2, NB_TOKEN_NUMBER);
}

/* Does the bracket go with a quantity or with what is spoken of? In 重点来件（个人12件） it goes
 * with something that may be anything. */
static bool opens_freely(const struct nb_reading *reading, int open)
{
    const struct nb_token *before = nb_reading_token(reading, open - 1);
    return !before || (before->kind != NB_TOKEN_WORD && before->kind != NB_TOKEN_UNKNOWN) ||
           is_behind_quantity(reading, open) ||
           nb_reading_is_any(reading, open - 1, NB_ROLE_VERB) ||
           nb_reading_is_any(reading, open - 1, NB_ROLE_TOPIC);
}

/* 分别为甲件12件、乙件3件: nothing is left out of it. */
static bool is_before_names(const struct nb_reading *reading, int token)
{
    return nb_reading_has(reading, token, NB_SENSE_EACH) &&
           nb_reading_is_any(reading, token + 1, NB_ROLE_VERB);
}

bool nb_match_may_begin(const struct nb_reading *reading, int token)
{
    const struct nb_token *at = nb_reading_token(reading, token);
    if (!at)
        return true;
    switch (at->kind) {
    case NB_TOKEN_COMMA:
    case NB_TOKEN_COLON:
    case NB_TOKEN_STOP:
    case NB_TOKEN_CLOSE:
    case NB_TOKEN_QUOTED:
        return true;
    case NB_TOKEN_OPEN:
        return opens_freely(reading, token);
    case NB_TOKEN_ENUM:
        return is_behind_quantity(reading, token);
    case NB_TOKEN_NUMBER:
    case NB_TOKEN_UNKNOWN:
        return false;
    case NB_TOKEN_WORD:
        break;
    }
    return at->is_self || is_behind_quantity(reading, token + 1) ||
           is_before_names(reading, token) ||
           has_any(reading, token,
                   bit(NB_SENSE_NOW) | bit(NB_SENSE_EVERYONE) | bit(NB_SENSE_AMONG) |
                       bit(NB_SENSE_JOINING) | bit(NB_SENSE_LAST_YEAR));
}

/* ---- what stands before the phrase ---- */

/* Does the word say that another year is spoken of: 上年, 上年转入? */
static bool names_other_year(const struct nb_reading *reading, int token)
{
    const struct nb_word *word = word_at(reading, token);
    const char *last = reading->reporter->wording->last_year;
    size_t len = strlen(last);
    bool begins = word && len && word->len_bytes > len && memcmp(word->text, last, len) == 0;
    return begins || has_any(reading, token, bit(NB_SENSE_ELSEWHEN) | bit(NB_SENSE_LAST_YEAR));
}

/* 上年转入、本年办理的来件12件: another year stands before this one and limits it, unless they are
 * compared or the other year has its own number. */
static bool is_limited(const struct nb_reading *reading, int year)
{
    for (int i = year - 1; i <= year + 1; i += 2) {
        if (nb_reading_has(reading, i, NB_SENSE_AGAINST))
            return false;
    }
    return true;
}

bool nb_match_is_own(const struct nb_reading *reading, int token)
{
    bool self = false, everyone = false, now = reading->any_year, other = false, counted = now;
    int i = token - 1;
    for (int steps = 0; i >= 0; i--, steps++) {
        const struct nb_token *at = nb_reading_token(reading, i);
        if (at->kind == NB_TOKEN_COMMA || at->kind == NB_TOKEN_STOP || at->kind == NB_TOKEN_COLON)
            break;
        if (at->kind == NB_TOKEN_CLOSE && at->bracket >= 0)
            i = at->bracket;
        bool partly = nb_word_has(at->word, NB_SENSE_PARTLY) && !is_before_names(reading, i);
        if (steps == NB_MOST_STEPS || partly || nb_word_has(at->word, NB_SENSE_HEDGE))
            return false;
        self = self || at->is_self;
        now = now || nb_word_has(at->word, NB_SENSE_NOW);
        everyone = everyone || nb_word_has(at->word, NB_SENSE_EVERYONE);
        if (at->is_other)
            other = true; /* 省局受理我市来件12件 */
        if (other && !self)
            return false;
        if (nb_word_has(at->word, NB_SENSE_ASIDE))
            other = false; /* 按照省局要求我市受理来件12件 */
        counted = counted || at->kind == NB_TOKEN_NUMBER;
        if (has_any(reading, i, bit(NB_SENSE_ELSEWHEN) | bit(NB_SENSE_LAST_YEAR)) && !now)
            return false;
        if (now && !counted && names_other_year(reading, i) && is_limited(reading, i))
            return false;
    }
    return !reading->hedged && !other && (self || !(reading->foreign || everyone)) &&
           (now || !reading->elsewhen);
}

bool nb_match_is_never(const struct nb_reading *reading, int phrase, int token)
{
    for (int step = -1; step <= 1; step += 2) {
        for (int i = token, steps = 0; steps < NB_MOST_STEPS; i += step, steps++) {
            const struct nb_token *at = nb_reading_token(reading, i);
            bool next = step > 0 && at && at->kind == NB_TOKEN_ENUM &&
                        is_behind_quantity(reading, i); /* 制定12件、废止3件 */
            if (!at || at->kind == NB_TOKEN_COMMA || at->kind == NB_TOKEN_STOP || next)
                break;
            if (roles_to(reading, i, phrase) >> NB_ROLE_NEVER & 1u)
                return true;
        }
    }
    return false;
}

/* ---- rightwards ---- */

/* `passive`: behind a word like 均. */
static bool may_follow(const struct nb_reading *reading, int token, bool passive)
{
    const struct nb_token *at = nb_reading_token(reading, token);
    if (!at)
        return true;
    switch (at->kind) {
    case NB_TOKEN_COMMA:
    case NB_TOKEN_ENUM:
    case NB_TOKEN_COLON:
    case NB_TOKEN_STOP:
    case NB_TOKEN_OPEN:
    case NB_TOKEN_CLOSE:
        return true;
    case NB_TOKEN_NUMBER:
    case NB_TOKEN_QUOTED:
    case NB_TOKEN_UNKNOWN:
        return passive && at->kind == NB_TOKEN_UNKNOWN;
    case NB_TOKEN_WORD:
        break;
    }
    return nb_reading_is_any(reading, token, NB_ROLE_VERB) ||
           nb_reading_is_any(reading, token, NB_ROLE_NONE) ||
           has_any(reading, token,
                   bit(NB_SENSE_SHARE) | bit(NB_SENSE_AGAINST) | bit(NB_SENSE_RISE) |
                       bit(NB_SENSE_FALL) | bit(NB_SENSE_AMONG) | bit(NB_SENSE_JOINING)) ||
           (passive && has_any(reading, token, bit(NB_SENSE_PARTLY)));
}

bool nb_match_may_follow(const struct nb_reading *reading, int token)
{
    return may_follow(reading, token, false);
}

/* Takes the words of the phrase behind the number; false where what follows is not understood. */
static bool walk_right(struct attempt *attempt, int behind)
{
    const struct nb_reading *reading = attempt->reading;
    bool passive = false, left = attempt->seen >> NB_ROLE_VERB & 1u;
    int i = behind;
    for (int steps = 0; steps < NB_MOST_STEPS; steps++, i++) {
        unsigned roles = roles_of(attempt, i);
        bool verb = roles >> NB_ROLE_VERB & 1u;
        if (verb && (left || nb_reading_is(reading, i + 1, NB_TOKEN_NUMBER)))
            break;
        if (is_own(roles)) {
            take_roles(attempt, i, roles);
            attempt->match.to = i;
        } else if (nb_reading_is_passive(reading, i)) {
            passive = true;
        } else {
            break;
        }
    }
    return may_follow(reading, i, passive);
}

/* ---- an attempt ---- */

static bool is_named_or_on(const struct nb_reading *reading, int topic, unsigned named, bool ahead)
{
    return topic < 0 || (named >> topic & 1u) || nb_reading_is_on(reading, topic, ahead);
}

bool nb_match_is_on_topic(const struct nb_reading *reading, int phrase, unsigned topics)
{
    const struct nb_phrase *at = phrase_of(reading, phrase);
    const struct nb_topic *all = reading->reporter->wording->topics;
    /* a part that its words name needs its whole as well */
    return is_named_or_on(reading, at->topic, topics, at->adds) &&
           (at->topic < 0 || is_named_or_on(reading, all[at->topic].of, topics, at->adds));
}

/* 作出行政许可决定415件，行政处罚决定12件: the verb of the phrase before goes on. */
static bool takes_verb(const struct attempt *attempt, int boundary)
{
    const struct nb_reading *reading = attempt->reading;
    bool goes_on =
        nb_reading_is(reading, boundary, NB_TOKEN_ENUM) ||
        (nb_reading_is(reading, boundary, NB_TOKEN_COMMA) && is_behind_quantity(reading, boundary));
    return goes_on &&
           nb_word_roles(reading->reporter->wording, reading->verb, attempt->match.meant[0]) >>
                   NB_ROLE_VERB &
               1u;
}

static bool is_complete(const struct attempt *attempt, int boundary)
{
    const struct nb_reading *reading = attempt->reading;
    const struct nb_phrase *phrase = phrase_of(reading, attempt->match.meant[0]);
    bool object = attempt->seen >> NB_ROLE_OBJECT & 1u;
    if (!(attempt->seen >> NB_ROLE_VERB & 1u) && !(object && takes_verb(attempt, boundary)))
        return false;
    if (*phrase->objects && !object)
        return false;
    return nb_match_is_on_topic(reading, attempt->match.meant[0], attempt->match.topics);
}

static bool is_clear(const struct attempt *attempt, int boundary)
{
    const struct nb_match *match = &attempt->match;
    if (!nb_match_may_begin(attempt->reading, boundary) ||
        !nb_match_is_own(attempt->reading, match->from))
        return false;
    for (int i = 0; i < match->n_meant; i++) {
        if (nb_match_is_never(attempt->reading, match->meant[i], match->from))
            return false;
    }
    return true;
}

/* It may be left out before a mark; at the end of a text that is being typed it may still come. */
bool nb_match_has_unit(const struct nb_reading *reading, int phrase, int number, int unit)
{
    const struct nb_token *at = nb_reading_token(reading, number);
    const struct nb_phrase *meant = phrase_of(reading, phrase);
    if (at->number.percent || meant->n_over)
        return at->number.percent && meant->n_over;
    if (unit == number)
        return nb_reading_token(reading, number + 1) && may_follow(reading, number + 1, false);
    return roles_to(reading, unit, phrase) >> NB_ROLE_UNIT & 1u;
}

static bool attempt_phrase(const struct nb_reading *reading, int phrase, int number, int unit,
                           struct nb_match *match)
{
    struct attempt attempt = begin_attempt(reading, phrase, number, unit);
    if (!nb_match_has_unit(reading, phrase, number, unit))
        return false;
    int boundary = walk_left(&attempt, number);
    if (!walk_right(&attempt, unit + 1) || !is_complete(&attempt, boundary) ||
        !is_clear(&attempt, boundary))
        return false;
    *match = attempt.match;
    return true;
}

/* ---- choosing among phrases ---- */

struct candidates {
    int phrases[MOST_CANDIDATES];
    int count;
};

/* Can the phrase be meant by that use of a word: by its verb, or by its object behind the verb of
 * the phrase before? */
static bool is_candidate(const struct nb_reading *reading, const struct nb_use *use)
{
    const struct nb_wording *wording = reading->reporter->wording;
    return use->role == NB_ROLE_VERB ||
           (use->role == NB_ROLE_OBJECT &&
            (nb_word_roles(wording, reading->verb, use->index) >> NB_ROLE_VERB & 1u));
}

static void add_candidates(const struct nb_reading *reading, int token, struct candidates *out)
{
    const struct nb_wording *wording = reading->reporter->wording;
    for (const struct nb_use *use = nb_word_uses(wording, word_at(reading, token)); use;
         use = nb_use_next(wording, use)) {
        bool known = !is_candidate(reading, use) || out->count == MOST_CANDIDATES;
        for (int i = 0; i < out->count && !known; i++)
            known = out->phrases[i] == use->index;
        if (!known)
            out->phrases[out->count++] = use->index;
    }
}

/* Of two matches the longer one; two as long may both be meant. */
static void choose(struct nb_match *best, const struct nb_match *match)
{
    bool equal = best->n_meant && match->from == best->from && match->to == best->to;
    bool longer = !best->n_meant || match->from < best->from ||
                  (match->from == best->from && match->to > best->to);
    if (longer)
        *best = *match;
    else if (equal && !best->is_sum && !match->is_sum && best->n_meant < NB_MOST_MEANT)
        best->meant[best->n_meant++] = match->meant[0];
}

static bool is_end_of_clause(const struct nb_reading *reading, int token)
{
    const struct nb_token *at = nb_reading_token(reading, token);
    return !at || at->kind == NB_TOKEN_COMMA || at->kind == NB_TOKEN_STOP ||
           at->kind == NB_TOKEN_NUMBER;
}

bool nb_match_number(const struct nb_reading *reading, int number, int unit, struct nb_match *match)
{
    struct candidates candidates = { .count = 0 };
    struct nb_match one;
    *match = (struct nb_match) { .n_meant = 0 };
    for (int i = number - 1; number - i < NB_MOST_STEPS && !is_end_of_clause(reading, i); i--)
        add_candidates(reading, i, &candidates);
    for (int i = unit + 1; i - unit < NB_MOST_STEPS && !is_end_of_clause(reading, i); i++)
        add_candidates(reading, i, &candidates);
    for (int i = 0; i < candidates.count; i++) {
        if (attempt_phrase(reading, candidates.phrases[i], number, unit, &one))
            choose(match, &one);
    }
    return match->n_meant > 0;
}

bool nb_match_bare(const struct nb_reading *reading, int behind, struct nb_match *match)
{
    struct candidates candidates = { .count = 0 };
    *match = (struct nb_match) { .n_meant = 0 };
    for (int i = behind - 1; behind - i < NB_MOST_STEPS && !is_end_of_clause(reading, i); i--)
        add_candidates(reading, i, &candidates);
    for (int i = 0; i < candidates.count; i++) {
        struct attempt attempt = begin_attempt(reading, candidates.phrases[i], behind, behind - 1);
        int boundary = walk_left(&attempt, behind);
        if (is_complete(&attempt, boundary) && is_clear(&attempt, boundary))
            choose(match, &attempt.match);
    }
    return match->n_meant > 0;
}

/* ---- claims that there is none ---- */

/* Does the word for none hold a verb of the phrase itself: 未收到? */
static bool holds_verb(const struct nb_phrase *phrase, const struct nb_word *word)
{
    const char *verbs = phrase->verbs;
    size_t len;
    for (const char *verb; (verb = nb_words_next(&verbs, &len));) {
        if (memmem(word->text, word->len_bytes, verb, len))
            return true;
    }
    return false;
}

/* Is the word there one of a phrase that has the same word for none: 无甲案、乙案? */
static bool is_companion(const struct nb_reading *reading, int token, const struct nb_word *none)
{
    const struct nb_wording *wording = reading->reporter->wording;
    for (const struct nb_use *use = nb_word_uses(wording, none); use;
         use = nb_use_next(wording, use)) {
        if (use->role == NB_ROLE_NONE && is_own(roles_to(reading, token, use->index)))
            return true;
    }
    return false;
}

/* Takes the words behind the word for none; the token behind the last of them. Companions count up
 * to the verb, and behind a 、. */
static int walk_claim(struct attempt *attempt, int none)
{
    const struct nb_reading *reading = attempt->reading;
    const struct nb_word *word = word_at(reading, none);
    bool joined = false, hangs = false; /* behind a companion: 无上年转入的来件 is about no 来件 */
    int i = none + 1;
    for (int steps = 0; steps < NB_MOST_STEPS; steps++, i++) {
        unsigned roles = roles_of(attempt, i);
        bool joins = nb_reading_is(reading, i, NB_TOKEN_ENUM) ||
                     nb_reading_has(reading, i, NB_SENSE_JOINING);
        bool open = joined || !(attempt->seen >> NB_ROLE_VERB & 1u);
        bool companion = !is_own(roles) && open && is_companion(reading, i, word);
        joined = joined || joins;
        if (hangs && (roles >> NB_ROLE_VERB & 1u))
            break;
        hangs = companion || (hangs && !joins);
        take_roles(attempt, i, roles);
        if (is_own(roles) || companion)
            attempt->match.to = i;
        else if (!joins && !nb_reading_is_passive(reading, i))
            break;
    }
    return i;
}

/* What follows must not narrow the claim: 未发生甲案败诉. */
static bool may_end_claim(const struct nb_reading *reading, int token)
{
    const struct nb_token *at = nb_reading_token(reading, token);
    return !at || at->kind == NB_TOKEN_COMMA || at->kind == NB_TOKEN_STOP ||
           at->kind == NB_TOKEN_CLOSE || nb_word_has(at->word, NB_SENSE_JOINING);
}

bool nb_match_none(const struct nb_reading *reading, int token, int phrase, struct nb_match *match)
{
    const struct nb_phrase *meant = phrase_of(reading, phrase);
    struct attempt attempt = begin_attempt(reading, phrase, token, token);
    int behind = walk_claim(&attempt, token);
    bool named = meant->topic >= 0 && (attempt.match.topics >> meant->topic & 1u);
    bool whole = !*meant->verbs && !*meant->objects; /* 全部办结 needs no other word */
    if (whole || (named && holds_verb(meant, nb_reading_token(reading, token)->word)))
        attempt.seen |= 1u << NB_ROLE_VERB;
    int boundary = walk_left(&attempt, token);
    if (!may_end_claim(reading, behind) || !is_complete(&attempt, boundary) ||
        !is_clear(&attempt, boundary))
        return false;
    *match = attempt.match;
    return true;
}
