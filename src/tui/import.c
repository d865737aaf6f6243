/* Import on the screen: which report, what it does not say, the name of the draft. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>

#include "dialog.h"
#include "doubts.h"
#include "drafts.h"
#include "folder.h"
#include "line.h"
#include "nianbao/file.h"
#include "nianbao/text.h"

struct importing {
    struct tui_app *app;
    const struct tui_folder *folder;
    struct nb_buf path, unit; /* of the report; its unit, where the clerk had to say it */
    struct nb_import_options options;
    struct nb_diags diags;
    struct nb_import import;
};

/* ---- which report ---- */

/* Old formats are listed too: choosing one says what to do with it. */
static const char *const endings[] = { "txt", "md",   "markdown", "html", "htm", "docx",
                                       "pdf", "text", "doc",      "wps",  "rtf", "mht" };

static bool may_be_report(const char *name)
{
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && name[0] != '.' && i < nb_countof(endings); i++) {
        if (strcasecmp(dot + 1, endings[i]) == 0)
            return true;
    }
    return false;
}

struct file {
    char *name, *shown; /* shown: valid UTF-8 */
    struct timespec when;
};

struct files {
    struct file *items;
    int count, cap;
};

/* Regular files alone: reading a pipe might never end. */
static bool is_file(const char *path, struct timespec *when)
{
    struct stat info;
    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode))
        return false;
    *when = info.st_mtim;
    return true;
}

static int latest_first(const void *a, const void *b)
{
    const struct file *x = a, *y = b;
    if (x->when.tv_sec != y->when.tv_sec)
        return x->when.tv_sec > y->when.tv_sec ? -1 : 1;
    if (x->when.tv_nsec != y->when.tv_nsec)
        return x->when.tv_nsec > y->when.tv_nsec ? -1 : 1;
    return strcmp(x->name, y->name);
}

static void list_files(struct files *files, const struct tui_folder *folder)
{
    DIR *dir = opendir(folder->path);
    for (struct dirent *item; dir && (item = readdir(dir)) != NULL;) {
        struct timespec when;
        char *path = tui_folder_path(folder, item->d_name);
        if (may_be_report(item->d_name) && is_file(path, &when)) {
            struct nb_buf shown = { 0 };
            nb_text_add_visible(&shown, item->d_name, strlen(item->d_name));
            NB_GROW(files->items, files->count, files->cap);
            files->items[files->count++] =
                (struct file) { nb_xstrdup(item->d_name), shown.data, when };
        }
        free(path);
    }
    if (dir)
        closedir(dir);
    if (files->count)
        qsort(files->items, (size_t)files->count, sizeof *files->items, latest_first);
}

static void release_files(struct files *files)
{
    for (int i = 0; i < files->count; i++) {
        free(files->items[i].name);
        free(files->items[i].shown);
    }
    free(files->items);
}

/* ~/ is the home folder, and what has no / at its head stands in the folder of the drafts. */
static void take_path(struct importing *importing, const char *typed)
{
    const char *home = getenv("HOME");
    struct tui_line line = { 0 };
    tui_line_set(&line, typed);
    tui_line_trim(&line);
    const char *text = nb_buf_text(&line.text);
    struct nb_buf *path = &importing->path;
    path->len = 0;
    if (home && strncmp(text, "~/", 2) == 0) {
        nb_buf_printf(path, "%s%s", home, text + 1);
    } else if (text[0] == '/') {
        nb_buf_puts(path, text);
    } else {
        char *inside = tui_folder_path(importing->folder, text);
        nb_buf_printf(path, "%s%s", nb_file_is_stdio(inside) ? "./" : "", inside);
        free(inside);
    }
    tui_line_release(&line);
}

/* Again until there is such a file. */
static bool type_path(struct importing *importing)
{
    const char *help = "例如 ~/下载/2024年报.docx；不以 / 或 ~ 开头的在草稿的文件夹里找";
    struct nb_buf typed = { 0 };
    struct timespec when;
    bool found = false;
    while (!found && tui_ask_line(importing->app, "要导入的报告", help, &typed)) {
        take_path(importing, nb_buf_text(&typed));
        found = is_file(nb_buf_text(&importing->path), &when);
        help = "没有这个文件，或者它不是普通文件：请看看路径对不对";
    }
    nb_buf_release(&typed);
    return found;
}

