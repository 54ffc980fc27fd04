#!/usr/bin/env python3
"""Does `docent outline --json` say of Python files what CPython's own `ast` says?

usage: compare_outline.py [--only FACT,…] [--without FACT,…] [--show N] DOCENT PATH…
       compare_outline.py --self-test PATH…

Compares, for each *.py file under the paths: declarations with qualified path, ordinal, kind, line, column and last line;
parameters, annotations, defaults, decorators, bases, type parameters; docstrings with their place; returns, yields
and raises of the own body with lines, values, messages, conditions and whether they are caught inside; caught types,
calls, fields, attributes, McCabe complexity; async, generator, nested, conditional. Files that CPython refuses must be
refused, and no others, save for encodings that Docent does not know, which are counted apart.

Complexity is counted as ruff's C901 counts it, with nested definitions left out. Where a schema member leaves
room (whether parentheses around a value belong to it, whether `raise make_error()` names a type), both readings pass.

Prints the first differences and one summary line; exit status 1 if there is any difference. `--self-test` checks the comparison itself:
facts from `ast` compare equal, and each kind of seeded error is found.
"""
import ast
import collections
import copy
import inspect
import json
import pathlib
import random
import re
import subprocess
import sys
import unicodedata
import warnings

import ast_facts

warnings.simplefilter("ignore")
sys.setrecursionlimit(20_000)
BATCH = 1_000


# Equal texts, equal expressions


def same_text(ours, source_text):
    return ours is not None and ours.replace("\r\n", "\n").replace("\r", "\n") == source_text


def same_expression(ours, node, source):
    """Whether our text is a node's, give or take parentheses around it."""
    if ours is None or node is None:
        return (ours is None or ours == "") and node is None
    if not isinstance(node, ast.pattern if hasattr(ast, "pattern") else ()) and same_text(ours, source.segment(node)):
        return True
    return expression_key(ours) == ast.dump(node)


def expression_key(text):
    for front, back, find in (("(", "\n)", lambda tree: tree), ("x[", "\n]", lambda tree: tree.slice)):
        try:
            return ast.dump(find(ast.parse(front + text.strip() + back, mode="eval").body))
        except (SyntaxError, ValueError):
            continue
    return text


def same_source(ours, text):
    """Whether our text is the source's, give or take parentheses around it."""
    if ours is None or text is None:
        return ours is None and text is None
    return same_text(ours, text) or expression_key(ours) == expression_key(text)


def cleaned(text):
    """What CPython's two ways of cleaning give: any white space stripped (to 3.12), or blanks alone (from 3.13)."""
    variants = set()
    for blanks in (None, " "):
        lines = text.expandtabs().split("\n")
        margins = [len(line) - len(line.lstrip(blanks)) for line in lines[1:] if line.lstrip(blanks)]
        lines[0] = lines[0].lstrip(blanks)
        if margins:
            lines[1:] = [line[min(margins) :] for line in lines[1:]]
        while lines and not lines[-1]:
            lines.pop()
        while lines and not lines[0]:
            lines.pop(0)
        variants.add("\n".join(lines))
    variants.add(inspect.cleandoc(text))
    return {re.sub("[\ud800-\udfff]", "\ufffd", variant) for variant in variants}


# One check for each fact: yields texts that say what differs


def check_plain(name):
    def check(ours, theirs, source):
        if theirs[name] is not None and ours.get(name) != theirs[name]:
            yield f"{ours.get(name)!r}, not {theirs[name]!r}"

    return check


def check_texts(name):
    def check(ours, theirs, source):
        mine, wanted = ours.get(name), theirs[name]
        if len(mine) != len(wanted) or not all(map(same_source, mine, wanted)):
            yield f"{mine!r}, not {wanted!r}"

    return check


