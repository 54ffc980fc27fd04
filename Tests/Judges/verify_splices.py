#!/usr/bin/env python3
"""Are two trees the same, byte for byte, but for docstrings that were put in whole?

usage: verify_splices.py [--newer] BEFORE AFTER      --newer: files may hold syntax that this CPython does not know
       verify_splices.py --self-test FILE…      harmless insertions pass, and each seeded harm is found

Stricter than a comparison of trees or tokens: every file of AFTER must be the file of BEFORE with literals inserted, each in one of these ways:
  lines of their own    indentation, literal, line end; behind a module's or a class's, one empty line may follow
  a one-line suite      the blanks behind the header's colon become line end, indentation, literal, line end (and an empty
                        line behind a class's), indentation;
                        or, kept on its line, `literal; ` stands in front of the first statement
  an empty body's end   a line end where the file had none, then the above
Each inserted literal must be the docstring of a definition that had none, read by CPython's `ast`; everything outside is
compared as bytes. Modes, owners, links, empty folders and the set of files must be equal; files that are not `*.py` or `*.pyi` too.
Prints what was harmed and one summary line; exit status 1 on any harm.
"""
import ast
import difflib
import pathlib
import re
import sys
import warnings

from ast_facts import DEFINITIONS, Refused, Source, docstring_literal

warnings.simplefilter("ignore")
sys.setrecursionlimit(20_000)


def definitions(tree):
    """((qualified path, ordinal), node) of the module and everything in it, in file order."""
    seen = {}

    def visit(node, path):
        for child in ast.iter_child_nodes(node):
            here = path
            if isinstance(child, DEFINITIONS):
                here = f"{path}.{child.name}" if path else child.name
                seen[here] = seen.get(here, 0) + 1
                yield (here, seen[here]), child
            yield from visit(child, here)

    yield ("", 1), tree
    yield from visit(tree, "")


def byte_lines(raw):
    """Lines with their ends, split where Python splits; the byte-order mark belongs to the first."""
    return re.findall(rb"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z", raw)


class Bytes:
    """Byte offsets of CPython's positions, in the file's own encoding."""

    def __init__(self, raw):
        self.raw, self.source = raw, Source(raw)
        lines = byte_lines(raw)
        self.starts = [0]
        for line in lines:
            self.starts.append(self.starts[-1] + len(line))
        self.mark = 3 if raw.startswith(b"\xef\xbb\xbf") else 0

    def offset(self, line, column):
        return self.starts[line - 1] + (self.mark if line == 1 else 0) + self.source.byte_column(line, column) - 1

    def span(self, node):
        return self.offset(node.lineno, node.col_offset), self.offset(node.end_lineno, node.end_col_offset)


def arrivals(before, after):
    """The byte spans of the docstrings that only AFTER has, in file order, with their owners."""
    had = {key for key, node in definitions(before.source.tree) if docstring_literal(node) is not None}
    now = ((key, node, docstring_literal(node)) for key, node in definitions(after.source.tree))
    return [
        (*after.span(literal), key, isinstance(node, (ast.Module, ast.ClassDef)))
        for key, node, literal in now
        if literal is not None and key not in had
    ]


def line_end(raw, offset):
    """The offset behind the line end at an offset, blanks in front of it included; None if there is none."""
    match = re.compile(rb"[ \t\f]*(\r\n|\n|\r)").match(raw, offset)
    return match.end() if match else None


def removals(raw, begin, end, may_space):
    """The ways in which a literal can have come in, as (bytes taken from, to, what stood there)."""
    line = max(raw.rfind(b"\n", 0, begin), raw.rfind(b"\r", 0, begin)) + 1
    in_front, behind = raw[line:begin], line_end(raw, end)
    if not in_front.strip(b" \t\f\xef\xbb\xbf"):
        first = line + (3 if raw[line : line + 3] == b"\xef\xbb\xbf" and line == 0 else 0)
        if behind is not None:
            yield first, behind, b""
            empty = line_end(raw, behind)
            if may_space and empty is not None and not raw[behind:empty].strip(b"\r\n"):
                yield first, empty, b""
            # The one-line suite that was split: everything from the colon to the first statement.
            yield from suites(raw, line, behind)
            if may_space and empty is not None and not raw[behind:empty].strip(b"\r\n"):
                yield from suites(raw, line, empty)
        # At the end of a file without a final line end: the line end in front came with the literal.
        for end_length in (2, 1):
            if raw[first - end_length : first] in (b"\r\n", b"\n", b"\r"):
                yield first - end_length, end, b""
                if behind == len(raw):
                    yield first - end_length, behind, b""
                break
        if end == len(raw):
            yield first, end, b""
    elif re.match(rb";[ \t]*", raw[end:]):
        yield begin, end + re.match(rb";[ \t]*", raw[end:]).end(), b""


def suites(raw, line, behind):
    """Removals that join a header and its first statement again, with the blanks that stood between them unknown."""
    before = line - (2 if raw[line - 2 : line] == b"\r\n" else 1)
    statement = behind + len(re.match(rb"[ \t\f]*", raw[behind:]).group())
    if before >= 0 and raw[statement : statement + 1] not in (b"", b"\r", b"\n"):
        yield before, statement, None


