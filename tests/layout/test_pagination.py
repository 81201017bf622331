"""Walking through the pages of a list."""

from dataclasses import dataclass

import pytest

SOURCE = '{% from "layout/pagination.html" import found, pagination %}{{ pagination(page) }}'


@dataclass
class Page:
    page: int
    pages: int
    total: int = 0

    @property
    def has_prev(self):
        return self.page > 1

    @property
    def has_next(self):
        return self.page < self.pages

    @property
    def prev_num(self):
        return self.page - 1

    @property
    def next_num(self):
        return self.page + 1

    def iter_pages(self, **edges):
        return [1, None, self.page, self.pages]


def test_links_keep_the_filters_of_the_address(render):
    piece = render(SOURCE, path="/list/firms?status=valid&status=suspended&page=3", page=Page(3, 9))
    following = piece.one("a[@rel='next']").get("href")
    assert following == "/list/firms?status=valid&status=suspended&page=4"
    assert piece.one("a[@rel='prev']").get("href").endswith("page=2")


def test_the_page_shown_is_marked(render):
    piece = render(SOURCE, "zh", path="/list/firms", page=Page(3, 9))
    current = piece.one("a[@aria-current='page']")
    assert (current.text, current.get("aria-label")) == ("3", "第 3 页")


def test_the_ends_have_one_direction(render):
    assert not render(SOURCE, path="/list/x", page=Page(1, 2)).all("a[@rel='prev']")
    assert not render(SOURCE, path="/list/x", page=Page(2, 2)).all("a[@rel='next']")


def test_one_page_needs_no_walking(render):
    assert not render(SOURCE, path="/list/x", page=Page(1, 1)).all("nav")


@pytest.mark.parametrize(("tongue", "total", "words"), [
    ("en", 1, "1 result"), ("en", 4, "4 results"), ("zh", 4, "共 4 条结果"),
])
def test_the_number_of_results_is_told(render, tongue, total, words):
    source = SOURCE.replace("pagination(page) }}", "found(page) }}")
    assert render(source, tongue, page=Page(1, 1, total)).text() == words
