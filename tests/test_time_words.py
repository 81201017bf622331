"""What pages say about a running limit, in both languages."""

from datetime import date

import pytest
from flask_babel import force_locale

from broker_admin.rules.calendar import SHIPPED
from broker_admin.rules.deadlines import Alarm, Deadline, Direction, Extension, Limit, Stop, Unit
from broker_admin.rules.reckoning import Step, StepCode, on_day
from broker_admin.time_words import amount, clock_of, sentence

MONDAY = date(2026, 10, 12)
LIMIT = Limit("decide", 20, Unit.WD, zh="作出决定", en="Decision", article="行政许可法第42条", confirmed=True,
              extension=Limit("more", 10, Unit.WD))
REVIEW = Stop("expert_review", date(2026, 10, 14), date(2026, 10, 16), "专家评审", "粤数经延1号")
OPEN = Stop("expert_review", date(2026, 10, 14), None, "专家评审", "粤数经延1号")

SENTENCES = [
    (on_day(StepCode.START, MONDAY),
     "Begins on 2026-10-12; that day itself is not counted.", "自2026-10-12起算，当日不计入。"),
    (on_day(StepCode.DUE, MONDAY), "Last day: 2026-10-12.", "届满日：2026-10-12。"),
    (on_day(StepCode.EVENT, MONDAY), "Counted back from 2026-10-12.", "自2026-10-12起倒推。"),
]


@pytest.fixture
def said(app):
    """The sentences of a deadline's reckoning, in one language."""
    def said(deadline, language="en"):
        with app.test_request_context("/"), force_locale(language):
            return [sentence(step) for step in deadline.explain(SHIPPED)]
    return said


@pytest.fixture
def shown(app):
    def shown(deadline, today, path="/en"):
        with app.test_request_context("/", environ_base={"broker_admin.language": path[1:]}):
            return clock_of(deadline, SHIPPED, today)
    return shown


@pytest.mark.parametrize(("number", "unit", "en", "zh"), [
    (1, Unit.WD, "1 working day", "1个工作日"), (20, Unit.WD, "20 working days", "20个工作日"),
    (1, Unit.CD, "1 calendar day", "1个自然日"), (60, Unit.CD, "60 calendar days", "60个自然日"),
    (1, Unit.M, "1 month", "1个月"), (6, Unit.M, "6 months", "6个月"),
    (3, None, "3 calendar days", "3个自然日"),
])
def test_lengths_of_time_are_said_in_words(app, number, unit, en, zh):
    with app.test_request_context("/"):
        with force_locale("en"):
            assert amount(number, unit) == en
        with force_locale("zh"):
            assert amount(number, unit).replace(" ", "") == zh


@pytest.mark.parametrize("code", StepCode)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_kind_of_step_has_a_sentence(app, code, language):
    step = Step(code, MONDAY, date(2026, 10, 30), 5, Unit.WD, "expert_review", "专家评审", "粤数经延1号")
    with app.test_request_context("/"), force_locale(language):
        words = sentence(step)
    assert words.endswith((".", "。", "专家评审"))
    assert "%(" not in words
    assert "None" not in words


@pytest.mark.parametrize("code", StepCode)
def test_no_step_speaks_english_to_chinese_readers(app, code):
    step = Step(code, MONDAY, date(2026, 10, 30), 5, Unit.WD, "", "理由", "文号")
    with app.test_request_context("/"), force_locale("zh"):
        assert not [c for c in sentence(step) if c.isascii() and c.isalpha()]


def test_a_limit_is_reckoned_from_start_to_last_day(said):
    sentences = said(Deadline(LIMIT, MONDAY))
    assert sentences[0] == "Begins on 2026-10-12; that day itself is not counted."
    assert "20 working days counted, from 2026-10-13 to 2026-11-09." in sentences
    assert sentences[-1] == "Last day: 2026-11-09."


