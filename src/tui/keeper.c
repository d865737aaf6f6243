#include "keeper.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "nianbao/text.h"
#include "session.h"

/* 200 ideographs, and how long a text may wait. */
enum { TYPED_BYTES = 600, WAIT_MS = 1000 };

struct tui_keeper {
    struct tui_session *session;
    struct nb_journal *journal;
    bool *dirty; /* by text */
    bool dirty_lists[NB_LIST_COUNT];
    bool any_dirty, newline;
    size_t typed_bytes;
    struct timespec since; /* the oldest change of a text that waits */
    bool failing;          /* the last flush failed, which was told */
};

struct tui_keeper *tui_keeper_open(struct tui_session *session, struct nb_diags *diags)
{
    struct nb_journal *journal;
    enum nb_journal_kind kind = session->second ? NB_JOURNAL_VERIFY : NB_JOURNAL_EDITS;
    if (nb_journal_open(session->path, kind, diags, &journal) != NB_OK)
        return NULL;
    struct tui_keeper *keeper = nb_xalloc(sizeof *keeper);
    keeper->session = session;
    keeper->journal = journal;
    keeper->dirty = nb_xalloc((size_t)nb_draft_text_count(session->draft) * sizeof *keeper->dirty);
    return keeper;
}

const struct nb_journal *tui_keeper_journal(const struct tui_keeper *keeper)
{
    return keeper->journal;
}

void tui_keeper_close(struct tui_keeper *keeper, bool remove)
{
    if (!keeper)
        return;
    nb_journal_close(keeper->journal, remove);
    free(keeper->dirty);
    free(keeper);
}

/* ---- writing ---- */

void tui_keeper_note(struct tui_keeper *keeper, const struct nb_change *change)
{
    const struct nb_form *form = keeper->session->form;
    struct nb_buf value = { 0 };
    switch (change->what) {
    case NB_CHANGE_FIGURE:
        nb_figure_write(&value, form->cells[change->index].kind, change->new.figure);
        nb_journal_add(keeper->journal, form->cells[change->index].address, nb_buf_text(&value));
        break;
    case NB_CHANGE_TEXT:
        if (!keeper->any_dirty)
            clock_gettime(CLOCK_MONOTONIC, &keeper->since);
        keeper->dirty[change->index] = keeper->any_dirty = true;
        keeper->typed_bytes += change->new.len_bytes + change->old.len_bytes;
        keeper->newline |= memchr(change->new.text, '\n', change->new.len_bytes) != NULL;
        break;
    case NB_CHANGE_RECORD:
        keeper->dirty_lists[change->index] = true;
        break;
    }
    nb_buf_release(&value);
}

/* A line a record, its fields ended by tabs. */
static void add_list(struct nb_buf *out, const struct nb_draft *draft, enum nb_list list)
{
    for (int i = 0; i < nb_draft_record_count(draft, list); i++) {
        const char *const *fields = nb_draft_record(draft, list, i);
        for (int j = 0; j < NB_RECORD_FIELDS; j++) {
            nb_text_add_escaped(out, fields[j]);
            nb_buf_putc(out, '\t');
        }
        nb_buf_putc(out, '\n');
    }
}

static void add_lists(struct tui_keeper *keeper)
{
    for (int list = 0; list < NB_LIST_COUNT; list++) {
        struct nb_buf value = { 0 };
        if (!keeper->dirty_lists[list])
            continue;
        add_list(&value, keeper->session->draft, (enum nb_list)list);
        nb_journal_add(keeper->journal, nb_list_name((enum nb_list)list), nb_buf_text(&value));
        keeper->dirty_lists[list] = false;
        nb_buf_release(&value);
    }
}

static bool is_due(const struct tui_keeper *keeper)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    long waited = (now.tv_sec - keeper->since.tv_sec) * 1000 +
                  (now.tv_nsec - keeper->since.tv_nsec) / 1000000;
    return keeper->newline || keeper->typed_bytes >= TYPED_BYTES || waited >= WAIT_MS;
}

/* No text waits any more. */
static void forget_texts(struct tui_keeper *keeper)
{
    size_t n_texts = (size_t)nb_draft_text_count(keeper->session->draft);
    memset(keeper->dirty, 0, n_texts * sizeof *keeper->dirty);
    keeper->any_dirty = keeper->newline = false;
    keeper->typed_bytes = 0;
}

static void add_texts(struct tui_keeper *keeper)
{
    const struct nb_draft *draft = keeper->session->draft;
    for (int text = 0; text < nb_draft_text_count(draft); text++) {
        if (keeper->dirty[text])
            nb_journal_add(keeper->journal, nb_draft_text_address(draft, text),
                           nb_draft_text(draft, text));
    }
    forget_texts(keeper);
}

bool tui_keeper_flush(struct tui_keeper *keeper, bool all, struct nb_diags *diags)
{
    struct nb_diags ignored = { 0 };
    add_lists(keeper);
    if (keeper->any_dirty && (all || is_due(keeper)))
        add_texts(keeper);
    bool failed = nb_journal_flush(keeper->journal, keeper->failing ? &ignored : diags) != NB_OK;
    keeper->failing = failed;
    nb_diags_release(&ignored);
    return keeper->any_dirty;
}

