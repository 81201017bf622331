"""The closing moment, time left, warnings and what is too late."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker_admin.exams.timing import (
    ENTRY_LABELS,
    SENTENCES,
    Accommodation,
    AnswerRefused,
    AttemptClock,
    Entry,
    Late,
    SittingTimes,
)


def at(clock: str) -> datetime:
    """A moment of the day of the exam, ``10:30`` or ``10:29:59.9``."""
    return datetime.fromisoformat(f"2026-11-28T{clock}").replace(tzinfo=UTC)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


SITTING = SittingTimes(at("09:00"), at("10:45"), minutes(90))
PLAIN = AttemptClock(at("09:00"), SITTING)
LATE_START = AttemptClock(at("09:20"), SITTING)
QUARTER_MORE = Accommodation(Fraction(5, 4))


@pytest.mark.parametrize(("clock", "closes_at"), [
    (PLAIN, "10:30:00"),
    (LATE_START, "10:45:00"),
    (replace(PLAIN, accommodation=QUARTER_MORE), "10:52:30"),
    (replace(LATE_START, accommodation=QUARTER_MORE), "11:07:30"),
    (PLAIN.pausing(minutes(12)), "10:42:00"),
    (PLAIN.extending(minutes(15)), "10:45:00"),
    (PLAIN.granting(minutes(15)), "10:45:00"),
], ids=["V1", "V2", "V3", "V4", "V5", "V6", "V7"])
def test_the_closing_moment_agrees_with_the_vectors(clock, closes_at):
    assert clock.closes_at == at(closes_at)


def test_an_attempt_granted_time_at_the_last_instant_is_not_swept():
    assert not PLAIN.granting(minutes(15)).is_to_be_swept(at("10:30:07"))
    assert PLAIN.granting(minutes(15)).refusal(at("10:30:30")) is None


@pytest.mark.parametrize(("clock", "lost"), [
    (PLAIN, 0), (LATE_START, 5), (AttemptClock(at("09:30"), SITTING), 15),
    (LATE_START.pausing(minutes(12)), 5), (LATE_START.extending(minutes(15)), 5),
    (replace(LATE_START, accommodation=QUARTER_MORE), 5),
])
def test_time_lost_by_a_late_start_is_known_beforehand(clock, lost):
    assert clock.lost_by_starting_late == minutes(lost)


@pytest.mark.parametrize(("moment", "refusal"), [
    ("08:59:59", Late.NOT_STARTED), ("09:00", None), ("10:29:59", None), ("10:30:00", None),
    ("10:30:05", None), ("10:30:05.000001", Late.TIME_IS_UP), ("11:00", Late.TIME_IS_UP),
])
def test_answers_are_taken_until_the_grace_ends(moment, refusal):
    assert PLAIN.refusal(at(moment)) is refusal


def test_a_late_answer_is_refused_with_its_reason():
    with pytest.raises(AnswerRefused, match="Time was up") as refused:
        PLAIN.check(at("10:31"))

    assert refused.value.reason is Late.TIME_IS_UP


def test_an_answer_before_the_start_is_refused_too():
    with pytest.raises(AnswerRefused, match="had not begun"):
        PLAIN.check(at("08:59"))

    PLAIN.check(at("09:01"))


@pytest.mark.parametrize(("moment", "in_grace"), [
    ("10:30:00", False), ("10:30:00.1", True), ("10:30:05", True), ("10:30:05.1", False),
])
def test_answers_in_grace_are_recorded_as_such(moment, in_grace):
    assert PLAIN.in_grace(at(moment)) is in_grace


def test_a_sitting_may_allow_no_grace():
    strict = replace(PLAIN, sitting=replace(SITTING, grace=timedelta(0)))

    assert strict.refusal(at("10:30")) is None
    assert strict.refusal(at("10:30:00.1")) is Late.TIME_IS_UP


@pytest.mark.parametrize(("moment", "swept"), [
    ("10:30", False), ("10:30:06.9", False), ("10:30:07", True), ("12:00", True),
])
def test_sweeping_waits_until_nothing_can_arrive(moment, swept):
    assert PLAIN.is_to_be_swept(at(moment)) is swept


@pytest.mark.parametrize(("moment", "left"), [
    ("08:00", 90), ("09:00", 90), ("09:45", 45), ("10:29", 1), ("10:30", 0), ("12:00", 0),
])
def test_time_left_never_exceeds_or_undercuts(moment, left):
    assert PLAIN.time_left(at(moment)) == minutes(left)


@pytest.mark.parametrize(("moment", "warned"), [
    ("10:19:59", None), ("10:20", 10), ("10:24:59", 10), ("10:25", 5), ("10:28:59", 5),
    ("10:29", 1), ("10:29:59", 1), ("10:30", None),
])
def test_warnings_come_at_ten_five_and_one(moment, warned):
    assert PLAIN.warning(at(moment)) == (None if warned is None else minutes(warned))


@pytest.mark.parametrize(("moment", "following"), [
    ("09:00", "10:20"), ("10:20", "10:25"), ("10:26", "10:29"), ("10:29", None),
])
def test_the_next_warning_is_known(moment, following):
    assert PLAIN.next_warning_at(at(moment)) == (following and at(following))


@pytest.mark.parametrize(("moment", "entry"), [
    ("08:59:59", Entry.TOO_EARLY), ("09:00", Entry.OPEN), ("09:30", Entry.OPEN),
    ("09:30:01", Entry.TOO_LATE),
])
def test_the_door_opens_and_closes(moment, entry):
    assert SITTING.entry(at(moment)) is entry


def test_every_refusal_has_its_sentence():
    assert set(SENTENCES) == set(Late)
    assert set(ENTRY_LABELS) == set(Entry)


@pytest.mark.parametrize("accommodation", [
    {"factor": Fraction(9, 10)}, {"extra": -minutes(1)},
])
def test_an_accommodation_never_takes_time(accommodation):
    with pytest.raises(ValueError, match="never takes any"):
        Accommodation(**accommodation)


@pytest.mark.parametrize(("factor", "extra", "duration", "allowed"), [
    (Fraction(1), 0, minutes(90), minutes(90)),
    (Fraction(5, 4), 0, minutes(90), minutes(112.5)),
    (Fraction(4, 3), 0, timedelta(seconds=100), timedelta(seconds=134)),
    (Fraction(3, 2), 10, minutes(120), minutes(190)),
])
def test_an_odd_second_goes_to_the_candidate(factor, extra, duration, allowed):
    assert Accommodation(factor, minutes(extra)).applied_to(duration) == allowed


def test_time_granted_twice_adds_up():
    assert PLAIN.granting(minutes(5)).granting(minutes(10)).closes_at == at("10:45")


def test_two_pauses_add_up():
    assert PLAIN.pausing(minutes(2)).pausing(minutes(3)).closes_at == at("10:35")


def test_extending_a_sitting_moves_everybody():
    clocks = [clock.extending(minutes(15)) for clock in (PLAIN, LATE_START)]

    assert [clock.closes_at for clock in clocks] == [at("10:45"), at("11:00")]


def test_another_time_zone_changes_nothing():
    guangdong = timezone(timedelta(hours=8))
    moved = replace(PLAIN, started_at=PLAIN.started_at.astimezone(guangdong))

    assert moved.closes_at == PLAIN.closes_at
    assert moved.refusal(at("10:30:06").astimezone(guangdong)) is Late.TIME_IS_UP


SECONDS = st.integers(0, 7200).map(lambda n: timedelta(seconds=n))
CLOCKS = st.builds(
    AttemptClock,
    started_at=SECONDS.map(lambda late: at("09:00") + late),
    sitting=st.just(SITTING),
    accommodation=st.builds(Accommodation, st.fractions(1, 2, max_denominator=12), SECONDS),
    paused=SECONDS,
)
MOMENTS = st.integers(0, 20_000).map(lambda n: at("08:00") + timedelta(seconds=n))


@given(CLOCKS, SECONDS)
def test_granting_time_never_closes_earlier(clock, extra):
    assert clock.granting(extra).closes_at == clock.closes_at + extra
    assert clock.pausing(extra).closes_at == clock.closes_at + extra


@given(CLOCKS, MOMENTS)
def test_what_is_swept_would_be_refused(clock, moment):
    if moment >= clock.started_at and clock.is_to_be_swept(moment):
        assert clock.refusal(moment) is Late.TIME_IS_UP


@given(CLOCKS, MOMENTS)
def test_while_time_is_left_answers_count(clock, moment):
    if moment >= clock.started_at and clock.time_left(moment):
        assert clock.refusal(moment) is None
        assert not clock.in_grace(moment)


@given(CLOCKS)
def test_no_attempt_outlasts_its_allowed_time(clock):
    assert clock.closes_at <= clock.started_at + clock.allowed + clock.paused
    assert clock.lost_by_starting_late >= timedelta(0)
