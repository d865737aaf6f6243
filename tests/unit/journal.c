/* The journal: what was flushed comes back after any end, and nothing else does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "draft_support.h"
#include "nianbao/file.h"
#include "nianbao/journal.h"

struct folder {
    char path[64], draft[128], journal[128];
};

static int setup_folder(void **state)
{
    struct folder *folder = nb_xalloc(sizeof *folder);
    snprintf(folder->path, sizeof folder->path, "/tmp/nianbao-journal-XXXXXX");
    if (!mkdtemp(folder->path))
        return -1;
    snprintf(folder->draft, sizeof folder->draft, "%s/a.yaml", folder->path);
    snprintf(folder->journal, sizeof folder->journal, "%s/.a.yaml.journal", folder->path);
    setenv("XDG_STATE_HOME", folder->path, 1);
    *state = folder;
    return 0;
}

static int teardown_folder(void **state)
{
    struct nb_buf command = { 0 };
    nb_buf_printf(&command, "chmod -R u+w '%s'; rm -rf '%s'", ((struct folder *)*state)->path,
                  ((struct folder *)*state)->path);
    int status = system(command.data);
    nb_buf_release(&command);
    free(*state);
    return status;
}

static struct nb_journal *opened(const struct folder *folder, enum nb_journal_state wanted)
{
    struct nb_diags diags = { 0 };
    struct nb_journal *journal;
    assert_int_equal(nb_journal_open(folder->draft, NB_JOURNAL_EDITS, &diags, &journal), NB_OK);
    assert_int_equal(nb_journal_state(journal), wanted);
    nb_diags_release(&diags);
    return journal;
}

/* Opens a journal and adds CELL=VALUE to it, one flush for each. */
static struct nb_journal *begun(const struct folder *folder, const char *const *records)
{
    struct nb_diags diags = { 0 };
    struct nb_journal *journal = opened(folder, NB_JOURNAL_EMPTY);
    assert_int_equal(nb_journal_start(journal, "sha256:base", &diags), NB_OK);
    for (; *records; records += 2) {
        nb_journal_add(journal, records[0], records[1]);
        assert_int_equal(nb_journal_flush(journal, &diags), NB_OK);
    }
    nb_diags_release(&diags);
    return journal;
}

static void assert_records(const struct nb_journal *journal, const char *wanted)
{
    struct nb_buf got = { 0 };
    for (int i = 0; i < nb_journal_count(journal); i++)
        nb_buf_printf(&got, "%s=%s;", nb_journal_record(journal, i)->address,
                      nb_journal_record(journal, i)->value);
    assert_text("records", nb_buf_text(&got), wanted);
    nb_buf_release(&got);
}

static void what_was_flushed_comes_back(void **state)
{
    static const char *const records[] = { "requests.new.natural",
                                           "3440",
                                           "overview",
                                           "　　第一段\n\t第二段\\n",
                                           "requests.new.natural",
                                           "344",
                                           "requests.new.total",
                                           "",
                                           NULL };
    struct nb_journal *journal = begun(*state, records);
    nb_journal_close(journal, false); /* as a crash does */
    journal = opened(*state, NB_JOURNAL_LEFT);
    assert_records(journal, "overview=　　第一段\n\t第二段\\n;requests.new.natural=344;"
                            "requests.new.total=;");
    assert_string_equal(nb_journal_base(journal), "sha256:base");
    assert_non_null(strstr(nb_journal_owner(journal), " "));
    assert_int_equal(strlen(nb_journal_since(journal)), 25);
    nb_journal_close(journal, true);
    assert_int_not_equal(access(((struct folder *)*state)->journal, F_OK), 0);
}

static void what_was_not_flushed_is_lost_but_nothing_else(void **state)
{
    static const char *const records[] = { "a.b", "1", NULL };
    struct nb_journal *journal = begun(*state, records);
    nb_journal_add(journal, "a.c", "2");
    nb_journal_close(journal, false);
    journal = opened(*state, NB_JOURNAL_LEFT);
    assert_records(journal, "a.b=1;");
    nb_journal_close(journal, true);
}

