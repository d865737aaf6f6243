/* Memory, strings under construction and the one status type.
 *
 * Exhaustion is not an error the callers see: the allocators call the handler that the program has
 * set and never return NULL. All other failures of the world are `enum nb_status` plus diagnostics
 * (diag.h); our own bugs are asserts, which stay in releases. */
#ifndef NIANBAO_BASE_H
#define NIANBAO_BASE_H

#include <stdbool.h>
#include <stddef.h>

/* NB_FAILED always comes with at least one diagnostic, unless a function says otherwise. */
enum nb_status { NB_OK, NB_FAILED };

#define nb_countof(array) (sizeof(array) / sizeof *(array))

/* Set what happens when memory is exhausted; the handler must not return. Without one: abort().
 * This is the only state the library keeps for a process. */
void nb_set_oom_handler(void (*handler)(void));
_Noreturn void nb_out_of_memory(void);

/* Zeroed memory, never NULL; release it with free(). */
void *nb_xalloc(size_t size_bytes);
/* As realloc() of `count` items of `size_bytes`; the product is checked. */
void *nb_xrealloc(void *old, size_t count, size_t size_bytes);
char *nb_xstrdup(const char *text);
char *nb_xstrndup(const char *text, size_t len_bytes);

/* Makes room for one more item behind `count` in a heap array of capacity `cap`. */
#define NB_GROW(array, count, cap)                                                                 \
    do {                                                                                           \
        if ((count) == (cap)) {                                                                    \
            (cap) = (cap) ? (cap)*2 : 8;                                                           \
            (array) = nb_xrealloc((array), (size_t)(cap), sizeof *(array));                        \
        }                                                                                          \
    } while (0)

/* Memory that lives and dies together. Start from { 0 }. */
struct nb_arena {
    struct nb_arena_block *top;
};
/* Zeroed, aligned for any object, valid until the arena is released. */
void *nb_arena_alloc(struct nb_arena *arena, size_t size_bytes);
char *nb_arena_strndup(struct nb_arena *arena, const char *text, size_t len_bytes);
char *nb_arena_strdup(struct nb_arena *arena, const char *text);
/* Frees everything but one block, which the next use starts with. */
void nb_arena_clear(struct nb_arena *arena);
void nb_arena_release(struct nb_arena *arena);

/* A string under construction. Start from { 0 }; `data` is NULL or ends with a NUL that `len`
 * does not count. Setting `len` to 0 begins anew in the same room. */
struct nb_buf {
    char *data;
    size_t len, cap;
};
void nb_buf_add(struct nb_buf *buf, const char *bytes, size_t len_bytes);
void nb_buf_puts(struct nb_buf *buf, const char *text);
void nb_buf_putc(struct nb_buf *buf, char byte);
void nb_buf_pad(struct nb_buf *buf, char byte, int count);
void nb_buf_printf(struct nb_buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The local time as drafts write it: 2025-01-20T16:00:00+08:00. */
void nb_buf_add_now(struct nb_buf *buf);
/* The text so far, "" when there is none; borrowed until the next change. */
const char *nb_buf_text(const struct nb_buf *buf);
void nb_buf_release(struct nb_buf *buf);

#endif
