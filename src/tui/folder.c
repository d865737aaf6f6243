#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "canvas.h"
#include "nianbao/file.h"
#include "nianbao/text.h"

char *tui_folder_path(const struct tui_folder *folder, const char *name)
{
    struct nb_buf path = { 0 };
    size_t len = strlen(folder->path);
    /* drafts name each other without ./ */
    if (strcmp(folder->path, ".") != 0)
        nb_buf_printf(&path, "%s%s", folder->path, len && folder->path[len - 1] == '/' ? "" : "/");
    nb_buf_puts(&path, name);
    return path.data;
}

bool tui_folder_has(const struct tui_folder *folder, const char *name)
{
    char *path = tui_folder_path(folder, name);
    struct stat info;
    bool has = lstat(path, &info) == 0 || errno != ENOENT;
    free(path);
    return has;
}

/* ---- one entry ---- */

static void release_entry(struct tui_entry *entry)
{
    free(entry->name);
    free(entry->shown);
    free(entry->path);
    free(entry->unit);
    free(entry->prior);
    free(entry->fault);
}

/* No time where there is no such file. */
static struct timespec changed_at(const char *path)
{
    struct stat info;
    return path && stat(path, &info) == 0 ? info.st_mtim : (struct timespec) { 0 };
}

static bool same_time(struct timespec a, struct timespec b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

static void count_findings(struct tui_entry *entry, const struct nb_diags *diags)
{
    for (int i = 0; i < diags->count; i++) {
        const struct nb_diag *diag = &diags->items[i];
        entry->n_errors += diag->severity == NB_ERROR;
        entry->n_warnings += diag->severity == NB_WARNING && !diag->accepted;
    }
}

static void take_draft(struct tui_entry *entry, const struct tui_folder *folder,
                       const struct nb_draft *draft, struct nb_diags *diags)
{
    struct nb_draft *prior;
    entry->readable = true;
    entry->unit = nb_xstrdup(nb_draft_text(draft, NB_TEXT_UNIT));
    entry->year = nb_draft_year(draft);
    entry->form = nb_draft_form(draft);
    entry->finished = nb_draft_text(draft, NB_TEXT_FINISHED_AT)[0] != '\0';
    entry->n_cells = entry->form->n_cells;
    for (int cell = 0; cell < entry->n_cells; cell++)
        entry->n_filled += nb_draft_figure(draft, cell).filled;
    struct nb_buf path = { 0 };
    nb_check_add_prior_path(draft, entry->path, &path);
    entry->prior = path.data;
    entry->prior_when = changed_at(entry->prior);
    nb_check_load_prior(draft, entry->path, folder->catalog, diags, &prior);
    struct nb_check_options options = { .prior = prior };
    nb_check_draft(draft, entry->path, &options, diags);
    count_findings(entry, diags);
    nb_draft_free(prior);
}

static void take_fault(struct tui_entry *entry, const struct nb_diags *diags)
{
    const struct nb_diag *first = nb_diags_first(diags);
    struct nb_buf shown = { 0 };
    nb_text_add_visible(&shown, first->message, strlen(first->message));
    entry->fault = shown.data;
    if (strncmp(first->rule, "file.", 5) != 0) /* about the whole */
        entry->mark = first->mark;
}

/* The time is taken before reading: what changes meanwhile is read again. */
static void read_entry(struct tui_entry *entry, const struct tui_folder *folder, const char *name)
{
    struct nb_diags diags = { 0 };
    struct nb_draft *draft;
    struct nb_buf shown = { 0 };
    *entry = (struct tui_entry) { .name = nb_xstrdup(name), .path = tui_folder_path(folder, name) };
    nb_text_add_visible(&shown, name, strlen(name));
    entry->shown = shown.data;
    entry->when = changed_at(entry->path);
    if (nb_draft_load(entry->path, folder->catalog, &diags, NULL, &draft) == NB_OK)
        take_draft(entry, folder, draft, &diags);
    else
        take_fault(entry, &diags);
    nb_draft_free(draft);
    nb_diags_release(&diags);
}

/* ---- the folder ---- */

size_t tui_draft_name_stem(const char *name)
{
    const char *dot = strrchr(name, '.');
    bool ends = dot && dot > name && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0);
    return ends ? (size_t)(dot - name) : strlen(name);
}

static bool is_draft_name(const char *name)
{
    return name[0] != '.' && name[tui_draft_name_stem(name)];
}

static bool is_file(const struct tui_folder *folder, const char *name)
{
    char *path = tui_folder_path(folder, name);
    struct stat info;
    /* a link that leads nowhere is listed, with the reason */
    bool is = stat(path, &info) != 0 || S_ISREG(info.st_mode);
    free(path);
    return is;
}

static int compare_entries(const void *a, const void *b)
{
    const struct tui_entry *x = a, *y = b;
    if (x->readable != y->readable)
        return x->readable ? -1 : 1;
    int order = x->readable ? strcmp(x->unit, y->unit) : 0;
    if (!order && x->readable)
        order = y->year - x->year;
    return order ? order : strcmp(x->name, y->name);
}

static bool is_current(const struct tui_entry *entry)
{
    return same_time(entry->when, changed_at(entry->path)) &&
           same_time(entry->prior_when, changed_at(entry->prior));
}

