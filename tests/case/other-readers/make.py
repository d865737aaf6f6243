"""Fills drafts through `nianbao set` and keeps what was set in draftN.json, as address: value."""
import json
import random
import subprocess
import sys

PIECES = [" ", "  ", "\t", "\n", "\n\n", "　", "- ", "? ", ": ", ":", " #", "#", "---", "...", "%",
          "{a.b}", "{", "}", "[", "]", ",", "&", "*", "!", "|", ">", "@", "`", "'", '"', "\\",
          "\\n", "~", "null", "yes", "1", "0x1F", "1e3", "12:30", "=", "<<", "a", "年", "件。",
          "\u0085", "\u2028", "\u2029", "\ufeff", "\u200d", "👩\u200d👩\u200d👧", "𠮷",
          "\U0002a700", "\U00031350", "e\u0301", "\u00a0", "é", "“数”", "（一）"]
WORDS = ["~", "null", "Null", "true", "yes", "No", "on", "off", "y", "n", "12", "-1", "+1", "1.5",
         "1e3", "1_000", "0x1F", "0o17", "017", "0b1", "190:20:30", "2025-01-20", "2025-1-2",
         "2001-12-14t21:59:43.10-05:00", ".inf", "-.inf", ".NaN", "=", "<<", "-", "?", ":", "a: b",
         "a #b", "- a", "a:", "#a", "%a", "@a", "`a", "!a", "&a", "*a", "|", ">", "{a}", "[a]",
         "示例市", "示例 市", "Town Library", "a,b", "a/b", "../2023.yaml", "2023.yaml", "1.yaml",
         "0x1.yaml", "deadbeef", "0xdead", "e5", "5e5", "1e5.yaml", "x", "\u00a0a", "a\u00a0",
         "𠮷", "\ufeffa", "a\u0085b", "a\u2028b", '"a"', "'a'", "\\", "a ", " a"]
LINES = ["unit", "signed.by", "people.filled", "people.checked", "people.head", "people.phone",
         "prior"]
TEXTS = ["preamble", "overview", "disclosure.note", "requests.note", "disputes.note", "problems",
         "other"]


def random_text(rng, most):
    return "".join(rng.choice(PIECES) for _ in range(rng.randint(1, most)))


def random_figure(rng, address):
    whole = str(rng.randint(0, rng.choice([1, 9, 1000, 2**63 - 1])))
    if address.endswith(".amount"):
        return str(rng.randint(0, 10**6)) + rng.choice(["", ".5", ".70", ".000001", ".2578"])
    return rng.choice(["", whole])


def make(nianbao, number, rng):
    name = f"draft{number}"
    values = {}
    for i, address in enumerate(LINES):
        word = WORDS[(number * len(LINES) + i) % len(WORDS)]
        values[address] = rng.choice([word, random_text(rng, 5).translate({9: ".", 10: "."})])
    for address in TEXTS:
        values[address] = random_text(rng, 30).rstrip("\n")
    run = [nianbao, "new", "--unit", "示例市", "--year", "2024", "-o", name + ".yaml"]
    subprocess.run(run, check=True)
    shown = subprocess.run([nianbao, "get", name + ".yaml"], check=True, capture_output=True,
                           encoding="utf-8").stdout
    for line in shown.split("\n"):
        address = line.split("\t")[0]
        if address.count(".") > 1 or (address.startswith("disclosure.") and "note" not in address):
            values[address] = random_figure(rng, address)
    pairs = [f"{address}={value}" for address, value in values.items()]
    subprocess.run([nianbao, "set", name + ".yaml", *pairs], check=True)
    with open(name + ".json", "w", encoding="utf-8") as out:
        json.dump(values, out)


rng = random.Random(20250120)
for number in range(24):
    make(sys.argv[1], number, rng)