def check_parameters(ours, theirs, source):
    mine, wanted = ours["parameters"], theirs["parameters"]
    if [(p["name"], p["kind"]) for p in mine] != [(p["name"], p["kind"]) for p in wanted]:
        yield f"{[(p['name'], p['kind']) for p in mine]}, not {[(p['name'], p['kind']) for p in wanted]}"
        return
    for ours_one, theirs_one in zip(mine, wanted):
        for member in ("annotation", "default"):
            if not same_source(ours_one[member], theirs_one[member]):
                yield f"{member} of {ours_one['name']}: {ours_one[member]!r}, not {theirs_one[member]!r}"
    for index, parameter in enumerate(mine):
        if parameter["receiver"] and (index or theirs["kind"] != "method" or "staticmethod" in theirs["decorators"]):
            yield f"{parameter['name']} is no receiver"
    if theirs["kind"] == "method" and not theirs["decorators"] and theirs["name"] != "__new__":
        if mine and mine[0]["kind"].startswith("positional") and not mine[0]["receiver"]:
            yield f"{mine[0]['name']} is the receiver"


def check_return_annotation(ours, theirs, source):
    if not same_source(ours["returnAnnotation"], theirs["returnAnnotation"]):
        yield f"{ours['returnAnnotation']!r}, not {theirs['returnAnnotation']!r}"


def check_docstring(ours, theirs, source):
    mine, wanted = ours["docstring"], theirs["docstring"]
    if mine is None or wanted is None:
        if mine is not wanted:
            yield f"{'missed' if mine is None else 'there is none'}"
        return
    if mine["text"] not in cleaned(wanted["value"]):
        yield f"text {mine['text']!r}, not {inspect.cleandoc(wanted['value'])!r}"
    if (mine["line"], mine["endLine"]) != (wanted["line"], wanted["endLine"]):
        yield f"lines {mine['line']}-{mine['endLine']}, not {wanted['line']}-{wanted['endLine']}"
    literal = source.raw[mine["start"] : mine["end"]].decode(source.encoding)
    try:
        value = ast.literal_eval("(" + literal + "\n)")
    except (SyntaxError, ValueError):
        value = None
    if value != wanted["value"]:
        yield f"bytes {mine['start']} to {mine['end']} are not the literal"
    if not literal.startswith(mine["prefix"] + mine["quotes"]) or len(mine["quotes"]) not in (1, 3):
        yield f"prefix {mine['prefix']!r} and quotes {mine['quotes']!r} do not begin it"


def check_returns(ours, theirs, source):
    yield from check_results(ours["returns"], theirs["returns"], source)


def check_yields(ours, theirs, source):
    key = lambda fact: (fact["line"] or 0, fact.get("_column", 0))
    wanted = theirs["yields"]
    if all(fact["line"] for fact in wanted):
        wanted = sorted(wanted, key=key)
    yield from check_results(ours["yields"], wanted, source)


def check_results(mine, wanted, source):
    if len(mine) != len(wanted):
        yield f"lines {[f['line'] for f in mine]}, not {[f['line'] for f in wanted]}"
        return
    if any(fact["line"] is None for fact in wanted):
        # Before 3.12 CPython does not know where things stand in f-strings.
        return
    # A yield inside a yield's value may come before or behind it.
    for ours_one, theirs_one in zip(sorted(mine, key=lambda f: f["line"]), wanted):
        if ours_one["line"] != theirs_one["line"]:
            yield f"line {ours_one['line']}, not {theirs_one['line']}"
        if ours_one.get("delegating", False) != theirs_one.get("delegating", False):
            yield f"line {ours_one['line']}: delegating {ours_one.get('delegating')}"
        same_line = [f for f in wanted if f["line"] == ours_one["line"]]
        if not any(same_expression(ours_one["value"], f["_node"], source) for f in same_line):
            yield f"line {ours_one['line']}: {ours_one['value']!r}, not {theirs_one['value']!r}"


