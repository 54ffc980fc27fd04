#!/usr/bin/env python3
"""Do readers that no one here wrote find in docent's docstrings what the code says?

usage: judge_styles.py DOCENT STYLE JUDGES FOLDER [OPTION…]

Copies FOLDER, runs `docent generate --style STYLE OPTION…` on the copy, and judges only the docstrings that came:
  docstring_parser   reads back the parameters, their types and the exceptions that CPython's `ast` tells
  pydoclint          DOC001, 002, 101–104, 201, 202, 402, 403, 501–503 (not Epytext, which it does not know)
  ruff               all D rules of the style's convention

JUDGES holds the virtual environments that scripts/setup makes. Must run with the Python of docstring_parser's.
Findings that rest on what a judge does not see are listed one a line as exceptions, each with its reason, and only where
CPython's `ast` confirms the reason. Prints differences and one summary line; exit status 1 on any difference.
"""
import ast
import collections
import inspect
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import warnings

import docstring_parser

import ast_facts

warnings.simplefilter("ignore")

PARSERS = {
    "google": docstring_parser.DocstringStyle.GOOGLE,
    "numpy": docstring_parser.DocstringStyle.NUMPYDOC,
    "rest": docstring_parser.DocstringStyle.REST,
    "epytext": docstring_parser.DocstringStyle.EPYDOC,
}
CONVENTIONS = {"google": "google", "numpy": "numpy", "rest": "pep257", "epytext": "pep257"}
PYDOCLINT_STYLES = {"google": "google", "numpy": "numpy", "rest": "sphinx"}
MUST = {"001", "002", "101", "102", "103", "104", "201", "202", "402", "403", "501", "502", "503"}


class Written:
    """A docstring that docent wrote, with the facts of its declaration and of the class around it."""

    def __init__(self, path, fact, facts):
        self.path, self.fact, self.facts = path, fact, facts
        self.text = inspect.cleandoc(fact["docstring"]["value"])
        self.lines = range(fact["docstring"]["line"], fact["docstring"]["endLine"] + 1)

    @property
    def place(self):
        return f"{self.path}:{self.fact['line']}: {self.fact['path'] or 'the module'}"

    def constructor(self):
        """The `__init__` of a class, the last of several."""
        wanted = self.fact["path"] + ".__init__"
        found = [fact for fact in self.facts if fact["path"] == wanted]
        return found[-1] if found else None


def run(*command):
    return subprocess.run([str(part) for part in command], capture_output=True, check=False, encoding="utf-8", errors="replace")


def read(path):
    try:
        return ast_facts.facts(path.read_bytes())[1]
    except ast_facts.Refused:
        return []


def written_docstrings(before, after):
    for path in sorted(after.rglob("*.py")):
        old = {(f["path"], f["ordinal"]) for f in read(before / path.relative_to(after)) if f["docstring"]}
        facts = read(path)
        for fact in facts:
            if fact["docstring"] and (fact["path"], fact["ordinal"]) not in old:
                yield Written(path, fact, facts)


# docstring_parser


def bare(text):
    """A type's or a parameter's text without blanks and with one kind of quotes."""
    return re.sub(r"\s|\\", "", text or "").replace('"', "'")


def expected_parameters(fact, style):
    """Names with stars as the style writes them, and types."""
    listed = fact["parameters"]
    is_static = {"staticmethod"} & set(fact["decorators"])
    if fact["kind"] == "method" and not is_static and listed and listed[0]["kind"].startswith("positional"):
        listed = listed[1:]
    stars = {"variadic": "*", "variadicKeyword": "**"}
    for parameter in listed:
        star = "" if style == "epytext" else stars.get(parameter["kind"], "")
        yield star + parameter["name"], parameter["annotation"]


def read_back(written, style):
    """What docstring_parser finds otherwise than `ast`."""
    try:
        parsed = docstring_parser.parse(written.text, PARSERS[style])
    except docstring_parser.ParseError as error:
        yield f"cannot be parsed: {error}"
        return
    fact = written.fact
    if not (parsed.short_description or "").strip():
        yield "has no summary"
    if fact["kind"] in ("function", "method"):
        yield from differing_parameters(parsed, fact, style)
        yield from differing_raises(parsed, fact, written.text if style == "epytext" else "")
        yield from differing_results(parsed, fact)
    elif fact["kind"] == "class":
        yield from differing_class(parsed, written, style)


