"""The facts of a Python file as CPython's `ast` tells them, in the members of `docent outline --json`.

Where the schema leaves room, a declaration carries what may be there besides what must: members that begin with `_`.
"""
import ast
import builtins
import io
import re
import tokenize

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
TRIES = tuple(getattr(ast, name) for name in ("Try", "TryStar") if hasattr(ast, name))
LOOPS = (ast.For, ast.AsyncFor, ast.While)
TEMPLATES = tuple(getattr(ast, name) for name in ("JoinedStr", "TemplateStr") if hasattr(ast, name))
UNCATCHABLE = {"BaseException", "KeyboardInterrupt", "SystemExit", "GeneratorExit"}


class Refused(Exception):
    """CPython does not read the file."""


class Source:
    """A file's bytes, its tree, and fast text of nodes."""

    def __init__(self, raw):
        self.raw = raw
        try:
            self.encoding = tokenize.detect_encoding(io.BytesIO(raw).readline)[0]
            self.text = raw.decode(self.encoding)
            self.tree = ast.parse(raw)
        except (SyntaxError, ValueError, LookupError, RecursionError, MemoryError) as error:
            raise Refused(str(error)) from None
        self.text = self.text.replace("\r\n", "\n").replace("\r", "\n")
        self.lines = self.text.encode("utf-8", "surrogatepass").split(b"\n")

    def segment(self, node):
        first, last = node.lineno - 1, node.end_lineno - 1
        if first == last:
            part = self.lines[first][node.col_offset : node.end_col_offset]
        else:
            part = b"\n".join(
                [self.lines[first][node.col_offset :], *self.lines[first + 1 : last], self.lines[last][: node.end_col_offset]]
            )
        return part.decode("utf-8", "surrogatepass")

    def begins_with(self, node, word):
        return self.lines[node.lineno - 1].startswith(word, node.col_offset)

    def optional(self, node):
        return None if node is None else self.segment(node)

    def byte_column(self, line, utf8_column):
        """The column in the file's own encoding, counted from 1."""
        front = self.lines[line - 1][:utf8_column].decode("utf-8", "surrogatepass")
        return len(front.encode(self.encoding.replace("utf-8-sig", "utf-8"), "surrogatepass")) + 1


