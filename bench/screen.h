/* What a screen costs beside a bare curses program. */
#ifndef BENCH_SCREEN_H
#define BENCH_SCREEN_H

double bench_median(double *values, int count); /* sorts them */
/* Opens a copy of the draft with nianbao, and floor_page on its print, in the scratch folder. */
void bench_screens(char *nianbao, const char *draft, char *floor_page, const char *folder);

#endif
