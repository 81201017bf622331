import ast
from pathlib import Path

import pytest

from scripts import bands
from scripts.bands import Limit, Source


def source(text, path="broker_admin/exams/scoring.py"):
    return Source(Path(path), text, ast.parse(text))


def function(text):
    return source(text).functions[0]


@pytest.fixture
def tree(tmp_path):
    """A repository of one small module, its test and a template, inside every band."""
    write(tmp_path, "broker_admin/scoring.py",
          "# A paper is judged as it was drawn.\ndef mark(n: int) -> int:\n    return n\n" + "x = 1\n" * 20)
    write(tmp_path, "tests/test_scoring.py",
          "def test_a_right_answer_earns_its_mark():\n    assert True\n" + "y = 1\n" * 40)
    write(tmp_path, "templates/exams/paper.html", "<p>{{ paper }}</p>\n")
    return tmp_path


def write(root, path, text):
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, "utf-8")


def test_a_tree_inside_the_bands_is_accepted(tree):
    assert bands.outside(bands.measure(tree)) == []


def test_every_limit_has_a_measure_and_back(tree):
    assert bands.measure(tree).keys() == bands.LIMITS.keys()


@pytest.mark.parametrize(("body", "fault"), [
    ("def f() -> None:\n" + "    x = 1\n" * 40, "function lines, longest: 41, allowed at most 40"),
    ("def f(a):\n    return a\n", "functions not fully typed: 1, allowed at most 0"),
    ("session.commit()\n" * 3, "commit() calls: 3, allowed at most 2"),
    ("# TODO later\n", "unfinished marks: 1, allowed at most 0"),
    ("def f(a: int) -> int:\n" + "    if a: a += 1\n" * 10 + "    return a\n",
     "complexity, functions over 10: 1, allowed at most 0"),
])
def test_a_module_over_the_line_is_reported(tree, body, fault):
    write(tree, "broker_admin/marks.py", body)

    assert fault in bands.outside(bands.measure(tree))


@pytest.mark.parametrize("path", [
    "broker_admin/utils.py", "broker_admin/core/marks.py", "broker_admin/exams/manager.py",
])
def test_a_vague_name_is_found_in_any_part(path):
    assert bands.is_vague(source("", path))


def test_a_name_that_says_its_subject_passes():
    assert not bands.is_vague(source("", "broker_admin/rules/calendar.py"))


@pytest.mark.parametrize(("text", "paths"), [
    ("def f(): return 1", 1),
    ("def f(a):\n    if a: pass\n    elif a: pass\n    else: pass", 3),
    ("def f(a):\n    return a and a or a", 3),
    ("def f(a):\n    return [b for b in a if b]", 2),
    ("def f(a):\n    while a:\n        try: pass\n        except ValueError: pass", 3),
    ("def f(a):\n    match a:\n        case 1: pass\n        case _: pass", 3),
    ("def f(a):\n    def g():\n        if a: pass", 1),
])
def test_complexity_counts_the_independent_paths(text, paths):
    assert bands.complexity(function(text)) == paths


@pytest.mark.parametrize("text", [
    "def f() -> None: pass",
    "class C:\n    def f(self, a: int, *b: int, **c: int) -> None: pass",
])
def test_a_function_with_every_type_is_typed(text):
    assert bands.is_typed(function(text))


@pytest.mark.parametrize("text", [
    "def f(): pass", "def f(a) -> None: pass", "def f(*a) -> None: pass",
    "def f(*, a) -> None: pass", "def f(**a) -> None: pass",
])
def test_a_function_that_leaves_out_a_type_is_not(text):
    assert not bands.is_typed(function(text))


@pytest.mark.parametrize("decorator", ['@bp.get("/x")', '@bp.route("/x", methods=["POST"])'])
def test_a_function_bound_to_an_address_is_a_view(decorator):
    assert bands.is_view(function(f"{decorator}\ndef f(): pass"))


@pytest.mark.parametrize("decorator", ["@cache", "@property", "@cache(size=1)"])
def test_another_decorator_makes_no_view(decorator):
    assert not bands.is_view(function(f"{decorator}\ndef f(): pass"))


def test_lines_of_code_leave_out_what_is_said_about_it():
    text = '"""Door."""\n\n# why\nx = 1  # beside\n\n\ndef f():\n    """Two\n    lines."""\n    return x\n'

    assert source(text).code_lines == 3
    assert list(source(text).comments.values()) == ["# why"]


def test_nine_in_ten_stay_at_or_under_the_high_share():
    assert bands.high_share(range(1, 101)) == 91
    assert bands.high_share([]) == 0


def test_a_test_name_is_counted_in_words():
    assert bands.words("test_refusing_tells_the_applicant_why") == 5


def test_modules_without_a_test_of_their_name_count():
    code = [source("def f(): pass", f"broker_admin/exams/{name}.py") for name in ("scoring", "timing")]
    code += [source("", "broker_admin/exams/models.py"), source("def f(): pass", "broker_admin/__init__.py")]

    assert bands.tested_share(code, [source("", "tests/exams/test_scoring.py")]) == 50


@pytest.mark.parametrize(("limit", "value", "holds"), [
    (Limit(most=7), 7, True), (Limit(most=7), 7.5, False),
    (Limit(least=1.5), 1.5, True), (Limit(least=1.5), 1.4, False),
    (Limit(least=5, most=8), 9, False),
])
def test_the_ends_of_a_band_belong_to_it(limit, value, holds):
    assert limit.holds(value) is holds


def test_offenders_are_named_with_file_and_line(tree):
    write(tree, "broker_admin/marks.py", "x = 1\ndef f(a):\n    return a\n")

    assert list(bands.offenders(tree)) == ["broker_admin/marks.py:2 f: not fully typed"]


def test_measuring_by_command_answers_with_a_status(tree, capsys):
    assert bands.main(["--root", str(tree)]) == 0
    assert "!" not in capsys.readouterr().out

    write(tree, "broker_admin/marks.py", "def f(a):\n    return a\n")

    assert bands.main(["--root", str(tree)]) == 1
    assert "! functions not fully typed" in capsys.readouterr().out
