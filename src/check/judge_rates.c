/* Percentages and differences: do they recompute?
 *
 * A share is tried with every whole it can honestly have: the quantities before it in the sentence
 * and the totals of its topic. Growth is tried with last year's draft and with every other quantity
 * of the sentence. It is wrong where none gives it, to half of its last place or 0.05 points. */
#include "judge.h"

enum { MILLION = 1000000, MOST_BEFORE = 16, MOST_VALUES = 8, MOST_WHOLES = 64, SPARE = 50000 };

static nb_wide magnitude(nb_wide value)
{
    return value < 0 ? -value : value;
}

void nb_judge_add_percent(struct nb_buf *out, nb_wide part, nb_wide whole, nb_wide step)
{
    if (step > MILLION || step <= 0)
        step = MILLION;
    nb_wide places = part * 100 * (MILLION / step), rest = places % whole;
    places = places / whole + (rest * 2 >= whole ? 1 : rest * 2 <= -whole ? -1 : 0);
    nb_wide_write(out, places * step);
    nb_buf_putc(out, '%');
}

bool nb_judge_is_percent(nb_wide part, nb_wide whole, const struct nb_number *number)
{
    bool all = number->value == 100 * MILLION; /* 99.6% is not 100% */
    nb_wide spare = number->step / 2 < SPARE || all ? SPARE : number->step / 2;
    return whole > 0 && magnitude(part * 100 * MILLION - number->value * whole) <= spare * whole;
}

/* The values that the statement of a rate can have: its number, or the sums it may mean. */
struct values {
    nb_wide items[MOST_VALUES];
    const struct nb_equation *sums[MOST_VALUES]; /* NULL: the number itself */
    int count;
    bool unknown; /* a sum has a blank cell */
};

/* The first cell that the statement may mean, -1: none. */
static int first_cell(const struct nb_judge *judge, const struct nb_statement *statement)
{
    const struct nb_phrase *phrase =
        statement->n_meant ? nb_judge_phrase(judge, statement, 0) : NULL;
    return phrase && phrase->n_equals ? phrase->equals[0].terms[0].cell : -1;
}

static void add_value(struct values *values, nb_wide value, const struct nb_equation *sum)
{
    if (values->count == MOST_VALUES)
        return;
    values->sums[values->count] = sum;
    values->items[values->count++] = value;
}

/* The number of `other` in the unit of the cells that `statement` means. */
static nb_wide stated_value(const struct nb_judge *judge, const struct nb_statement *statement,
                            const struct nb_statement *other)
{
    int cell = first_cell(judge, statement);
    return cell < 0 ? other->number.value
                    : nb_judge_in_units_of(judge, cell, other->unit, other->number.value);
}

/* A number that is one of the sums means that one and no other. */
static struct values values_of(const struct nb_judge *judge, const struct nb_statement *statement)
{
    struct values values = { .count = 0 };
    bool plain = nb_statement_is_plain(statement);
    nb_wide number = stated_value(judge, statement, statement);
    if (plain)
        add_value(&values, number, NULL);
    for (int i = 0; i < statement->n_meant; i++) {
        const struct nb_phrase *phrase = nb_judge_phrase(judge, statement, i);
        for (int j = 0; j < phrase->n_equals; j++) {
            nb_wide value;
            if (!nb_judge_sum(judge, &phrase->equals[j], &value)) {
                values.unknown = true;
            } else if (plain && value == number) {
                values = (struct values) { .count = 0 };
                add_value(&values, value, &phrase->equals[j]);
                return values;
            } else {
                add_value(&values, value, &phrase->equals[j]);
            }
        }
    }
    return values;
}

/* ---- shares ---- */

/* What the part may be a share of. */
struct wholes {
    nb_wide items[MOST_WHOLES];
    int count;
    bool unknown; /* one of them is not known */
};

static void add_whole(struct wholes *wholes, nb_wide whole)
{
    if (wholes->count < MOST_WHOLES && whole > 0)
        wholes->items[wholes->count++] = whole;
}

static void add_sums(const struct nb_judge *judge, const struct nb_phrase *phrase,
                     struct wholes *wholes)
{
    for (int i = 0; i < phrase->n_equals; i++) {
        nb_wide whole;
        if (nb_judge_sum(judge, &phrase->equals[i], &whole))
            add_whole(wholes, whole);
        else
            wholes->unknown = true;
    }
}

