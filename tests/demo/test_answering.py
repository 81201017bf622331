import pytest
from sqlalchemy import select

from broker_admin.db import db
from broker_admin.demo import answering
from broker_admin.demo.answering import Manner
from broker_admin.exams import queries
from broker_admin.exams.models import Sitting
from broker_admin.exams.workflow import AttemptStatus, SittingStatus, SubmitReason


@pytest.fixture
def sitting(app):
    return db.session.scalars(select(Sitting).where(
        Sitting.status == SittingStatus.PUBLISHED).order_by(Sitting.id)).first()


@pytest.fixture
def attempt(sitting):
    return next(a for a in queries.attempts_of(sitting) if a.status is AttemptStatus.RELEASED)


@pytest.mark.parametrize(("email", "manner"), [
    ("person70@demo.example.org", Manner.STEADY), ("person71@demo.example.org", Manner.STEADY),
    ("candidate01@demo.example.org", Manner.WEAK), ("candidate02@demo.example.org", Manner.HASTY),
    ("candidate03@demo.example.org", Manner.SLOW), ("candidate04@demo.example.org", Manner.STEADY),
    ("candidate05@demo.example.org", Manner.ABSENT), ("candidate11@demo.example.org", Manner.WEAK),
    ("examinee05@demo.example.org", Manner.ABSENT), ("candidate10@demo.example.org", Manner.ABSENT),
])
def test_the_number_in_the_address_says_the_manner(email, manner):
    assert answering.manner_of(email) is manner


def test_acts_follow_each_other():
    assert [act.after for act in answering.ACTS] == sorted(act.after for act in answering.ACTS)


def test_nobody_hands_in_what_was_not_begun():
    begun = frozenset().union(*(act.starting for act in answering.ACTS))
    handed_in = frozenset().union(*(act.handing_in for act in answering.ACTS))
    saved = frozenset().union(*(act.saving for act in answering.ACTS))
    assert handed_in < saved == begun
    assert Manner.ABSENT not in begun


@pytest.mark.parametrize("every", [2, 5, 6])
def test_every_so_manieth_answer_may_be_wrong(attempt, every):
    keys = answering.keys_of(attempt.sitting)
    given = list(answering.entries(attempt, keys, every))
    assert [entry.position for entry in given] == [line.position for line in attempt.paper.lines]
    versions = attempt.paper.version_ids
    for line, entry in zip(attempt.paper.lines, given, strict=True):
        chosen = {line.key_behind(letter) for letter in entry.letters}
        if line.position % every:
            assert chosen == keys[versions[line.position]]


def test_no_answer_is_left_blank(attempt):
    given = answering.entries(attempt, answering.keys_of(attempt.sitting), 2)
    assert all(entry.letters for entry in given)


@pytest.mark.parametrize(("manner", "passed"), [
    (Manner.STEADY, True), (Manner.HASTY, True), (Manner.SLOW, True), (Manner.WEAK, False)])
def test_the_manner_decides_the_result(app, manner, passed):
    sittings = db.session.scalars(select(Sitting).where(
        Sitting.status == SittingStatus.PUBLISHED).order_by(Sitting.id).limit(4))
    results = {a.result.passed for sitting in sittings for a in answering.attempts_with_people(sitting)
               if a.status is AttemptStatus.RELEASED
               and answering.manner_of(a.booking.candidate.user.email) is manner}
    assert results == {passed}


@pytest.mark.parametrize(("manner", "reason"), [
    (Manner.STEADY, SubmitReason.CANDIDATE), (Manner.HASTY, SubmitReason.CANDIDATE),
    (Manner.SLOW, SubmitReason.DEADLINE)])
def test_the_clock_closes_what_nobody_hands_in(sitting, manner, reason):
    found = {a.submit_reason for a in answering.attempts_with_people(sitting)
             if answering.manner_of(a.booking.candidate.user.email) is manner}
    assert found == {reason}
