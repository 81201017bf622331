from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from broker_admin.db import db
from broker_admin.exams import queries
from broker_admin.exams.protocol import Batch, Entry, Malformed, Obstacle, SaveRefused
from broker_admin.exams.service import answers, attempts
from broker_admin.workflow import TransitionRefused
from tests.conftest import NOON
from tests.exams.factories import (
    make_admin,
    make_attempt,
    make_bank,
    save,
    started_attempt,
    submitted_attempt,
)
from tests.factories import make_user

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
END = NOON + 30 * MINUTE


@pytest.fixture(autouse=True)
def _request(app):
    make_bank()
    with app.test_request_context():
        yield


def person(attempt):
    return attempt.booking.candidate.user


def batch(*entries, epoch=1, client="window-1"):
    return Batch(client, epoch, tuple(Entry(*entry) for entry in entries))


def send(attempt, *entries, at=NOON, actor=None, **changes):
    return answers.save(attempt, batch(*entries, **changes), actor=actor or person(attempt), at=at)


def stored(attempt):
    db.session.flush()
    return {a.position: (a.letters, a.flagged) for a in attempt.answers}


def test_acknowledged_is_what_is_stored():
    attempt = started_attempt()
    assert send(attempt, (1, 1, ("A",)), (2, 2, ("B",), True)) == [1, 2]
    assert stored(attempt) == {1: (["A"], False), 2: (["B"], True)}


def test_a_repeated_batch_changes_nothing():
    attempt = started_attempt()
    for _ in range(5):
        assert send(attempt, (1, 1, ("A",)), (2, 2, ("B",))) == [1, 2]
    assert len(queries.events_of(attempt)) == 3
    assert attempt.event_count == 3


def test_a_repeated_part_is_acknowledged_again():
    attempt = started_attempt()
    send(attempt, (1, 1, ("A",)))
    assert send(attempt, (1, 1, ("A",)), (2, 2, ("B",))) == [1, 2]
    assert len(queries.events_of(attempt)) == 3


@pytest.mark.parametrize("other", [(1, 1, ("B",)), (1, 2, ("A",)), (1, 1, ("A",), True)])
def test_one_number_means_one_answer(other):
    attempt = started_attempt()
    send(attempt, (1, 1, ("A",)))
    with pytest.raises(SaveRefused) as refusal:
        send(attempt, other)
    assert refusal.value.obstacle is Obstacle.SEQ_CONFLICT
    assert stored(attempt) == {1: (["A"], False)}


def test_one_number_twice_in_a_batch_conflicts():
    with pytest.raises(SaveRefused):
        send(started_attempt(), (1, 1, ("A",)), (1, 2, ("B",)))


def test_a_later_answer_replaces_the_earlier():
    attempt = started_attempt()
    send(attempt, (1, 1, ("A",)))
    send(attempt, (2, 1, ("C",)), at=NOON + MINUTE)
    assert stored(attempt) == {1: (["C"], False)}
    assert attempt.answers[0].saved_at == NOON + MINUTE


def test_an_answer_that_comes_late_again_does_not_win():
    attempt = started_attempt()
    send(attempt, (2, 1, ("C",)))
    assert send(attempt, (1, 1, ("A",))) == [1]
    assert stored(attempt) == {1: (["C"], False)}


def test_an_answer_may_be_taken_back():
    attempt = started_attempt()
    send(attempt, (1, 1, ("A",)))
    send(attempt, (2, 1, ()))
    assert stored(attempt) == {1: ([], False)}


def test_a_second_window_must_take_over():
    attempt = started_attempt()
    send(attempt, (1, 1, ("A",)))
    with pytest.raises(SaveRefused) as refusal:
        send(attempt, (1, 2, ("B",)), client="window-2")
    assert refusal.value.obstacle is Obstacle.LEASE_LOST
    assert stored(attempt) == {1: (["A"], False)}


def test_the_old_window_hears_what_was_stored():
    attempt = started_attempt()
    send(attempt, (1, 1, ("A",)))
    attempts.take_over(attempt, client="window-2", actor=person(attempt), at=NOON)
    with pytest.raises(SaveRefused) as refusal:
        send(attempt, (1, 1, ("A",)), (2, 2, ("B",)))
    assert refusal.value.acknowledged == [1]


