/* Dates as reports write them. */
#include <stdio.h>
#include <string.h>
#include <uchar.h>
#include <unictype.h>

#include "nianbao/text.h"
#include "prose.h"

/* A digit of any width, or a numeral that stands for one; -1: none. 十 is 10. */
static int digit_of(uint32_t code)
{
    static const char32_t numerals[] = U"〇一二三四五六七八九";
    for (int i = 0; i < 10; i++) {
        if (numerals[i] == code)
            return i;
    }
    if (code == U'○' || code == U'零' || code == U'Ｏ' || code == U'О')
        return 0;
    return code == U'十' ? 10 : uc_decimal_value(code);
}

/* The number that begins here, at most `most`; -1: none. 二十一 and 二一 are 21. */
static int read_number(const char **text, int most)
{
    int number = -1;
    bool tens = false;
    for (const char *at = *text; number <= most; *text = at) {
        int digit = digit_of(nb_utf8_next(&at));
        if (digit < 0)
            return number;
        if (digit == 10)
            number = number < 0 ? 10 : number * 10;
        else if (tens)
            number += digit;
        else
            number = number < 0 ? digit : number * 10 + digit;
        tens = digit == 10;
    }
    return -1;
}

static bool take(const char **text, const char *const *words, int count)
{
    const char *at = nb_utf8_skip_blanks(*text, NULL);
    for (int i = 0; i < count; i++) {
        size_t len = strlen(words[i]);
        if (strncmp(at, words[i], len) == 0) {
            *text = nb_utf8_skip_blanks(at + len, NULL);
            return true;
        }
    }
    return false;
}

bool nb_read_date(const char *text, char out[11])
{
    static const char *const years[] = { "年", "-", ".", "/", "－", "．" };
    static const char *const months[] = { "月", "-", ".", "/", "－", "．" };
    static const char *const days[] = { "日", "号", "號" };
    static const int longest[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    const char *at = nb_utf8_skip_blanks(text, NULL);
    int year = read_number(&at, 9999);
    if (year < 1000 || !take(&at, years, (int)nb_countof(years)))
        return false;
    int month = read_number(&at, 12);
    if (month < 1 || !take(&at, months, (int)nb_countof(months)))
        return false;
    int day = read_number(&at, longest[month - 1]);
    if (day < 1)
        return false;
    take(&at, days, (int)nb_countof(days));
    if (*nb_utf8_skip_blanks(at, NULL))
        return false;
    snprintf(out, 11, "%04d-%02d-%02d", year % 10000, month % 100, day % 100);
    return true;
}

int nb_read_year(const char *text, size_t *length)
{
    static const char *const words[] = { "年度", "年" };
    const char *at = text;
    int year = read_number(&at, 9999);
    if (year < 1000 || !take(&at, words, (int)nb_countof(words)))
        return 0;
    *length = (size_t)(at - text);
    return year;
}
