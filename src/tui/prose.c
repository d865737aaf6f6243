#include "prose.h"

#include <stdint.h>
#include <string.h>

#include "nianbao/text.h"
#include "prose_view.h"

/* Characters that join one step. */
enum { MOST_JOINED = 30 };

void tui_prose_open(struct tui_prose *prose, struct tui_session *session, int text, size_t offset)
{
    enum { USUAL_ROWS = 16, USUAL_COLUMNS = 80 }; /* until it is drawn */
    if (prose->session != session || prose->text != text) {
        prose->top_paragraph = 0;
        prose->top_line = 0;
    }
    prose->session = session;
    prose->text = text;
    prose->cursor = prose->anchor = offset;
    prose->marking = prose->dragging = prose->at_end = prose->typing = false;
    prose->found_len = 0;
    prose->goal_column = prose->last_motion = -1;
    if (!prose->columns) {
        prose->rows = USUAL_ROWS;
        prose->columns = USUAL_COLUMNS;
    }
    tui_prose_refresh(prose);
}

void tui_prose_go(struct tui_prose *prose, size_t offset)
{
    tui_prose_open(prose, prose->session, prose->text, offset);
}

void tui_prose_close(struct tui_prose *prose)
{
    tui_prose_release_layouts(prose);
    *prose = (struct tui_prose) { 0 };
}

size_t tui_prose_marked(const struct tui_prose *prose, size_t *from)
{
    bool forward = prose->anchor <= prose->cursor;
    *from = forward ? prose->anchor : prose->cursor;
    return forward ? prose->cursor - prose->anchor : prose->anchor - prose->cursor;
}

void tui_prose_toggle_marking(struct tui_prose *prose)
{
    prose->marking = !prose->marking;
    prose->anchor = prose->cursor;
    prose->typing = false;
}

bool tui_prose_unmark(struct tui_prose *prose)
{
    bool marked = prose->marking || prose->anchor != prose->cursor;
    prose->marking = false;
    prose->anchor = prose->cursor;
    return marked;
}

/* ---- changes ---- */

/* What was typed may have become one cluster with what stands behind it, or a reference. */
static void put_cursor_behind(struct tui_prose *prose, size_t offset)
{
    prose->cursor = prose->anchor = offset;
    prose->marking = prose->at_end = false;
    prose->goal_column = prose->last_motion = -1;
    tui_prose_refresh(prose);
    if (prose->cursor < offset)
        prose->cursor = prose->anchor = tui_prose_behind(prose, prose->cursor);
}

static void splice(struct tui_prose *prose, size_t from, size_t removed, const char *text,
                   size_t len, bool join)
{
    struct nb_history *history = prose->session->history;
    nb_history_begin(history, join);
    nb_history_splice(history, prose->text, from, removed, text, len);
    nb_history_end(history);
    prose->found_len = 0;
    put_cursor_behind(prose, from + len);
}

void tui_prose_splice(struct tui_prose *prose, size_t from, size_t removed, const char *text,
                      size_t len_bytes)
{
    splice(prose, from, removed, text, len_bytes, false);
    prose->typing = false;
}

/* One character typed or deleted: a part of the step before where that was the same kind of thing
 * at the same place, and nothing happened since. */
static void splice_one(struct tui_prose *prose, size_t from, size_t removed, const char *text,
                       size_t len, bool deleting)
{
    const struct nb_history *history = prose->session->history;
    bool join = prose->typing && prose->deleting == deleting && (deleting || !removed) &&
                prose->joined < MOST_JOINED && prose->joint == prose->cursor &&
                prose->step == nb_history_position(history) &&
                prose->session->changed.text == prose->text;
    splice(prose, from, removed, text, len, join);
    prose->joined = join ? prose->joined + 1 : 1;
    prose->typing = true;
    prose->deleting = deleting;
    prose->joint = prose->cursor;
    prose->step = nb_history_position(history);
}

void tui_prose_delete(struct tui_prose *prose, int step)
{
    tui_prose_refresh(prose);
    size_t from, len = tui_prose_marked(prose, &from);
    if (len) {
        tui_prose_splice(prose, from, len, "", 0);
        return;
    }
    from = step < 0 ? tui_prose_before(prose, prose->cursor) : prose->cursor;
    size_t to = step < 0 ? prose->cursor : tui_prose_behind(prose, prose->cursor);
    if (from < to)
        splice_one(prose, from, to - from, "", 0, true);
}

