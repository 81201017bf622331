"""Modules that import each other in a circle while they are loaded."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

Graph = Mapping[str, set[str]]


def dotted(path: Path) -> str:
    """The import name of a file, given relative to the repository."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def loaded_statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements that run on import: not those inside functions, nor for type checkers only."""
    for statement in body:
        yield statement
        if isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.dump(statement.test):
            continue
        if isinstance(statement, ast.If | ast.Try | ast.With):
            yield from loaded_statements(statement.body)


def imported_names(statement: ast.stmt) -> Iterator[str]:
    """Absolute names; the house style bans relative imports."""
    if isinstance(statement, ast.Import):
        yield from (alias.name for alias in statement.names)
    elif isinstance(statement, ast.ImportFrom) and statement.module:
        for alias in statement.names:
            yield f"{statement.module}.{alias.name}"


def target(name: str, modules: Mapping[str, object]) -> str | None:
    """The module that an imported name lives in: itself, or the one that holds it."""
    if name in modules:
        return name
    holder = name.rpartition(".")[0]
    return holder if holder in modules else None


def imports(trees: Mapping[Path, ast.Module]) -> dict[str, set[str]]:
    modules = {dotted(path): tree for path, tree in trees.items()}
    graph: dict[str, set[str]] = {}
    for module, tree in modules.items():
        names = [name for statement in loaded_statements(tree.body)
                 for name in imported_names(statement)]
        found = {target(name, modules) for name in names}
        graph[module] = {name for name in found if name and name != module}
    return graph


def reachable(start: str, graph: Graph) -> set[str]:
    seen: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        module = waiting.pop()
        if module not in seen:
            seen.add(module)
            waiting.extend(graph[module])
    return seen


def modules_in_cycles(trees: Mapping[Path, ast.Module]) -> list[str]:
    graph = imports(trees)
    return sorted(module for module in graph if module in reachable(module, graph))
