/* Prose against tables: the sentences of tests/prose, each with what must be said about it.
 *
 * A file of sentences:
 *
 *   # a comment
 *   @draft FILE              the figures from here on; no prior, text overview
 *   @prior FILE              last year's draft
 *   @text ADDRESS            the text that sentences stand in
 *   @set CELL=VALUE …        changes figures
 *   a sentence               ⏎ is a new line, ‖ADDRESS‖ goes on in another text
 *       rule: about          what must be said; nothing where no such line follows
 *
 * All sentences are judged before the test fails, and misses and false alarms are printed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draft_support.h"
#include "nianbao/file.h"

struct corpus {
    struct nb_catalog *catalog;
    const char *file;
    int line;
    struct nb_draft *draft, *prior;
    char text[64];  /* address */
    char *sentence; /* NULL: none yet */
    int sentence_line;
    struct nb_buf wanted, got;
    int sentences, hits, misses, false_alarms;
};

/* ---- one sentence ---- */

static void set_text(struct corpus *corpus, const char *address, const char *value)
{
    int text = nb_draft_find_text(corpus->draft, address);
    if (text < 0)
        fail_msg("%s:%d: no text %s", corpus->file, corpus->line, address);
    nb_draft_set_text(corpus->draft, text, value);
}

/* Puts the sentence into the draft; empties all texts before with `fill` false. */
static void put_sentence(struct corpus *corpus, bool fill)
{
    struct nb_buf value = { 0 };
    char address[64];
    snprintf(address, sizeof address, "%s", corpus->text);
    for (const char *at = corpus->sentence; *at;) {
        size_t len = strcspn(at, "\xE2");
        nb_buf_add(&value, at, len);
        at += len;
        if (strncmp(at, "⏎", 3) == 0) {
            nb_buf_putc(&value, '\n');
            at += 3;
        } else if (strncmp(at, "‖", 3) == 0) {
            set_text(corpus, address, fill ? nb_buf_text(&value) : "");
            value.len = 0;
            const char *end = strstr(at + 3, "‖");
            assert_non_null(end);
            snprintf(address, sizeof address, "%.*s", (int)(end - at - 3), at + 3);
            at = end + 3;
        } else if (*at) {
            nb_buf_putc(&value, *at++);
        }
    }
    nb_buf_putc(&value, '\0');
    set_text(corpus, address, fill ? value.data : "");
    nb_buf_release(&value);
}

static void add_findings(struct corpus *corpus)
{
    struct nb_diags diags = { 0 };
    struct nb_check_options options = { .prior = corpus->prior };
    nb_check_draft(corpus->draft, "draft", &options, &diags);
    for (int i = 0; i < diags.count; i++) {
        const struct nb_diag *diag = &diags.items[i];
        if (strncmp(diag->rule, "prose.", 6) == 0 || strncmp(diag->rule, "text.", 5) == 0)
            nb_buf_printf(&corpus->got, "%s: %s\n", diag->rule, diag->about);
    }
    nb_diags_release(&diags);
}

static int count_lines(const struct nb_buf *lines)
{
    int count = 0;
    for (size_t i = 0; i < lines->len; i++)
        count += lines->data[i] == '\n';
    return count;
}

/* The lines of `a` that `b` does not have. */
static int count_only_in(const struct nb_buf *a, const struct nb_buf *b)
{
    int count = 0;
    for (const char *at = nb_buf_text(a); *at; at += strcspn(at, "\n") + 1) {
        struct nb_buf line = { 0 };
        nb_buf_add(&line, at, strcspn(at, "\n") + 1);
        count += strstr(nb_buf_text(b), line.data) == NULL;
        nb_buf_release(&line);
    }
    return count;
}

static void judge_sentence(struct corpus *corpus)
{
    if (!corpus->sentence)
        return;
    put_sentence(corpus, true);
    add_findings(corpus);
    put_sentence(corpus, false);
    int misses = count_only_in(&corpus->wanted, &corpus->got);
    int alarms = count_only_in(&corpus->got, &corpus->wanted);
    if (misses || alarms)
        fprintf(stderr, "%s:%d: %s\n  wanted\n%s  got\n%s", corpus->file, corpus->sentence_line,
                corpus->sentence, nb_buf_text(&corpus->wanted), nb_buf_text(&corpus->got));
    corpus->sentences++;
    corpus->hits += count_lines(&corpus->wanted) - misses;
    corpus->misses += misses;
    corpus->false_alarms += alarms;
    free(corpus->sentence);
    corpus->sentence = NULL;
    nb_buf_release(&corpus->wanted);
    nb_buf_release(&corpus->got);
    corpus->wanted = corpus->got = (struct nb_buf) { 0 };
}

/* ---- the file ---- */

static void take_command(struct corpus *corpus, const char *line)
{
    const char *value = strchr(line, ' ');
    if (!value++)
        fail_msg("%s:%d: %s", corpus->file, corpus->line, line);
    if (strncmp(line, "@draft ", 7) == 0) {
        nb_draft_free(corpus->draft);
        nb_draft_free(corpus->prior);
        corpus->draft = draft_of_file(corpus->catalog, value);
        corpus->prior = NULL;
        strcpy(corpus->text, "overview");
        for (int text = NB_TEXT_PREAMBLE; text < nb_draft_text_count(corpus->draft); text++)
            nb_draft_set_text(corpus->draft, text, "");
    } else if (strncmp(line, "@prior ", 7) == 0) {
        nb_draft_free(corpus->prior);
        corpus->prior = draft_of_file(corpus->catalog, value);
    } else if (strncmp(line, "@text ", 6) == 0) {
        snprintf(corpus->text, sizeof corpus->text, "%s", value);
    } else if (strncmp(line, "@set ", 5) == 0) {
        draft_assign(corpus->draft, value);
    } else {
        fail_msg("%s:%d: %s", corpus->file, corpus->line, line);
    }
}

