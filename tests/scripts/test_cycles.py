import ast
from pathlib import Path

import pytest

from scripts import cycles


def trees(**files):
    return {Path(f"{name.replace('__', '/')}.py"): ast.parse(text) for name, text in files.items()}


def test_modules_that_import_each_other_are_found():
    found = cycles.modules_in_cycles(trees(
        p__a="from p import b", p__b="import p.c", p__c="from p.a import thing", p__d="from p import a",
    ))

    assert found == ["p.a", "p.b", "p.c"]


def test_a_chain_of_imports_is_no_cycle():
    assert cycles.modules_in_cycles(trees(p__a="from p import b", p__b="import os")) == []


@pytest.mark.parametrize("late", [
    "def f():\n    from p import a",
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from p import a",
])
def test_imports_that_do_not_run_on_loading_are_free(late):
    assert cycles.modules_in_cycles(trees(p__a="from p import b", p__b=late)) == []


@pytest.mark.parametrize("early", ["try:\n    from p import a\nexcept ImportError: pass",
                                   "if True:\n    import p.a"])
def test_imports_inside_blocks_still_run_on_loading(early):
    assert cycles.modules_in_cycles(trees(p__a="from p import b", p__b=early)) == ["p.a", "p.b"]


def test_a_package_is_named_without_its_door():
    assert cycles.dotted(Path("broker_admin/exams/__init__.py")) == "broker_admin.exams"


def test_a_name_from_a_package_leads_to_its_door():
    files = trees(p__a="from p import thing")
    files[Path("p/__init__.py")] = ast.parse("from p.a import other\nthing = 1")

    assert cycles.modules_in_cycles(files) == ["p", "p.a"]
