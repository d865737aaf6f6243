/* Where lines end: the rules one by one, then all of them on generated text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unigbrk.h>

#include <cmocka.h>

#include "draft_support.h"
#include "nianbao/text.h"

/* The two lists as src/text/wrap.c explains them, typed again. */
static const char never_first[] = "，。、；：？！）》」』”’…%,.;:?!)]}％‰℃〉】〕］｝·～";
static const char never_last[] = "（《「『“‘([{〈【〔［｛";

static bool is_in(const char *set, uint32_t code)
{
    for (uint32_t other; (other = nb_utf8_next(&set));) {
        if (other == code)
            return true;
    }
    return false;
}

static uint32_t first_of(const char *text)
{
    return nb_utf8_next(&text);
}

static uint32_t last_of(const char *text, size_t len)
{
    const char *at = text + len;
    do {
        at--;
    } while (((unsigned char)*at & 0xC0) == 0x80);
    return first_of(at);
}

/* ---- examples ---- */

static void add_pieces(struct nb_buf *out, const char *text)
{
    struct nb_pieces pieces;
    nb_pieces_cut(&pieces, text, strlen(text));
    for (int i = 0; i < pieces.count; i++) {
        nb_buf_puts(out, i ? "|" : "");
        nb_buf_add(out, text + pieces.items[i].start, pieces.items[i].len);
    }
    nb_pieces_release(&pieces);
}

