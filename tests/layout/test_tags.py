"""Tags say their state in words; colour only helps."""

import pytest

IMPORT = '{% from "layout/tags.html" import alarm_tag, status_tag %}'


@pytest.mark.parametrize("colour", ["green", "orange", "red", "yellow", "grey", "blue"])
def test_a_tag_has_a_word_and_a_colour(render, colour):
    tag = render(IMPORT + "{{ status_tag('Valid', colour) }}", colour=colour).one("strong")
    assert tag.text == "Valid"
    assert f"govuk-tag--{colour}" in tag.get("class")


@pytest.mark.parametrize(("days", "words", "colour"), [
    (-2, "超期 2 个工作日", "red"),
    (0, "今日到期", "red"),
    (1, "剩余 1 个工作日", "orange"),
    (3, "剩余 3 个工作日", "yellow"),
    (4, "剩余 4 个工作日", "green"),
])
def test_an_alarm_grows_as_the_days_run_out(render, days, words, colour):
    piece = render(IMPORT + "{{ alarm_tag(days) }}", "zh", days=days)
    assert piece.text() == words
    assert f"govuk-tag--{colour}" in piece.one("strong").get("class")


@pytest.mark.parametrize(("days", "words"), [
    (-1, "1 working day overdue"), (1, "1 working day left"), (2, "2 working days left"),
])
def test_english_counts_one_day_and_several(render, days, words):
    assert render(IMPORT + "{{ alarm_tag(days) }}", days=days).text() == words


def test_a_stopped_clock_gives_no_alarm(render):
    piece = render(IMPORT + "{{ alarm_tag(-5, stopped=true) }}", "zh")
    assert piece.text() == "计时暂停"
