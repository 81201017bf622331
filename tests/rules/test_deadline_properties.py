"""What holds for every limit, whatever its amount, its stops and its extensions."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from broker_admin.rules.calendar import SHIPPED, YearNotice
from broker_admin.rules.deadlines import (
    Alarm,
    Deadline,
    Direction,
    Extension,
    Limit,
    StepCode,
    Stop,
    Unit,
)

DAY = timedelta(days=1)
DAYS = st.dates(date(2023, 6, 1), date(2027, 12, 31))
# An extension in months after a stop may end a day earlier for a later start: 27 July and 31 July
# are 62 and 61 days away from the same day two months on.
UNITS = st.sampled_from([Unit.WD, Unit.CD])
EXTENSIONS = st.lists(
    st.builds(Extension, st.integers(1, 40), UNITS, st.just(date(2026, 1, 1))), max_size=2
)


def limit(amount: int, unit: Unit) -> Limit:
    return Limit("made_up", amount, unit)


IN_DAYS = st.builds(limit, st.integers(1, 60), UNITS)
LIMITS = IN_DAYS | st.builds(limit, st.integers(1, 6), st.just(Unit.M))


@st.composite
def closed_stops(draw, start: date) -> Stop:
    began = start + timedelta(days=draw(st.integers(-20, 80)))
    return Stop("hearing", began, began + timedelta(days=draw(st.integers(0, 30))))


@st.composite
def deadlines(draw, limits=LIMITS) -> Deadline:
    """Any limit with closed stops and extensions, so that its last day is known."""
    start = draw(DAYS)
    stops = draw(st.lists(closed_stops(start), max_size=4))
    return Deadline(draw(limits), start, tuple(stops), tuple(draw(EXTENSIONS)))


@given(deadlines())
def test_the_last_day_is_worked_and_not_stopped(deadline):
    due = deadline.due(SHIPPED)

    assert SHIPPED.is_working(due)
    assert not deadline.is_stopped(due)
    assert due > deadline.start


@given(deadlines(), st.integers(1, 30))
def test_a_longer_limit_never_ends_earlier(deadline, more):
    longer = replace(deadline, limit=limit(deadline.limit.amount + more, deadline.limit.unit))

    assert longer.due(SHIPPED) >= deadline.due(SHIPPED)


@given(deadlines(IN_DAYS), st.integers(1, 60))
def test_a_later_start_never_ends_earlier(deadline, days):
    later = replace(deadline, start=deadline.start + timedelta(days=days))

    assert later.due(SHIPPED) >= deadline.due(SHIPPED)


@given(deadlines(), st.data())
def test_a_stop_never_shortens(deadline, data):
    stop = data.draw(closed_stops(deadline.start))
    stopped = replace(deadline, stops=(*deadline.stops, stop))

    assert stopped.due(SHIPPED) >= deadline.due(SHIPPED)


@given(deadlines(), UNITS, st.integers(1, 20))
def test_an_extension_never_shortens(deadline, unit, amount):
    added = Extension(amount, unit, deadline.start)
    extended = replace(deadline, extensions=(*deadline.extensions, added))

    assert extended.due(SHIPPED) >= deadline.due(SHIPPED)


@given(deadlines(), st.randoms(use_true_random=False))
def test_the_order_of_the_stops_means_nothing(deadline, chance):
    shuffled = list(deadline.stops)
    chance.shuffle(shuffled)

    assert replace(deadline, stops=tuple(shuffled)).due(SHIPPED) == deadline.due(SHIPPED)


@given(DAYS, UNITS, st.integers(1, 40), st.integers(1, 40), st.data())
def test_extending_equals_having_had_more_from_the_start(start, unit, amount, more, data):
    stops = tuple(data.draw(st.lists(closed_stops(start), max_size=3)))
    whole = Deadline(limit(amount + more, unit), start, stops)
    extended = Deadline(limit(amount, unit), start, stops, (Extension(more, unit, start),))

    assert extended.due(SHIPPED) == whole.due(SHIPPED)


@given(DAYS, st.integers(2, 90), st.data())
def test_a_stop_within_calendar_days_is_given_back_whole(start, amount, data):
    began = start + timedelta(days=data.draw(st.integers(1, amount)))
    length = data.draw(st.integers(1, 40))
    stop = Stop("hearing", began, began + timedelta(days=length - 1))
    running = Deadline(limit(amount, Unit.CD), start)
    stopped = replace(running, stops=(stop,))

    gained = stopped.counted_end(SHIPPED) - running.counted_end(SHIPPED)
    assert gained.days == length


@given(deadlines(st.builds(limit, st.integers(1, 60), st.just(Unit.WD))))
def test_working_days_used_by_the_end_are_the_amount(deadline):
    alone = replace(deadline, extensions=())

    assert alone.working_days_used(SHIPPED, alone.due(SHIPPED)) == alone.limit.amount
    assert alone.working_days_used(SHIPPED, alone.start) == 0


@given(deadlines(), st.integers(0, 200))
def test_used_and_left_make_the_whole(deadline, passed):
    due = deadline.due(SHIPPED)
    today = min(deadline.start + timedelta(days=passed), due)
    used = deadline.working_days_used(SHIPPED, today)

    whole = deadline.working_days_used(SHIPPED, due)
    assert used + deadline.working_days_left(SHIPPED, today) == whole


@given(deadlines(), st.integers(0, 100))
def test_an_open_stop_hides_the_end_until_it_closes(deadline, after):
    began = deadline.start + timedelta(days=after)
    open_ended = replace(deadline, stops=(*deadline.stops, Stop("hearing", began)))
    due = open_ended.due(SHIPPED)
    closed = open_ended.resumed(began)

    assert (due is None) is (deadline.due(SHIPPED) >= began)
    assert closed.due(SHIPPED) >= deadline.due(SHIPPED)
    assert closed.resumed(began + DAY) == closed


@given(deadlines(), st.integers(-30, 200))
def test_red_means_past_the_last_day_and_nothing_else(deadline, days):
    today = deadline.start + timedelta(days=days)
    alarm = deadline.alarm(SHIPPED, today)

    assert (alarm is Alarm.RED) is (today > deadline.due(SHIPPED))
    if alarm is Alarm.STOPPED:
        assert deadline.is_stopped(today)
    if alarm is Alarm.GREEN:
        assert deadline.working_days_left(SHIPPED, today) > 3


@given(deadlines(), st.sets(st.dates(date(2027, 1, 1), date(2027, 12, 31)), max_size=20))
def test_more_days_off_never_end_a_limit_earlier(deadline, days):
    known = SHIPPED.notice(2027).off_weekdays
    more = frozenset(day for day in days if day.weekday() < 5)
    notice = YearNotice(2027, known | more, frozenset(), "made up")

    assert deadline.due(SHIPPED.with_notice(notice)) >= deadline.due(SHIPPED)


@settings(max_examples=300)
@given(deadlines())
def test_the_steps_account_for_every_single_day(deadline):
    steps = deadline.explain(SHIPPED)
    amounts = dict.fromkeys(StepCode, 0)
    stopped = 0
    for step in steps:
        amounts[step.code] += step.amount if step.unit is not Unit.M else 0
        stopped += (step.last - step.first).days + 1 if step.code is StepCode.STOPPED else 0
    months = deadline.limit.unit is Unit.M

    whole = (deadline.counted_end(SHIPPED) - deadline.start).days
    told = amounts[StepCode.COUNTED] + amounts[StepCode.HOLIDAY] + amounts[StepCode.WEEKENDS]
    assert told + stopped <= whole if months else told + stopped == whole


@given(deadlines())
def test_the_telling_begins_with_the_start_and_ends_with_the_last_day(deadline):
    first, *between, last = deadline.explain(SHIPPED)

    assert (first.code, first.first) == (StepCode.START, deadline.start)
    assert (last.code, last.first) == (StepCode.DUE, deadline.due(SHIPPED))
    assert sum(step.code is StepCode.COUNTED for step in between) == len(deadline.extensions) + 1
    assert all(step.first <= step.last for step in between)


@given(DAYS, st.integers(1, 60))
def test_counting_back_and_on_again_meets_the_event(event, amount):
    backwards = Limit("made_up", amount, Unit.WD, direction=Direction.BEFORE)
    due = Deadline(backwards, event).due(SHIPPED)

    assert due < event
    assert SHIPPED.count_working(due, event - DAY) == amount


@given(DAYS, st.integers(1, 90), st.sampled_from([Unit.CD, Unit.M]))
def test_a_limit_counted_back_ends_on_a_working_day(event, amount, unit):
    backwards = Limit("made_up", amount, unit, direction=Direction.BEFORE)

    assert SHIPPED.is_working(Deadline(backwards, event).due(SHIPPED))
