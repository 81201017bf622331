from dataclasses import replace

import pytest
from sqlalchemy import text

from broker_admin.accounts.models import Membership, User
from broker_admin.accounts.workflow import MEMBERSHIP
from broker_admin.accounts.workflow import MembershipStatus as S
from broker_admin.audit import verification
from broker_admin.audit.verification import Kind, number_findings, state_findings, verify
from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.sequences import next_number, next_reference
from tests.audit.records import Case, note
from tests.factories import make_organization, make_user

KINDS = (Kind(Membership, MEMBERSHIP), Kind(User))
DROP = {"sqlite": ["DROP TRIGGER audit_entry_no_UPDATE", "DROP TRIGGER audit_entry_no_DELETE"],
        "postgresql": ["DROP TRIGGER audit_entry_no_change ON audit_entry"]}


def make_membership(status=S.ASKED):
    decided = None if status is S.ASKED else now()
    membership = Membership(user=make_user(), organization=make_organization(),
                            status=status, asked_at=now(), decided_at=decided)
    db.session.add(membership)
    db.session.flush()
    return membership


def faults(*kinds):
    db.session.commit()
    return [str(finding) for finding in verify(kinds)]


@pytest.fixture
def forger(app):
    """Somebody who may change the tables, after three entries were made."""
    for _ in range(3):
        note()
    for statement in DROP[db.engine.dialect.name]:
        db.session.execute(text(statement))
    return lambda statement: db.session.execute(text(statement))


def test_an_empty_record_holds(app):
    assert faults(*KINDS) == []


def test_an_honest_record_holds(app):
    for _ in range(3):
        note()
    assert faults() == []


@pytest.mark.parametrize(("forgery", "fault"), [
    ("UPDATE audit_entry SET name = 'other' WHERE number = 2", "entry 2: does not fit"),
    ("UPDATE audit_entry SET facts = '{\"a\": 1}' WHERE number = 1", "entry 1: does not fit"),
    ("UPDATE audit_entry SET previous = seal WHERE number = 3", "entry 3: does not fit"),
    ("DELETE FROM audit_entry WHERE number = 1", "entry 2: does not fit"),
    ("DELETE FROM audit_entry WHERE number = 2", "entry 3: does not fit"),
    ("DELETE FROM audit_entry WHERE number = 3", "entry 2: is the last, but is not where"),
    ("DELETE FROM audit_entry", "entry 0: is the last, but is not where"),
    ("DELETE FROM audit_head", "entry 3: is the last, but is not where"),
    ("UPDATE audit_entry SET number = 9 WHERE number = 2", "entry 3: does not fit"),
])
def test_every_forgery_of_the_chain_is_found(forger, forgery, fault):
    forger(forgery)
    assert [f for f in faults() if fault in f]


def test_a_case_in_its_first_state_needs_no_entry(app):
    make_membership()
    assert faults(*KINDS) == []


def test_a_state_without_an_entry_is_found(app):
    membership = make_membership(S.DECLINED)
    assert faults(*KINDS) == [f"state: {membership.reference}: is declined without any entry that says so"]


def test_a_state_that_was_changed_behind_the_record_is_found(app):
    membership = make_membership(S.DECLINED)
    note(Case(membership.reference, "approved"))
    assert faults(*KINDS) == [
        f"state: {membership.reference}: is declined, but was last recorded as approved"]


@pytest.mark.parametrize(("states", "found"), [
    (["asked", "approved"], 0), (["asked", "approved", "approved"], 0),
    (["approved"], 0), (["asked", "asked", "approved"], 0),
    (["declined", "approved"], 1), (["ended", "asked", "approved"], 1),
])
def test_only_steps_of_the_table_explain_a_state(states, found):
    assert len(list(state_findings("m-1", "approved", states, MEMBERSHIP))) == found


@pytest.mark.parametrize(("carried", "found"), [
    ([1, 2, 3], []),
    ([3, 1, 2], []),
    ([1, 3], ["2 was given out, but no case carries it"]),
    ([1, 2, 2, 3], ["a number was used twice"]),
    ([1, 2, 3, 4], ["4 is carried, but was never given out"]),
    ([1], ["2 was given out, but no case carries it", "3 was given out, but no case carries it"]),
])
def test_numbers_run_without_gap_or_duplicate(app, carried, found):
    for _ in range(3):
        next_reference("SQ", 2026)
    findings = list(number_findings({("SQ", 2026): carried}))
    assert [f.fault for f in findings] == found


def test_references_are_read_for_their_numbers(app, monkeypatch):
    cases = [replace(Case(), reference=r) for r in ("SQ-2026-000002", "document-7")]
    monkeypatch.setattr(verification, "cases_of", lambda kind: cases)
    next_reference("SQ", 2026)
    assert faults(Kind(User)) == [
        "number: SQ-2026: 1 was given out, but no case carries it",
        "number: SQ-2026: 2 is carried, but was never given out"]


def test_a_kind_may_carry_its_number_elsewhere(app):
    before = make_user().id - 1
    make_user()
    next_number("person", 2026)
    # PostgreSQL goes on counting ids where the test before it stopped.
    kind = Kind(User, number_of=lambda user: ("person", 2026, user.id - before))
    assert len(faults(kind)) == db.session.scalar(db.select(db.func.count()).select_from(User)) - 1