def check_raises(ours, theirs, source):
    rest = list(ours["raises"])
    for wanted in theirs["raises"]:
        fitting = [fact for fact in rest if fact["line"] == wanted["line"] and names_match(fact["exception"], wanted)]
        if not fitting:
            yield f"line {wanted['line']}: {wanted['exception']} is missed"
            continue
        if wanted.get("_anything"):
            rest = [fact for fact in rest if fact["line"] != wanted["line"]]
            continue
        found = fitting[0]
        rest.remove(found)
        if wanted["reraise"] is not None and found["reraise"] != wanted["reraise"]:
            yield f"line {wanted['line']}: reraise is {found['reraise']}"
    for fact in rest:
        yield f"line {fact['line']}: {fact['exception']} is not raised"


def names_match(name, wanted):
    if wanted.get("_anything"):
        return True
    if name is None:
        return wanted["exception"] is None or wanted["_mayBeAbsent"]
    if re.sub(r"\s|\\", "", name) == wanted["exception"]:
        return True
    return wanted["exception"] is None and wanted["_part"] is not None and expression_key(name) == ast.dump(wanted["_part"])


def paired_raises(ours, theirs):
    """Pairs of raises whose line and type agree, those of one line with one type in order."""
    rest = list(ours["raises"])
    for wanted in theirs["raises"]:
        for fact in rest:
            if fact["line"] == wanted["line"] and names_match(fact["exception"], wanted) and not wanted.get("_anything"):
                rest.remove(fact)
                yield fact, wanted
                break


def check_messages(ours, theirs, source):
    for fact, wanted in paired_raises(ours, theirs):
        if not same_expression(fact["message"], wanted["message"], source):
            yield f"line {fact['line']}: {fact['message']!r}"


def check_caught(ours, theirs, source):
    for fact, wanted in paired_raises(ours, theirs):
        if wanted["_caught"] is not None and fact["caughtInside"] != wanted["_caught"]:
            yield f"line {fact['line']}: {fact['exception']} caught inside is {fact['caughtInside']}"


def check_conditions(ours, theirs, source):
    for fact, wanted in paired_raises(ours, theirs):
        mine, guards = fact["conditions"], wanted["_conditions"]
        if [c["kind"] for c in mine] != [kind for kind, _ in guards]:
            yield f"line {fact['line']}: {[c['kind'] for c in mine]}, not {[kind for kind, _ in guards]}"
            continue
        for condition, (kind, node) in zip(mine, guards):
            if kind == "matches":
                text = source.segment(node)
                right = re.sub(r"[\s()]", "", condition["text"].replace("\\", "")).startswith(re.sub(r"[\s()]", "", text.replace("\\", "")))
            else:
                right = same_expression(condition["text"], node, source)
            if not right:
                yield f"line {fact['line']}: {condition['text']!r} for {kind}"


def check_catches(ours, theirs, source):
    mine = set(map(call_key, ours["catches"]))
    missed, extra = set(theirs["catches"]) - mine, mine - set(theirs["catches"]) - theirs["_catches"]
    if missed or extra:
        yield f"missed {sorted(missed)}, not there {sorted(extra)}"


def call_key(text):
    """A dotted name without white space, or the dump of another expression: as `ast_facts.callee` gives it."""
    bare = text.strip()
    if re.fullmatch(r"[^\W\d]\w*(\.[^\W\d]\w*)*", bare) and not bare.startswith(("None.", "True.", "False.")):
        return bare
    try:
        return ast_facts.callee(ast.parse("(" + text + "\n)", mode="eval").body)
    except (SyntaxError, ValueError):
        return text


def check_calls(ours, theirs, source):
    mine = collections.Counter(map(call_key, ours["calls"]))
    required, allowed = collections.Counter(theirs["calls"]), collections.Counter(theirs["_calls"])
    missed, extra = required - mine, mine - required - allowed
    if missed or extra:
        yield f"missed {sorted(missed.elements())[:3]}, not there {sorted(extra.elements())[:3]}"


