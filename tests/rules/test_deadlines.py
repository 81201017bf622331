from dataclasses import replace
from datetime import date, timedelta

import pytest

from broker_admin.rules.calendar import SHIPPED
from broker_admin.rules.deadlines import (
    Alarm,
    Deadline,
    Direction,
    Extension,
    Limit,
    Step,
    StepCode,
    Stop,
    Unit,
)

VECTORS = [
    ("2026-09-30", "5 WD", "2026-10-13"),
    ("2026-09-30", "20 WD", "2026-11-03"),
    ("2026-02-13", "5 WD", "2026-02-27"),
    ("2026-02-13", "20 WD", "2026-03-19"),
    ("2026-04-30", "10 WD", "2026-05-18"),
    ("2026-09-18", "5 WD", "2026-09-24"),
    ("2026-01-02", "5 WD", "2026-01-08"),
    ("2025-09-26", "20 WD", "2025-10-30"),
    ("2026-11-22", "20 WD", "2026-12-18"),
    ("2026-07-03", "90 CD", "2026-10-08"),
    ("2026-08-03", "60 CD", "2026-10-08"),
    ("2026-08-31", "6 M", "2027-03-01"),
    ("2025-08-31", "6 M", "2026-02-28"),
    ("2024-12-31", "2 M", "2025-02-28"),
    ("2026-07-02", "3 M", "2026-10-08"),
]


def day(text: str) -> date:
    return date.fromisoformat(text)


def limit(text: str, **others: object) -> Limit:
    amount, unit = text.split()
    return Limit("test", int(amount), Unit(unit), **others)


def stop(began: str, ended: str | None = None) -> Stop:
    return Stop("expert_review", day(began), ended and day(ended), "Three experts.", "粤数经延1号")


def running(text: str, start: str, *stops: Stop) -> Deadline:
    return Deadline(limit(text), day(start), stops)


@pytest.mark.parametrize(("start", "amount", "expected"), VECTORS)
def test_the_last_day_is_reckoned_as_published(start, amount, expected):
    assert running(amount, start).due(SHIPPED) == day(expected)


@pytest.mark.parametrize(("start", "amount", "stops", "expected"), [
    # The clock stood from Tuesday to the Monday after: five working days, seven calendar days.
    ("2026-10-12", "5 WD", [("2026-10-13", "2026-10-19")], "2026-10-26"),
    ("2026-10-12", "10 CD", [("2026-10-13", "2026-10-19")], "2026-10-29"),
    # A stop over rest days alone takes nothing from a limit in working days.
    ("2026-10-12", "5 WD", [("2026-10-17", "2026-10-18")], "2026-10-19"),
    ("2026-10-12", "10 CD", [("2026-10-17", "2026-10-18")], "2026-10-26"),
    # On the last day itself; on the day after it, too late to matter.
    ("2026-10-12", "5 WD", [("2026-10-19", "2026-10-19")], "2026-10-20"),
    ("2026-10-12", "5 WD", [("2026-10-20", "2026-10-30")], "2026-10-19"),
    # Two that overlap hold the clock once; one that ended before the start holds nothing.
    ("2026-10-12", "5 WD", [("2026-10-13", "2026-10-15"), ("2026-10-14", "2026-10-16")],
     "2026-10-23"),
    ("2026-10-12", "5 WD", [("2026-10-01", "2026-10-12")], "2026-10-19"),
    # The second stop begins in the time that the first has added.
    ("2026-10-12", "5 WD", [("2026-10-19", "2026-10-20"), ("2026-10-21", "2026-10-21")],
     "2026-10-22"),
    # A last day that rolls over the holidays into a stop rolls on to its end.
    ("2026-08-03", "60 CD", [("2026-10-05", "2026-10-09")], "2026-10-10"),
])
def test_days_on_which_the_clock_stands_still_are_not_counted(start, amount, stops, expected):
    assert running(amount, start, *(stop(*ends) for ends in stops)).due(SHIPPED) == day(expected)


def test_an_open_stop_leaves_the_last_day_unknown():
    assert running("5 WD", "2026-10-12", stop("2026-10-14")).due(SHIPPED) is None


def test_an_open_stop_after_the_last_day_changes_nothing():
    assert running("5 WD", "2026-10-12", stop("2026-10-20")).due(SHIPPED) == day("2026-10-19")


def test_an_open_stop_within_the_roll_forward_leaves_it_unknown():
    assert running("60 CD", "2026-08-03", stop("2026-10-05")).due(SHIPPED) is None


def test_a_resumed_clock_says_when_it_would_end():
    stopped = running("5 WD", "2026-10-12", stop("2026-10-14"))

    assert stopped.resumed(day("2026-10-20")).due(SHIPPED) == day("2026-10-26")
    assert stopped.due(SHIPPED) is None


def test_a_stop_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="before it begins"):
        stop("2026-10-14", "2026-10-13")


