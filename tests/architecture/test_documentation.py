import re
from configparser import ConfigParser
from pathlib import Path

import pytest

from broker_admin.config import SETTINGS

ROOT = Path(__file__).parents[2]
EMPTY = {"empty", "none"}
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def documented_defaults():
    """The rows of the configuration's tables: variable and default."""
    text = (ROOT / "docs/configuration.md").read_text("utf-8")
    return dict(re.findall(r"^\| `([A-Z_]+)` \| ([^|]+) \|", text, re.M))


def required_packages():
    config = ConfigParser()
    config.read(ROOT / "setup.cfg")
    extras = config["options.extras_require"]
    lines = (config["options"]["install_requires"] + extras["install"] + extras["dev"]).split("\n")
    return [re.split(r"[\[<>=]", line)[0].lower() for line in lines if line]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_documented_with_its_default(setting):
    default = setting.default.replace(str(ROOT), "…")

    assert documented_defaults()[setting.name].strip("`") in ({default} if default else EMPTY)


def test_no_setting_is_documented_that_does_not_exist():
    known = {setting.name for setting in SETTINGS}
    tests_own = {"TEST_DATABASE", "TEST_POSTGRES_URL"}

    assert documented_defaults().keys() == known | tests_own


@pytest.mark.parametrize("package", required_packages())
def test_every_dependency_says_why_it_is_there(package):
    rows = (ROOT / "docs/dependencies.md").read_text("utf-8").lower()

    assert re.search(rf"^\| [^|]*\b{re.escape(package)}\b", rows, re.M)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_that_pages_name_exist(page):
    made = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))

    assert set(re.findall(r"(?:^|`)make ([a-z]+)", page.read_text("utf-8"), re.M)) <= made


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8"))

    assert [link for link in links if not (page.parent / link).exists()
            and link != "docs/screenshot.png"] == []
