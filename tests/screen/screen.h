/* What a terminal shows: the bytes of a program go into libvterm, and its screen is asked for text,
 * attributes and cursor. Rows and columns count from 1 here, as terminals themselves count them;
 * a column is a cell, so that a Chinese character takes two. */
#ifndef SCREEN_H
#define SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct screen;

/* Bytes that the terminal sends to the program: keys, mouse, answers to its questions. */
typedef void screen_sender(const char *bytes, size_t len_bytes, void *context);

struct screen *screen_new(int rows, int columns, screen_sender *send, void *context);
void screen_free(struct screen *screen); /* NULL is fine */
void screen_resize(struct screen *screen, int rows, int columns);
void screen_take(struct screen *screen, const char *bytes, size_t len_bytes);

/* All rows, blanks at their ends cut off, each with a newline: yours to free. */
char *screen_text(const struct screen *screen);
/* The same between two rules of the screen's width, then where the cursor is. */
void screen_print(const struct screen *screen, FILE *out);
/* The runs of one row that are not plain: columns, attributes, text. */
void screen_print_attributes(const struct screen *screen, int row, FILE *out);
/* A line for each cell where half of a wide character was overwritten. */
void screen_print_halves(const struct screen *screen, FILE *out);
/* What the program switched on: alternate screen, mouse, bracketed paste, no cursor. */
void screen_print_modes(struct screen *screen, FILE *out);

/* As xterm sends them, in the modes that the program asked for. A name is F5, Down, Ctrl-Home,
 * Alt-x, ^S or one character; false: there is no such key. */
bool screen_key(struct screen *screen, const char *name);
/* Between the marks of a bracketed paste, if the program asked for them. */
void screen_paste(struct screen *screen, const char *bytes, size_t len_bytes);
/* Buttons 1..3, 4 and 5 are the wheel. They send nothing to a program that asked for no mouse. */
void screen_mouse_move(struct screen *screen, int row, int column);
void screen_mouse_button(struct screen *screen, int button, bool pressed);

#endif