static bool is_too_long(const struct tui_prose *prose, size_t removed, size_t len)
{
    size_t rest = strlen(tui_prose_text(prose)) - removed;
    return len > TUI_PROSE_BYTES - (rest < TUI_PROSE_BYTES ? rest : TUI_PROSE_BYTES);
}

static const char too_long[] = "放不下：一段文字最多 1 MiB（约三十五万字）。没有改动";
static const char no_utf8[] = "粘贴的内容不是 UTF-8 文字，没有放进来";

/* Puts clean text in the place of what is marked; NULL or why not. */
static const char *insert(struct tui_prose *prose, const char *text, size_t len, bool typed)
{
    tui_prose_refresh(prose);
    size_t from, marked = tui_prose_marked(prose, &from);
    if (is_too_long(prose, marked, len))
        return too_long;
    if (typed)
        splice_one(prose, from, marked, text, len, false);
    else
        tui_prose_splice(prose, from, marked, text, len);
    return NULL;
}

int tui_prose_clean(const char *text, size_t len_bytes, struct nb_buf *out)
{
    int gone = 0;
    if (nb_utf8_fault(text, len_bytes))
        return -1;
    for (const char *at = text, *end = text + len_bytes; at < end;) {
        const char *from = at;
        if (!*at) {
            at++;
            gone++;
        } else if (*at == '\r') {
            at += 1 + (at + 1 < end && at[1] == '\n');
            nb_buf_putc(out, '\n');
        } else {
            nb_utf8_next(&at);
            bool fault = nb_text_fault(from, (size_t)(at - from)) != NULL;
            if (!fault)
                nb_buf_add(out, from, (size_t)(at - from));
            gone += fault;
        }
    }
    return gone;
}

/* *gone: how many characters were not taken. */
static const char *paste(struct tui_prose *prose, const char *text, size_t len_bytes, int *gone)
{
    struct nb_buf clean = { 0 };
    const char *why = NULL;
    *gone = 0;
    if (len_bytes > 4 * (size_t)TUI_PROSE_BYTES) /* not worth looking at */
        return too_long;
    *gone = tui_prose_clean(text, len_bytes, &clean);
    if (*gone < 0)
        why = no_utf8;
    else if (clean.len)
        why = insert(prose, clean.data, clean.len, false);
    nb_buf_release(&clean);
    return why;
}

const char *tui_prose_insert(struct tui_prose *prose, const char *text, size_t len_bytes)
{
    int gone;
    return paste(prose, text, len_bytes, &gone);
}

void tui_prose_cut(struct tui_prose *prose, struct tui_app *app, bool remove)
{
    tui_prose_refresh(prose);
    size_t from, len = tui_prose_marked(prose, &from);
    if (!len) {
        tui_tell(app, TUI_PLAIN, "没有选中文字：先按 ^T，再移动光标");
        return;
    }
    tui_copy(app, tui_prose_text(prose) + from, len);
    if (remove) {
        tui_prose_splice(prose, from, len, "", 0);
    } else {
        prose->marking = prose->typing = false;
        prose->anchor = prose->cursor;
    }
}

/* ---- events ---- */

static void take_paste(struct tui_prose *prose, struct tui_app *app, const struct nb_buf *text)
{
    int gone;
    const char *why = paste(prose, nb_buf_text(text), text->len, &gone);
    if (why)
        tui_tell(app, TUI_ERROR, "%s", why);
    else if (gone)
        tui_tell(app, TUI_WARNING, "粘贴的内容里有 %d 个不能显示的字符，已去掉", gone);
}

/* Typed among the blanks at the start of a paragraph, which print as its indent, a character would
 * carry those behind it into the text. */
static void leave_indent(struct tui_prose *prose, uint32_t key)
{
    tui_prose_refresh(prose);
    size_t paragraph = tui_paragraph_start(tui_prose_text(prose), prose->cursor);
    size_t text = paragraph + tui_prose_layout(prose, paragraph)->lead;
    if (!nb_utf8_is_blank(key) && prose->anchor == prose->cursor && prose->cursor < text)
        prose->cursor = prose->anchor = text;
}

