from datetime import date

import pytest
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict

from broker_admin.audit.forms import SearchForm
from broker_admin.audit.words import WORDS


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield


def asked(**fields):
    return SearchForm(formdata=MultiDict(fields), meta={"csrf": False})


def test_an_empty_search_asks_for_everything():
    form = asked()
    assert form.validate()
    assert not any(field.data for field in form.shown)


def test_every_event_may_be_asked_for():
    offered = {value for value, *_ in asked().name.iter_choices()}
    assert offered == {"", *WORDS}
    assert all(asked(name=name).validate() for name in WORDS)


def test_events_are_offered_in_the_readers_language():
    with force_locale("zh"):
        labels = {value: str(label) for value, label, *_ in asked().name.iter_choices()}
    assert labels["application.granted"] == "准予许可"


@pytest.mark.parametrize("typed", ["2026-11-22", "2026/11/22", "2026年11月22日", "２０２６-11-22"])
def test_days_are_read_in_any_notation(typed):
    form = asked(first=typed, last=typed)
    assert form.validate()
    assert form.first.data == form.last.data == date(2026, 11, 22)


@pytest.mark.parametrize(("field", "typed", "said"), [
    ("first", "31.2.2026", "Enter a date such as 2026-11-22."),
    ("last", "2026-02-30", "Enter a date such as 2026-11-22."),
    ("name", "no.such.event", "Not a valid choice."),
    ("subject", "x" * 81, "Use at most 80 characters."),
    ("actor", "x" * 255, "Use at most 254 characters."),
    ("first", "0001-01-01", "Enter a day between the years 1900 and 2999."),
    ("last", "9999-12-31", "Enter a day between the years 1900 and 2999."),
])
def test_what_cannot_be_looked_for_is_told_in_words(field, typed, said):
    form = asked(**{field: typed})
    assert not form.validate()
    assert list(form.errors) == [field]
    assert form.errors[field] == [said]


def test_what_was_typed_is_cleaned_of_what_cannot_be_seen():
    form = asked(subject=" SQ-2026-000001\x00\u200b ", actor="\u202ewang@example.org")
    assert form.validate()
    assert (form.subject.data, form.actor.data) == ("SQ-2026-000001", "wang@example.org")