bool tui_keeper_is_failing(const struct tui_keeper *keeper)
{
    return keeper->failing;
}

void tui_keeper_start(struct tui_keeper *keeper, const char *base, struct nb_diags *diags)
{
    memset(keeper->dirty_lists, 0, sizeof keeper->dirty_lists);
    forget_texts(keeper);
    nb_journal_start(keeper->journal, base, diags);
}

/* ---- what was left ---- */

static int list_of(const char *address)
{
    for (int list = 0; list < NB_LIST_COUNT; list++) {
        if (strcmp(address, nb_list_name((enum nb_list)list)) == 0)
            return list;
    }
    return -1;
}

/* The value that the draft has for the address of a record; false: it has no such address. */
static bool add_value(struct nb_buf *out, const struct nb_draft *draft, const char *address)
{
    int list = list_of(address);
    if (list < 0)
        return nb_draft_get(draft, address, out);
    add_list(out, draft, (enum nb_list)list);
    return true;
}

static void add_name(struct nb_buf *out, const struct tui_session *session, const char *address)
{
    int cell = nb_form_find_cell(session->form, address, strlen(address));
    int text = nb_draft_find_text(session->draft, address);
    int section = text >= 0 ? tui_section_of_text(session->form, text) : -1;
    if (cell >= 0) {
        nb_buf_printf(out, "%s · ", session->form->cells[cell].table->section->brief);
        nb_cell_add_name(out, session->form, cell);
    } else if (section >= 0) {
        nb_buf_printf(out, "%s · 文字", session->form->sections[section].brief);
    } else {
        nb_buf_puts(out, list_of(address) < 0 ? address : "备注和接受的提示");
    }
}

static void add_side(struct nb_buf *out, const char *what, const char *value)
{
    size_t len = strcspn(value, "\n");
    char *line = nb_xstrndup(value, len);
    nb_buf_printf(out, "  %s ", what);
    nb_text_add_brief(out, line[0] ? line : "——", strlen(line[0] ? line : "——"));
    nb_buf_puts(out, value[len] ? "…" : "");
    free(line);
}

int tui_keeper_differences(const struct tui_keeper *keeper, struct nb_buf *out)
{
    const struct tui_session *session = keeper->session;
    int count = 0;
    for (int i = 0; i < nb_journal_count(keeper->journal); i++) {
        const struct nb_journal_record *record = nb_journal_record(keeper->journal, i);
        struct nb_buf now = { 0 };
        if (add_value(&now, session->draft, record->address) &&
            strcmp(nb_buf_text(&now), record->value) != 0) {
            add_name(out, session, record->address);
            add_side(out, "文件", nb_buf_text(&now));
            add_side(out, "恢复后", record->value);
            nb_buf_putc(out, '\n');
            count++;
        }
        nb_buf_release(&now);
    }
    return count;
}

static void recover_figure(struct tui_session *session, int cell, const char *value)
{
    struct nb_figure figure = { .filled = false };
    if (!value[0] || nb_figure_read(value, strlen(value), session->form->cells[cell].kind,
                                    &figure) == NB_FIGURE_FINE)
        nb_history_set_figure(session->history, cell, figure);
}

/* One line of add_list(); it is changed. */
static void recover_record(struct tui_session *session, enum nb_list list, char *line)
{
    const char *fields[NB_RECORD_FIELDS] = { 0 };
    for (int i = 0; i < NB_RECORD_FIELDS && *line; i++) {
        char *tab = strchr(line, '\t');
        if (!tab)
            break;
        *tab = '\0';
        fields[i] = nb_text_unescape(line) && !nb_text_fault(line, strlen(line)) ? line : "";
        line = tab + 1;
    }
    nb_history_add_record(session->history, list, fields);
}

static void recover_list(struct tui_session *session, enum nb_list list, const char *value)
{
    char *copy = nb_xstrdup(value);
    while (nb_draft_record_count(session->draft, list))
        nb_history_remove_record(session->history, list, 0);
    for (char *line = copy, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = '\0';
        recover_record(session, list, line);
    }
    free(copy);
}

void tui_keeper_recover(struct tui_keeper *keeper)
{
    struct tui_session *session = keeper->session;
    nb_history_begin(session->history, false);
    for (int i = 0; i < nb_journal_count(keeper->journal); i++) {
        const struct nb_journal_record *record = nb_journal_record(keeper->journal, i);
        int cell = nb_form_find_cell(session->form, record->address, strlen(record->address));
        int text = nb_draft_find_text(session->draft, record->address);
        int list = list_of(record->address);
        if (cell >= 0)
            recover_figure(session, cell, record->value);
        else if (list >= 0)
            recover_list(session, (enum nb_list)list, record->value);
        else if (text >= 0 && !nb_draft_text_fault(text, record->value))
            nb_history_set_text(session->history, text, record->value);
    }
    nb_history_end(session->history);
}

enum nb_status tui_keeper_set_aside(struct tui_keeper *keeper, const char *path,
                                    struct nb_diags *diags)
{
    return nb_journal_set_aside(keeper->journal, path, diags);
}
