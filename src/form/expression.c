/*   rule      sum relation sum                    relation  == <= >= iff-zero
 *   sum       [+|-] product { (+|-) product }
 *   product   number | [number [*]] address        number    at most NB_MAX_FACTOR
 *   address   [last:] id { . id }                  id        [a-z_]+, once in an address: *  */
#include "expression.h"

#include <string.h>

#include "nianbao/text.h"

struct reader {
    struct nb_build *build;
    const struct nb_tree *value;
    const char *at;
    struct nb_expression *out;
    int side;
};

static struct nb_mark mark_of(const struct reader *reader, const char *at)
{
    struct nb_mark mark = reader->value->mark;
    if (reader->value->plain)
        mark.column += nb_utf8_count(reader->value->text, at);
    return mark;
}

static bool fault(const struct reader *reader, const char *at, const char *what)
{
    nb_diag_add(reader->build->diags, reader->build->file, mark_of(reader, at),
                NB_MSG_FORM_EXPRESSION, "what", what, NULL);
    return false;
}

static void skip_blanks(struct reader *reader)
{
    while (*reader->at == ' ' || *reader->at == '\n')
        reader->at++;
}

static bool take(struct reader *reader, const char *word)
{
    skip_blanks(reader);
    size_t len = strlen(word);
    if (strncmp(reader->at, word, len) != 0)
        return false;
    reader->at += len;
    return true;
}

static bool is_number_next(struct reader *reader)
{
    skip_blanks(reader);
    return *reader->at >= '0' && *reader->at <= '9';
}

static bool read_number(struct reader *reader, int64_t *number)
{
    const char *from = reader->at;
    *number = 0;
    for (; *reader->at >= '0' && *reader->at <= '9'; reader->at++) {
        *number = *number * 10 + (*reader->at - '0');
        if (*number > NB_MAX_FACTOR)
            return fault(reader, from, "系数不能超过 1000000");
    }
    return true;
}

/* By hand: strspn() makes a table of its set at every call, and shipped forms are compiled whenever
 * the program starts. */
static size_t id_length(const char *at)
{
    size_t len = 0;
    while ((at[len] >= 'a' && at[len] <= 'z') || at[len] == '_')
        len++;
    return len;
}

/* Ids joined by dots, with at most one * that fills a whole place. */
static bool is_address(const char *text)
{
    int stars = 0, parts = 0;
    for (const char *at = text;; at++) {
        size_t len = id_length(at);
        if (!len && *at == '*') {
            len = 1;
            stars++;
        }
        if (!len)
            return false;
        parts++;
        at += len;
        if (!*at)
            return parts > 1 && stars <= 1;
        if (*at != '.')
            return false;
    }
}

static bool read_address(struct reader *reader, struct nb_product *product)
{
    product->last = take(reader, "last:");
    const char *from = reader->at;
    size_t len = id_length(from);
    while (from[len] == '.' || from[len] == '*')
        len += 1 + id_length(from + len + 1);
    reader->at += len;
    product->mark = mark_of(reader, from);
    product->address = nb_arena_strndup(reader->build->arena, from, len);
    return is_address(product->address) || fault(reader, from, "这里应为一格或一组的地址");
}

static bool read_product(struct reader *reader, int sign)
{
    struct nb_product *product = &reader->out->products[reader->out->n_products++];
    *product = (struct nb_product) { .side = reader->side, .factor = sign };
    skip_blanks(reader);
    product->mark = mark_of(reader, reader->at);
    if (!is_number_next(reader))
        return read_address(reader, product);
    int64_t number;
    if (!read_number(reader, &number))
        return false;
    product->factor = sign * number;
    bool times = take(reader, "*");
    skip_blanks(reader);
    bool is_address_next = *reader->at == '_' || (*reader->at >= 'a' && *reader->at <= 'z');
    bool is_relation_next = strncmp(reader->at, "iff-zero", 8) == 0;
    return times || (is_address_next && !is_relation_next) ? read_address(reader, product) : true;
}

static bool read_sum(struct reader *reader)
{
    int sign = take(reader, "-") ? -1 : 1;
    if (sign > 0)
        take(reader, "+");
    for (;;) {
        if (!read_product(reader, sign))
            return false;
        if (take(reader, "+"))
            sign = 1;
        else if (take(reader, "-"))
            sign = -1;
        else
            return true;
    }
}

static bool read_relation(struct reader *reader)
{
    static const char *const words[] = { "==", "<=", ">=", "iff-zero" };
    for (int i = 0; i < (int)nb_countof(words); i++) {
        if (take(reader, words[i])) {
            reader->out->relation = (enum nb_relation)i;
            return true;
        }
    }
    return fault(reader, reader->at, "这里应为 ==、<=、>= 或 iff-zero");
}

bool nb_expression_read(struct nb_build *build, const struct nb_tree *value, bool with_relation,
                        struct nb_expression *out)
{
    if (value->type != NB_TREE_TEXT) {
        nb_build_value_fault(build, value, "式子");
        return false;
    }
    /* no more products than operators and one for each side */
    int most = 2;
    for (const char *at = value->text; *at; at++)
        most += *at == '+' || *at == '-';
    *out =
        (struct nb_expression) { .products = nb_build_array(build, most, sizeof *out->products) };
    struct reader reader = { build, value, value->text, out, NB_LEFT };
    if (!read_sum(&reader))
        return false;
    if (with_relation) {
        if (!read_relation(&reader))
            return false;
        reader.side = NB_RIGHT;
        if (!read_sum(&reader))
            return false;
    }
    skip_blanks(&reader);
    return !*reader.at || fault(&reader, reader.at, "后面多出了内容");
}