static void take_text(struct tui_prose *prose, struct tui_app *app, uint32_t key)
{
    struct nb_buf typed = { 0 };
    nb_utf8_add(&typed, key);
    if (!typed.len || nb_text_fault(typed.data, typed.len)) {
        nb_buf_release(&typed);
        return;
    }
    leave_indent(prose, key);
    const char *why = insert(prose, typed.data, typed.len, true);
    if (why)
        tui_tell(app, TUI_ERROR, "%s", why);
    nb_buf_release(&typed);
}

static void take_enter(struct tui_prose *prose, struct tui_app *app)
{
    const char *why = insert(prose, "\n", 1, false);
    if (why)
        tui_tell(app, TUI_ERROR, "%s", why);
}

static bool is_on(const struct tui_prose *prose, int y, int x)
{
    return y >= prose->y && y < prose->y + prose->rows && x >= prose->x &&
           x < prose->x + prose->columns;
}

/* A drag beyond the first or last row scrolls. */
static void drag(struct tui_prose *prose, int y, int x)
{
    size_t anchor = prose->anchor;
    if (y < prose->y)
        tui_prose_scroll(prose, -1);
    else if (y >= prose->y + prose->rows)
        tui_prose_scroll(prose, 1);
    tui_prose_point(prose, y < prose->y ? prose->y : y, x);
    prose->anchor = anchor;
}

static bool take_mouse(struct tui_prose *prose, const struct tui_event *event)
{
    enum { WHEEL_LINES = 3 };
    bool on = is_on(prose, event->y, event->x), taken = on || prose->dragging;
    tui_prose_refresh(prose);
    switch (event->mouse) {
    case TUI_MOUSE_PRESS:
        if (!on)
            return false;
        tui_prose_point(prose, event->y, event->x);
        prose->anchor = prose->cursor;
        prose->marking = false;
        prose->dragging = true;
        break;
    case TUI_MOUSE_DRAG:
        if (prose->dragging)
            drag(prose, event->y, event->x);
        return prose->dragging;
    case TUI_MOUSE_RELEASE:
        prose->dragging = false;
        return taken;
    case TUI_MOUSE_UP:
    case TUI_MOUSE_DOWN:
        if (!on)
            return false;
        tui_prose_scroll(prose, event->mouse == TUI_MOUSE_UP ? -WHEEL_LINES : WHEEL_LINES);
        prose->last_motion = -1;
        return true; /* the goal column stays */
    }
    prose->typing = false;
    prose->goal_column = prose->last_motion = -1;
    return true;
}

bool tui_prose_event(struct tui_prose *prose, struct tui_app *app, const struct tui_event *event)
{
    switch (event->kind) {
    case TUI_EVENT_KEY:
        if (tui_key_is_text(event->key))
            take_text(prose, app, event->key);
        else if (event->key == TUI_KEY_ENTER)
            take_enter(prose, app);
        else
            return false;
        return true;
    case TUI_EVENT_PASTE:
        take_paste(prose, app, &event->paste);
        return true;
    case TUI_EVENT_MOUSE:
        return take_mouse(prose, event);
    case TUI_EVENT_NONE:
    case TUI_EVENT_RESIZE:
    case TUI_EVENT_HANGUP:
        break;
    }
    return false;
}

/* ---- counting ---- */

/* Accents and what a joiner joins are no characters by themselves. */
int tui_prose_count(const struct tui_prose *prose)
{
    enum { JOINER = 0x200D };
    struct nb_buf shown = { 0 };
    int count = 0;
    uint32_t before = 0;
    nb_draft_add_resolved(prose->session->draft, tui_prose_text(prose), &shown);
    for (const char *at = nb_buf_text(&shown); *at;) {
        size_t broken = tui_break_length(at);
        uint32_t code = nb_utf8_next(&at);
        count += !broken && before != JOINER && !nb_utf8_is_blank(code) && nb_utf8_width(code) > 0;
        before = code;
    }
    nb_buf_release(&shown);
    return count;
}
