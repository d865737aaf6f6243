#include "cli.h"
#include "nianbao/file.h"

enum cli_status cli_verify(struct cli *cli)
{
    if (nb_file_is_stdio(cli->args[0]))
        return cli_fail("复核录入要写草稿的文件名");
    return cli_open_screen(cli, cli->args[0], true);
}