def check_fields(ours, theirs, source):
    if theirs["kind"] != "class":
        return
    mine = {f["name"]: f for f in ours["fields"]}
    missed = {f["name"] for f in theirs["fields"]} - mine.keys()
    extra = mine.keys() - theirs["_fields"]
    if missed or extra:
        yield f"missed {sorted(missed)}, not there {sorted(extra)}"
    times = collections.Counter(f["name"] for f in theirs["fields"])
    for wanted in theirs["fields"]:
        found = mine.get(wanted["name"])
        if found and times[wanted["name"]] == 1 and sum(f["name"] == wanted["name"] for f in ours["fields"]) == 1:
            for member in ("annotation", "value"):
                if not same_expression(found[member], wanted[member], source):
                    yield f"{member} of {wanted['name']}: {found[member]!r}"


def check_attributes(ours, theirs, source):
    names = [f["name"] for f in ours["attributes"]]
    missed, extra = set(theirs["attributes"]) - set(names), set(names) - theirs["_attributes"]
    if missed or extra or len(names) != len(set(names)):
        yield f"missed {sorted(missed)}, not there {sorted(extra)}, in {names}"


def check_traits(ours, theirs, source):
    traits = set(ours["traits"])
    if theirs["kind"] in ("function", "method"):
        for name, holds in (("generator", bool(theirs["yields"])), ("async", theirs["async"])):
            if (name in traits) != holds:
                yield f"{name} is {name in traits}"
        for decorator in theirs["decorators"]:
            wanted = DECORATOR_TRAITS.get(decorator) or {"setter": "setter", "deleter": "deleter"}.get(decorator.rpartition(".")[2])
            if wanted and wanted not in traits:
                yield f"{wanted} is missed for @{decorator}"
    if theirs["kind"] != "module":
        for name in ("nested", "conditional"):
            if (name in traits) != theirs[name]:
                yield f"{name} is {name in traits}"


DECORATOR_TRAITS = {
    "staticmethod": "staticMethod", "classmethod": "classMethod", "property": "property", "cached_property": "property",
    "functools.cached_property": "property", "overload": "overload", "typing.overload": "overload",
    "abstractmethod": "abstract", "abc.abstractmethod": "abstract", "contextmanager": "contextManager",
    "contextlib.contextmanager": "contextManager", "dataclass": "dataclass", "override": "override",
}

CHECKS = {name: check_plain(name) for name in ("kind", "name", "line", "column", "endLine", "async", "complexity")}
CHECKS |= {name: check_texts(name) for name in ("decorators", "bases", "typeParameters")}
CHECKS |= {
    "parameters": check_parameters, "returnAnnotation": check_return_annotation, "docstring": check_docstring,
    "returns": check_returns, "yields": check_yields, "raises": check_raises, "messages": check_messages,
    "caughtInside": check_caught, "conditions": check_conditions, "catches": check_catches, "calls": check_calls,
    "fields": check_fields, "attributes": check_attributes, "traits": check_traits,
}


def normalized(value):
    """The same with names in NFKC, the form into which CPython brings identifiers; what holds a literal stays."""
    if isinstance(value, str):
        return value if value.isascii() or "'" in value or '"' in value else unicodedata.normalize("NFKC", value)
    if isinstance(value, list):
        return [normalized(part) for part in value]
    return {name: normalized(part) for name, part in value.items()} if isinstance(value, dict) else value


NAMED = ("path", "name", "calls", "catches")


def named_as_in_cpython(declaration):
    """A declaration with its identifiers in the form that `ast` has them."""
    result = dict(declaration, **{name: normalized(declaration[name]) for name in NAMED})
    for member in ("parameters", "fields", "attributes", "raises"):
        name = "exception" if member == "raises" else "name"
        result[member] = [dict(part, **{name: normalized(part[name])}) for part in declaration[member]]
    return result


