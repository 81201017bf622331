import ast
import re
import sys
from configparser import ConfigParser
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = {"requirements.lock": ["install"], "requirements-dev.lock": ["install", "dev"]}
PACKAGE = re.compile(r"^(?P<name>\S+)==(?P<version>\S+) \\\n(?P<rest>(?:    .*\n)+)", re.M)


def wanted(extras):
    """The ranges of setup.cfg for one lock file, by canonical name."""
    config = ConfigParser()
    config.read(ROOT / "setup.cfg")
    lines = config["options"]["install_requires"].split("\n")
    for extra in extras:
        lines += config["options.extras_require"][extra].split("\n")
    found = [Requirement(line) for line in lines if line.strip()]
    return {canonicalize_name(requirement.name): requirement for requirement in found}


def locked(name):
    """Version and details of each locked package."""
    text = (ROOT / name).read_text("utf-8")
    return {match["name"]: (match["version"], match["rest"]) for match in PACKAGE.finditer(text)}


@pytest.mark.parametrize(("name", "extras"), list(LOCKS.items()))
def test_every_range_holds_its_locked_version(name, extras):
    versions = locked(name)

    outside = [package for package, requirement in wanted(extras).items()
               if not requirement.specifier.contains(versions[package][0])]

    assert outside == []


@pytest.mark.parametrize(("name", "extras"), list(LOCKS.items()))
def test_a_lock_asks_for_nothing_that_left(name, extras):
    direct = {package for package, (_, rest) in locked(name).items() if "broker-admin (setup.cfg)" in rest}

    assert direct == wanted(extras).keys()


@pytest.mark.parametrize("name", list(LOCKS))
def test_every_locked_package_has_its_hashes(name):
    without = [package for package, (_, rest) in locked(name).items() if "--hash=sha256:" not in rest]

    assert without == []
    assert len(locked(name)) == len(re.findall(r"^[a-z].*==", (ROOT / name).read_text("utf-8"), re.M))


def test_developing_adds_packages_and_changes_none():
    develop = {package: version for package, (version, _) in locked("requirements-dev.lock").items()}
    run = {package: version for package, (version, _) in locked("requirements.lock").items()}

    assert run.items() <= develop.items()


@pytest.mark.parametrize("name", list(LOCKS))
def test_a_lock_holds_no_address_of_a_machine(name):
    text = (ROOT / name).read_text("utf-8")

    assert not re.search(r"://|--find-links|--index-url|--extra-index-url|/opt/", text)


def imported(folder):
    """The distributions that code of this folder imports from, by canonical name."""
    own = {"broker_admin", "migrations", "scripts", "tests"}
    names = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names.add(node.module.split(".")[0])
    distributions = packages_distributions()
    return {canonicalize_name(distributions.get(name, [name])[0])
            for name in names - own - sys.stdlib_module_names}


@pytest.mark.parametrize(("folder", "lock"), [
    ("broker_admin", "requirements.lock"), ("migrations", "requirements.lock"),
    ("scripts", "requirements.lock"), ("tests", "requirements-dev.lock"),
])
def test_everything_imported_is_locked(folder, lock):
    assert imported(folder) - locked(lock).keys() == set()