static bool choose_report(struct importing *importing)
{
    struct files files = { 0 };
    list_files(&files, importing->folder);
    size_t count = (size_t)files.count;
    struct tui_choice *choices = nb_xalloc((count + 1) * sizeof *choices);
    struct nb_buf *times = nb_xalloc((count + 1) * sizeof *times);
    for (int i = 0; i < files.count; i++) {
        tui_add_time(&times[i], files.items[i].when.tv_sec, time(NULL));
        choices[i] = (struct tui_choice) { files.items[i].shown, times[i].data };
    }
    choices[count] = (struct tui_choice) { "别处的文件：写路径……", "" };
    int chosen = tui_ask_choice(importing->app, "导入哪一份报告", choices, files.count + 1, 0);
    bool taken = chosen >= 0 && chosen < files.count;
    if (taken) {
        char *path = tui_folder_path(importing->folder, files.items[chosen].name);
        nb_buf_puts(&importing->path, path);
        free(path);
    } else if (chosen == files.count) {
        taken = type_path(importing);
    }
    for (int i = 0; i < files.count; i++)
        nb_buf_release(&times[i]);
    free(times);
    free(choices);
    release_files(&files);
    return taken;
}

/* ---- what the report does not say ---- */

static bool ask_year(struct importing *importing)
{
    const char *help = "报告里看不出是哪一年的，写四位数的年份，例如 2024";
    struct nb_buf text = { 0 };
    while (!importing->options.year && tui_ask_line(importing->app, "哪一年的报告", help, &text)) {
        importing->options.year = nb_year_type(nb_buf_text(&text));
        help = "年度应为四位数的年份，例如 2024";
    }
    nb_buf_release(&text);
    return importing->options.year != 0;
}

static bool ask_form(struct importing *importing)
{
    struct nb_catalog *catalog = importing->folder->catalog;
    int count = nb_catalog_count(catalog);
    struct tui_choice *choices = nb_xalloc(((size_t)count + 1) * sizeof *choices);
    for (int i = 0; i < count; i++) {
        const struct nb_form *form = nb_catalog_form(catalog, nb_catalog_id(catalog, i));
        choices[i] = (struct tui_choice) { nb_catalog_id(catalog, i), form ? form->name : "" };
    }
    int chosen = tui_ask_choice(importing->app, "报告用的是哪种格式", choices, count, 0);
    if (chosen >= 0)
        importing->options.form = nb_catalog_form(catalog, nb_catalog_id(catalog, chosen));
    free(choices);
    return importing->options.form != NULL;
}

static bool ask_unit(struct importing *importing)
{
    struct nb_buf help = { 0 };
    bool fine = false;
    nb_buf_puts(&help, "标题里没有单位名称，写报告上的单位全称");
    while (!fine && tui_ask_line(importing->app, "哪个单位的报告", help.data, &importing->unit)) {
        const char *text = nb_buf_text(&importing->unit);
        const char *wanted = nb_draft_text_fault(NB_TEXT_UNIT, text);
        fine = text[0] && !wanted;
        help.len = 0;
        nb_buf_printf(&help, "这里要写%s", wanted ? wanted : "单位名称");
    }
    importing->options.unit = importing->unit.data;
    nb_buf_release(&help);
    return fine;
}

static const struct question {
    const char *rule; /* what is told where the report does not say it */
    enum nb_severity severity;
    bool (*ask)(struct importing *importing); /* false: the clerk leaves */
} questions[] = {
    { "import.year", NB_ERROR, ask_year },
    { "import.form", NB_ERROR, ask_form },
    { "import.unit", NB_WARNING, ask_unit },
};

static const struct question *question_of(const struct nb_diags *diags)
{
    for (size_t i = 0; i < nb_countof(questions); i++) {
        for (int j = 0; j < diags->count; j++) {
            if (diags->items[j].severity == questions[i].severity &&
                strcmp(diags->items[j].rule, questions[i].rule) == 0)
                return &questions[i];
        }
    }
    return NULL;
}

/* ---- reading ---- */

