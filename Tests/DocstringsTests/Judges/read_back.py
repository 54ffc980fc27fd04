"""Reads docstrings with docstring_parser and tells where it understands something else than was meant.

Each line of standard input is a JSON object: ``style``, ``text`` and the expected ``params`` (pairs of name and type),
``attributes``, ``returns`` and ``yields`` (a type, null for none, or false for no such section) and ``raises`` (types).
Each line of standard output is one difference.
"""

import json
import sys

from docstring_parser import DocstringStyle, parse

STYLES = {
    "google": DocstringStyle.GOOGLE,
    "numpy": DocstringStyle.NUMPYDOC,
    "rest": DocstringStyle.REST,
    "epytext": DocstringStyle.EPYDOC,
}


def one_line(text):
    return None if text is None else " ".join(text.split())


def read(style, text):
    found = parse(text, style=STYLES[style])
    result = {"summary": found.short_description, "params": [], "attributes": [], "returns": False, "yields": False}
    for item in found.params:
        kind = "attributes" if item.args[0] in ("attribute", "ivar") else "params"
        result[kind].append([item.arg_name, one_line(item.type_name)])
    for item in found.many_returns:
        result["yields" if item.is_generator else "returns"] = one_line(item.type_name)
    result["raises"] = [item.type_name for item in found.raises]
    return result


def main():
    for line in sys.stdin:
        expected = json.loads(line)
        style, text = expected.pop("style"), expected.pop("text")
        try:
            found = read(style, text)
        except Exception as error:
            print(json.dumps([style, "error", str(error), text]))
            continue
        for key, value in expected.items():
            if found[key] != value:
                print(json.dumps([style, key, found[key], value, text]))


main()