static void lines_may_end_where_typography_allows(void **state)
{
    (void)state;
    static const struct {
        const char *text, *pieces;
    } cases[] = {
        { "", "" },
        { "年", "年" },
        { "年报", "年|报" },
        { "申请，答复。", "申|请，|答|复。" },
        { "（一）公开", "（一）|公|开" },
        { "见《条例》第五条", "见|《条|例》|第|五|条" },
        { "受理3646件", "受|理|3646|件" },
        { "金额72701.2578万元", "金|额|72701.2578|万|元" },
        { "占99.5%以上", "占|99.5%|以|上" },
        { "共1,234件", "共|1,234|件" },
        { "本年-121项", "本|年-121|项" },
        { "he said no", "he|said|no" },
        { "用nianbao填报", "用|nianbao|填|报" },
        { "危及“三安全”的", "危|及|“三|安|全”|的" },
        { "说：“好。”他", "说：|“好。”|他" },
        { "‘甲’‘乙’", "‘甲’|‘乙’" },
        { "a“b”c", "a“b”c" },
        { "等等……再说", "等|等……|再|说" },
        { "〔2021〕30号", "〔2021〕|30|号" },
        { "甲 乙", "甲|乙" },
        { "甲·乙", "甲·|乙" },
        { "甲～乙", "甲～|乙" },
        { "（ 甲 ）", "（ 甲 ）" },
        { "甲 ，乙", "甲 ，|乙" },
        { "𠮷野家", "𠮷|野|家" },
        { "e\u0301te\u0301", "e\u0301te\u0301" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct nb_buf got = { 0 };
        add_pieces(&got, cases[i].text);
        assert_text(cases[i].text, nb_buf_text(&got), cases[i].pieces);
        nb_buf_release(&got);
    }
}

struct filling {
    const char *text;
    int indent_cols, width_cols;
    const char *lines;
};

static void expect_filling(const struct filling *filling)
{
    struct nb_pieces pieces;
    struct nb_lines lines = { 0 };
    struct nb_buf got = { 0 };
    nb_pieces_cut(&pieces, filling->text, strlen(filling->text));
    nb_lines_fill(&lines, &pieces, filling->text, filling->indent_cols, filling->width_cols);
    for (int i = 0; i < lines.count; i++) {
        nb_buf_puts(&got, i ? "|" : "");
        nb_buf_add(&got, filling->text + lines.items[i].start, lines.items[i].len);
    }
    assert_text(filling->text, nb_buf_text(&got), filling->lines);
    nb_buf_release(&got);
    nb_lines_release(&lines);
    nb_pieces_release(&pieces);
}

static void lines_are_filled(void **state)
{
    (void)state;
    static const struct filling cases[] = {
        { "", 0, 10, "" },
        { "申请答复", 0, 4, "申请|答复" },
        { "申请答复", 0, 5, "申请|答复" },
        { "申请答复", 4, 6, "申|请答复" },
        { "申请答复", 4, 8, "申请|答复" },
        { "申请，答复。", 0, 4, "申|请，|答|复。" },
        { "收到（一）件", 0, 6, "收到|（一）|件" },
        { "收到12345件", 0, 8, "收到|12345件" },
        { "收到12345678件", 0, 8, "收到|12345678|件" },
        { "no line is too long", 0, 8, "no line|is too|long" },
        { "no  line", 0, 8, "no  line" },
        { "no  line", 0, 7, "no|line" },
        { "no line  ", 0, 80, "no line" },
        { "abcdefghij", 0, 4, "abcd|efgh|ij" },
        { "abcdefghij年", 0, 4, "abcd|efgh|ij年" },
        { "年", 0, 1, "年" },
        { "年报", 0, 1, "年|报" },
        { "e\u0301e\u0301e\u0301", 0, 2, "e\u0301e\u0301|e\u0301" },
        { "年。。。。", 0, 4, "年。|。。|。" },
        { "全面公开“三安全”事项", 0, 8, "全面公开|“三安全”|事项" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++)
        expect_filling(&cases[i]);
}

static void only_the_first_line_is_indented(void **state)
{
    (void)state;
    static const struct filling cases[] = {
        { "申请答复公开", 4, 8, "申请|答复公开" },
        { "abcdefghij", 4, 8, "abcd|efghij" },
        { "abcdefghijkl年", 4, 8, "abcd|efghijkl|年" },
        { "abcdefgh年", 4, 8, "abcd|efgh年" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++)
        expect_filling(&cases[i]);
}

static void blanks_vanish_where_a_long_piece_is_broken(void **state)
{
    (void)state;
    static const struct filling cases[] = {
        { "abc  )", 0, 5, "abc|)" },
        { "abc  )", 0, 4, "abc|)" },
        { "abc  )", 0, 3, "abc|)" },
        { "abc  )", 0, 6, "abc  )" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++)
        expect_filling(&cases[i]);
}

/* A full-width blank is a blank: where a line ends it goes like any other. */
static void full_width_blanks_vanish_where_a_line_ends(void **state)
{
    (void)state;
    static const struct filling cases[] = {
        { "申请　答复", 0, 6, "申请|答复" },
        { "申请　答复", 0, 4, "申请|答复" },
        { "申请　答复", 0, 10, "申请　答复" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++)
        expect_filling(&cases[i]);
}

static void lines_are_used_again(void **state)
{
    (void)state;
    struct nb_lines lines = { 0 };
    static const char *const texts[] = { "申请答复公开", "年", "", "申请" };
    static const int counts[] = { 3, 1, 0, 1 };
    for (size_t i = 0; i < nb_countof(texts); i++) {
        struct nb_pieces pieces;
        nb_pieces_cut(&pieces, texts[i], strlen(texts[i]));
        nb_lines_fill(&lines, &pieces, texts[i], 0, 4);
        assert_int_equal(lines.count, counts[i]);
        nb_pieces_release(&pieces);
    }
    nb_lines_release(&lines);
}

/* ---- generated text ---- */

static const char *const words[] = {
    "年",   "报",   "公",         "开",      "申",   "请", "𠮷", "条", "例", "一", "示例市",
    "，",   "。",   "、",         "；",      "：",   "？", "！", "（", "）", "《", "》",
    "“",    "”",    "‘",          "’",       "「",   "」", "……", "——", "〔", "〕", "·",
    "2847", "99.5", "72701.2578", "1,234",   "2021", "0",  "%",  "％", "件", "",   " ",
    "  ",   "web",  "nianbao",    "e\u0301", "a-b",  "(",  ")",  "[",  "]",  ".",  ",",
};

static void add_words(struct nb_buf *out, uint64_t *seed)
{
    for (int count = random_below(seed, 40); count > 0; count--)
        nb_buf_puts(out, words[random_below(seed, (int)nb_countof(words))]);
}

struct sample {
    const char *text;
    size_t len;
    struct nb_pieces pieces;
    struct nb_lines lines;
    int indent_cols, width_cols;
};

static void print_sample(const struct sample *sample, const char *what, int line)
{
    print_error("%s at line %d of width %d, indent %d:\n", what, line, sample->width_cols,
                sample->indent_cols);
    for (int i = 0; i < sample->lines.count; i++)
        print_error("[%.*s]\n", (int)sample->lines.items[i].len,
                    sample->text + sample->lines.items[i].start);
    fail();
}

static int room_of(const struct sample *sample, int line)
{
    return sample->width_cols - (line == 0 ? sample->indent_cols : 0);
}

/* The piece that begins at this byte, -1 where the byte is inside of one. */
static int piece_at(const struct sample *sample, size_t offset)
{
    for (int i = 0; i < sample->pieces.count; i++) {
        if (sample->pieces.items[i].start == offset)
            return i;
    }
    return -1;
}

static bool is_single_grapheme(const char *text, size_t len)
{
    const uint8_t *at = (const uint8_t *)text;
    return u8_grapheme_next(at, at + len) == at + len;
}

static void check_widths(const struct sample *sample)
{
    for (int i = 0; i < sample->lines.count; i++) {
        const struct nb_line *line = &sample->lines.items[i];
        const char *text = sample->text + line->start;
        if (line->width != nb_text_width(text, line->len))
            print_sample(sample, "wrong width", i);
        if (line->width > room_of(sample, i) && !is_single_grapheme(text, line->len))
            print_sample(sample, "line too wide", i);
        if (line->len && text[line->len - 1] == ' ')
            print_sample(sample, "trailing blank", i);
    }
}

/* Nothing is lost but blanks between lines. */
static void check_content(const struct sample *sample)
{
    size_t at = 0;
    for (int i = 0; i <= sample->lines.count; i++) {
        bool behind = i == sample->lines.count;
        size_t start = behind ? sample->len : sample->lines.items[i].start;
        if (start < at || strspn(sample->text + at, " ") < start - at)
            print_sample(sample, "text lost or doubled", i);
        if (!behind)
            at = start + sample->lines.items[i].len;
    }
}

/* A line that ends inside a piece: no line could hold the piece, and this one no more of it. */
static void check_broken_piece(const struct sample *sample, int i)
{
    const struct nb_line *line = &sample->lines.items[i], *before = line - 1;
    const struct nb_piece *piece = sample->pieces.items;
    while (piece->start + piece->len <= line->start)
        piece++;
    if (piece->width <= room_of(sample, i - 1))
        print_sample(sample, "broken piece", i);
    const uint8_t *at = (const uint8_t *)sample->text + line->start;
    const uint8_t *next = u8_grapheme_next(at, (const uint8_t *)sample->text + sample->len);
    int blank = (int)(line->start - before->start - before->len);
    int width = nb_text_width((const char *)at, (size_t)(next - at));
    if (before->width + blank + width <= room_of(sample, i - 1))
        print_sample(sample, "line ends early inside a piece", i - 1);
}

/* Lines end between pieces, except inside a piece that is wider than a line can be; and a line
 * takes all it can hold. */
static void check_breaks(const struct sample *sample)
{
    for (int i = 1; i < sample->lines.count; i++) {
        const struct nb_line *line = &sample->lines.items[i], *before = line - 1;
        int piece = piece_at(sample, line->start);
        if (piece < 0) {
            check_broken_piece(sample, i);
            continue;
        }
        const struct nb_piece *next = &sample->pieces.items[piece];
        if (before->len && before->width + next[-1].blank + next->width <= room_of(sample, i - 1))
            print_sample(sample, "line ends early", i - 1);
    }
}

/* No piece begins or ends with what no line may begin or end with, nor cuts a number or a word. */
static void check_pieces(const struct sample *sample)
{
    for (int i = 1; i < sample->pieces.count; i++) {
        const struct nb_piece *piece = &sample->pieces.items[i];
        const char *text = sample->text + piece->start;
        uint32_t last = last_of(sample->text + piece[-1].start, piece[-1].len);
        uint32_t first = first_of(text);
        bool word = !piece[-1].blank && last < 0x80 && first < 0x80 &&
                    strchr("0123456789abcdefghijklmnopqrstuvwxyz", (int)last) &&
                    strchr("0123456789abcdefghijklmnopqrstuvwxyz", (int)first);
        if (is_in(never_first, first) || is_in(never_last, last) || word)
            fail_msg("“%.*s” | “%.*s” in “%s”", (int)piece[-1].len, text - piece[-1].len,
                     (int)piece->len, text, sample->text);
    }
}

static void check_count(const struct sample *sample)
{
    if (sample->indent_cols || sample->pieces.widest > sample->width_cols)
        return;
    int count = nb_lines_count(&sample->pieces, sample->width_cols);
    if (count != sample->lines.count)
        fail_msg("%d lines counted, %d filled: “%s”", count, sample->lines.count, sample->text);
}

static void generated_text_obeys_every_rule(void **state)
{
    (void)state;
    uint64_t seed = 202401;
    struct sample sample = { 0 };
    for (int i = 0; i < 20000; i++) {
        struct nb_buf text = { 0 };
        add_words(&text, &seed);
        size_t blank = strspn(nb_buf_text(&text), " "); /* paragraphs begin with none */
        sample.text = nb_buf_text(&text) + blank;
        sample.len = text.len - blank;
        sample.width_cols = 1 + random_below(&seed, 30);
        sample.indent_cols = sample.width_cols > 8 && random_below(&seed, 2) ? 4 : 0;
        nb_pieces_cut(&sample.pieces, sample.text, sample.len);
        nb_lines_fill(&sample.lines, &sample.pieces, sample.text, sample.indent_cols,
                      sample.width_cols);
        check_pieces(&sample);
        check_widths(&sample);
        check_content(&sample);
        check_breaks(&sample);
        check_count(&sample);
        nb_pieces_release(&sample.pieces);
        nb_buf_release(&text);
    }
    nb_lines_release(&sample.lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_may_end_where_typography_allows),
        cmocka_unit_test(lines_are_filled),
        cmocka_unit_test(only_the_first_line_is_indented),
        cmocka_unit_test(blanks_vanish_where_a_long_piece_is_broken),
        cmocka_unit_test(full_width_blanks_vanish_where_a_line_ends),
        cmocka_unit_test(lines_are_used_again),
        cmocka_unit_test(generated_text_obeys_every_rule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
