/* The floor of a screen: paints the lines of a file and does the least with a key.
 * floor_page FILE [--once|RECORDS]: up and down move the focus, a digit is typed at it and three
 * sums are painted anew, Enter appends a line to the file RECORDS, which is on the disk then, and
 * moves down; any other key ends. --once ends after the first refresh. */
#include <curses.h>
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { CELL = 6 }; /* columns */

static void paint(FILE *file)
{
    char line[4096];
    for (int y = 0; y < LINES && fgets(line, sizeof line, file); y++) {
        line[strcspn(line, "\n")] = '\0';
        mvaddstr(y, 0, line);
    }
    mvchgat(LINES / 2, COLS / 2, CELL, A_REVERSE, 0, NULL);
    move(LINES / 2, COLS / 2);
    refresh();
}

static void type(wint_t digit)
{
    static int typed;
    int y, x;
    getyx(stdscr, y, x);
    typed++;
    mvprintw(y, COLS - 8, "%6d", 1000 + typed);
    mvprintw(LINES - 3, x, "%4d", 2000 + typed);
    mvprintw(0, COLS - 8, "%6d", 3000 + typed);
    mvaddch(y, x, (chtype)digit | A_REVERSE);
    move(y, x);
}

/* The focused cell is shown reversed, in the one column that the cursor keeps to. */
static void focus(int y, int x)
{
    chgat(CELL, A_NORMAL, 0, NULL);
    mvchgat(y, x, CELL, A_REVERSE, 0, NULL);
    move(y, x);
}

static int keep(int records)
{
    static const char line[] = "0123456789abcdef requests.granted.natural 1234567\n";
    return write(records, line, sizeof line - 1) > 0 && fdatasync(records) == 0;
}

static int obey(wint_t key, int records)
{
    int y, x;
    getyx(stdscr, y, x);
    if (key == KEY_UP || key == KEY_DOWN)
        focus(key == KEY_UP ? y - 1 : y + 1, x);
    else if (key == '\r' && keep(records))
        focus(y < LINES - 2 ? y + 1 : y - LINES / 2, x);
    else if (key >= '0' && key <= '9')
        type(key);
    else
        return 0;
    refresh();
    return 1;
}

int main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "");
    FILE *file = argc > 1 ? fopen(argv[1], "r") : NULL;
    int once = argc > 2 && strcmp(argv[2], "--once") == 0, records = -1;
    wint_t key;
    if (!file)
        return 2;
    if (argc > 2 && !once)
        records = open(argv[2], O_WRONLY | O_CREAT | O_APPEND, 0600);
    initscr();
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    paint(file);
    fclose(file);
    while (!once && get_wch(&key) != ERR && obey(key, records))
        continue;
    endwin();
    return 0;
}