def explains(before, after, spans):
    """Whether AFTER is BEFORE with the literals at some spans inserted; else the first place that is not."""
    old, new = before.raw, after.raw
    # Each state is (bytes of OLD consumed, bytes of NEW consumed); a splice moves the second, equal bytes both.
    states = {(0, 0)}
    for begin, end, key, may_space in spans:
        reached = set()
        for start, stop, stood in removals(new, begin, end, may_space):
            for consumed, position in states:
                length = start - position
                if length < 0 or old[consumed : consumed + length] != new[position:start]:
                    continue
                at = consumed + length
                if stood is not None:
                    reached.add((at + len(stood), stop))
                else:
                    blanks = re.match(rb"(?:[ \t\f]|\\(?:\r\n|\n|\r))*", old[at:])
                    reached.add((at + blanks.end(), stop))
        if not reached:
            return f"the docstring of {key[0] or 'the module'} ({key[1]}) came with other bytes"
        states = reached
    if not any(old[consumed:] == new[position:] for consumed, position in states):
        return "bytes behind the last docstring changed"
    return ""


LITERAL = re.compile(rb'r?"""(?:[^"\\]|\\.|"(?!""))*"""', flags=re.S)


def only_literals_came(old, new):
    """For syntax that this CPython does not know: whether AFTER is BEFORE with literals on whole lines more.

    Where a one-line suite was split, the lines must be equal but for blanks.
    """
    came = 0
    before, after = byte_lines(old), byte_lines(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, begin, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            continue
        rest, count = LITERAL.subn(b"", b"".join(after[first:last]))
        if not count or rest.split() != b"".join(before[begin:end]).split():
            return "bytes outside docstrings changed, in a file that CPython refuses", 0
        came += count
    return "", came


def judge(old, new, knows_all=True):
    """What is wrong with a file, or an empty text, and the number of docstrings that came."""
    if old == new:
        return "", 0
    try:
        before = Bytes(old)
    except Refused as reason:
        if not knows_all:
            return only_literals_came(old, new)
        return f"was written, though CPython refuses it: {reason}", 0
    try:
        after = Bytes(new)
    except Refused as reason:
        return f"is not read any more: {reason}", 0
    spans = arrivals(before, after)
    return explains(before, after, spans), len(spans)


def entries(root):
    return {path.relative_to(root): path for path in sorted(pathlib.Path(root).rglob("*")) if "__pycache__" not in path.parts}


def attributes(path):
    status = path.lstat()
    return status.st_mode, status.st_uid, status.st_gid, path.readlink() if path.is_symlink() else None


def documented(raw):
    """A file with docstrings put in front of the first statements that begin a line; None where there is none."""
    try:
        file = Bytes(raw)
    except Refused:
        return None
    pieces, last = [], 0
    for key, node in definitions(file.source.tree):
        if not key[0] or docstring_literal(node) is not None:
            continue
        first = node.body[0]
        top = min([first.lineno] + [d.lineno for d in getattr(first, "decorator_list", ())])
        start = file.starts[top - 1]
        indent = re.match(rb"[ \t]*", raw[start:]).group()
        header = file.source.lines[top - 2].rstrip()
        if top > node.lineno and indent and header.endswith(b":") and start >= last and (key[1] + top) % 3:
            pieces += [raw[last:start], indent, b'"""Say it.\n\n', indent, b'More.\n', indent, b'"""\n']
            last = start
    return b"".join(pieces) + raw[last:] if pieces else None


HARMS = {
    "a line with a blank more": lambda raw: raw.replace(b"\n", b" \n", 1),
    "an empty line more": lambda raw: raw + b"\n",
    "the last line end gone": lambda raw: raw[:-1],
    "a line end changed": lambda raw: raw.replace(b"\n", b"\r\n", 1),
    "a comment gone": lambda raw: re.sub(rb"#[^\n]*", b"", raw, count=1),
    "a line gone": lambda raw: raw[: raw.rfind(b"\n", 0, -1) + 1],
    "a docstring twice": lambda raw: re.sub(rb'( *"""Say it\.)', rb'\1"""\n\1', raw, count=1),
    "two empty lines behind a docstring": lambda raw: raw.replace(b'More.\n', b'More.\n', 1).replace(b'"""\n', b'"""\n\n\n', 1),
}


def self_test(paths):
    seeded = failures = 0
    for path in paths:
        old = pathlib.Path(path).read_bytes()
        new = documented(old)
        if new is None:
            continue
        wrong, count = judge(old, new)
        if wrong or not count:
            failures += 1
            print(f"  {path}: harmless insertions are called harm: {wrong}")
        for name, harm in HARMS.items():
            harmed = harm(new)
            if harmed == new:
                continue
            seeded += 1
            if not judge(old, harmed)[0]:
                failures += 1
                print(f"  {path}: not found: {name}")
    print(f"{seeded} harms seeded, {failures} failures")
    return 1 if failures or not seeded else 0


def main(arguments):
    if arguments[0] == "--self-test":
        return self_test(arguments[1:])
    knows_all = "--newer" not in arguments
    before, after = (entries(argument) for argument in arguments if argument != "--newer")
    files = inserted = harmed = 0

    def harm(name, what):
        nonlocal harmed
        harmed += 1
        print(f"  {name}: {what}")

    for name in sorted(before.keys() ^ after.keys()):
        harm(name, "is new" if name in after else "is gone")
    for name in sorted(before.keys() & after.keys()):
        if attributes(before[name]) != attributes(after[name]):
            harm(name, "mode, owner or link changed")
        if not before[name].is_file() or before[name].is_symlink():
            continue
        files += 1
        old, new = before[name].read_bytes(), after[name].read_bytes()
        if name.suffix not in (".py", ".pyi"):
            if old != new:
                harm(name, "is no source, but changed")
            continue
        wrong, count = judge(old, new, knows_all)
        inserted += count
        if wrong:
            harm(name, wrong)
    print(f"{files} files, {inserted} docstrings came, {harmed} harmed")
    return 1 if harmed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
