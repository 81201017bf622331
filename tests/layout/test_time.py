"""Days and moments as people read them and as machines do."""

from datetime import UTC, date, datetime

IMPORT = '{% from "layout/time.html" import day, moment %}'


def test_a_day_is_written_the_same_in_both_languages(render, language):
    piece = render(IMPORT + "{{ day(on) }}", language, on=date(2026, 11, 22))
    assert (piece.text(), piece.one("time").get("datetime")) == ("2026-11-22", "2026-11-22")


def test_a_moment_is_shown_in_guangdong_time(render):
    piece = render(IMPORT + "{{ moment(at) }}", at=datetime(2026, 11, 22, 5, 5, tzinfo=UTC))
    assert piece.text() == "2026-11-22 13:05"
    assert piece.one("time").get("datetime") == "2026-11-22T05:05:00+00:00"


def test_a_moment_in_words_stays_as_written(render):
    piece = render(IMPORT + "{{ moment('yesterday') }}")
    assert piece.text() == "yesterday"
    assert piece.one("time").get("datetime") is None