def compare(ours, theirs, source, checks):
    """Yields (line, what) for each difference between two lists of declarations of one file."""
    if not source.text.isascii():
        ours = list(map(named_as_in_cpython, ours))
    mine = {(d["path"], d["ordinal"]): d for d in ours}
    wanted = {(d["path"], d["ordinal"]): d for d in theirs}
    for key in sorted(wanted.keys() - mine.keys()):
        yield wanted[key]["line"], f"declaration {key[0]} ({key[1]}) is missed"
    for key in sorted(mine.keys() - wanted.keys()):
        yield mine[key]["line"], f"declaration {key[0]} ({key[1]}) is not there"
    if [k for k in mine if k in wanted] != [k for k in wanted if k in mine]:
        yield 1, "declarations are in another order"
    for key, declaration in wanted.items():
        if key in mine:
            for name, check in checks.items():
                for text in check(mine[key], declaration, source):
                    yield declaration["line"], f"{name} of {key[0] or 'the module'}: {text}"


# Whole runs


def python_files(paths):
    for path in map(pathlib.Path, paths):
        found = sorted(path.rglob("*.py")) if path.is_dir() else [path]
        # Docent reads a file once: under its own name, not under those of links to it.
        yield from (p for p in found if p.suffix == ".py" and p.is_file() and not p.is_symlink())


def outlines(docent, files):
    """(declarations by file, standard error) of one run over some files."""
    run = subprocess.run([docent, "outline", "--json", *map(str, files)], capture_output=True, check=False)
    if run.returncode not in (0, 1, 3):
        sys.exit(f"compare_outline: docent ended with status {run.returncode}: {run.stderr.decode(errors='replace')[:2000]}")
    found, refused = collections.defaultdict(list), {}
    for line in run.stdout.split(b"\n"):
        if line:
            record = json.loads(line)
            if "path" in record and "ordinal" in record:
                found[record["file"]].append(record)
            else:
                refused[record.get("file") or record.get("path")] = json.dumps(record)
    for line in run.stderr.decode("utf-8", "replace").splitlines():
        match = re.search(r"(\S+?\.py):\d+", line)
        if match:
            refused.setdefault(match.group(1), line)
    return found, refused


class Tally:
    def __init__(self, show):
        self.files = self.declarations = self.differences = self.refused = self.encodings = 0
        self.kinds = collections.Counter()
        self.show = show

    def differ(self, path, line, text):
        self.differences += 1
        self.kinds[text.split(" ", 1)[0]] += 1
        if self.differences <= self.show:
            print(f"  {path}:{line}: {text if len(text) < 300 else text[:300] + ' …'}")

    def summary(self):
        if self.differences:
            print("  by fact: " + ", ".join(f"{name} {count}" for name, count in self.kinds.most_common()))
        print(
            f"{self.files} files, {self.declarations} declarations, {self.differences} differences, "
            f"{self.refused} refused by both, {self.encodings} other encodings (CPython {sys.version.split()[0]})"
        )


def judge(path, ours, refusal, tally, checks):
    tally.files += 1
    try:
        source, theirs = ast_facts.facts(path.read_bytes())
    except ast_facts.Refused as reason:
        if ours:
            tally.differ(path, 1, f"accepted, but CPython refuses it: {reason}")
        else:
            tally.refused += 1
        return
    if not ours:
        if refusal and "encoding" in refusal:
            tally.encodings += 1
        else:
            tally.differ(path, 1, f"refused, but CPython reads it: {refusal}")
        return
    tally.declarations += len(theirs)
    for line, text in compare(ours, theirs, source, checks):
        tally.differ(path, line, text)


