"""Renders pieces of the layout in either language, and refuses HTML that is not strictly right."""

from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask, flash, render_template_string
from werkzeug.datastructures import MultiDict

from tests.layout.stage import build_stage, compile_catalog


class Piece:
    """Rendered HTML, parsed strictly, with questions that tests ask of it."""

    def __init__(self, html: str) -> None:
        self.html = html
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        whole = html.lstrip().startswith("<!doctype")
        self.root: Element = parser.parse(html) if whole else parser.parseFragment(html)

    def one(self, path: str) -> Element:
        found = self.all(path)
        assert len(found) == 1, f"{len(found)} of {path} in {self.html}"
        return found[0]

    def all(self, path: str) -> list[Element]:
        return list(self.root.findall(f".//{path}"))

    def by_id(self, name: str) -> Element:
        return self.one(f"*[@id='{name}']")

    def text(self, path: str | None = None) -> str:
        element = self.root if path is None else self.one(path)
        return " ".join("".join(element.itertext()).split())


@pytest.fixture(scope="session")
def stages(tmp_path_factory):
    catalogs = compile_catalog(tmp_path_factory.mktemp("catalogs"))
    return {language: build_stage(language, catalogs) for language in ("en", "zh")}


@pytest.fixture(params=["en", "zh"])
def language(request):
    """Both languages, for what must hold in either."""
    return request.param


@pytest.fixture
def render(stages):
    """Render a template's source; ``around`` replaces what the application tells every page."""

    def rendered(source, language="en", around=None, path="/", root="", flashed=(), **context):
        stage: Flask = stages[language]
        with stage.test_request_context(path, base_url=f"http://localhost{root}"):
            for category, text in flashed:
                flash(text, category)
            given = stage.extensions["surroundings"].context() | (around or {})
            return Piece(render_template_string(source, **given, **context))

    return rendered


@pytest.fixture
def fill(stages):
    """A form of this class, validated on what was typed, or untouched without it."""

    def filled(form_class, typed=None, language="en"):
        with stages[language].test_request_context():
            form = form_class(MultiDict(typed) if typed is not None else None)
            if typed is not None:
                form.validate()
            return form

    return filled
