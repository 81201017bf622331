"""Measure this repository and hold it inside the bands that keep it readable.

The limits stand in one table, LIMITS.  What is measured: the product in ``broker_admin/``
(the code), everything under ``tests/``, and the Jinja templates.
"""

import argparse
import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from statistics import fmean, median

from scripts.cycles import modules_in_cycles

PACKAGE = "broker_admin"
VAGUE = re.compile(r"(utils?|helpers?|common|misc|base|core|tools|lib|managers?|handlers?)")
ROUTES = {"route", "get", "post", "put", "patch", "delete"}
LEFTOVER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")

Function = ast.FunctionDef | ast.AsyncFunctionDef
NESTED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
FORKS = (ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler,
         ast.comprehension, ast.Assert, ast.match_case)
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Limit:
    """The values that a measure may take, ends included."""

    least: float = 0
    most: float = float("inf")

    def holds(self, value: float) -> bool:
        return self.least <= value <= self.most

    def __str__(self) -> str:
        if self.most == float("inf"):
            return f"at least {self.least:g}"
        return f"{self.least:g} to {self.most:g}" if self.least else f"at most {self.most:g}"


LIMITS = {
    "function lines, median": Limit(most=7),
    "function lines, 90 %": Limit(most=20),
    "function lines, longest": Limit(most=40),
    "complexity, mean": Limit(most=2.3),
    "complexity, functions over 10": Limit(most=0),
    "view lines, median": Limit(most=10),
    "view lines, 90 %": Limit(most=20),
    "file lines, median": Limit(most=80),
    "file lines, 90 %": Limit(most=250),
    "file lines, longest": Limit(most=400),
    "functions not fully typed": Limit(most=0),
    "modules in import cycles": Limit(most=0),
    "modules with a vague name": Limit(most=0),
    "commit() calls": Limit(most=2),
    "comments per 100 lines of code": Limit(least=3, most=7),
    "unfinished marks": Limit(most=0),
    "test : code": Limit(least=1.5),
    "test lines, median": Limit(most=10),
    "test lines, 90 %": Limit(most=20),
    "words in a test name, median": Limit(least=5, most=8),
    "modules with a test of their name, %": Limit(least=90),
    "template lines, median": Limit(most=30),
    "template lines, 90 %": Limit(most=110),
}

@dataclass(frozen=True)
class Source:
    """One Python file, parsed."""

    path: Path
    text: str
    tree: ast.Module = field(repr=False)

    @cached_property
    def functions(self) -> list[Function]:
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @cached_property
    def comments(self) -> dict[int, str]:
        """Lines that hold nothing but a comment, by their number."""
        tokens = tokenize.generate_tokens(io.StringIO(self.text).readline)
        return {token.start[0]: token.string for token in tokens
                if token.type == tokenize.COMMENT and not token.line[:token.start[1]].strip()}

    @cached_property
    def code_lines(self) -> int:
        """Lines that are neither blank, nor comment, nor docstring."""
        silent = set(self.comments)
        for node in ast.walk(self.tree):
            if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
                silent |= set(span(node.body[0]))
        silent |= {number for number, line in enumerate(self.lines, 1) if not line.strip()}
        return len(self.lines) - len(silent)


def span(node: ast.stmt) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def length(function: Function) -> int:
    return len(span(function))


def read_sources(root: Path, folder: str) -> list[Source]:
    found = []
    for path in sorted((root / folder).rglob("*.py")):
        text = path.read_text("utf-8")
        found.append(Source(path.relative_to(root), text, ast.parse(text)))
    return found


def inner_nodes(function: Function) -> Iterator[ast.AST]:
    """What the function itself does; functions and classes inside it are counted on their own."""
    waiting: list[ast.AST] = list(ast.iter_child_nodes(function))
    while waiting:
        node = waiting.pop()
        if not isinstance(node, NESTED):
            yield node
            waiting.extend(ast.iter_child_nodes(node))


def complexity(function: Function) -> int:
    """The number of independent paths (McCabe)."""
    nodes = list(inner_nodes(function))
    forks = sum(isinstance(node, FORKS) for node in nodes)
    return 1 + forks + sum(len(node.values) - 1 for node in nodes if isinstance(node, ast.BoolOp))


def is_typed(function: Function) -> bool:
    given = function.args
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    if named and named[0].arg in {"self", "cls"}:
        named = named[1:]
    named += [extra for extra in (given.vararg, given.kwarg) if extra]
    return function.returns is not None and all(argument.annotation for argument in named)


def is_view(function: Function) -> bool:
    """A function that a blueprint binds to an address."""
    calls = [node for node in function.decorator_list if isinstance(node, ast.Call)]
    return any(isinstance(call.func, ast.Attribute) and call.func.attr in ROUTES for call in calls)


def commits(source: Source) -> int:
    calls = [node for node in ast.walk(source.tree) if isinstance(node, ast.Call)]
    return sum(isinstance(c.func, ast.Attribute) and c.func.attr == "commit" for c in calls)