def main(arguments):
    checks, show = dict(CHECKS), 20
    while arguments and arguments[0].startswith("--"):
        option = arguments.pop(0)
        if option == "--self-test":
            return self_test(arguments)
        value = arguments.pop(0)
        if option == "--only":
            checks = {name: checks[name] for name in value.split(",")}
        elif option == "--without":
            checks = {name: check for name, check in checks.items() if name not in value.split(",")}
        elif option == "--show":
            show = int(value)
    docent, *paths = arguments
    files = list(python_files(paths))
    tally = Tally(show)
    for start in range(0, len(files), BATCH):
        batch = files[start : start + BATCH]
        found, refused = outlines(docent, batch)
        for path in batch:
            judge(path, found.get(str(path)), refused.get(str(path)), tally, checks)
    tally.summary()
    return 1 if tally.differences else 0


# The judge judged


def produced(source, theirs):
    """What a perfect reader would print, from the facts of `ast`."""
    text = lambda node: None if node is None else source.segment(node)
    for fact in theirs:
        ours = {key: copy.copy(value) for key, value in fact.items() if not key.startswith("_")}
        ours["traits"] = [name for name in ("async", "nested", "conditional") if fact[name]]
        ours["traits"] += ["generator"] if fact["yields"] else []
        for decorator in fact["decorators"]:
            ours["traits"].append(DECORATOR_TRAITS.get(decorator) or decorator.rpartition(".")[2])
        ours["parameters"] = [dict(p, receiver=False) for p in fact["parameters"]]
        if fact["kind"] == "method" and not fact["decorators"] and ours["parameters"]:
            ours["parameters"][0]["receiver"] = ours["parameters"][0]["kind"].startswith("positional")
        ours["docstring"] = literal_record(source, fact["_node"])
        ours["raises"] = [
            {"line": r["line"], "exception": r["exception"], "reraise": bool(r["reraise"]), "caughtInside": bool(r["_caught"]),
             "message": text(r["message"]), "conditions": [{"kind": k, "text": text(n)} for k, n in r["_conditions"]]}
            for r in fact["raises"]
        ]
        for name in ("returns", "yields"):
            ours[name] = [{k: v for k, v in r.items() if not k.startswith("_")} for r in fact[name]]
        ours["yields"].sort(key=lambda r: r["line"] or 0)
        ours["fields"] = [{"name": f["name"], "annotation": text(f["annotation"]), "value": text(f["value"])} for f in fact["fields"]]
        ours["attributes"] = [{"name": name} for name in dict.fromkeys(fact["attributes"])]
        if fact["kind"] == "module":
            ours["endLine"] = len(source.lines)
        ours["calls"] = [ast.unparse(node) for node in fact["_callees"]]
        yield ours


def literal_record(source, node):
    literal = ast_facts.docstring_literal(node)
    if literal is None:
        return None
    text, raw = source.segment(literal).encode(), source.raw
    start = raw.find(text)
    opening = re.match(rb"([a-zA-Z]*)('''|\"\"\"|'|\")", text)
    return {
        "text": inspect.cleandoc(literal.value), "line": literal.lineno, "endLine": literal.end_lineno,
        "start": start, "end": start + len(text), "prefix": opening.group(1).decode(), "quotes": opening.group(2).decode(),
    }


def change_list(name, member, value):
    def change(declaration):
        if not declaration[name]:
            return False
        declaration[name][-1] = dict(declaration[name][-1], **{member: value(declaration[name][-1][member])})
        return True

    return change


def change_member(name, value):
    def change(declaration):
        if declaration[name] in (None, []):
            return False
        declaration[name] = value(declaration[name])
        return True

    return change