def parameters(parsed):
    return [p for p in parsed.params if p.args[0] not in ("attribute", "ivar", "cvar", "var")]


def differing_parameters(parsed, fact, style):
    wanted = list(expected_parameters(fact, style))
    found = parameters(parsed)
    required = [name for name, _ in wanted if name.strip("_*")]
    names = [p.arg_name for p in found if p.arg_name.strip("_*")]
    is_accessor = any(d in ("property", "cached_property", "functools.cached_property") for d in fact["decorators"])
    if names != required and not (is_accessor and not names):
        yield f"parameters {names}, not {required}"
    types = dict(wanted)
    for parameter in found:
        annotation = types.get(parameter.arg_name)
        if parameter.type_name and bare(parameter.type_name) != bare(annotation):
            yield f"type of {parameter.arg_name} {parameter.type_name!r}, not {annotation!r}"


def own_raises(fact):
    """(types that can surely leave, types that may be said)."""
    sure = {r["exception"] for r in fact["raises"] if r["exception"] and not r["_mayBeAbsent"] and r["_caught"] is False}
    return sure - {"NotImplementedError"}, {r["exception"] for r in fact["raises"] if r["exception"]}


def differing_raises(parsed, fact, epytext):
    said = {entry.type_name for entry in parsed.raises}
    # docstring_parser's Epytext reader knows no dotted exceptions, so these are read from the field itself.
    said |= set(re.findall(r"^@raise (\w+(?:\.\w+)+):", epytext, flags=re.M))
    sure, possible = own_raises(fact)
    if said - possible:
        yield f"says that it raises {sorted(said - possible)}, which it does not"
    if sure - said:
        yield f"does not say that it raises {sorted(sure - said)}"


def differing_results(parsed, fact):
    annotation = fact["returnAnnotation"]
    entries = parsed.many_returns
    yields = [e for e in entries if e.is_generator]
    returns = [e for e in entries if not e.is_generator]
    if yields and not fact["yields"] and not re.search("Iter|Generator", annotation or ""):
        yield "says that it yields, which it does not"
    if fact["yields"] and not yields:
        yield "does not say that it yields"
    # A bare `return` may be told as None: pydoclint asks for it.
    if returns and not fact["returns"] and annotation in (None, "None"):
        yield "says that it returns, which it does not"
    for entry in returns:
        if entry.type_name and annotation and bare(entry.type_name) != bare(annotation):
            yield f"return type {entry.type_name!r}, not {annotation!r}"


def differing_class(parsed, written, style):
    found = [p.arg_name for p in parameters(parsed)]
    constructor = written.constructor()
    if constructor:
        wanted = [name for name, _ in expected_parameters(constructor, style)]
        if found and found != wanted:
            yield f"parameters {found}, not {wanted} of __init__"
    named = {f["name"] for f in written.fact["fields"]} | written.fact["_fields"]
    for fact in written.facts:
        if fact["kind"] == "method" and fact["path"].rpartition(".")[0] == written.fact["path"]:
            named |= {fact["name"]} | fact["_attributes"]
    attributes = {p.arg_name for p in parsed.params} - set(found)
    if attributes - named:
        yield f"attributes {sorted(attributes - named)} are not there"


# pydoclint


def pydoclint(judges, style, after, written):
    """(findings, exceptions) of pydoclint in docstrings that came."""
    if style not in PYDOCLINT_STYLES:
        return [], []
    by_line = {(str(w.path), w.fact["line"]): w for w in written if w.fact["kind"] != "module"}
    for w in written:
        constructor = w.constructor() if w.fact["kind"] == "class" else None
        if constructor and not constructor["docstring"]:
            by_line.setdefault((str(w.path), constructor["line"]), w)
    has_types = "False" if style == "google" else "True"
    output = run(
        judges / "pydoclint/bin/pydoclint", "--quiet", f"--style={PYDOCLINT_STYLES[style]}",
        "--show-filenames-in-every-violation-message=True", f"--arg-type-hints-in-docstring={has_types}",
        "--arg-type-hints-in-signature=False", "--check-return-types=False", "--check-yield-types=False",
        "--allow-init-docstring=True", "--check-class-attributes=False",
        "--check-style-mismatch=False", "--require-return-section-when-returning-nothing=False", after,
    )
    findings, exceptions = [], []
    for line in (output.stdout + output.stderr).splitlines():
        match = re.match(r"(.+?):(\d+): DOC(\d{3}): (.*)", line)
        if not match or match.group(3) not in MUST:
            continue
        target = by_line.get((match.group(1), int(match.group(2))))
        if target is None:
            continue
        reason = pydoclint_exception(match.group(3), match.group(4), target, style)
        (exceptions if reason else findings).append(f"{target.place}: DOC{match.group(3)} {match.group(4)[:200]}" + (f" [{reason}]" if reason else ""))
    return findings, exceptions