def is_vague(source: Source) -> bool:
    return any(VAGUE.fullmatch(part) for part in source.path.with_suffix("").parts)


def high_share(values: Iterable[float]) -> float:
    """The value that nine in ten do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.9))] if ordered else 0


def middle(values: Sequence[float]) -> float:
    return median(values) if values else 0


def words(name: str) -> int:
    return len(name.removeprefix("test_").split("_"))


def measure_functions(code: list[Source]) -> dict[str, float]:
    functions = [function for source in code for function in source.functions]
    lengths = [length(function) for function in functions]
    views = [length(function) for function in functions if is_view(function)]
    paths = [complexity(function) for function in functions]
    return {
        "function lines, median": middle(lengths),
        "function lines, 90 %": high_share(lengths),
        "function lines, longest": max(lengths, default=0),
        "complexity, mean": round(fmean(paths), 2) if paths else 0,
        "complexity, functions over 10": sum(count > 10 for count in paths),
        "view lines, median": middle(views),
        "view lines, 90 %": high_share(views),
        "functions not fully typed": sum(not is_typed(function) for function in functions),
    }


def measure_files(code: list[Source]) -> dict[str, float]:
    sizes = [len(source.lines) for source in code if source.code_lines]
    total = sum(source.code_lines for source in code)
    comments = sum(len(source.comments) for source in code)
    return {
        "file lines, median": middle(sizes),
        "file lines, 90 %": high_share(sizes),
        "file lines, longest": max(sizes, default=0),
        "modules in import cycles": len(modules_in_cycles(
            {source.path: source.tree for source in code})),
        "modules with a vague name": sum(is_vague(source) for source in code),
        "commit() calls": sum(commits(source) for source in code),
        "comments per 100 lines of code": round(100 * comments / total, 1) if total else 0,
        "unfinished marks": sum(bool(LEFTOVER.search(text))
                                for source in code for text in source.comments.values()),
    }


def measure_tests(code: list[Source], tests: list[Source]) -> dict[str, float]:
    functions = [function for source in tests for function in source.functions
                 if function.name.startswith("test_")]
    lengths = [length(function) for function in functions]
    product = sum(source.code_lines for source in code)
    return {
        "test : code": round(sum(s.code_lines for s in tests) / product, 2) if product else 0,
        "test lines, median": middle(lengths),
        "test lines, 90 %": high_share(lengths),
        "words in a test name, median": middle([words(f.name) for f in functions]),
        "modules with a test of their name, %": tested_share(code, tests),
    }


def tested_share(code: list[Source], tests: list[Source]) -> float:
    """In percent, of the modules that have functions; doors of packages need no test."""
    names = {source.path.name for source in tests}
    modules = [s.path.name for s in code if s.functions and s.path.name != "__init__.py"]
    tested = sum(f"test_{name}" in names for name in modules)
    return round(100 * tested / len(modules), 1) if modules else 100


def measure_templates(root: Path) -> dict[str, float]:
    sizes = [len(path.read_text("utf-8").splitlines())
             for path in (root / "templates").rglob("*") if path.suffix in {".html", ".txt"}]
    return {"template lines, median": middle(sizes), "template lines, 90 %": high_share(sizes)}


def measure(root: Path) -> dict[str, float]:
    code, tests = read_sources(root, PACKAGE), read_sources(root, "tests")
    return {**measure_functions(code), **measure_files(code),
            **measure_tests(code, tests), **measure_templates(root)}


def outside(values: dict[str, float]) -> list[str]:
    """One sentence for each measure that left its band."""
    return [f"{name}: {values[name]:g}, allowed {limit}"
            for name, limit in LIMITS.items() if not limit.holds(values[name])]


def offenders(root: Path) -> Iterator[str]:
    """Where to begin: each function or file that is over the line by itself."""
    for source in read_sources(root, PACKAGE):
        if len(source.lines) > LIMITS["file lines, longest"].most:
            yield f"{source.path}: {len(source.lines)} lines"
        for function in source.functions:
            where = f"{source.path}:{function.lineno} {function.name}"
            if length(function) > LIMITS["function lines, longest"].most:
                yield f"{where}: {length(function)} lines"
            if is_view(function) and length(function) > LIMITS["view lines, 90 %"].most:
                yield f"{where}: a view of {length(function)} lines"
            if complexity(function) > 10:
                yield f"{where}: complexity {complexity(function)}"
            if not is_typed(function):
                yield f"{where}: not fully typed"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bands", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(__file__).parent.parent)
    root = parser.parse_args(arguments).root
    values = measure(root)
    for name, limit in LIMITS.items():
        mark = " " if limit.holds(values[name]) else "!"
        print(f"{mark} {name:38}{values[name]:8g}   {limit}")
    faults = outside(values)
    if faults:
        print(*offenders(root), sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
