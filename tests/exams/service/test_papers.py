from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from broker_admin.db import db
from broker_admin.exams import queries
from broker_admin.exams.drawing import DrawingRefused
from broker_admin.exams.service import bank, papers
from broker_admin.exams.topics import Text
from broker_admin.exams.workflow import AttemptStatus as A
from broker_admin.exams.workflow import SittingStatus as S
from broker_admin.ledger import Job
from broker_admin.permissions import SYSTEM
from broker_admin.refusals import Refused
from broker_admin.workflow import TransitionRefused
from tests.conftest import NOON
from tests.exams.factories import (
    BANK,
    DAY,
    closed_sitting,
    make_admin,
    make_bank,
    make_candidate,
    make_sitting,
    seal,
    sealed_sitting,
    seat,
)
from tests.factories import make_user


@pytest.fixture(autouse=True)
def _request(app):
    make_bank()
    with app.test_request_context():
        yield


def test_sealing_lays_out_every_paper():
    sitting = sealed_sitting(*(make_candidate() for _ in range(5)))
    attempts = queries.attempts_of(sitting)
    assert {a.status for a in attempts} == {A.PREPARED}
    assert [len(a.paper.rows) for a in attempts] == [4] * 5
    assert len(sitting.commitment) == 64


def test_no_item_is_twice_on_a_paper():
    for attempt in queries.attempts_of(sealed_sitting(*(make_candidate() for _ in range(5)))):
        codes = [line.code for line in attempt.paper.lines]
        assert len(set(codes)) == len(codes)


def test_papers_follow_from_the_secret_alone():
    sitting = sealed_sitting(*(make_candidate() for _ in range(5)))
    derived = papers.derive_again(sitting)
    stored = {a.booking.candidate_id: a.paper for a in queries.attempts_of(sitting)}
    assert {c: p.digest for c, p in derived.items()} == {c: p.digest for c, p in stored.items()}
    assert {c: p.lines for c, p in derived.items()} == {c: p.lines for c, p in stored.items()}


def test_papers_follow_also_after_the_bank_changed():
    sitting = sealed_sitting()
    edited = [replace(t, stem=Text(t.stem.zh + "（改）", t.stem.en)) for t in BANK if t.topic == "DSL"]
    bank.import_bank(edited, actor=SYSTEM, at=NOON)
    stored = queries.attempts_of(sitting)[0].paper
    assert [p.digest for p in papers.derive_again(sitting).values()] == [stored.digest]


def test_papers_follow_for_a_second_attempt():
    candidate = make_candidate()
    closed_sitting(candidate, right=0)
    again = sealed_sitting(candidate, opens_at=NOON + 40 * DAY)
    stored = queries.attempts_of(again)[0].paper
    assert stored.attempt_number == 2
    assert papers.derive_again(again)[candidate.id].digest == stored.digest


def test_a_second_attempt_asks_new_questions():
    candidate = make_candidate()
    first = queries.attempts_of(closed_sitting(candidate, right=0))[0].paper
    again = sealed_sitting(candidate, opens_at=NOON + 40 * DAY)
    second = queries.attempts_of(again)[0].paper
    assert not {ln.code for ln in first.lines} & {ln.code for ln in second.lines}


def test_the_secret_is_sealed_in_the_table():
    sitting = sealed_sitting()
    stored = db.session.scalar(text("SELECT secret FROM sitting"))
    assert len(bytes.fromhex(sitting.secret)) == 32
    assert sitting.secret not in stored


def test_no_paper_holds_a_key():
    rows = queries.attempts_of(sealed_sitting())[0].paper.rows
    assert {key for row in rows for key in row} == {
        "position", "version", "code", "topic", "kind", "order", "marks", "digest"}


def test_a_short_bank_is_named_at_sealing():
    sitting = make_sitting(blueprint="LAW-1", ends_at=NOON + DAY / 8)
    seat(sitting)
    with pytest.raises(DrawingRefused, match="LIC single 0/6") as refusal:
        seal(sitting)
    assert {shortage.cell.topic for shortage in refusal.value.shortages} >= {"LIC", "PIP", "NDR"}
    assert sitting.status is S.OPEN


def test_an_empty_sitting_is_not_sealed():
    sitting = make_sitting()
    with pytest.raises(Refused, match="Nobody"):
        seal(sitting)
    assert sitting.status is S.OPEN


def test_sealing_comes_before_the_hour():
    sitting = make_sitting()
    seat(sitting)
    with pytest.raises(Refused, match="hour"):
        seal(sitting, at=NOON)


def test_only_the_office_seals():
    sitting = make_sitting()
    seat(sitting)
    with pytest.raises(TransitionRefused):
        seal(sitting, make_user())


def test_a_second_sealing_draws_nothing():
    sitting = sealed_sitting()
    before = sitting.commitment
    with pytest.raises(TransitionRefused):
        seal(sitting, make_admin())
    assert (sitting.commitment, len(queries.attempts_of(sitting))) == (before, 1)


def test_sealing_orders_the_sweeps():
    sitting = sealed_sitting()
    jobs = db.session.scalars(db.select(Job).where(Job.kind == "sweep_sitting")).all()
    assert [job.due_at >= NOON for job in jobs] == [True] * 3
    assert {job.payload["sitting_id"] for job in jobs} == {sitting.id}


@pytest.mark.parametrize("statement", [
    "UPDATE candidate_paper SET seed = ''", "DELETE FROM candidate_paper"])
def test_the_database_keeps_every_paper(statement):
    sealed_sitting()
    db.session.flush()
    with pytest.raises(DatabaseError, match="never changed"), db.session.begin_nested():
        db.session.execute(text(statement))
