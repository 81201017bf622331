from flask_babel import force_locale

from broker_admin.audit.words import WORDS, words_for
from tests.architecture.test_events import EVENTS


def test_every_title_differs_from_its_code(app):
    assert [name for name, title in WORDS.items() if title == name or not title[0].isupper()] == []


def test_events_are_named_in_the_readers_language(app):
    with force_locale("zh"):
        assert words_for("application.granted") == "准予许可"
    with force_locale("en"):
        assert words_for("application.granted") == "License granted"


def test_nothing_is_named_that_never_happens():
    assert set(WORDS) == {event.name for event in EVENTS}


def test_an_event_nobody_named_keeps_its_code(app):
    assert words_for("comet.sighted") == "comet.sighted"
