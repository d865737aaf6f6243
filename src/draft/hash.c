/* What a finished draft was when it was finished. */
#include <sha2.h>
#include <stdint.h>
#include <string.h>

#include "nianbao/draft.h"

void nb_draft_add_content_hash(const struct nb_draft *draft, struct nb_buf *out)
{
    static const char key[] = "\nfinished: ";
    char digest[SHA256_DIGEST_STRING_LENGTH];
    struct nb_buf text = { 0 };
    nb_draft_write(draft, &text);
    /* texts are indented: at the start of a line this can only be the key */
    char *finished = strstr(text.data, key);
    size_t kept = finished ? (size_t)(finished - text.data) + 1 : text.len;
    SHA2_CTX context;
    SHA256Init(&context);
    SHA256Update(&context, (const uint8_t *)text.data, kept);
    if (finished) {
        const char *behind = strchr(finished + 1, '\n') + 1;
        SHA256Update(&context, (const uint8_t *)behind, strlen(behind));
    }
    nb_buf_printf(out, "sha256:%s", SHA256End(&context, digest));
    nb_buf_release(&text);
}
