/* Slips of the keyboard: which are found, which are not, and what they are mended to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "draft_support.h"
#include "nianbao/typography.h"

struct slip {
    const char *text;
    int places[NB_TYPO_KINDS]; /* half-width, brackets, number */
    const char *mended;
};

static const struct slip slips[] = {
    /* half-width marks */
    { "已通过测试,全部支持", { 1 }, "已通过测试，全部支持" },
    { "已通过测试, 全部支持", { 1 }, "已通过测试，全部支持" },
    { "如下:一是公开;二是答复", { 2 }, "如下：一是公开；二是答复" },
    { "够不够?不够!", { 2 }, "够不够？不够！" },
    { "做完了.再看", { 1 }, "做完了。再看" },
    { "做完了.\n再看", { 1 }, "做完了。\n再看" },
    { "答复3件,同比减少", { 1 }, "答复3件，同比减少" },
    { "答复率100%,同比持平", { 1 }, "答复率100%，同比持平" },
    { "答复{requests.new.total}件,共{requests.new.total},同比持平",
      { 2 },
      "答复{requests.new.total}件，共{requests.new.total}，同比持平" },
    { "《条例》,下同", { 1 }, "《条例》，下同" },
    { "下发通知,2024年执行", { 1 }, "下发通知，2024年执行" },
    /* brackets and quotes: both sides are one place */
    { "各区县(市)政府", { 1 }, "各区县（市）政府" },
    { "(一)主动公开", { 1 }, "（一）主动公开" },
    { "甲(乙(丙)丁)", { 2 }, "甲（乙（丙）丁）" },
    { "甲(乙(1)丁)", { 1 }, "甲（乙(1)丁）" },
    { "关于修改<甲办法>的决定", { 1 }, "关于修改〈甲办法〉的决定" },
    { "推进\"双公示\"和\"双随机\"", { 2 }, "推进“双公示”和“双随机”" },
    { "占8%(涉企)", { 1 }, "占8%（涉企）" },
    /* no slips */
    { "已通过测试，全部支持。", { 0 }, NULL },
    { "上午9:30开门，比例3:1，共1,234件", { 0 }, NULL },
    { "1.主动公开\n2.依申请公开", { 0 }, NULL },
    { "网址:www.example.cn", { 0 }, NULL },
    { "（http://www.example.cn/a(b)?c=d;e）", { 0 }, NULL },
    { "按照第5.2条，增长3.5%", { 0 }, NULL },
    { "（<http://www.example.cn>）", { 0 }, NULL },
    { "APP(客户端)", { 0 }, NULL },
    { "支持(IPv6)改造", { 0 }, NULL },
    { "公开(没有关上", { 0 }, NULL },
    { "\"甲", { 0 }, NULL },
    { "附件:\"a\"与(b)", { 0 }, NULL },
    /* brackets of notices */
    { "函[2021]30号", { 0, 1 }, "函〔2021〕30号" },
    { "函(2021)30号", { 0, 1 }, "函〔2021〕30号" },
    { "函【2021】第30号", { 0, 1 }, "函〔2021〕第30号" },
    { "函（2021）30号", { 0, 1 }, "函〔2021〕30号" },
    { "函〔2021]30号", { 0, 1 }, "函〔2021〕30号" },
    { "函［2021〕30号", { 0, 1 }, "函〔2021〕30号" },
    { "函〔2021〕30号", { 0 }, NULL },
    { "（2021）京01行初30号", { 0 }, NULL },
    { "报告[2021]，（2021）30件", { 0 }, NULL },
    /* broken numbers */
    { "收费3929. 08万元", { 0, 0, 1 }, "收费3929.08万元" },
    { "收费3929 .08万元", { 0, 0, 1 }, "收费3929.08万元" },
    { "刊发文件67        件", { 0, 0, 1 }, "刊发文件67件" },
    { "刊发文件67 件，2024 年", { 0 }, NULL },
    { "3. 2024年工作", { 0 }, NULL },
    { "做好公开。3. 12月答复", { 0 }, NULL },
    { "2024. 1. 15", { 0 }, NULL },
    { "一、  公开", { 0 }, NULL },
    { "2  主动公开", { 0 }, NULL },
    /* together */
    { "按照函[2021]30号,收费3929. 08万元(含退费)",
      { 2, 1, 1 },
      "按照函〔2021〕30号，收费3929.08万元（含退费）" },
};

static void slips_are_found_and_mended(void **state)
{
    (void)state;
    int failed = 0;
    for (size_t i = 0; i < nb_countof(slips); i++) {
        const struct slip *slip = &slips[i];
        struct nb_typos typos = { 0 };
        struct nb_buf mended = { 0 };
        int places[NB_TYPO_KINDS] = { 0 };
        nb_typos_find(&typos, slip->text, strlen(slip->text));
        nb_typos_mend(&typos, slip->text, strlen(slip->text), &mended);
        for (int j = 0; j < typos.count; j++)
            places[typos.items[j].kind] += !typos.items[j].again;
        const char *wanted = slip->mended ? slip->mended : slip->text;
        if (memcmp(places, slip->places, sizeof places) != 0 ||
            strcmp(nb_buf_text(&mended), wanted) != 0) {
            print_error("%s\n  %d %d %d %s\n", slip->text, places[0], places[1], places[2],
                        nb_buf_text(&mended));
            failed++;
        }
        nb_buf_release(&mended);
        nb_typos_release(&typos);
    }
    assert_int_equal(failed, 0);
}

/* Whatever stands there: what was mended has no slips left but those that mending brings together,
 * and slips stand in order. */
static void slips_do_not_overlap(void **state)
{
    static const char *const parts[] = { "公", "开", ",", "(", ")", "\"", "[",  "2021", "]", "30号",
                                         ". ", "3",  " ", "<", ">", "\n", "《", "》",   ".", "件" };
    uint64_t seed = 7;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        struct nb_buf text = { 0 };
        struct nb_typos typos = { 0 };
        for (int i = random_below(&seed, 30); i > 0; i--)
            nb_buf_puts(&text, parts[random_below(&seed, (int)nb_countof(parts))]);
        nb_typos_find(&typos, nb_buf_text(&text), text.len);
        size_t done = 0;
        for (int i = 0; i < typos.count; i++) {
            if (typos.items[i].offset < done)
                fail_msg("overlap in %s", text.data);
            done = typos.items[i].offset + typos.items[i].len;
        }
        assert_true(done <= text.len);
        nb_typos_release(&typos);
        nb_buf_release(&text);
    }
}

/* Brackets that nothing closes do not make it slow: a million of them cost a small part of a
 * second. */
static void open_brackets_take_no_time(void **state)
{
    enum { LENGTH = 1000000 };
    char *text = nb_xalloc(LENGTH + 1);
    struct nb_typos typos = { 0 };
    (void)state;
    memset(text, '(', LENGTH);
    clock_t from = clock();
    nb_typos_find(&typos, text, LENGTH);
    assert_true(clock() - from < CLOCKS_PER_SEC / 5);
    assert_int_equal(typos.count, 0);
    nb_typos_release(&typos);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slips_are_found_and_mended),
        cmocka_unit_test(slips_do_not_overlap),
        cmocka_unit_test(open_brackets_take_no_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