static bool is_of_topic(const struct nb_phrase *phrase, const struct nb_topic *topic,
                        const struct nb_topic *topics)
{
    return phrase->topic >= 0 && (phrase->topic == topic - topics || phrase->topic == topic->of);
}

/* The totals of the topic are the sums of its phrases that are no parts; a topic without such may
 * mean any. */
static void add_totals(const struct nb_judge *judge, int topic, struct wholes *wholes)
{
    const struct nb_wording *wording = judge->form->wording;
    const struct nb_topic *topics = wording->topics;
    bool has_totals = false;
    for (int i = 0; i < wording->n_phrases; i++)
        has_totals = has_totals || (is_of_topic(&wording->phrases[i], &topics[topic], topics) &&
                                    !wording->phrases[i].adds);
    for (int i = 0; i < wording->n_phrases; i++) {
        const struct nb_phrase *phrase = &wording->phrases[i];
        if (is_of_topic(phrase, &topics[topic], topics) && !(has_totals && phrase->adds))
            add_sums(judge, phrase, wholes);
    }
}

/* The quantities before it in the sentence. */
static void add_stated(const struct nb_judge *judge, const struct nb_rate *rate,
                       struct wholes *wholes)
{
    const struct nb_statement *items = judge->statements->items, *own = &items[rate->statement];
    int first = own->sentence;
    if (own->whole >= 0 && own->whole < first)
        first = own->whole;
    if (rate->statement - first > MOST_BEFORE)
        first = rate->statement - MOST_BEFORE;
    for (int i = first; i < rate->statement; i++) {
        if (nb_statement_is_plain(&items[i]))
            add_whole(wholes, items[i].number.value);
        else
            wholes->unknown = wholes->unknown || !items[i].is_bare;
    }
}

/* The likeliest first, which is shown where none fits. */
static struct wholes wholes_of(const struct nb_judge *judge, const struct nb_rate *rate)
{
    const struct nb_statement *items = judge->statements->items;
    const struct nb_statement *statement = &items[rate->statement];
    int topic = statement->n_meant ? nb_judge_phrase(judge, statement, 0)->topic : -1;
    struct wholes wholes = { .unknown = topic < 0 && statement->whole < 0 };
    if (statement->whole >= 0 && nb_statement_is_plain(&items[statement->whole]))
        add_whole(&wholes, items[statement->whole].number.value);
    for (int i = 0; i < rate->n_of; i++)
        add_sums(judge, &judge->form->wording->phrases[rate->of[i]], &wholes);
    add_stated(judge, rate, &wholes);
    if (topic >= 0)
        add_totals(judge, topic, &wholes);
    return wholes;
}

static void tell_rate(struct nb_judge *judge, const struct nb_rate *rate, enum nb_message message,
                      const char *sum, const char *right)
{
    struct nb_buf quote = { 0 };
    nb_judge_add_quote(judge, rate->span, &quote);
    struct nb_diag *diag =
        nb_diag_add(judge->diags, judge->facts->file, nb_judge_mark(judge, rate->span), message,
                    "quote", quote.data, "sum", sum, "percent", right, NULL);
    nb_judge_settle(judge, diag, rate->span, quote.data, right);
    nb_buf_release(&quote);
}

static void tell_share(struct nb_judge *judge, const struct nb_rate *rate, nb_wide part,
                       nb_wide whole)
{
    struct nb_buf sum = { 0 }, right = { 0 };
    nb_judge_add_percent(&right, part, whole, rate->number.step);
    nb_wide_write(&sum, part);
    nb_buf_puts(&sum, " ÷ ");
    nb_wide_write(&sum, whole);
    tell_rate(judge, rate, NB_MSG_PROSE_PERCENT, sum.data, right.data);
    nb_buf_release(&sum);
    nb_buf_release(&right);
}

static void judge_share(struct nb_judge *judge, const struct nb_rate *rate)
{
    struct values parts = values_of(judge, &judge->statements->items[rate->statement]);
    struct wholes wholes = wholes_of(judge, rate);
    for (int i = 0; i < parts.count; i++) {
        for (int j = 0; j < wholes.count; j++) {
            if (nb_judge_is_percent(parts.items[i], wholes.items[j], &rate->number))
                return;
        }
    }
    if (!parts.unknown && !wholes.unknown && parts.count && wholes.count)
        tell_share(judge, rate, parts.items[0], wholes.items[0]);
}

/* ---- growth and change ---- */

