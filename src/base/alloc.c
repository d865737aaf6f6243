#include "nianbao/base.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* See nb_set_oom_handler(): exhaustion belongs to the process, not to an object. */
static void (*oom_handler)(void);

void nb_set_oom_handler(void (*handler)(void))
{
    oom_handler = handler;
}

_Noreturn void nb_out_of_memory(void)
{
    if (oom_handler)
        oom_handler();
    abort();
}

void *nb_xalloc(size_t size_bytes)
{
    void *memory = calloc(1, size_bytes ? size_bytes : 1);
    if (!memory)
        nb_out_of_memory();
    return memory;
}

void *nb_xrealloc(void *old, size_t count, size_t size_bytes)
{
    if (size_bytes && count > SIZE_MAX / size_bytes)
        nb_out_of_memory();
    size_t total = count * size_bytes;
    void *memory = realloc(old, total ? total : 1);
    if (!memory)
        nb_out_of_memory();
    return memory;
}

char *nb_xstrndup(const char *text, size_t len_bytes)
{
    char *copy = nb_xrealloc(NULL, len_bytes + 1, 1);
    memcpy(copy, text, len_bytes);
    copy[len_bytes] = '\0';
    return copy;
}

char *nb_xstrdup(const char *text)
{
    return nb_xstrndup(text, strlen(text));
}

/* Blocks form a list, newest first; a request larger than a block gets one of its own. */
struct nb_arena_block {
    struct nb_arena_block *below;
    size_t used, size;
    max_align_t data[];
};

enum { ARENA_BLOCK_BYTES = 16 * 1024 - 64 };

static struct nb_arena_block *arena_push(struct nb_arena *arena, size_t need)
{
    size_t size = need > ARENA_BLOCK_BYTES ? need : ARENA_BLOCK_BYTES;
    if (size > SIZE_MAX - sizeof(struct nb_arena_block))
        nb_out_of_memory();
    struct nb_arena_block *block = malloc(sizeof *block + size);
    if (!block)
        nb_out_of_memory();
    block->below = arena->top;
    block->used = 0;
    block->size = size;
    arena->top = block;
    return block;
}

static char *arena_take(struct nb_arena *arena, size_t size_bytes)
{
    const size_t unit = sizeof(max_align_t);
    if (size_bytes > SIZE_MAX - unit)
        nb_out_of_memory();
    size_t need = (size_bytes + unit - 1) / unit * unit;
    struct nb_arena_block *block = arena->top;
    if (!block || block->size - block->used < need)
        block = arena_push(arena, need);
    char *memory = (char *)block->data + block->used;
    block->used += need;
    return memory;
}

void *nb_arena_alloc(struct nb_arena *arena, size_t size_bytes)
{
    return memset(arena_take(arena, size_bytes), 0, size_bytes);
}

char *nb_arena_strndup(struct nb_arena *arena, const char *text, size_t len_bytes)
{
    char *copy = arena_take(arena, len_bytes + 1);
    memcpy(copy, text, len_bytes);
    copy[len_bytes] = '\0';
    return copy;
}

char *nb_arena_strdup(struct nb_arena *arena, const char *text)
{
    return nb_arena_strndup(arena, text, strlen(text));
}

static void arena_drop_to(struct nb_arena *arena, const struct nb_arena_block *keep)
{
    while (arena->top != keep) {
        struct nb_arena_block *block = arena->top;
        arena->top = block->below;
        free(block);
    }
}

void nb_arena_clear(struct nb_arena *arena)
{
    struct nb_arena_block *oldest = arena->top;
    while (oldest && oldest->below)
        oldest = oldest->below;
    arena_drop_to(arena, oldest);
    if (oldest)
        oldest->used = 0;
}

void nb_arena_release(struct nb_arena *arena)
{
    arena_drop_to(arena, NULL);
}
