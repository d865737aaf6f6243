"""Writes a script that types a whole draft into the screen with plain keys, from `nianbao get` of one."""
import sys

values = [line.rstrip("\n").split("\t", 1) for line in sys.stdin]
texts = {address: value for address, value in values}
SLIP = "requests.granted.total"  # first typed wrong


def go(words):
    print(f"key ^G\ntype {words}\nkey Enter")


def prose(heading, text, pasted=False):
    go(heading)
    print("paste " + text if pasted else "type " + text.replace("\\n", "\\r"))


def table(heading, section, first_keys=""):
    go(heading)
    print(first_keys, end="")
    for address, value in values:
        if address.startswith(section + ".") and not address.endswith(".note"):
            print(f"type {'1600' if address == SLIP else value}\nkey Tab")


go("抬头")
print(f"key Down*2 Enter End Backspace*10\ntype {texts['signed.date']}\nkey Enter")
prose("总体情况", texts["overview"])
table("主动公开政府信息情况", "disclosure")
table("收到和处理", "requests")
table("行政复议", "disputes")
go("行政复议")
print(f"key Up Enter\ntype {texts['disputes.note']}\nkey Esc")
prose("存在的主要问题", texts["problems"], pasted=True)
prose("其他需要报告", texts["other"])