/* The entry of that name as it was read before, or as it is now. */
static void add_entry(struct tui_folder *folder, struct tui_folder *before, const char *name)
{
    NB_GROW(folder->entries, folder->n_entries, folder->cap_entries);
    struct tui_entry *entry = &folder->entries[folder->n_entries++];
    int old = tui_folder_find(before, name);
    if (old < 0 || !is_current(&before->entries[old])) {
        read_entry(entry, folder, name);
        return;
    }
    *entry = before->entries[old];
    before->entries[old] = before->entries[--before->n_entries];
}

static void release_entries(struct tui_folder *folder)
{
    for (int i = 0; i < folder->n_entries; i++)
        release_entry(&folder->entries[i]);
    free(folder->entries);
}

void tui_folder_refresh(struct tui_folder *folder)
{
    struct tui_folder before = *folder;
    folder->entries = NULL;
    folder->n_entries = folder->cap_entries = 0;
    DIR *dir = opendir(folder->path);
    folder->fault = dir ? NULL : nb_file_why(errno);
    for (struct dirent *item; dir && (item = readdir(dir)) != NULL;) {
        if (is_draft_name(item->d_name) && is_file(folder, item->d_name))
            add_entry(folder, &before, item->d_name);
    }
    if (dir)
        closedir(dir);
    release_entries(&before);
    if (folder->n_entries)
        qsort(folder->entries, (size_t)folder->n_entries, sizeof *folder->entries, compare_entries);
}

void tui_folder_open(struct tui_folder *folder, const char *path, struct nb_catalog *catalog)
{
    *folder = (struct tui_folder) { .path = nb_xstrdup(path), .catalog = catalog };
    tui_folder_refresh(folder);
}

void tui_folder_release(struct tui_folder *folder)
{
    release_entries(folder);
    free(folder->path);
    *folder = (struct tui_folder) { 0 };
}

/* ---- finding ---- */

int tui_folder_find(const struct tui_folder *folder, const char *name)
{
    for (int i = 0; i < folder->n_entries; i++) {
        if (strcmp(folder->entries[i].name, name) == 0)
            return i;
    }
    return -1;
}

int tui_folder_find_draft(const struct tui_folder *folder, const char *unit, int year)
{
    for (int i = 0; i < folder->n_entries; i++) {
        const struct tui_entry *entry = &folder->entries[i];
        if (entry->readable && entry->year == year && strcmp(entry->unit, unit) == 0)
            return i;
    }
    return -1;
}

static bool is_later(struct timespec a, struct timespec b)
{
    return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec : a.tv_nsec > b.tv_nsec;
}

int tui_folder_newest(const struct tui_folder *folder)
{
    int newest = -1;
    for (int i = 0; i < folder->n_entries; i++) {
        const struct tui_entry *entry = &folder->entries[i];
        if (entry->readable && (newest < 0 || is_later(entry->when, folder->entries[newest].when)))
            newest = i;
    }
    return newest;
}

/* ---- names of new drafts ---- */

/* The unit as part of a file name, of a length that every file system takes. */
static void add_unit_name(struct nb_buf *out, const char *unit)
{
    size_t start = out->len;
    nb_buf_add(out, unit, tui_text_fit(unit, strlen(unit), 60));
    for (size_t i = start; i < out->len; i++) {
        if (out->data[i] == '/')
            out->data[i] = '_';
    }
}

void tui_folder_suggest_name(const struct tui_folder *folder, const char *unit, int year,
                             struct nb_buf *out)
{
    nb_buf_printf(out, "%d.yaml", year);
    for (int i = 1; i < 100 && tui_folder_has(folder, out->data); i++) {
        out->len = 0;
        add_unit_name(out, unit);
        nb_buf_printf(out, "-%d", year);
        if (i > 1)
            nb_buf_printf(out, "-%d", i);
        nb_buf_puts(out, ".yaml");
    }
}

const char *tui_folder_take_name(const char *typed, struct nb_buf *name)
{
    if (!typed[0])
        return "要写文件名，例如 2024.yaml";
    if (strchr(typed, '/'))
        return "文件名里不能有 /";
    if (typed[0] == '.')
        return "文件名不能以 . 开头：列表里看不到";
    nb_buf_puts(name, typed);
    if (!typed[tui_draft_name_stem(typed)])
        nb_buf_puts(name, ".yaml");
    return NULL;
}

/* ---- times ---- */

static bool is_day(const struct tm *a, const struct tm *b)
{
    return a->tm_year == b->tm_year && a->tm_yday == b->tm_yday;
}

void tui_add_time(struct nb_buf *out, time_t when, time_t now)
{
    struct tm at = { 0 }, today = { 0 }, yesterday;
    localtime_r(&when, &at);
    localtime_r(&now, &today);
    yesterday = today;
    yesterday.tm_mday--;
    yesterday.tm_hour = 12; /* exists on every day, whatever the clocks do */
    yesterday.tm_isdst = -1;
    mktime(&yesterday);
    if (is_day(&at, &today))
        nb_buf_printf(out, "今天 %02d:%02d", at.tm_hour, at.tm_min);
    else if (is_day(&at, &yesterday))
        nb_buf_printf(out, "昨天 %02d:%02d", at.tm_hour, at.tm_min);
    else if (at.tm_year == today.tm_year)
        nb_buf_printf(out, "%02d-%02d", at.tm_mon + 1, at.tm_mday);
    else
        nb_buf_printf(out, "%04d-%02d-%02d", at.tm_year + 1900, at.tm_mon + 1, at.tm_mday);
}