def test_a_stop_is_said_with_notice_and_reason(said):
    sentences = said(Deadline(LIMIT, MONDAY, (REVIEW,)))
    stopped = [s for s in sentences if s.startswith("The clock stood still")]
    assert len(stopped) == 1
    assert "from 2026-10-14 to 2026-10-16" in stopped[0]
    assert "notice 粤数经延1号" in stopped[0]
    assert stopped[0].endswith("专家评审")


def test_an_open_stop_leaves_no_last_day(said):
    sentences = said(Deadline(LIMIT, MONDAY, (OPEN,)))
    assert sentences[-1].startswith("The clock has stood still since 2026-10-14")
    assert not [s for s in sentences if s.startswith("Last day")]


def test_an_extension_is_said_with_its_day(said):
    added = Extension(10, Unit.WD, date(2026, 11, 6), "案情复杂")
    sentences = said(Deadline(LIMIT, MONDAY, extensions=(added,)))
    assert "Extended by 10 working days on 2026-11-06: 案情复杂" in sentences


def test_days_off_within_the_limit_are_named(said):
    sentences = said(Deadline(LIMIT, date(2026, 9, 30)))
    assert "Days off from 2026-10-01 to 2026-10-07 are not counted." in sentences
    assert "2026-10-10 is a weekend day that was made a working day; it counts." in sentences


def test_a_last_day_off_moves_on(said):
    calendar_days = Limit("answer", 5, Unit.CD, en="Answer")
    sentences = said(Deadline(calendar_days, MONDAY))
    assert "2026-10-17 is a day off, so the last day moves to 2026-10-19." in sentences


def test_a_limit_before_a_day_is_counted_back(said):
    before = Limit("notice", 7, Unit.CD, direction=Direction.BEFORE, en="Notice")
    sentences = said(Deadline(before, date(2026, 10, 30)))
    assert sentences[0] == "Counted back from 2026-10-30."


def test_a_year_without_notice_is_marked_provisional(said, shown):
    deadline = Deadline(LIMIT, date(2027, 5, 10))
    assert any("holiday notice for 2027 is not published yet" in s for s in said(deadline))
    assert shown(deadline, date(2027, 5, 11)).provisional


def test_the_clock_is_titled_in_the_readers_language(shown):
    deadline = Deadline(LIMIT, MONDAY)
    assert shown(deadline, MONDAY, "/zh").title == "作出决定"
    assert shown(deadline, MONDAY, "/en").title == "Decision"


@pytest.mark.parametrize(("today", "left", "alarm"), [
    (date(2026, 10, 12), 20, Alarm.GREEN), (date(2026, 11, 6), 1, Alarm.AMBER),
    (date(2026, 11, 9), 0, Alarm.AMBER), (date(2026, 11, 10), -1, Alarm.RED),
    (date(2026, 11, 16), -5, Alarm.RED),
])
def test_the_clock_counts_down_and_on(shown, today, left, alarm):
    clock = shown(Deadline(LIMIT, MONDAY), today)
    assert (clock.days_left, clock.alarm) == (left, alarm)
    assert clock.by == date(2026, 11, 9)


def test_a_clock_that_stands_still_has_no_last_day(shown):
    clock = shown(Deadline(LIMIT, MONDAY, (OPEN,)), date(2026, 10, 20))
    assert (clock.by, clock.stopped, clock.alarm) == (None, True, Alarm.STOPPED)
    assert clock.article == "行政许可法第42条"


def test_days_left_are_kept_while_the_clock_stands(shown):
    deadline = Deadline(LIMIT, MONDAY, (OPEN,))
    days = {shown(deadline, date(2026, 10, day)).days_left for day in (15, 20, 30)}
    assert days == {19}


@pytest.mark.parametrize(("step", "en", "zh"), SENTENCES)
def test_sentences_are_worded_in_both_languages(app, step, en, zh):
    with app.test_request_context("/"):
        with force_locale("en"):
            assert sentence(step) == en
        with force_locale("zh"):
            assert sentence(step).replace(" ", "") == zh
