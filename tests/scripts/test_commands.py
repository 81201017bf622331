import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SYSTEM_PATH = "/usr/bin:/bin"


def run(*command, **environ):
    return subprocess.run(command, cwd=ROOT, env={"PATH": SYSTEM_PATH, **environ},
                          capture_output=True, text=True, check=False)


def pretend(folder, name, script):
    """A program of this name that comes first on the path."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.fixture
def old_machine(tmp_path):
    """A machine on which every Python is too old."""
    for name in ["python3", *(f"python3.{minor}" for minor in range(11, 15))]:
        pretend(tmp_path, name, '[ "$1" = --version ] && echo "Python 3.9.2" && exit 0\nexit 1')
    return f"{tmp_path}:{SYSTEM_PATH}"


def test_help_says_what_each_command_does():
    commands = re.findall(r"^\.PHONY: help (.+)$", (ROOT / "Makefile").read_text(), re.M)[0].split()

    answer = run("make", "--no-print-directory")

    assert answer.returncode == 0
    assert re.findall(r"^  make (\w+)\t\S", answer.stdout, re.M) == ["help", *commands]


def test_an_old_python_is_answered_with_the_cure(old_machine):
    answer = run("scripts/prepare", "run", PATH=old_machine)

    assert answer.returncode == 1
    assert "needs Python 3.11 or newer, and here is Python 3.9.2" in answer.stderr
    assert "apt-get install python3" in answer.stderr


def test_an_unknown_check_is_named():
    answer = run("scripts/check", "beauty")

    assert (answer.returncode, answer.stderr) == (2, "There is no check called beauty.\n")


def test_all_checks_run_though_one_fails(tmp_path):
    for folder in ("scripts", ".venv/bin"):
        (tmp_path / folder).mkdir(parents=True)
    check = shutil.copy(ROOT / "scripts/check", tmp_path / "scripts")
    pretend(tmp_path / ".venv/bin", "ruff", "exit 1")
    pretend(tmp_path / ".venv/bin", "mypy", "exit 0")

    answer = run(check, "style", "types")

    assert (answer.returncode, answer.stderr) == (1, "Checks that failed: style\n")
    assert "== types" in answer.stdout


def test_an_unknown_database_is_refused():
    answer = run("scripts/suite", DATABASE="mysql")

    assert (answer.returncode, answer.stderr) == (1, "DATABASE is sqlite or postgresql, not mysql.\n")


@pytest.mark.parametrize("name", ["prepare", "check", "suite", "lock", "postgresql", "vendor"])
def test_each_script_can_be_run_by_itself(name):
    assert os.access(ROOT / "scripts" / name, os.X_OK)
