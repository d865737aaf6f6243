/* Years and dates as a report names them.
 *
 *   period   date [ to date ] [ 止 ]                     2024年1月1日至12月31日
 *   date     [year 年] [month 月 [day 日]] [底|末]       2024年, 12月31日, 6月底
 *
 * In a range the first date may lack the sign behind its last number: 2019—2024年, 1—6月. */
#include <string.h>

#include "nianbao/text.h"
#include "tokens.h"

struct date {
    int year, month, day; /* 0: not named */
    bool bare;            /* its last number has no sign behind it */
};

static bool take_any(const char **at, const char *end, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (nb_text_take(at, end, words[i]))
            return true;
    }
    return false;
}

/* A whole number of at most four digits or as many numerals, -1: none. */
static int take_number(const char **at, const char *end)
{
    struct nb_number number;
    size_t len = nb_number_read(*at, end, &number);
    if (!len || number.percent || number.vague || number.value % 1000000 != 0 ||
        number.value / 1000000 > 9999)
        return -1;
    *at += len;
    return (int)(number.value / 1000000);
}

static bool is_year(int number)
{
    return number >= 1900 && number <= 2100;
}

/* Reads a date at *at; false, and *at unchanged, where there is none. */
static bool take_date(const char **at, const char *end, struct date *date)
{
    const char *from = *at, *next = *at;
    *date = (struct date) { 0 };
    int number = take_number(&next, end);
    if (is_year(number) && nb_text_take(&next, end, "年")) {
        date->year = number;
        *at = next;
        number = take_number(&next, end);
    }
    if (number >= 1 && number <= 12 && nb_text_take(&next, end, "月")) {
        date->month = number;
        *at = next;
        number = take_number(&next, end);
        if (number >= 1 && number <= 31 && nb_text_take(&next, end, "日")) {
            date->day = number;
            *at = next;
        }
    }
    return *at > from;
}

/* 2019 of 2019—2024年, 1 of 1—6月: the number alone, where a dash or 至 follows. */
static bool take_bare(const char **at, const char *end, struct date *date)
{
    const char *next = *at;
    int number = take_number(&next, end);
    *date = (struct date) { .bare = true };
    if (is_year(number))
        date->year = number;
    else if (number >= 1 && number <= 12)
        date->month = number;
    else
        return false;
    *at = next;
    return true;
}

static bool take_dash(const char **at, const char *end)
{
    static const char *const dashes[] = { "起至", "至", "到", "——", "—", "–", "-", "~", "～" };
    return take_any(at, end, dashes, nb_countof(dashes));
}

static bool is_end_of_year(const struct date *date, bool bottom)
{
    return date->month == 12 && (date->day == 31 || (!date->day && bottom));
}

static enum nb_period period_of_year(int year, int this_year)
{
    if (!this_year)
        return NB_PERIOD_OTHER;
    return year == this_year       ? NB_PERIOD_THIS
           : year == this_year - 1 ? NB_PERIOD_LAST
           : year == this_year + 1 ? NB_PERIOD_NEXT
                                   : NB_PERIOD_OTHER;
}

static enum nb_period period_of_date(const struct date *date, bool bottom, int year)
{
    if (date->month && !is_end_of_year(date, bottom))
        return NB_PERIOD_OTHER;
    return period_of_year(date->year ? date->year : year, year);
}

static enum nb_period period_of_range(const struct date *from, const struct date *to, int year)
{
    bool whole = from->month == 1 && from->day <= 1 && to->month == 12 &&
                 (to->day == 31 || (!to->day && !from->day));
    bool same = !from->year || !to->year || from->year == to->year;
    if (!whole || !same)
        return NB_PERIOD_OTHER;
    return period_of_year(from->year ? from->year : to->year ? to->year : year, year);
}

size_t nb_period_read(const char *text, const char *end, int year, enum nb_period *period)
{
    static const char *const bottoms[] = { "底", "末" };
    const char *at = text, *behind;
    struct date from, to;
    if (!take_date(&at, end, &from) && !take_bare(&at, end, &from))
        return 0;
    behind = at;
    if (take_dash(&behind, end) && take_date(&behind, end, &to) &&
        (!from.bare || !from.month || to.month)) {
        *period = period_of_range(&from, &to, year);
        nb_text_take(&behind, end, "止");
        return (size_t)(behind - text);
    }
    if (from.bare)
        return 0;
    bool bottom = from.month && take_any(&at, end, bottoms, nb_countof(bottoms));
    *period = period_of_date(&from, bottom, year);
    nb_text_take(&at, end, "止");
    return (size_t)(at - text);
}
