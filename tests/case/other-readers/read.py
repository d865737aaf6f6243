"""Reads drafts with PyYAML and compares them with what was set."""
import json
import sys
import yaml


class Figure(str):
    """A number as it is written."""


class Exact(yaml.SafeLoader):
    """Figures as they are written: no reader's floats."""


Exact.add_constructor("tag:yaml.org,2002:float", lambda loader, node: Figure(node.value))
Exact.add_constructor("tag:yaml.org,2002:int",
                      lambda loader, node: Figure(loader.construct_yaml_int(node)))


def is_figure(address):
    return address.count(".") > 1 or (address.startswith("disclosure.") and "note" not in address)


def find(tree, address):
    for key in address.split("."):
        tree = tree.get(key) if isinstance(tree, dict) else None
    if tree is None:
        return ""
    if isinstance(tree, str) and isinstance(tree, Figure) == is_figure(address):
        return tree.rstrip("\n")
    return repr(tree) + " of another kind"


wrong = 0
for name in sys.argv[1:]:
    with open(name, "rb") as file:
        tree = yaml.load(file.read(), Exact)
    with open(name.replace(".yaml", ".json"), encoding="utf-8") as file:
        values = json.load(file)
    for address, value in values.items():
        if find(tree, address) != value:
            wrong += 1
            print(f"{name}: {address}: {find(tree, address)!r}, set was {value!r}")
print(f"PyYAML: {wrong} differ" if wrong else "PyYAML: all files read the same")