static void tell_failure(struct importing *importing)
{
    static const char *const answers[] = { "知道了", NULL };
    struct nb_buf text = { 0 };
    nb_buf_puts(&text, "没有导入：");
    nb_text_add_visible(&text, importing->path.data, importing->path.len);
    nb_buf_putc(&text, '\n');
    for (int i = 0; i < importing->diags.count; i++) {
        const char *message = importing->diags.items[i].message;
        nb_text_add_visible(&text, message, strlen(message));
        nb_buf_putc(&text, '\n');
    }
    tui_ask(importing->app, "导入不了", text.data, answers, 0);
    nb_buf_release(&text);
}

/* Reads the report, again with what the clerk says where it does not. */
static bool read_report(struct importing *importing)
{
    for (;;) {
        nb_diags_clear(&importing->diags);
        nb_import_release(&importing->import);
        tui_tell(importing->app, TUI_PLAIN, "正在读……");
        tui_redraw(importing->app);
        enum nb_status status =
            nb_import_load(importing->path.data, importing->folder->catalog, &importing->options,
                           &importing->diags, &importing->import);
        importing->app->message.len = 0;
        const struct question *question = question_of(&importing->diags);
        if (question) {
            if (!question->ask(importing))
                return false;
            continue;
        }
        nb_diags_sort(&importing->diags);
        if (status != NB_OK)
            tell_failure(importing);
        return status == NB_OK;
    }
}

/* ---- writing ---- */

/* False: `why` says what is wrong with the name, or what stands in the way. */
static bool write_draft(const struct importing *importing, const char *typed, struct nb_buf *name,
                        struct nb_buf *why)
{
    struct nb_diags diags = { 0 };
    struct nb_buf text = { 0 };
    name->len = why->len = 0;
    const char *fault = tui_folder_take_name(typed, name);
    if (fault) {
        nb_buf_puts(why, fault);
        return false;
    }
    char *path = tui_folder_path(importing->folder, name->data);
    nb_draft_write(importing->import.draft, &text);
    bool written = nb_file_create(path, &text, &diags) == NB_OK;
    if (!written)
        nb_buf_puts(why, nb_diags_first(&diags)->message);
    nb_buf_release(&text);
    nb_diags_release(&diags);
    free(path);
    return written;
}

/* Again until a draft of that name could be made. */
static bool make_draft(const struct importing *importing, struct nb_buf *name)
{
    const struct nb_draft *draft = importing->import.draft;
    const char *unit = nb_draft_text(draft, NB_TEXT_UNIT);
    struct nb_buf title = { 0 }, typed = { 0 }, help = { 0 };
    nb_buf_printf(&title, "%s %d 年度：草稿的文件名", unit, nb_draft_year(draft));
    tui_folder_suggest_name(importing->folder, unit, nb_draft_year(draft), &typed);
    nb_buf_puts(&help, "放在草稿的文件夹里；已有的文件不会覆盖");
    bool made = false;
    while (!made && tui_ask_line(importing->app, title.data, help.data, &typed))
        made = write_draft(importing, nb_buf_text(&typed), name, &help);
    nb_buf_release(&title);
    nb_buf_release(&typed);
    nb_buf_release(&help);
    return made;
}

static void show_doubts(const struct importing *importing, const char *name)
{
    struct tui_app *app = importing->app;
    if (!tui_doubts_any(&importing->import, &importing->diags)) {
        tui_tell(app, TUI_DONE, "已导入为 %s，没有存疑的地方", name);
        return;
    }
    char *path = tui_folder_path(importing->folder, name);
    tui_tell(app, TUI_DONE, "已导入为 %s；这些地方请对照原来的报告看一看", name);
    tui_doubts_run(app, path, &importing->import, &importing->diags);
    free(path);
}

bool tui_import_report(struct tui_app *app, const struct tui_folder *folder, struct nb_buf *name)
{
    struct importing importing = { .app = app, .folder = folder };
    bool made =
        choose_report(&importing) && read_report(&importing) && make_draft(&importing, name);
    if (made)
        show_doubts(&importing, name->data);
    nb_import_release(&importing.import);
    nb_diags_release(&importing.diags);
    nb_buf_release(&importing.path);
    nb_buf_release(&importing.unit);
    return made;
}
