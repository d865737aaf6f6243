/* Filling in texts that stand on a line of a sheet: those of the head are asked for, others open.
 */
#include <string.h>

#include "dialog.h"
#include "editor.h"
#include "line.h"

static const char *help_of(int text)
{
    return text == NB_TEXT_SIGNED_DATE ? "例如 2025-01-20"
           : text == NB_TEXT_PRIOR     ? "文件名，相对于这份草稿所在的文件夹"
                                       : "";
}

static void set_text(struct tui_session *session, int text, const char *value)
{
    nb_history_begin(session->history, false);
    nb_history_set_text(session->history, text, value);
    nb_history_end(session->history);
}

/* What is typed on the line takes the place of what it holds, as in a cell. */
static void begin(const struct tui_session *session, int text, const struct tui_event *typed,
                  struct nb_buf *value)
{
    struct tui_line line = { 0 };
    if (typed && tui_line_event(&line, typed))
        nb_buf_puts(value, nb_buf_text(&line.text));
    else
        nb_buf_puts(value, nb_draft_text(session->draft, text));
    tui_line_release(&line);
}

static void trim(struct nb_buf *value)
{
    struct tui_line line = { 0 };
    tui_line_set(&line, nb_buf_text(value));
    tui_line_trim(&line);
    value->len = 0;
    nb_buf_puts(value, nb_buf_text(&line.text));
    tui_line_release(&line);
}

static void ask(struct tui_editor *editor, int text, const struct tui_event *typed)
{
    struct nb_buf value = { 0 }, help = { 0 };
    begin(editor->session, text, typed, &value);
    nb_buf_puts(&help, help_of(text));
    while (tui_ask_line(editor->screen.app, tui_text_name(text), nb_buf_text(&help), &value)) {
        trim(&value);
        const char *fault = nb_draft_text_fault(text, nb_buf_text(&value));
        if (!fault) {
            set_text(editor->session, text, nb_buf_text(&value));
            break;
        }
        help.len = 0;
        nb_buf_printf(&help, "这里要写%s", fault);
    }
    nb_buf_release(&value);
    nb_buf_release(&help);
}

void tui_editor_fill_in(struct tui_editor *editor, int text, const struct tui_event *typed)
{
    if (text < NB_TEXT_PROSE && text != NB_TEXT_PREAMBLE) {
        ask(editor, text, typed);
        return;
    }
    tui_editor_open_text(editor, text, strlen(nb_draft_text(editor->session->draft, text)));
    if (typed)
        tui_prose_event(&editor->prose, editor->screen.app, typed);
}
