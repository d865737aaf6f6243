/* Ratios against floors, measured in one run and in alternation, since absolute times say nothing
 * on another machine: bench NIANBAO FLOOR_EVENTS FLOOR_EMPTY FLOOR_PAGE SAMPLE */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "nianbao/check.h"
#include "nianbao/file.h"
#include "screen.h"
#include "suspects.h"

enum { DRAFTS = 5000, FEW = 100, ROUNDS = 11, PROCESS_ROUNDS = 401 };

struct cost {
    double cpu, wall; /* seconds */
    long peak_kib;
};

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static void become(char *const *command)
{
    int null = open("/dev/null", O_RDWR);
    dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
    execv(command[0], command);
    _exit(127);
}

static struct cost run(char *const *command)
{
    struct timespec from, to;
    struct rusage usage;
    int status = -1;
    clock_gettime(CLOCK_MONOTONIC, &from);
    pid_t child = fork();
    if (child == 0)
        become(command);
    if (child < 0 || wait4(child, &status, 0, &usage) < 0 || status != 0) {
        fprintf(stderr, "bench: %s failed\n", command[0]);
        exit(1);
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    return (struct cost) {
        seconds(usage.ru_utime) + seconds(usage.ru_stime),
        (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9,
        usage.ru_maxrss,
    };
}

static int by_value(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

double bench_median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, by_value);
    return values[count / 2];
}

/* The two commands in alternation; prints the median of the ratios of neighbouring runs. */
static void compare(const char *what, char *const *command, char *const *floor, int rounds,
                    double wanted)
{
    double *cpu = calloc((size_t)rounds, sizeof *cpu), *wall = calloc((size_t)rounds, sizeof *wall);
    for (int i = 0; cpu && wall && i < rounds; i++) {
        struct cost own = run(command), least = run(floor);
        cpu[i] = least.cpu > 0 ? own.cpu / least.cpu : 0;
        wall[i] = own.wall / least.wall;
    }
    if (cpu && wall)
        printf("%-44s wall %5.2f   cpu %5.2f   (wanted at most %.2f)\n", what,
               bench_median(wall, rounds), bench_median(cpu, rounds), wanted);
    free(cpu);
    free(wall);
}

static unsigned next_random(unsigned *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 16;
}

/* Random figures whose sums hold. */
static void randomise(struct nb_draft *draft, unsigned *state)
{
    const struct nb_form *form = nb_draft_form(draft);
    for (int cell = 0; cell < form->n_cells; cell++) {
        struct nb_figure figure = { .units = next_random(state) % 400, .filled = true };
        if (strcmp(form->cells[cell].address + strlen(form->cells[cell].address) - 5, "total") == 0)
            figure = (struct nb_figure) { .filled = false };
        if (strncmp(form->cells[cell].address, "requests.handled", 16) == 0 ||
            strncmp(form->cells[cell].address, "requests.new", 12) == 0 ||
            strncmp(form->cells[cell].address, "requests.carried", 16) == 0)
            figure = (struct nb_figure) { .filled = false };
        nb_draft_set_figure(draft, cell, figure);
    }
    struct nb_figure *filled = nb_xalloc((size_t)form->n_cells * sizeof *filled);
    nb_check_fill_blanks(draft, filled);
    for (int cell = 0; cell < form->n_cells; cell++)
        nb_draft_set_figure(draft, cell, filled[cell]);
    /* what came in is what was handled */
    for (int column = 0; column < 7; column++) {
        static const char *const columns[] = { "natural", "company", "research", "welfare",
                                               "legal",   "other",   "total" };
        char from[64], to[64];
        snprintf(from, sizeof from, "requests.handled.%s", columns[column]);
        snprintf(to, sizeof to, "requests.new.%s", columns[column]);
        nb_draft_set_figure(draft, nb_form_find_cell(form, to, strlen(to)),
                            filled[nb_form_find_cell(form, from, strlen(from))]);
    }
    free(filled);
}

static void generate(const char *folder, struct nb_draft *draft)
{
    struct nb_diags diags = { 0 };
    unsigned state = 1;
    nb_draft_set_text(draft, NB_TEXT_PRIOR, "");
    for (int i = 0; i < DRAFTS; i++) {
        struct nb_buf text = { 0 }, path = { 0 };
        randomise(draft, &state);
        nb_draft_write(draft, &text);
        nb_buf_printf(&path, "%s/%d.yaml", folder, i);
        FILE *file = fopen(path.data, "w");
        if (!file || fwrite(text.data, 1, text.len, file) != text.len || fclose(file) != 0)
            exit(1);
        nb_buf_release(&text);
        nb_buf_release(&path);
    }
    nb_diags_release(&diags);
}

static char *write_list(const char *folder, const char *name, int count)
{
    struct nb_buf path = { 0 };
    nb_buf_printf(&path, "%s/%s", folder, name);
    FILE *list = fopen(path.data, "w");
    for (int i = 0; list && i < count; i++)
        fprintf(list, "%s/%d.yaml\n", folder, i);
    if (!list || fclose(list) != 0)
        exit(1);
    return path.data;
}

/* The draft as a published report, imported. A web page also pays for loading libxml2. */
static void measure_import(char **argv, const char *folder)
{
    static const struct {
        const char *format, *what;
        double wanted;
    } kinds[] = { { "text", "import of a printed text / an empty program", 20 },
                  { "html", "import of a web page / an empty program", 40 } };
    for (int i = 0; i < 2; i++) {
        struct nb_buf path = { 0 };
        nb_buf_printf(&path, "%s/report.%s", folder, kinds[i].format);
        char *print[] = { argv[1], "print",   "--format", (char *)kinds[i].format,
                          "-o",    path.data, argv[5],    NULL };
        char *import[] = { argv[1], "import", "-o", "-", path.data, NULL };
        char *empty[] = { argv[3], NULL };
        run(print);
        compare(kinds[i].what, import, empty, PROCESS_ROUNDS, kinds[i].wanted);
        nb_buf_release(&path);
    }
}

static void measure(char **argv, const char *folder)
{
    char check[] = "check", from[] = "--files-from";
    char *all = write_list(folder, "all", DRAFTS), *few = write_list(folder, "few", FEW);
    char *own[] = { argv[1], check, from, all, NULL }, *floor[] = { argv[2], all, NULL };
    char *own_few[] = { argv[1], check, from, few, NULL };
    char *one[] = { argv[1], check, argv[5], NULL }, *empty[] = { argv[3], NULL };
    compare("check of 5000 drafts / libyaml's events", own, floor, ROUNDS, 1.15);
    compare("check of one draft / an empty program", one, empty, PROCESS_ROUNDS, 2.5);
    printf("%-44s %ld KiB, 5000 drafts %ld KiB\n", "peak memory of 100 drafts",
           run(own_few).peak_kib, run(own).peak_kib);
    measure_import(argv, folder);
    bench_screens(argv[1], argv[5], argv[4], folder);
    free(all);
    free(few);
}

int main(int argc, char **argv)
{
    char folder[] = "/tmp/nianbao-bench-XXXXXX";
    struct nb_diags diags = { 0 };
    struct nb_draft *draft = NULL;
    if (argc != 6 || !mkdtemp(folder))
        return 2;
    struct nb_catalog *catalog = nb_catalog_new(NULL, 0, &diags);
    if (nb_draft_load(argv[5], catalog, &diags, NULL, &draft) != NB_OK)
        return 2;
    bench_suspects(draft);
    generate(folder, draft);
    measure(argv, folder);
    nb_draft_free(draft);
    nb_catalog_free(catalog);
    nb_diags_release(&diags);
    char *const clean[] = { "/bin/rm", "-rf", folder, NULL };
    run(clean);
    return 0;
}
