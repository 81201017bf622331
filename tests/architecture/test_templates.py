"""Templates parse, say what they are, and are used."""

import re

import pytest
from jinja2 import meta

from broker_admin.config import ROOT

FOLDER = ROOT / "templates"
PAGES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))
NAMED = re.compile(r'["\']([\w/-]+\.(?:html|svg|txt))["\']')


def source_of(name):
    return (FOLDER / name).read_text("utf-8")


def every_source():
    for path in [*FOLDER.rglob("*"), *(ROOT / "broker_admin").rglob("*.py")]:
        if path.suffix in {".html", ".txt", ".svg", ".py"}:
            yield path.read_text("utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_every_template_parses_and_finds_its_parts(app, name):
    tree = app.jinja_env.parse(source_of(name))
    parts = [part for part in meta.find_referenced_templates(tree) if part]
    assert [part for part in parts if not (FOLDER / part).exists()] == []


@pytest.mark.parametrize("name", [n for n in PAGES if '{% extends "layout/' in source_of(n)
                                  and not n.startswith("layout/")])
def test_every_page_has_a_title(name):
    heir = re.search(r'{% extends "(layout/[\w/]+\.html)" %}', source_of(name))[1]
    blocks = ("{% block title %}", "{% set title")
    assert any(b in source_of(name) or (heir != "layout/base.html" and b in source_of(heir)) for b in blocks)


@pytest.mark.parametrize("name", PAGES)
def test_no_template_carries_script_or_style(name):
    assert re.findall(r"<style|<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=", source_of(name)) == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_in_a_template_skips_escaping(name):
    risky = [line for line in source_of(name).splitlines()
             if re.search(r"\|\s*safe\b|autoescape false", line)]
    assert [line for line in risky if '"<br>" | safe' not in line] == []


def test_no_template_lies_about_that_nobody_uses():
    used = {name for text in every_source() for name in NAMED.findall(text)}
    # The layout is a kit: a part may wait for the page that needs it.
    assert {name for name in PAGES if name not in used and not name.startswith("layout/")} == set()
