"""A deadline and how it was counted."""

from datetime import date

SOURCE = '{% from "layout/clock.html" import clock %}'


def test_a_clock_names_the_last_day_and_what_is_left(render):
    piece = render(SOURCE + "{{ clock(by, 3) }}", "zh", by=date(2026, 12, 18))
    assert piece.one("time").get("datetime") == "2026-12-18"
    assert piece.text() == "办理期限 2026-12-18 剩余 3 个工作日"


def test_a_clock_explains_itself_step_by_step(render):
    steps = ["Counted from the day after 20 November.", "20 working days."]
    piece = render(SOURCE + "{{ clock(by, 3, steps=steps) }}", by=date(2026, 12, 18), steps=steps)
    assert [step.text for step in piece.all("details//li")] == steps
    assert piece.text("summary") == "How this deadline was counted"


def test_a_stopped_clock_says_what_that_means(render):
    piece = render(SOURCE + "{{ clock(by, 3, stopped=true) }}", "zh", by=date(2026, 12, 18))
    assert "计时暂停" in piece.text()
    assert "届满日相应顺延" in piece.text()


def test_a_clock_without_steps_hides_nothing(render):
    assert not render(SOURCE + "{{ clock('2026-12-18', 3) }}").all("details")


def test_a_clock_may_be_of_something_else(render):
    piece = render(SOURCE + "{{ clock('2026-12-18', 3, title='Correct by') }}")
    assert piece.text().startswith("Correct by")