SEEDED = {
    "line": change_member("line", lambda v: v + 1), "endLine": change_member("endLine", lambda v: v - 1),
    "column": change_member("column", lambda v: v + 1), "kind": change_member("kind", lambda v: v + "x"),
    "async": change_member("async", lambda v: not v), "complexity": change_member("complexity", lambda v: v + 1),
    "decorators": change_member("decorators", lambda v: v[:-1]), "bases": change_member("bases", lambda v: v + ["Z"]),
    "calls": change_member("calls", lambda v: v[1:]), "catches": change_member("catches", lambda v: v + ["Zero"]),
    "returnAnnotation": change_member("returnAnnotation", lambda v: v + "_"),
    "docstring": change_member("docstring", lambda v: dict(v, text=v["text"] + " ")),
    "docstring place": change_member("docstring", lambda v: dict(v, start=v["start"] + 1)),
    "parameter name": change_list("parameters", "name", lambda v: v + "_"),
    "parameter kind": change_list("parameters", "kind", lambda v: "positional" if v != "positional" else "keywordOnly"),
    "parameter default": change_list("parameters", "default", lambda v: "0 + 0" if v is None else None),
    "parameter annotation": change_list("parameters", "annotation", lambda v: "Zero" if v is None else None),
    "return line": change_list("returns", "line", lambda v: v + 1), "return value": change_list("returns", "value", lambda v: "zero.zero"),
    "fewer returns": change_member("returns", lambda v: v[1:]), "yield value": change_list("yields", "value", lambda v: "zero.zero"),
    "yield delegation": change_list("yields", "delegating", lambda v: not v),
    "raise type": change_list("raises", "exception", lambda v: "Zero"), "fewer raises": change_member("raises", lambda v: v[1:]),
    "raise line": change_list("raises", "line", lambda v: v + 1), "reraise": change_list("raises", "reraise", lambda v: not v),
    "raise message": change_list("raises", "message", lambda v: '"zero"'),
    "raise conditions": change_list("raises", "conditions", lambda v: v + [{"kind": "holds", "text": "zero"}]),
    "fewer fields": change_member("fields", lambda v: v[1:]), "field value": change_list("fields", "value", lambda v: "zero.zero"),
    "attributes": change_member("attributes", lambda v: v + [{"name": "zero_attribute"}]),
    "traits": change_member("traits", lambda v: [t for t in v if t not in ("nested", "conditional", "generator", "async")]),
}


def self_test(paths):
    """Perfect facts compare equal; each seeded error is found wherever it is made."""
    chance, failures, seeded = random.Random(1), 0, collections.Counter()
    for path in python_files(paths):
        try:
            source, theirs = ast_facts.facts(path.read_bytes())
        except ast_facts.Refused:
            continue
        if any(f["line"] is None for d in theirs for f in d["yields"]):
            continue
        ours = list(produced(source, theirs))
        for line, text in compare(ours, theirs, source, CHECKS):
            if not text.startswith("docstring"):
                failures += 1
                print(f"  {path}:{line}: perfect facts differ: {text[:300]}")
        for name, change in SEEDED.items():
            row = chance.randrange(len(ours))
            before = copy.deepcopy(ours[row])
            if ours[row]["kind"] == "module" and name in ("line", "column", "endLine") or not change(ours[row]) or ours[row] == before:
                ours[row] = before
                continue
            seeded[name] += 1
            if not any(compare([ours[row]], [theirs[row]], source, CHECKS)) and not is_lenient(name, theirs[row]):
                failures += 1
                print(f"  {path}:{theirs[row]['line']}: seeded {name} in {theirs[row]['path']} was not found")
            ours[row] = before
    unseen = SEEDED.keys() - seeded.keys()
    if unseen:
        print(f"  never seeded: {sorted(unseen)}")
    print(f"{sum(seeded.values())} errors of {len(seeded)} kinds seeded, {failures} failures")
    return 1 if failures or unseen else 0


def is_lenient(name, fact):
    """Errors that the schema's leeway lets pass: rebound handler names, fields and types that occur twice."""
    if name.startswith(("raise", "reraise", "fewer raises")):
        return fact["raises"][-1].get("_anything") or fact["raises"][-1]["reraise"] is None
    if name == "field value":
        return [f["name"] for f in fact["fields"]].count(fact["fields"][-1]["name"]) > 1
    if name == "fewer fields":
        return [f["name"] for f in fact["fields"]].count(fact["fields"][0]["name"]) > 1
    return name == "catches"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