static void add_file_bytes(const char *path, const char *bytes, size_t len)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static void a_torn_end_is_ignored_at_every_byte(void **state)
{
    static const char *const records[] = { "a.b", "12", "a.c", "年\n报", "a.d", "7", NULL };
    static const char *const wanted[] = { "", "a.b=12;", "a.b=12;a.c=年\n报;",
                                          "a.b=12;a.c=年\n报;a.d=7;" };
    const struct folder *folder = *state;
    nb_journal_close(begun(folder, records), false);
    struct nb_buf whole = { 0 };
    add_file(&whole, folder->journal);
    for (size_t len = 0; len <= whole.len; len++) {
        int lines = -1;
        for (size_t i = 0; i < len; i++)
            lines += whole.data[i] == '\n';
        add_file_bytes(folder->journal, whole.data, len);
        struct nb_journal *journal = opened(folder, lines > 0 ? NB_JOURNAL_LEFT : NB_JOURNAL_EMPTY);
        assert_records(journal, wanted[lines < 0 ? 0 : lines]);
        nb_journal_close(journal, false);
    }
    nb_buf_release(&whole);
    unlink(folder->journal);
}

static void damage_is_never_taken_for_a_record(void **state)
{
    static const char *const records[] = { "a.b", "12", "a.c", "345", NULL };
    const struct folder *folder = *state;
    nb_journal_close(begun(folder, records), false);
    struct nb_buf whole = { 0 };
    add_file(&whole, folder->journal);
    const char *second = strchr(whole.data, '\n') + 1;
    for (const char *at = second; at < whole.data + whole.len; at++) {
        char *copy = nb_xalloc(whole.len + 1);
        memcpy(copy, whole.data, whole.len);
        copy[at - whole.data] ^= 1;
        add_file_bytes(folder->journal, copy, whole.len);
        struct nb_diags diags = { 0 };
        struct nb_journal *journal;
        assert_int_equal(nb_journal_open(folder->draft, NB_JOURNAL_EDITS, &diags, &journal), NB_OK);
        for (int i = 0; i < nb_journal_count(journal); i++) {
            const struct nb_journal_record *record = nb_journal_record(journal, i);
            bool first = strcmp(record->address, "a.b") == 0 && strcmp(record->value, "12") == 0;
            bool last = strcmp(record->address, "a.c") == 0 && strcmp(record->value, "345") == 0;
            assert_true(first || last);
        }
        nb_journal_close(journal, false);
        nb_diags_release(&diags);
        free(copy);
    }
    nb_buf_release(&whole);
    unlink(folder->journal);
}

static void files_that_are_no_journal_are_not_believed(void **state)
{
    static const char *const files[] = {
        "",
        "\n",
        "nonsense",
        "0123456789abcdef journal x\n",
        "\0\0\0\n",
        "年报\n",
        "cbf29ce484222325 \n",
    };
    const struct folder *folder = *state;
    for (size_t i = 0; i < nb_countof(files); i++) {
        add_file_bytes(folder->journal, files[i], strlen(files[i]) + (files[i][0] == '\0'));
        struct nb_journal *journal = opened(folder, NB_JOURNAL_EMPTY);
        assert_int_equal(nb_journal_count(journal), 0);
        nb_journal_close(journal, true);
    }
}