@pytest.mark.parametrize(("amount", "added", "start", "expected"), [
    ("20 WD", "10 WD", "2026-09-30", "2026-11-17"),
    ("60 CD", "30 CD", "2026-08-03", "2026-11-02"),
    ("2 M", "10 WD", "2026-08-03", "2026-10-20"),
])
def test_an_extension_is_counted_on_from_the_end(amount, added, start, expected):
    deadline = Deadline(limit(amount, extension=limit(added)), day(start))

    assert deadline.extended(day(start), "Two more experts.").due(SHIPPED) == day(expected)


def test_a_limit_without_extension_cannot_be_extended():
    deadline = running("5 WD", "2026-10-12")

    assert not deadline.can_be_extended(SHIPPED, day("2026-10-13"))
    with pytest.raises(ValueError, match="cannot be extended"):
        deadline.extended(day("2026-10-13"), "")


def test_an_extension_comes_once_and_in_time():
    deadline = Deadline(limit("5 WD", extension=limit("3 WD")), day("2026-10-12"))

    assert deadline.can_be_extended(SHIPPED, day("2026-10-19"))
    assert not deadline.can_be_extended(SHIPPED, day("2026-10-20"))
    extended = deadline.extended(day("2026-10-19"), "")
    assert not extended.can_be_extended(SHIPPED, day("2026-10-19"))


def test_an_extension_of_nothing_is_an_error():
    with pytest.raises(ValueError, match="at least 1"):
        Extension(0, Unit.WD, day("2026-10-12"))


@pytest.mark.parametrize(("amount", "event", "expected"), [
    ("7 WD", "2026-10-13", "2026-09-28"),  # notice of a hearing
    ("30 CD", "2026-11-21", "2026-10-22"),  # last day to ask for renewal
    ("30 CD", "2026-11-04", "2026-10-08"),  # 5 October is a holiday
    ("1 M", "2026-03-31", "2026-02-28"),  # a Saturday that is worked
])
def test_a_limit_before_an_event_is_counted_back(amount, event, expected):
    deadline = Deadline(limit(amount, direction=Direction.BEFORE), day(event))

    assert deadline.due(SHIPPED) == day(expected)


def test_a_limit_before_an_event_knows_no_stop():
    backwards = limit("7 WD", direction=Direction.BEFORE)

    with pytest.raises(ValueError, match="runs backwards"):
        Deadline(backwards, day("2026-10-13"), (stop("2026-10-01"),))


@pytest.mark.parametrize(("today", "left", "used"), [
    ("2026-09-30", 20, 0),
    ("2026-10-07", 20, 0),
    ("2026-10-08", 19, 1),
    ("2026-10-10", 17, 3),  # a Saturday that is worked
    ("2026-11-02", 1, 19),
    ("2026-11-03", 0, 20),
    ("2026-11-04", -1, 21),
    ("2026-11-08", -3, 23),
])
def test_working_days_left_and_used_add_up(today, left, used):
    deadline = running("20 WD", "2026-09-30")

    assert deadline.working_days_left(SHIPPED, day(today)) == left
    assert deadline.working_days_used(SHIPPED, day(today)) == used


def test_what_is_left_does_not_melt_while_stopped():
    stopped = running("20 WD", "2026-09-30", stop("2026-10-12"))
    days = [day("2026-10-12") + timedelta(days=offset) for offset in range(40)]

    assert {stopped.working_days_left(SHIPPED, today) for today in days} == {17}
    assert {stopped.working_days_used(SHIPPED, today) for today in days} == {3}


@pytest.mark.parametrize(("today", "alarm"), [
    ("2026-10-09", Alarm.GREEN),
    ("2026-10-26", Alarm.AMBER),  # six of twenty working days are left
    ("2026-10-23", Alarm.GREEN),
    ("2026-11-03", Alarm.AMBER),
    ("2026-11-04", Alarm.RED),
])
def test_the_alarm_rises_as_time_runs_out(today, alarm):
    assert running("20 WD", "2026-09-30").alarm(SHIPPED, day(today)) is alarm


def test_the_amber_share_leaves_out_the_first_day():
    # Three tenths of nineteen are 5.7, of twenty or twenty-one at least six.
    deadline = running("19 WD", "2026-10-12")

    assert deadline.working_days_left(SHIPPED, day("2026-10-29")) == 6
    assert deadline.alarm(SHIPPED, day("2026-10-29")) is Alarm.GREEN
    assert deadline.alarm(SHIPPED, day("2026-10-30")) is Alarm.AMBER


def test_a_limit_is_overdue_from_the_day_after():
    deadline = running("60 CD", "2026-08-03")

    assert not deadline.is_overdue(SHIPPED, day("2026-10-08"))
    assert deadline.is_overdue(SHIPPED, day("2026-10-09"))
    assert not replace(deadline, stops=(stop("2026-09-01"),)).is_overdue(SHIPPED, date.max)


def test_a_short_limit_turns_amber_three_days_ahead():
    deadline = running("5 WD", "2026-10-12")

    assert deadline.alarm(SHIPPED, day("2026-10-13")) is Alarm.GREEN
    assert deadline.alarm(SHIPPED, day("2026-10-14")) is Alarm.AMBER


def test_a_stopped_clock_gives_no_alarm():
    stopped = running("20 WD", "2026-09-30", stop("2026-10-12", "2026-11-30"))

    assert stopped.alarm(SHIPPED, day("2026-11-30")) is Alarm.STOPPED
    assert stopped.alarm(SHIPPED, day("2026-12-01")) is Alarm.GREEN


