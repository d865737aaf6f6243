/* What a finished draft was when it was finished. */
#include <string.h>

#include "nianbao/draft.h"
#include "nianbao/hash.h"

void nb_draft_add_content_hash(const struct nb_draft *draft, struct nb_buf *out)
{
    static const char key[] = "\nfinished: ";
    struct nb_buf text = { 0 };
    nb_draft_write(draft, &text);
    /* texts are indented: at the start of a line this can only be the key */
    char *finished = strstr(text.data, key);
    if (finished) {
        char *line = finished + 1, *behind = strchr(line, '\n') + 1;
        size_t rest = text.len - (size_t)(behind - text.data);
        memmove(line, behind, rest);
        text.len = (size_t)(line - text.data) + rest;
    }
    nb_hash_add(out, text.data, text.len);
    nb_buf_release(&text);
}
