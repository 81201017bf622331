from datetime import UTC, date, datetime
from enum import StrEnum

import pytest
from flask import render_template_string
from flask_babel import force_locale, refresh
from markupsafe import Markup

from broker_admin.permissions import Role
from broker_admin.templating import (
    LABELS,
    dated,
    day,
    label,
    long_day,
    moment,
    number,
    paragraphs,
    register_labels,
)

# Half past midnight in Guangdong, the evening before in UTC.
NIGHT = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)


class Colour(StrEnum):
    RED = "red"


class Wine(StrEnum):
    RED = "red"


@pytest.fixture
def request_context(app):
    with app.test_request_context("/", headers={"Accept-Language": "en"}):
        yield
        refresh()


def test_a_day_is_the_day_in_guangdong(request_context):
    assert day(NIGHT) == "2026-11-22"
    assert day(date(2026, 1, 2)) == "2026-01-02"
    assert day(None) == ""


def test_a_moment_is_shown_to_the_minute(request_context):
    assert moment(NIGHT) == "2026-11-22 00:30"
    assert moment(None) == ""


@pytest.mark.parametrize(("language", "words"), [
    ("zh", "2026年11月22日"), ("en", "November 22, 2026"),
])
def test_a_long_day_is_in_words(request_context, language, words):
    with force_locale(language):
        assert long_day(date(2026, 11, 22)) == words


def test_equal_values_of_two_kinds_have_their_own_words(request_context):
    register_labels({Colour.RED: "Red colour"})
    register_labels({Wine.RED: "Red wine"})
    assert (label(Colour.RED), label(Wine.RED)) == ("Red colour", "Red wine")
    assert label(None) == ""


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_word_in_both_languages(request_context, role):
    english = label(role)
    with force_locale("zh"):
        assert label(role) != english


def test_an_unknown_member_is_a_mistake_of_ours(request_context):
    class Unheard(StrEnum):
        OF = "of"

    with pytest.raises(KeyError):
        label(Unheard.OF)


def test_labels_are_kept_by_kind_and_value(app):
    assert ("Role", "reviewer") in LABELS


@pytest.mark.parametrize(("typed", "shown"), [
    ("a\nb", "<p>a<br>b</p>"), ("a\n\nb", "<p>a</p><p>b</p>"), ("", ""), (None, ""),
    ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"), ("\n\n\n\n", ""),
])
def test_paragraphs_are_kept_and_escaped(typed, shown):
    assert paragraphs(typed) == shown


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("value", "shown"), [
    (50_000_000, "50,000,000"), (1_200, "1,200"), (999, "999"), (0, "0"), (None, "")])
def test_thousands_are_set_apart(request_context, language, value, shown):
    with force_locale(language):
        assert number(value) == shown


@pytest.mark.parametrize(("template", "shown"), [
    ("{{ at | day }}", '<span class="app-nowrap">2026-11-22</span>'),
    ("{{ at | moment }}", '<span class="app-nowrap">2026-11-22 00:30</span>'),
    ("{{ _('until %(day)s', day=at | day) }}", 'until <span class="app-nowrap">2026-11-22</span>'),
    ("{{ none | day or '–' }}", "–"), ("{{ none | moment }}", ""),
    ("{% autoescape false %}{{ at | day }}{% endautoescape %}", "2026-11-22"),
])
def test_a_date_stays_in_one_line_of_a_page(request_context, template, shown):
    assert render_template_string(template, at=NIGHT) == shown


@pytest.mark.parametrize(("sentence", "shown"), [
    ("有效期至2029-02-08。", '有效期至<span class="app-nowrap">2029-02-08</span>。'),
    ("By 2026-11-22 00:30.", 'By <span class="app-nowrap">2026-11-22 00:30</span>.'),
    (Markup("<b>2026-11-22</b>"), "<b>2026-11-22</b>"), ("SQ-2026-11-22", "SQ-2026-11-22"),
    ("12026-11-22", "12026-11-22"), ("<b>", "&lt;b&gt;"), ("", ""),
])
def test_dates_stay_whole_in_a_written_sentence(sentence, shown):
    assert dated(sentence).startswith(shown)
