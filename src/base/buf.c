#include "nianbao/base.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Room for `more` bytes and the NUL behind them. */
static void reserve(struct nb_buf *buf, size_t more)
{
    if (more > SIZE_MAX / 2 - buf->len)
        nb_out_of_memory();
    size_t need = buf->len + more + 1;
    if (need <= buf->cap)
        return;
    size_t cap = buf->cap ? buf->cap : 64;
    while (cap < need)
        cap *= 2;
    buf->data = nb_xrealloc(buf->data, cap, 1);
    buf->cap = cap;
}

void nb_buf_add(struct nb_buf *buf, const char *bytes, size_t len_bytes)
{
    reserve(buf, len_bytes);
    if (len_bytes)
        memcpy(buf->data + buf->len, bytes, len_bytes);
    buf->len += len_bytes;
    buf->data[buf->len] = '\0';
}

void nb_buf_puts(struct nb_buf *buf, const char *text)
{
    nb_buf_add(buf, text, strlen(text));
}

void nb_buf_putc(struct nb_buf *buf, char byte)
{
    nb_buf_add(buf, &byte, 1);
}

void nb_buf_pad(struct nb_buf *buf, char byte, int count)
{
    for (int i = 0; i < count; i++)
        nb_buf_putc(buf, byte);
}

void nb_buf_printf(struct nb_buf *buf, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    assert(len >= 0);
    reserve(buf, (size_t)len);
    vsnprintf(buf->data + buf->len, (size_t)len + 1, format, again);
    buf->len += (size_t)len;
    va_end(again);
    va_end(args);
}

void nb_buf_add_now(struct nb_buf *buf)
{
    char stamp[32], zone[8];
    time_t now = time(NULL);
    struct tm local;
    localtime_r(&now, &local);
    strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S", &local);
    strftime(zone, sizeof zone, "%z", &local);
    nb_buf_printf(buf, "%s%.3s:%s", stamp, zone, zone + 3);
}

const char *nb_buf_text(const struct nb_buf *buf)
{
    return buf->len ? buf->data : ""; /* len is set to 0 to begin anew */
}

void nb_buf_release(struct nb_buf *buf)
{
    free(buf->data);
    *buf = (struct nb_buf) { 0 };
}
