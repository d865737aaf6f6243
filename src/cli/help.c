#include <string.h>

#include "cli.h"
#include "nianbao/text.h"

/* Text in a column of `width` display columns. */
static void put_padded(const char *text, int width)
{
    int pad = width - nb_text_width(text, strlen(text));
    printf("%s%*s", text, pad > 0 ? pad : 1, "");
}

static void show_commands(void)
{
    puts("nianbao：政府信息公开工作年度报告的填报和核对\n\n"
         "用法：nianbao [--lines ascii] [FILE|DIR]   打开一份草稿，或文件夹里的草稿列表\n"
         "      nianbao [--forms DIR] 命令 [选项] [参数]\n\n命令：");
    for (int i = 0; i < cli_n_commands; i++) {
        struct nb_buf left = { 0 };
        nb_buf_printf(&left, "  %s %s", cli_commands[i].name, cli_commands[i].args);
        put_padded(nb_buf_text(&left), 28);
        puts(cli_commands[i].summary);
        nb_buf_release(&left);
    }
    puts("\nnianbao help 命令  显示一个命令的说明；nianbao --version 显示版本。\n"
         "文件写 - 表示标准输入或标准输出。");
}

static void show_option(enum cli_option option)
{
    const struct cli_option_row *row = &cli_options[option];
    struct nb_buf left = { 0 };
    if (row->letter)
        nb_buf_printf(&left, "  -%c, ", row->letter);
    else
        nb_buf_puts(&left, "      ");
    nb_buf_printf(&left, "--%s%s%s", row->name, row->arg ? " " : "", row->arg ? row->arg : "");
    put_padded(nb_buf_text(&left), 28);
    puts(row->help);
    nb_buf_release(&left);
}

static void show_command(const struct cli_command *command)
{
    printf("nianbao %s：%s\n\n用法：nianbao %s [选项] %s\n", command->name, command->summary,
           command->name, command->args);
    if (command->detail[0])
        printf("\n%s\n", command->detail);
    puts("\n选项：");
    for (int i = 0; i < command->n_options; i++)
        show_option(command->options[i]);
    show_option(OPT_FORMS);
    show_option(OPT_HELP);
}

enum cli_status cli_refuse_command(const char *name)
{
    const char *names[16];
    for (int i = 0; i < cli_n_commands; i++)
        names[i] = cli_commands[i].name;
    const char *nearest = nb_text_nearest(name, names, cli_n_commands);
    struct nb_buf shown = { 0 };
    nb_text_add_visible(&shown, name, strlen(name));
    cli_fail("没有 %s 这个命令%s%s，用 nianbao help 查看", nb_buf_text(&shown),
             nearest ? "，是不是 " : "", nearest ? nearest : "");
    nb_buf_release(&shown);
    return CLI_TROUBLE;
}

enum cli_status cli_help(struct cli *cli)
{
    const char *format = cli->options[OPT_FORMAT];
    if (format && strcmp(format, "man") == 0) {
        cli_put_manual_page();
        return CLI_FINE;
    }
    if (format && strcmp(format, "bash") == 0) {
        cli_put_completion();
        return CLI_FINE;
    }
    if (format && strcmp(format, "git") == 0) {
        cli_put_git_setup();
        return CLI_FINE;
    }
    if (format && strcmp(format, "text") != 0)
        return cli_fail("--format 只有 text、man、bash 和 git");
    if (!cli->n_args) {
        show_commands();
        return CLI_FINE;
    }
    const struct cli_command *command = cli_find_command(cli->args[0]);
    if (!command)
        return cli_refuse_command(cli->args[0]);
    show_command(command);
    return CLI_FINE;
}