def dotted(node):
    """`a.b.c` for names and attributes of names, else None."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    parts.append(node.id)
    return ".".join(reversed(parts))


def callee(node):
    return dotted(node) or ast.dump(node)


def docstring_literal(node):
    first = node.body[0] if node.body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return first.value
    return None


def is_irrefutable(pattern):
    if isinstance(pattern, ast.MatchAs):
        return pattern.pattern is None or is_irrefutable(pattern.pattern)
    return isinstance(pattern, ast.MatchOr) and any(is_irrefutable(part) for part in pattern.patterns)


def bound_names(node):
    """Names that a function binds in its own scope, apart from `except … as`."""
    arguments = node.args
    names = {a.arg for a in arguments.posonlyargs + arguments.args + arguments.kwonlyargs}
    names |= {a.arg for a in (arguments.vararg, arguments.kwarg) if a}
    outer = set()
    stack = list(node.body)
    while stack:
        here = stack.pop()
        if isinstance(here, DEFINITIONS):
            names.add(here.name)
            continue
        if isinstance(here, ast.Lambda):
            continue
        if isinstance(here, ast.Name) and isinstance(here.ctx, ast.Store):
            names.add(here.id)
        elif isinstance(here, (ast.Global, ast.Nonlocal)):
            outer.update(here.names)
        elif isinstance(here, ast.alias):
            continue
        stack.extend(ast.iter_child_nodes(here))
    return names - outer


class Context:
    """What encloses a statement inside its declaration."""

    def __init__(self, guards=(), handlers=(), tries=(), conditional=False):
        self.guards, self.handlers, self.tries, self.conditional = guards, handlers, tries, conditional

    def adding(self, guard=None, handler=None, attempt=None, conditional=True):
        return Context(
            self.guards + ((guard,) if guard else ()),
            self.handlers + ((handler,) if handler else ()),
            self.tries + ((attempt,) if attempt else ()),
            conditional or self.conditional,
        )


class Reader:
    """Walks a tree once and lists its declarations."""

    def __init__(self, source):
        self.source = source
        self.ordinals = {}
        self.declarations = []

    def read(self):
        module = self.declare(None, self.source.tree, "", "module", False, False)
        self.block(self.source.tree.body, module, Context())
        return self.declarations

    # Declarations

    def declare(self, parent, node, name, kind, conditional, nested):
        path = name if not parent or not parent["path"] else parent["path"] + "." + name
        self.ordinals[path] = self.ordinals.get(path, 0) + 1
        declaration = {
            "path": path, "ordinal": self.ordinals[path], "kind": kind, "name": name,
            "line": 1 if kind == "module" else node.lineno,
            "column": 1 if kind == "module" else self.source.byte_column(node.lineno, node.col_offset),
            "endLine": None if kind == "module" else node.end_lineno,
            "async": isinstance(node, ast.AsyncFunctionDef),
            "decorators": [self.source.segment(d) for d in getattr(node, "decorator_list", ())],
            "bases": self.bases(node) if kind == "class" else [],
            "typeParameters": [self.source.segment(t) for t in getattr(node, "type_params", ())],
            "parameters": [], "returnAnnotation": None,
            "docstring": self.docstring(node),
            "returns": [], "yields": [], "raises": [], "catches": [], "calls": [],
            "fields": [], "attributes": [], "complexity": 1,
            "conditional": conditional, "nested": nested,
            "_node": node, "_calls": [], "_callees": [], "_fields": set(), "_attributes": set(), "_catches": set(), "_local": set(),
        }
        if isinstance(node, FUNCTIONS):
            declaration["parameters"] = self.parameters(node, declaration)
            declaration["returnAnnotation"] = self.source.optional(node.returns)
            declaration["_local"] = bound_names(node)
        self.declarations.append(declaration)
        return declaration

    def bases(self, node):
        return [self.source.segment(a) for a in sorted(node.bases + node.keywords, key=lambda a: (a.lineno, a.col_offset))]

    def docstring(self, node):
        literal = docstring_literal(node)
        if literal is None:
            return None
        return {"value": literal.value, "line": literal.lineno, "endLine": literal.end_lineno}

    def parameters(self, node, declaration):
        arguments = node.args
        listed = []

        def add(kind, argument, default=None):
            listed.append({
                "name": argument.arg, "kind": kind,
                "annotation": self.source.optional(argument.annotation), "default": self.source.optional(default),
            })

        positional = arguments.posonlyargs + arguments.args
        defaults = [None] * (len(positional) - len(arguments.defaults)) + arguments.defaults
        for index, (argument, default) in enumerate(zip(positional, defaults)):
            add("positionalOnly" if index < len(arguments.posonlyargs) else "positional", argument, default)
        if arguments.vararg:
            add("variadic", arguments.vararg)
        for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults):
            add("keywordOnly", argument, default)
        if arguments.kwarg:
            add("variadicKeyword", arguments.kwarg)
        return listed

    def enter(self, node, outer, context):
        """A definition inside `outer`: its header belongs to `outer`, its body to itself."""
        for part in ast.iter_child_nodes(node):
            if not isinstance(part, ast.stmt):
                self.expression(part, outer, optional=True)
        is_class = isinstance(node, ast.ClassDef)
        kind = "class" if is_class else "method" if outer["kind"] == "class" else "function"
        nested = outer["kind"] in ("function", "method") or outer["nested"]
        inner = self.declare(outer, node, node.name, kind, context.conditional, nested)
        for part in ast.iter_child_nodes(node):
            if not isinstance(part, ast.stmt):
                self.expression(part, inner, optional=True, yields=False)
        self.block(node.body, inner, Context())
        if kind == "method" and node.args.posonlyargs + node.args.args:
            self.attributes(node, inner)

    # Statements

    def block(self, statements, owner, context):
        for statement in statements:
            self.statement(statement, owner, context)

    def statement(self, node, owner, context):
        if isinstance(node, DEFINITIONS):
            return self.enter(node, owner, context)
        if isinstance(node, ast.If):
            return self.branch(node, owner, context)
        if isinstance(node, LOOPS):
            return self.loop(node, owner, context)
        if isinstance(node, TRIES):
            return self.attempt(node, owner, context)
        if hasattr(ast, "Match") and isinstance(node, ast.Match):
            return self.match(node, owner, context)
        if isinstance(node, (ast.With, ast.AsyncWith)):
            for item in node.items:
                self.expression(item, owner)
            suppresses = any(may_suppress(i.context_expr) for i in node.items)
            inner = context.adding(attempt=("with", None) if suppresses else None)
            return self.block(node.body, owner, inner)
        if isinstance(node, ast.Return):
            value = self.source.optional(node.value)
            owner["returns"].append({"line": node.lineno, "value": value, "_node": node.value})
        elif isinstance(node, ast.Raise):
            self.raised(node, owner, context)
        elif owner["kind"] == "class":
            self.field(node, owner, context)
        self.expression(node, owner)

    def branch(self, node, owner, context):
        """An `if` with all its `elif`s; of a chain of more than 64 the tests that do not hold are not told."""
        failed = ()
        while True:
            self.decision(owner)
            self.expression(node.test, owner)
            inside = context.adding()
            inside.guards += failed
            self.block(node.body, owner, inside.adding(("holds", node.test)))
            failed = (failed + (("fails", node.test),))
            following = node.orelse[0] if len(node.orelse) == 1 else None
            if not isinstance(following, ast.If) or not self.source.begins_with(following, b"elif"):
                break
            node = following
        inside = context.adding()
        inside.guards += failed
        self.block(node.orelse, owner, inside)

    def loop(self, node, owner, context):
        self.decision(owner)
        if isinstance(node, ast.While):
            self.expression(node.test, owner)
            inside = context.adding(("holds", node.test))
        else:
            self.expression(node.target, owner)
            self.expression(node.iter, owner)
            inside = context.adding(("iterates", node.iter))
        self.block(node.body, owner, inside)
        self.block(node.orelse, owner, context.adding())

    def attempt(self, node, owner, context):
        leaves = any(isinstance(n, (ast.Return, ast.Break, ast.Continue)) for s in node.finalbody for n in ast.walk(s))
        outer = context.adding(attempt=("finally", None)) if leaves else context.adding()
        # `except*` splits groups: what leaves is not told by the types alone.
        kind = "try" if isinstance(node, ast.Try) else "with"
        self.block(node.body, owner, outer.adding(attempt=(kind, node.handlers)) if node.handlers else outer)
        if node.orelse:
            self.decision(owner)
        for handler in node.handlers:
            self.decision(owner)
            self.expression(handler.type, owner)
            for part in handled(handler):
                name = dotted(part)
                owner["catches" if name else "_catches"].append(name) if name else owner["_catches"].add(ast.dump(part))
            self.block(handler.body, owner, outer.adding(("caught", handler.type), handler=handler))
        self.block(node.orelse, owner, outer)
        self.block(node.finalbody, owner, context.adding())

    def match(self, node, owner, context):
        self.expression(node.subject, owner)
        for case in node.cases:
            self.decision(owner)
            self.expression(case.pattern, owner)
            self.expression(case.guard, owner)
            self.block(case.body, owner, context.adding(("matches", case.pattern)))
        last = node.cases[-1]
        if last.guard is None and is_irrefutable(last.pattern):
            self.decision(owner, -1)

    def decision(self, owner, count=1):
        if owner["kind"] in ("function", "method"):
            owner["complexity"] += count

    # Expressions

    def expression(self, node, owner, optional=False, yields=True):
        if node is None:
            return
        stack = [(node, optional, False)]
        while stack:
            here, is_optional, in_template = stack.pop()
            if isinstance(here, ast.Call):
                owner["_calls" if is_optional else "calls"].append(callee(here.func))
                owner["_callees"] += [] if is_optional else [here.func]
            elif isinstance(here, (ast.Yield, ast.YieldFrom)) and yields:
                self.yielded(here, owner, in_template)
            elif isinstance(here, TEMPLATES):
                in_template = True
            elif isinstance(here, ast.Lambda):
                stack.append((here.args, True, in_template))
                self.expression(here.body, owner, optional=True, yields=False)
                continue
            for child in ast.iter_child_nodes(here):
                if not isinstance(child, ast.stmt):
                    stack.append((child, is_optional, in_template))

    def yielded(self, node, owner, in_template):
        owner["yields"].append({
            "line": None if in_template else node.lineno,
            "value": None if in_template else self.source.optional(node.value),
            "delegating": isinstance(node, ast.YieldFrom), "_node": node.value, "_column": node.col_offset,
        })

    # Exceptions

    def raised(self, node, owner, context):
        def add(name, may_be_absent, is_reraise, part=None):
            owner["raises"].append({
                "line": node.lineno, "exception": name, "_mayBeAbsent": may_be_absent, "reraise": is_reraise,
                "message": self.message(node.exc), "_caught": caught(name, context), "_conditions": context.guards,
                "_part": part,
            })

        if node.exc is None:
            handler = context.handlers[-1] if context.handlers else None
            parts = handled(handler) if handler else []
            for part in parts:
                add(dotted(part), is_vague(dotted(part), owner), True, part)
            if not parts:
                add(None, True, True)
            return
        if isinstance(node.exc, ast.Name):
            for handler in reversed(context.handlers):
                if handler.name == node.exc.id:
                    if node.exc.id in owner["_local"]:
                        add(None, True, None)
                        owner["raises"][-1]["_anything"] = True
                        return
                    parts = handled(handler)
                    for part in parts:
                        add(dotted(part), is_vague(dotted(part), owner), True, part)
                    if not parts:
                        add(None, True, True)
                    return
        target = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        name = dotted(target)
        if isinstance(node.exc, ast.Name) and name in owner["_local"] and not starts_upper(name):
            return add(None, True, False)
        add(name, is_vague(name, owner), False, target)

    def message(self, node):
        if isinstance(node, ast.Call) and node.args:
            first = node.args[0]
            if isinstance(first, ast.JoinedStr) or isinstance(first, ast.Constant) and isinstance(first.value, str):
                return first
        return None

    # Fields

    def field(self, node, owner, context):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            entry = {"name": node.target.id, "annotation": node.annotation, "value": node.value}
        elif isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            entry = {"name": node.targets[0].id, "annotation": None, "value": node.value}
        else:
            entry = None
        if entry and not context.conditional:
            owner["fields"].append(entry)
        owner["_fields"] |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}

    def attributes(self, node, owner):
        receiver = (node.args.posonlyargs + node.args.args)[0].arg
        is_static = any(d in ("staticmethod", "builtins.staticmethod") for d in owner["decorators"])
        stack = list(reversed(node.body))
        while stack:
            here = stack.pop()
            if isinstance(here, DEFINITIONS + (ast.Lambda,)):
                continue
            targets = here.targets if isinstance(here, ast.Assign) else [here.target] if isinstance(here, ast.AnnAssign) else []
            if len(targets) == 1 and is_attribute(targets[0], receiver) and not is_static:
                owner["attributes"].append(targets[0].attr)
            if isinstance(here, ast.Attribute) and isinstance(here.ctx, ast.Store) and is_attribute(here, receiver):
                owner["_attributes"].add(here.attr)
            stack.extend(reversed(list(ast.iter_child_nodes(here))))


def is_attribute(node, receiver):
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == receiver


def handled(handler):
    """The expressions of an `except` clause's types."""
    if handler is None or handler.type is None:
        return []
    return handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]