/* What a second program sees. */
static int seen_by_another(const struct folder *folder)
{
    pid_t child = fork();
    if (child == 0) {
        struct nb_diags diags = { 0 };
        struct nb_journal *journal;
        if (nb_journal_open(folder->draft, NB_JOURNAL_EDITS, &diags, &journal) != NB_OK)
            _exit(99);
        int seen = (int)nb_journal_state(journal);
        nb_journal_close(journal, true); /* must not remove what is not its own */
        _exit(seen);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WEXITSTATUS(status);
}

static void a_second_program_finds_it_taken(void **state)
{
    static const char *const records[] = { "a.b", "1", NULL };
    struct nb_journal *journal = begun(*state, records);
    assert_int_equal(seen_by_another(*state), NB_JOURNAL_TAKEN);
    assert_int_equal(access(((struct folder *)*state)->journal, F_OK), 0);
    nb_journal_close(journal, false);
    assert_int_equal(seen_by_another(*state), NB_JOURNAL_LEFT);
}

static void starting_anew_drops_what_was(void **state)
{
    static const char *const records[] = { "a.b", "1", NULL };
    struct nb_diags diags = { 0 };
    struct nb_journal *journal = begun(*state, records);
    assert_int_equal(nb_journal_start(journal, "sha256:saved", &diags), NB_OK);
    nb_journal_add(journal, "a.c", "3");
    assert_int_equal(nb_journal_flush(journal, &diags), NB_OK);
    nb_journal_close(journal, false);
    journal = opened(*state, NB_JOURNAL_LEFT);
    assert_records(journal, "a.c=3;");
    assert_string_equal(nb_journal_base(journal), "sha256:saved");
    nb_journal_close(journal, true);
}

static void what_is_set_aside_can_be_read(void **state)
{
    static const char *const records[] = { "a.b", "1", NULL };
    const struct folder *folder = *state;
    struct nb_diags diags = { 0 };
    char aside[160];
    snprintf(aside, sizeof aside, "%s/a.yaml.aside", folder->path);
    nb_journal_close(begun(folder, records), false);
    struct nb_journal *journal = opened(folder, NB_JOURNAL_LEFT);
    assert_int_equal(nb_journal_set_aside(journal, aside, &diags), NB_OK);
    assert_int_equal(nb_journal_count(journal), 0);
    struct nb_buf text = { 0 };
    add_file(&text, aside);
    assert_string_equal(text.data, "a.b: 1\n");
    nb_buf_release(&text);
    nb_journal_close(journal, true);
}

static void a_link_in_its_place_is_not_followed(void **state)
{
    const struct folder *folder = *state;
    char precious[160];
    struct nb_diags diags = { 0 };
    struct nb_journal *journal;
    snprintf(precious, sizeof precious, "%s/precious", folder->path);
    add_file_bytes(precious, "kept", 4);
    assert_int_equal(symlink(precious, folder->journal), 0);
    assert_int_equal(nb_journal_open(folder->draft, NB_JOURNAL_EDITS, &diags, &journal), NB_FAILED);
    assert_int_equal(diags.count, 1);
    struct nb_buf text = { 0 };
    add_file(&text, precious);
    assert_string_equal(text.data, "kept");
    nb_buf_release(&text);
    nb_diags_release(&diags);
    unlink(folder->journal);
}

/* ---- who may use it ---- */

static mode_t mode_of(const char *path)
{
    struct stat info;
    assert_int_equal(stat(path, &info), 0);
    return info.st_mode & 0777;
}

static void whoever_may_write_the_draft_may_write_it(void **state)
{
    static const struct {
        mode_t draft, journal;
    } cases[] = { { 0664, 0664 }, { 0600, 0600 }, { 0644, 0644 }, { 0775, 0664 }, { 0440, 0640 } };
    const struct folder *folder = *state;
    for (size_t i = 0; i < nb_countof(cases); i++) {
        add_file_bytes(folder->draft, "", 0);
        assert_int_equal(chmod(folder->draft, cases[i].draft), 0);
        struct nb_journal *journal = opened(folder, NB_JOURNAL_EMPTY);
        assert_int_equal(mode_of(folder->journal), cases[i].journal);
        nb_journal_close(journal, true);
        unlink(folder->draft);
    }
    nb_journal_close(opened(folder, NB_JOURNAL_EMPTY), false); /* no draft: nobody else */
    assert_int_equal(mode_of(folder->journal), 0600);
    unlink(folder->journal);
}

/* ---- the other kind ---- */

static void figures_of_a_second_person_have_their_own(void **state)
{
    static const char *const records[] = { "a.b", "1", NULL };
    const struct folder *folder = *state;
    struct nb_diags diags = { 0 };
    struct nb_journal *second;
    assert_false(nb_journal_exists(folder->draft, NB_JOURNAL_VERIFY));
    struct nb_journal *first = begun(folder, records);
    assert_false(nb_journal_exists(folder->draft, NB_JOURNAL_VERIFY));
    assert_int_equal(nb_journal_open(folder->draft, NB_JOURNAL_VERIFY, &diags, &second), NB_OK);
    assert_int_equal(nb_journal_state(second), NB_JOURNAL_EMPTY);
    assert_true(nb_journal_exists(folder->draft, NB_JOURNAL_VERIFY));
    nb_journal_close(second, true);
    assert_false(nb_journal_exists(folder->draft, NB_JOURNAL_VERIFY));
    assert_true(nb_journal_exists(folder->draft, NB_JOURNAL_EDITS));
    nb_journal_close(first, true);
    nb_diags_release(&diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_flushed_comes_back),
        cmocka_unit_test(what_was_not_flushed_is_lost_but_nothing_else),
        cmocka_unit_test(a_torn_end_is_ignored_at_every_byte),
        cmocka_unit_test(damage_is_never_taken_for_a_record),
        cmocka_unit_test(files_that_are_no_journal_are_not_believed),
        cmocka_unit_test(starting_anew_drops_what_was),
        cmocka_unit_test(what_is_set_aside_can_be_read),
        cmocka_unit_test(a_link_in_its_place_is_not_followed),
        cmocka_unit_test(a_second_program_finds_it_taken),
        cmocka_unit_test(whoever_may_write_the_draft_may_write_it),
        cmocka_unit_test(figures_of_a_second_person_have_their_own),
    };
    return cmocka_run_group_tests(tests, setup_folder, teardown_folder);
}