@pytest.mark.parametrize(("late", "in_grace"), [(0, False), (1, True), (5, True)])
def test_the_grace_is_taken_and_marked(late, in_grace):
    attempt = started_attempt()
    assert send(attempt, (1, 1, ("A",)), at=END + late * SECOND) == [1]
    assert queries.events_of(attempt)[-1].in_grace is in_grace


@pytest.mark.parametrize("late", [5.001, 6, 3600])
def test_behind_the_grace_nothing_is_taken(late):
    attempt = started_attempt()
    with pytest.raises(SaveRefused) as refusal:
        send(attempt, (1, 1, ("A",)), at=END + timedelta(seconds=late))
    assert refusal.value.obstacle is Obstacle.CLOSED
    assert stored(attempt) == {}


def test_what_was_stored_stays_acknowledged_after_the_end():
    attempt = started_attempt()
    send(attempt, (1, 1, ("A",)))
    attempts.submit(attempt, actor=person(attempt), at=NOON)
    assert send(attempt, (1, 1, ("A",)), at=END + MINUTE) == [1]


def test_nothing_new_is_taken_after_handing_in():
    attempt = submitted_attempt(right=1)
    with pytest.raises(SaveRefused):
        save(attempt, 2, ["A"])
    assert len(stored(attempt)) == 1


def test_nothing_is_taken_before_the_start():
    with pytest.raises(SaveRefused):
        send(make_attempt(), (1, 1, ("A",)))


@pytest.mark.parametrize("maker", [make_user, make_admin])
def test_nobody_answers_for_another(maker):
    attempt = started_attempt()
    with pytest.raises(TransitionRefused):
        send(attempt, (1, 1, ("A",)), actor=maker())
    assert stored(attempt) == {}


@pytest.mark.parametrize("entry", [(1, 5, ("A",)), (1, 0, ("A",)), (1, 1, ("H",)), (1, 1, ("A", "B")),
                                   (1, 4, ("C",))])
def test_an_answer_that_the_paper_has_not_is_malformed(entry):
    attempt = started_attempt()
    with pytest.raises(Malformed):
        send(attempt, entry)
    assert stored(attempt) == {}


def test_several_letters_fit_a_multiple_choice():
    attempt = started_attempt()
    send(attempt, (1, 3, ("A", "C")))
    assert stored(attempt) == {3: (["A", "C"], False)}


@pytest.mark.parametrize("seed", range(20))
def test_the_answers_follow_from_the_events(seed):
    chance, attempt = Random(seed), started_attempt()  # noqa: S311 (made-up behaviour)
    for _ in range(15):
        seq, client = chance.randint(1, 12), attempt.lease or "window-0"
        try:
            send(attempt, (seq, chance.randint(1, 4), (chance.choice("AB"),), chance.random() < 0.5),
                 epoch=attempt.epoch, client=client)
        except SaveRefused:
            attempts.take_over(attempt, client=f"window-{chance.randint(0, 3)}",
                               actor=person(attempt), at=NOON)
    assert stored(attempt) == answers.rebuild(attempt) != {}


def page(attempt, seq, position, letters, flagged=False, **changes):
    return answers.save_page(attempt, batch((seq, position, letters, flagged), **changes),
                             actor=person(attempt), at=NOON)


def test_an_untouched_page_stores_nothing():
    attempt = started_attempt()
    page(attempt, 1, 1, ())
    assert stored(attempt) == {}
    assert len(queries.events_of(attempt)) == 1


def test_a_page_sent_again_changes_nothing():
    attempt = started_attempt()
    for _ in range(3):
        page(attempt, 1, 1, ("A",))
    assert len(queries.events_of(attempt)) == 2


def test_a_page_from_memory_is_a_new_answer():
    attempt = started_attempt()
    page(attempt, 1, 1, ("A",))
    page(attempt, 1, 1, ("B",))
    assert stored(attempt) == {1: (["B"], False)}
    assert [e.seq for e in queries.events_of(attempt)[1:]] == [1, 2]


def test_a_page_of_another_window_is_refused():
    attempt = started_attempt()
    page(attempt, 1, 1, ("A",))
    with pytest.raises(SaveRefused):
        page(attempt, 1, 1, ("A",), client="window-2")


@pytest.mark.parametrize("statement", ["UPDATE answer_event SET letters = '[]'",
                                       "DELETE FROM answer_event"])
def test_the_database_keeps_every_event(statement):
    started_attempt()
    with pytest.raises(DatabaseError, match="never changed"), db.session.begin_nested():
        db.session.execute(text(statement))