static bool is_growth(const struct nb_judge *judge, nb_wide now, nb_wide before,
                      const struct nb_rate *rate)
{
    nb_wide change = rate->falls ? before - now : now - before;
    if (rate->kind != NB_RATE_CHANGE)
        return nb_judge_is_percent(change, before, &rate->number);
    int cell = first_cell(judge, &judge->statements->items[rate->statement]);
    nb_wide stated = nb_judge_in_units_of(judge, cell, rate->unit, rate->number.value);
    nb_wide step = nb_judge_in_units_of(judge, cell, rate->unit, rate->number.step);
    bool rounded = step != MILLION || judge->form->cells[cell].kind == NB_AMOUNT; /* 6.12万 */
    return change == stated || (rounded && magnitude(change - stated) < step);
}

/* Is it growth from another quantity that the sentence states? */
static bool grows_from_stated(const struct nb_judge *judge, const struct nb_rate *rate,
                              const struct values *values)
{
    const struct nb_statements *statements = judge->statements;
    int first = statements->items[rate->statement].sentence;
    for (int i = first; i < statements->count && i < first + MOST_BEFORE; i++) {
        const struct nb_statement *other = &statements->items[i];
        if (i == rate->statement || other->sentence != first)
            continue;
        for (int j = 0; j < values->count; j++) {
            nb_wide before = stated_value(judge, &statements->items[rate->statement], other);
            if (is_growth(judge, values->items[j], before, rate))
                return true;
        }
    }
    return false;
}

/* Compared by the same sum of last year: growth from 收到 to 收到, with or without what was carried
 * over. The stated number may stand for any of them. */
static bool grows_from_last(const struct nb_judge *judge, const struct nb_rate *rate,
                            const struct values *values, bool *unknown)
{
    for (int i = 0; i < values->count; i++) {
        for (int j = 0; j < values->count; j++) {
            nb_wide last;
            if (!values->sums[j] || (values->sums[i] && i != j))
                continue;
            if (!nb_judge_last_sum(judge, values->sums[j], &last))
                *unknown = true;
            else if (is_growth(judge, values->items[i], last, rate))
                return true;
        }
    }
    return false;
}

static void tell_growth(struct nb_judge *judge, const struct nb_rate *rate,
                        const struct values *values)
{
    nb_wide now = 0, last = 0;
    for (int i = 0; i < values->count; i++) {
        if (values->sums[i]) {
            now = values->items[i];
            nb_judge_last_sum(judge, values->sums[i], &last);
            break;
        }
    }
    struct nb_buf sum = { 0 }, right = { 0 };
    nb_wide_write(&sum, last);
    nb_buf_puts(&sum, " → ");
    nb_wide_write(&sum, now);
    nb_buf_puts(&right, now > last ? "+" : "");
    if (rate->kind == NB_RATE_CHANGE)
        nb_wide_write(&right, now - last);
    else if (last > 0)
        nb_judge_add_percent(&right, now - last, last, rate->number.step);
    else
        nb_buf_puts(&right, "—");
    tell_rate(judge, rate, NB_MSG_PROSE_GROWTH, sum.data, right.data);
    nb_buf_release(&sum);
    nb_buf_release(&right);
}

static void judge_growth(struct nb_judge *judge, const struct nb_rate *rate)
{
    const struct nb_statement *statement = &judge->statements->items[rate->statement];
    struct values values = values_of(judge, statement);
    bool unknown = values.unknown || !judge->facts->prior || first_cell(judge, statement) < 0 ||
                   statement->is_sum || nb_judge_phrase(judge, statement, 0)->n_over;
    if (unknown || grows_from_stated(judge, rate, &values) ||
        grows_from_last(judge, rate, &values, &unknown) || unknown)
        return;
    tell_growth(judge, rate, &values);
}

void nb_judge_rates(struct nb_judge *judge)
{
    const struct nb_statements *statements = judge->statements;
    for (int i = 0; i < statements->n_rates; i++) {
        const struct nb_rate *rate = &statements->rates[i];
        bool percent = rate->kind != NB_RATE_CHANGE;
        bool some = statements->items[rate->statement].exactness == NB_NOT_MORE;
        if (some || judge->told[rate->statement] ||
            (percent && rate->number.value > NB_MOST_PERCENT))
            continue;
        if (rate->kind == NB_RATE_SHARE)
            judge_share(judge, rate);
        else
            judge_growth(judge, rate);
    }
}