def pydoclint_exception(code, message, target, style):
    """Why a finding does not count, or None."""
    fact = target.fact
    if fact["kind"] == "class":
        fact = target.constructor() or fact
    if code in ("501", "503"):
        said = set(re.findall(r"'([^']+)'", message.partition("in the docstring: ")[2].partition("].")[0]))
        counted = set(re.findall(r"'([^']+)'", message.partition("in the body: ")[2]))
        sure, possible = own_raises(fact)
        missing = (counted or {r["exception"] for r in fact["raises"]} | {None}) - said - {None}
        if said <= {name for p in possible for name in (p, p.rpartition(".")[2])} and not missing & sure:
            return "caught inside, a variable's name, or not implemented"
    if code == "403" and fact["yields"] and fact["returnAnnotation"] is None:
        # With the section it reports DOC403, without it DOC402.
        return "a generator without annotation, which cannot satisfy DOC402 and DOC403 at once"
    if code == "202" and fact["returns"]:
        return "CPython finds the return statement that pydoclint misses"
    if code == "502":
        sure, possible = own_raises(fact)
        if possible:
            return "raised again by a handler"
    return None


# ruff


RUFF_EXCEPTIONS = {
    "D202": "the blank line stood there before, and no byte outside the docstring may change",
}


def ruff(judges, style, after, written):
    """(findings, exceptions) of ruff's D rules within docstrings that came."""
    findings, exceptions = [], []
    output = run(
        judges / "ruff/bin/ruff", "check", "--isolated", "--no-cache", "--select", "D", "--output-format", "json",
        "--config", f'lint.pydocstyle.convention="{CONVENTIONS[style]}"', after,
    )
    spans = collections.defaultdict(list)
    for w in written:
        spans[str(w.path.resolve())].append(w)
    for finding in json.loads(output.stdout or "[]"):
        if finding["code"] in ("D100", "D101", "D102", "D103", "D104", "D105", "D106", "D107"):
            continue
        row = finding["location"]["row"]
        for w in spans.get(str(pathlib.Path(finding["filename"]).resolve()), ()):
            if row in w.lines or row == w.fact["line"] and finding["code"] in ("D417", "D418"):
                reason = RUFF_EXCEPTIONS.get(finding["code"])
                text = f"{w.place}: {finding['code']} {finding['message']}"
                (exceptions if reason else findings).append(text + (f" [{reason}]" if reason else ""))
                break
    return findings, exceptions


def main(arguments):
    docent, style, judges, folder, *options = arguments
    judges, before = pathlib.Path(judges), pathlib.Path(folder)
    differences = collections.Counter()

    def show(kind, findings):
        for text in findings:
            differences[kind] += 1
            if differences[kind] <= 20:
                print(f"  {kind}: {text.replace(str(after) + '/', '')}")

    with tempfile.TemporaryDirectory() as temporary:
        after = pathlib.Path(temporary, "after")
        shutil.copytree(before, after, symlinks=True)
        generated = run(docent, "generate", "--style", style, "--quiet", *options, after)
        if generated.returncode not in (0, 3):
            sys.exit(f"judge_styles: docent ended with status {generated.returncode}: {generated.stderr[:2000]}")
        written = list(written_docstrings(before, after))
        for w in written:
            show("docstring_parser", (f"{w.place}: {text}" for text in read_back(w, style)))
        findings, exceptions = pydoclint(judges, style, after, written)
        show("pydoclint", findings)
        layout, blanks = ruff(judges, style, after, written)
        show("ruff", layout)
        exceptions += blanks
    for text in exceptions:
        print(f"  exception: {text.replace(str(after) + '/', '')}")
    counts = ", ".join(f"{differences[kind]} {kind}" for kind in ("docstring_parser", "pydoclint", "ruff"))
    print(f"{len(written)} docstrings, {counts} differences, {len(exceptions)} exceptions ({style})")
    return 1 if sum(differences.values()) or not written else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