def starts_upper(name):
    return name.rpartition(".")[2].lstrip("_")[:1].isupper()


def is_vague(name, owner):
    """Whether a reader may also say that it does not know the type."""
    return name is None or not starts_upper(name) or name in owner["_local"]


def caught(name, context):
    """True: cannot leave the function. False: can. None: either may be said."""
    verdict = False
    for kind, handlers in context.tries:
        if kind == "finally":
            return None
        if kind == "with":
            verdict = None
            continue
        for handler in handlers:
            names = [dotted(part) for part in handled(handler)]
            if raises_again(handler):
                # Caught, but let out again: both may be said.
                verdict = None
                continue
            if handler.type is None or "BaseException" in names or name is not None and name in names:
                return True
            if "Exception" in names and name is not None and re.fullmatch(r"[A-Z]\w*(Error|Exception)", name) and name not in UNCATCHABLE:
                return True
            relation = [is_builtin_subclass(name, other) for other in names]
            if True in relation:
                return True
            if None in relation:
                verdict = None
    return verdict


def raises_again(handler):
    raises = [n for statement in handler.body for n in ast.walk(statement) if isinstance(n, ast.Raise)]
    return any(r.exc is None or isinstance(r.exc, ast.Name) and r.exc.id == handler.name for r in raises)


def is_builtin_subclass(name, other):
    """Whether one built-in exception is a kind of another; None if one of them is not built in."""
    raised, handled_type = getattr(builtins, name or "", None), getattr(builtins, other or "", None)
    if isinstance(raised, type) and isinstance(handled_type, type):
        return issubclass(raised, handled_type)
    return None


def may_suppress(node):
    leaf = (dotted(node.func) or "").rpartition(".")[2] if isinstance(node, ast.Call) else ""
    return "suppress" in leaf.lower() or "raises" in leaf.lower()


def facts(raw):
    """The source and its declarations; raises Refused where CPython refuses."""
    source = Source(raw)
    return source, Reader(source).read()