static void take_line(struct corpus *corpus, const char *line)
{
    const char *text = line + strspn(line, " ");
    if (!*text || *text == '#')
        return;
    if (text > line) {
        nb_buf_printf(&corpus->wanted, "%s\n", text);
        return;
    }
    judge_sentence(corpus);
    if (*line == '@') {
        take_command(corpus, line);
        return;
    }
    corpus->sentence = nb_xstrdup(line);
    corpus->sentence_line = corpus->line;
}

static void judge_file(struct corpus *corpus, const char *path)
{
    struct nb_buf text = { 0 };
    corpus->file = path;
    corpus->line = 0;
    add_file(&text, path);
    for (char *line = text.data, *end; *line; line = end + 1) {
        end = strchr(line, '\n');
        assert_non_null(end);
        *end = '\0';
        corpus->line++;
        take_line(corpus, line);
    }
    judge_sentence(corpus);
    nb_buf_release(&text);
}

static void every_sentence_is_judged_rightly(void **state)
{
    static const char *const files[] = {
        "tests/prose/true.txt",         "tests/prose/false.txt",
        "tests/prose/variety-true.txt", "tests/prose/variety-false.txt",
        "tests/prose/text-true.txt",    "tests/prose/text-false.txt"
    };
    struct corpus corpus = { .catalog = *state };
    for (size_t i = 0; i < nb_countof(files); i++)
        judge_file(&corpus, files[i]);
    nb_draft_free(corpus.draft);
    nb_draft_free(corpus.prior);
    printf("# %d sentences, %d hits, %d misses, %d false alarms\n", corpus.sentences, corpus.hits,
           corpus.misses, corpus.false_alarms);
    assert_int_equal(corpus.misses + corpus.false_alarms, 0);
}

/* ---- what is kept from one look to the next ---- */

static int count_prose(const struct nb_checker *checker, const struct nb_draft *draft)
{
    struct nb_diags diags = { 0 };
    int count = 0;
    nb_check_findings(checker, draft, "draft", false, &diags);
    for (int i = 0; i < diags.count; i++)
        count += strncmp(diags.items[i].rule, "prose.", 6) == 0;
    nb_diags_release(&diags);
    return count;
}

static void set_total(struct nb_checker *checker, struct nb_draft *draft, int64_t units)
{
    int cell = cell_at(nb_draft_form(draft), "requests.new.total");
    nb_draft_set_figure(draft, cell, (struct nb_figure) { .units = units, .filled = true });
    nb_checker_cell_changed(checker, cell);
}

static void a_text_is_judged_anew_when_anything_it_depends_on_changes(void **state)
{
    struct nb_draft *draft = draft_of_file(*state, "samples/2024.yaml");
    int overview = nb_draft_find_text(draft, "overview");
    nb_draft_set_text(draft, overview, "2024年我市收到政府信息公开申请2268件。");
    struct nb_checker *checker =
        nb_checker_new(nb_draft_form(draft), nb_draft_figures(draft), NULL);
    assert_int_equal(count_prose(checker, draft), 1);
    set_total(checker, draft, 2268);
    assert_int_equal(count_prose(checker, draft), 0);
    set_total(checker, draft, 2286);
    assert_int_equal(count_prose(checker, draft), 1);
    nb_draft_set_text(draft, overview, "2024年我市收到政府信息公开申请2286件。");
    assert_int_equal(count_prose(checker, draft), 0);
    nb_draft_splice_text(draft, overview, strlen("2024年我市收到政府信息公开申请22"), 2, "68", 2);
    assert_int_equal(count_prose(checker, draft), 1);
    nb_draft_set_year(draft, 2023); /* then 2024年 is next year */
    assert_int_equal(count_prose(checker, draft), 0);
    nb_draft_set_year(draft, 2024);
    assert_int_equal(count_prose(checker, draft), 1);
    nb_draft_set_text(draft, NB_TEXT_UNIT, "示例县"); /* then 我市 is somebody else */
    assert_int_equal(count_prose(checker, draft), 0);
    nb_draft_set_text(draft, NB_TEXT_UNIT, "示例市");
    nb_draft_set_text(draft, overview, "");
    assert_int_equal(count_prose(checker, draft), 0);
    nb_checker_free(checker);
    nb_draft_free(draft);
}

/* ---- limits ---- */

static void a_text_is_told_twenty_times_at_most(void **state)
{
    struct nb_draft *draft = draft_of_file(*state, "samples/2024.yaml");
    struct nb_buf text = { 0 };
    for (int i = 0; i < 60000; i++)
        nb_buf_puts(&text, "收到政府信息公开申请2268件。\n");
    text.data[text.len - 1] = '\0';
    nb_draft_set_text(draft, nb_draft_find_text(draft, "overview"), text.data);
    struct nb_checker *checker =
        nb_checker_new(nb_draft_form(draft), nb_draft_figures(draft), NULL);
    assert_int_equal(count_prose(checker, draft), 20);
    nb_checker_free(checker);
    nb_buf_release(&text);
    nb_draft_free(draft);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sentence_is_judged_rightly),
        cmocka_unit_test(a_text_is_judged_anew_when_anything_it_depends_on_changes),
        cmocka_unit_test(a_text_is_told_twenty_times_at_most),
    };
    return cmocka_run_group_tests(tests, setup_catalog, teardown_catalog);
}
