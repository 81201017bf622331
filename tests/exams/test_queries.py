from datetime import timedelta

import pytest

from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.exams import queries
from broker_admin.exams.items import ItemKind
from broker_admin.exams.models import Item
from broker_admin.exams.service import marking, sittings
from broker_admin.exams.topics import Subject
from broker_admin.exams.workflow import SittingStatus as S
from tests.conftest import NOON
from tests.exams.factories import (
    DAY,
    EARLIER,
    HOUR,
    closed_sitting,
    make_admin,
    make_bank,
    make_candidate,
    make_sitting,
    save,
    sealed_sitting,
    seat,
    started_attempt,
)
from tests.factories import make_user


@pytest.fixture(autouse=True)
def _request(app):
    make_bank()
    with app.test_request_context():
        yield


def released(*people, **changes):
    sitting = closed_sitting(*people, **changes)
    marking.release(sitting, actor=make_admin(), at=sitting.ends_at + DAY)
    db.session.flush()
    return sitting


def test_a_pass_counts_for_two_years():
    candidate = make_candidate()
    released(candidate)
    held, = queries.passes_of(candidate.user)
    assert (held.passed_on.isoformat(), held.valid_to.isoformat()) == ("2026-11-23", "2028-11-22")


@pytest.mark.parametrize(("days", "holds"), [(0, True), (730, True), (731, False)])
def test_a_pass_ends_with_its_last_day(days, holds):
    candidate = make_candidate()
    released(candidate)
    day = day_of(NOON) + timedelta(days=days)
    assert queries.holds_pass(candidate.user, Subject.LAW, day) is holds
    assert not queries.holds_pass(candidate.user, Subject.PRACTICE, day)


def test_both_subjects_make_everything():
    candidate, day = make_candidate(), day_of(NOON)
    released(candidate)
    assert not queries.has_passed_everything(candidate.user, day)
    released(candidate, blueprint="SMALL-PRACTICE")
    assert queries.has_passed_everything(candidate.user, day)


def test_passes_of_somebody_else_are_not_mine():
    released(make_candidate())
    assert queries.passes_of(make_user()) == []


def test_the_public_sees_announced_sittings_only():
    announced, hidden, past = make_sitting(), make_sitting(opened=False), make_sitting()
    past.opens_at, past.ends_at = EARLIER - 2 * HOUR, EARLIER - HOUR
    seat(announced)
    db.session.flush()
    assert queries.announced(EARLIER) == [(announced, 19)]
    assert queries.announced_sitting(hidden.reference) is None


def test_a_sitting_called_off_keeps_its_page():
    admin = make_admin()
    sitting = make_sitting(admin)
    sittings.cancel(sitting, reason="Flood warning.", actor=admin, at=EARLIER)
    db.session.flush()
    assert queries.announced(EARLIER) == []
    assert queries.announced_sitting(sitting.reference) is sitting


def test_everybody_sees_their_own_seats():
    candidate = make_candidate()
    first, second = make_sitting(), make_sitting(blueprint="SMALL-PRACTICE", opens_at=NOON + DAY)
    for sitting in (first, second):
        seat(sitting, candidate)
        seat(sitting)
    mine = queries.seats_of_user(candidate.user)
    assert [s.booking.sitting for s in mine] == [second, first]
    assert [s.attempt for s in mine] == [None, None]


def test_a_stranger_has_no_seats():
    sealed_sitting()
    assert queries.seats_of_user(make_user()) == []
    assert db.session.scalars(queries.of_party(make_user())).all() == []


def test_the_worklist_is_narrowed_by_state():
    planned, opened = make_sitting(opened=False), make_sitting()
    assert set(db.session.scalars(queries.worklist())) == {planned, opened}
    assert db.session.scalars(queries.worklist(S.OPEN)).all() == [opened]


def test_seats_are_counted_by_sitting():
    sitting = make_sitting()
    seat(sitting)
    seat(sitting)
    assert queries.seats_taken() == {sitting.id: 2}


def test_progress_counts_and_does_not_tell():
    sitting = sealed_sitting(make_candidate(), make_candidate())
    attempt = started_attempt(sitting)
    save(attempt, 1, ["A"], at=NOON + HOUR / 6)
    save(attempt, 2, [], flagged=True, at=NOON + HOUR / 5)
    db.session.flush()
    busy, idle = queries.progress(sitting)
    assert (busy.answered, busy.flagged, busy.last_saved_at) == (1, 1, NOON + HOUR / 5)
    assert (idle.answered, idle.flagged, idle.last_saved_at) == (0, 0, None)


def test_results_are_listed_by_name():
    sitting = closed_sitting(*(make_candidate(name=name) for name in ("乙", "丙", "甲")))
    assert queries.results_of(sitting) == []
    marking.release(sitting, actor=make_admin(), at=NOON + DAY)
    db.session.flush()
    names = [a.booking.candidate.name for a in queries.results_of(sitting)]
    assert sorted(names) == sorted(["乙", "丙", "甲"])


@pytest.mark.parametrize(("asked", "count"), [
    ({"topic": None, "kind": None}, 22), ({"topic": "DSL", "kind": None}, 13),
    ({"topic": "DSL", "kind": ItemKind.TRUE_FALSE}, 2),
    ({"topic": None, "kind": None, "words": "dsl-00"}, 9),
    ({"topic": None, "kind": None, "words": "%"}, 0)])
def test_items_are_found_by_place_and_code(asked, count):
    assert len(db.session.scalars(queries.items(**asked)).all()) == count


def test_an_item_counts_the_sittings_that_could_draw_it():
    sealed_sitting()
    item = db.session.scalars(db.select(Item).where(Item.topic == "DSL")).first()
    other = db.session.scalars(db.select(Item).where(Item.topic == "SRC")).first()
    assert (queries.drawn_on(item), queries.drawn_on(other)) == (1, 0)


def test_the_bank_is_counted_without_what_retired():
    before = queries.bank_counts()
    item = db.session.scalars(db.select(Item).where(Item.topic == "DSL")).first()
    item.retired_at = NOON
    db.session.flush()
    assert queries.bank_counts()["DSL", item.kind] == before["DSL", item.kind] - 1
