#include "places.h"

#include <stdlib.h>
#include <string.h>

#include "nianbao/file.h"

enum { MOST_PLACES = 200, LIMIT_BYTES = 1 << 20 };

static void read_places(struct nb_buf *text)
{
    struct nb_buf path = { 0 };
    struct nb_diags ignored = { 0 };
    bool known = nb_file_add_state_folder(&path, NULL);
    nb_buf_puts(&path, "/places");
    if (!known || nb_file_read(path.data, LIMIT_BYTES, &ignored, text) != NB_OK)
        text->len = 0;
    nb_buf_release(&path);
    nb_diags_release(&ignored);
}

/* The line about the file: address, of a text also @ and bytes, tab, path. NULL: there is none. */
static const char *find_line(const struct nb_buf *text, const char *path)
{
    size_t len = strlen(path);
    for (const char *line = nb_buf_text(text); *line;) {
        const char *end = strchrnul(line, '\n'), *tab = memchr(line, '\t', (size_t)(end - line));
        if (tab && (size_t)(end - tab - 1) == len && memcmp(tab + 1, path, len) == 0)
            return line;
        line = *end ? end + 1 : end;
    }
    return NULL;
}

static void add_others(struct nb_buf *out, const struct nb_buf *old, const char *without)
{
    const char *line = nb_buf_text(old);
    for (int count = 1; *line && count < MOST_PLACES; count++) {
        const char *end = strchrnul(line, '\n');
        if (line != without && *end)
            nb_buf_add(out, line, (size_t)(end - line) + 1);
        line = *end ? end + 1 : end;
    }
}

void tui_remember_place(const struct tui_session *session, const struct tui_place *place)
{
    char *path = realpath(session->path, NULL);
    const char *address = place->cell >= 0   ? session->form->cells[place->cell].address
                          : place->text >= 0 ? nb_draft_text_address(session->draft, place->text)
                                             : NULL;
    struct nb_buf old = { 0 }, new = { 0 }, file = { 0 };
    struct nb_diags ignored = { 0 };
    if (path && address && !strchr(path, '\n') && nb_file_add_state_folder(&file, NULL)) {
        nb_buf_puts(&file, "/places");
        read_places(&old);
        nb_buf_puts(&new, address);
        if (place->cell < 0)
            nb_buf_printf(&new, "@%zu", place->offset);
        nb_buf_printf(&new, "\t%s\n", path);
        add_others(&new, &old, find_line(&old, path));
        nb_file_replace(file.data, &new, &ignored);
    }
    nb_buf_release(&old);
    nb_buf_release(&new);
    nb_buf_release(&file);
    nb_diags_release(&ignored);
    free(path);
}

bool tui_recall_place(const struct tui_session *session, struct tui_place *place)
{
    char *path = realpath(session->path, NULL);
    struct nb_buf text = { 0 };
    read_places(&text);
    const char *line = path ? find_line(&text, path) : NULL;
    bool found = false;
    if (line) {
        char *address = nb_xstrndup(line, strcspn(line, "@\t"));
        const char *behind = line + strlen(address);
        found = tui_session_place_of(session, address, place);
        if (found && *behind == '@')
            place->offset = strtoul(behind + 1, NULL, 10);
        free(address);
    }
    nb_buf_release(&text);
    free(path);
    return found;
}