def test_a_stop_after_the_last_day_does_not_hide_delay():
    late = running("5 WD", "2026-10-12", stop("2026-10-20"))

    assert late.is_stopped(day("2026-10-21"))
    assert late.alarm(SHIPPED, day("2026-10-21")) is Alarm.RED


def test_a_limit_before_an_event_turns_amber_too():
    closing = Deadline(limit("30 CD", direction=Direction.BEFORE), day("2026-11-21"))

    assert closing.alarm(SHIPPED, day("2026-10-16")) is Alarm.GREEN
    assert closing.alarm(SHIPPED, day("2026-10-19")) is Alarm.AMBER
    assert closing.alarm(SHIPPED, day("2026-10-23")) is Alarm.RED


@pytest.mark.parametrize(("start", "amount", "provisional"), [
    ("2026-11-22", "20 WD", False),
    ("2026-12-22", "20 WD", True),
    ("2023-12-22", "5 WD", True),
])
def test_a_year_without_notice_makes_it_provisional(start, amount, provisional):
    assert running(amount, start).is_provisional(SHIPPED) is provisional


def test_a_simple_limit_is_told_in_four_steps():
    steps = running("5 WD", "2026-10-12").explain(SHIPPED)

    assert steps == (
        Step(StepCode.START, day("2026-10-12"), day("2026-10-12")),
        Step(StepCode.WEEKENDS, day("2026-10-19"), day("2026-10-19"), 2, Unit.CD),
        Step(StepCode.COUNTED, day("2026-10-13"), day("2026-10-19"), 5, Unit.WD),
        Step(StepCode.DUE, day("2026-10-19"), day("2026-10-19")),
    )


def test_holidays_and_worked_weekends_are_told():
    holiday, adjusted = running("5 WD", "2026-09-30").explain(SHIPPED)[1:3]

    assert holiday == Step(StepCode.HOLIDAY, day("2026-10-01"), day("2026-10-07"), 7, Unit.CD)
    assert adjusted == Step(StepCode.ADJUSTED_WORKDAY, day("2026-10-10"), day("2026-10-10"))


def test_a_stop_is_told_with_its_document():
    steps = running("5 WD", "2026-10-12", stop("2026-10-13", "2026-10-19")).explain(SHIPPED)

    assert steps[1] == Step(
        StepCode.STOPPED, day("2026-10-13"), day("2026-10-19"), 5, Unit.WD,
        "expert_review", "Three experts.", "粤数经延1号",
    )


def test_overlapping_stops_are_told_without_counting_twice():
    steps = running(
        "5 WD", "2026-10-12", stop("2026-10-13", "2026-10-15"), stop("2026-10-14", "2026-10-16"),
        stop("2026-10-14", "2026-10-14"),
    ).explain(SHIPPED)

    stopped = [step for step in steps if step.code is StepCode.STOPPED]
    assert [(step.first, step.last, step.amount) for step in stopped] == [
        (day("2026-10-13"), day("2026-10-15"), 3), (day("2026-10-16"), day("2026-10-16"), 1),
    ]


def test_an_open_stop_ends_the_telling():
    steps = running("5 WD", "2026-10-12", stop("2026-10-14")).explain(SHIPPED)

    assert [step.code for step in steps] == [StepCode.START, StepCode.STILL_STOPPED]


def test_an_extension_is_told_between_two_counts():
    deadline = Deadline(limit("5 WD", extension=limit("3 WD")), day("2026-10-12"))
    steps = deadline.extended(day("2026-10-16"), "Two more experts.").explain(SHIPPED)

    assert [step.code for step in steps] == [
        StepCode.START, StepCode.WEEKENDS, StepCode.COUNTED,
        StepCode.EXTENDED, StepCode.COUNTED, StepCode.DUE,
    ]
    assert (steps[3].first, steps[3].reason) == (day("2026-10-16"), "Two more experts.")


def test_a_last_day_that_rolls_is_told():
    steps = running("60 CD", "2026-08-03").explain(SHIPPED)

    assert [step.code for step in steps] == [
        StepCode.START, StepCode.COUNTED, StepCode.ROLLED, StepCode.DUE,
    ]
    assert (steps[2].first, steps[2].last) == (day("2026-10-02"), day("2026-10-08"))


def test_a_provisional_year_is_told():
    steps = running("20 WD", "2026-12-22").explain(SHIPPED)

    assert Step(StepCode.PROVISIONAL, day("2027-01-01"), day("2027-01-01")) in steps


def test_a_limit_counted_back_is_told_from_its_event():
    deadline = Deadline(limit("7 WD", direction=Direction.BEFORE), day("2026-10-13"))

    assert deadline.explain(SHIPPED) == (
        Step(StepCode.EVENT, day("2026-10-13"), day("2026-10-13")),
        Step(StepCode.COUNTED_BACK, day("2026-09-28"), day("2026-10-12"), 7, Unit.WD),
        Step(StepCode.DUE, day("2026-09-28"), day("2026-09-28")),
    )
