/* The list of drafts: what is listed, in which order, and what is read again. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "draft_support.h"
#include "nianbao/file.h"
#include "tui/folder.h"

enum { FOLDER_BYTES = 64 };

static void make_folder(char folder[FOLDER_BYTES])
{
    strcpy(folder, "/tmp/nianbao-folder-XXXXXX");
    if (!mkdtemp(folder))
        fail_msg("no folder %s", folder);
}

static char *path_in(const char *folder, const char *name)
{
    struct nb_buf path = { 0 };
    nb_buf_printf(&path, "%s/%s", folder, name);
    return path.data;
}

/* Each file of a test gets a time of its own. */
static void put_file(const char *folder, const char *name, const char *text, time_t when)
{
    char *path = path_in(folder, name);
    struct nb_diags diags = { 0 };
    struct nb_buf bytes = { 0 };
    nb_buf_puts(&bytes, text);
    assert_int_equal(nb_file_replace(path, &bytes, &diags), NB_OK);
    struct timespec times[] = { { .tv_sec = when }, { .tv_sec = when } };
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    nb_buf_release(&bytes);
    nb_diags_release(&diags);
    free(path);
}

static void remove_folder(const char *folder, const char *const *names)
{
    for (; *names; names++) {
        char *path = path_in(folder, *names);
        assert_int_equal(remove(path), 0);
        free(path);
    }
    assert_int_equal(rmdir(folder), 0);
}

/* One line for each entry. */
static void assert_listed(const char *name, const struct tui_folder *folder, const char *wanted)
{
    struct nb_buf list = { 0 };
    for (int i = 0; i < folder->n_entries; i++) {
        const struct tui_entry *entry = &folder->entries[i];
        nb_buf_printf(&list, "%s ", entry->shown);
        if (entry->readable)
            nb_buf_printf(&list, "%s %d %d/%d %d %d%s\n", entry->unit, entry->year, entry->n_filled,
                          entry->n_cells > 0, entry->n_errors, entry->n_warnings,
                          entry->finished ? " finished" : "");
        else
            nb_buf_printf(&list, "%d:%d %s\n", entry->mark.line, entry->mark.column, entry->fault);
    }
    assert_text(name, nb_buf_text(&list), wanted);
    nb_buf_release(&list);
}

#define HEAD(unit, year) "nianbao: 1\nform: \"2021\"\nunit: " unit "\nyear: " year "\n"

static void drafts_stand_by_unit_the_latest_first(void **state)
{
    static const char *const names[] = { "a.yaml", "b.yml",   "c.yaml",   "d.yaml", "坏\xff.yaml",
                                         "x.txt",  ".h.yaml", "sub.yaml", NULL };
    char folder_name[FOLDER_BYTES];
    make_folder(folder_name);
    put_file(folder_name, "a.yaml", HEAD("乙", "2023"), 100);
    put_file(folder_name, "b.yml", HEAD("乙", "2024") "overview: \"{requests.new.natural}\"\n",
             100);
    put_file(folder_name, "c.yaml",
             HEAD("丙", "2024") "prior: none.yaml\nfinished: {at: \"2025-01-20T16:00:00+08:00\", "
                                "content: \"sha256:0\"}\n",
             100);
    put_file(folder_name, "d.yaml", "year: 2024\nyear: 2024\n", 100);
    put_file(folder_name, "坏\xff.yaml", HEAD("乙", "2022"), 200);
    put_file(folder_name, "x.txt", HEAD("乙", "2021"), 100);
    put_file(folder_name, ".h.yaml", HEAD("乙", "2021"), 100);
    char *sub = path_in(folder_name, "sub.yaml");
    assert_int_equal(mkdir(sub, 0700), 0);
    struct tui_folder folder;
    tui_folder_open(&folder, folder_name, *state);
    assert_listed("listed", &folder,
                  "c.yaml 丙 2024 0/1 0 1 finished\n"
                  "b.yml 乙 2024 0/1 0 1\n"
                  "a.yaml 乙 2023 0/1 0 0\n"
                  "坏\\xFF.yaml 乙 2022 0/1 0 0\n"
                  "d.yaml 2:1 重复的键 year\n");
    assert_int_equal(tui_folder_newest(&folder), 3);
    assert_int_equal(tui_folder_find_draft(&folder, "乙", 2023), 2);
    assert_int_equal(tui_folder_find_draft(&folder, "甲", 2023), -1);
    tui_folder_release(&folder);
    remove_folder(folder_name, names);
    free(sub);
}

static void what_has_changed_is_read_again(void **state)
{
    static const char *const names[] = { "a.yaml", "p.yaml", "n.yaml", NULL };
    char folder_name[FOLDER_BYTES];
    make_folder(folder_name);
    put_file(folder_name, "a.yaml", HEAD("甲", "2024") "prior: p.yaml\n", 100);
    put_file(folder_name, "p.yaml", HEAD("甲", "2023"), 100);
    struct tui_folder folder;
    tui_folder_open(&folder, folder_name, *state);
    const char *as_read = "a.yaml 甲 2024 0/1 0 0\np.yaml 甲 2023 0/1 0 0\n";
    assert_listed("opened", &folder, as_read);
    put_file(folder_name, "a.yaml", HEAD("乙", "2024"), 100);
    tui_folder_refresh(&folder);
    assert_listed("the same time: not read", &folder, as_read);
    put_file(folder_name, "a.yaml", HEAD("甲", "2024") "prior: p.yaml\n", 100);
    put_file(folder_name, "p.yaml", HEAD("乙", "2023"), 101);
    put_file(folder_name, "n.yaml", "?", 100);
    tui_folder_refresh(&folder);
    assert_int_equal(folder.n_entries, 3);
    assert_int_equal(folder.entries[tui_folder_find(&folder, "a.yaml")].n_warnings, 1);
    assert_int_equal(strcmp(folder.entries[tui_folder_find(&folder, "p.yaml")].unit, "乙"), 0);
    remove_folder(folder_name, names);
    tui_folder_refresh(&folder);
    assert_int_equal(folder.n_entries, 0);
    assert_non_null(folder.fault);
    tui_folder_release(&folder);
}

static time_t local(int year, int month, int day, int hour, int minute)
{
    struct tm at = { .tm_year = year - 1900,
                     .tm_mon = month - 1,
                     .tm_mday = day,
                     .tm_hour = hour,
                     .tm_min = minute,
                     .tm_isdst = -1 };
    return mktime(&at);
}

static void times_are_as_short_as_they_are_clear(void **state)
{
    (void)state;
    time_t now = local(2025, 1, 2, 9, 30);
    const struct {
        time_t when;
        const char *shown;
    } cases[] = {
        { local(2025, 1, 2, 9, 12), "今天 09:12" },  { local(2025, 1, 2, 0, 0), "今天 00:00" },
        { local(2025, 1, 1, 23, 59), "昨天 23:59" }, { local(2024, 12, 31, 23, 59), "2024-12-31" },
        { local(2025, 1, 4, 8, 0), "01-04" }, /* a clock that was wrong */
    };
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct nb_buf out = { 0 };
        tui_add_time(&out, cases[i].when, now);
        assert_text(cases[i].shown, out.data, cases[i].shown);
        nb_buf_release(&out);
    }
    struct nb_buf out = { 0 };
    tui_add_time(&out, local(2024, 12, 31, 8, 5), local(2025, 1, 1, 0, 10));
    assert_text("over the year's end", out.data, "昨天 08:05");
    nb_buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drafts_stand_by_unit_the_latest_first),
        cmocka_unit_test(what_has_changed_is_read_again),
        cmocka_unit_test(times_are_as_short_as_they_are_clear),
    };
    return cmocka_run_group_tests_name("tui_folder", tests, setup_catalog, teardown_catalog);
}
