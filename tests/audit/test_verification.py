from dataclasses import replace

import pytest
from sqlalchemy import text

from broker_admin import chain
from broker_admin.accounts.models import Membership, User
from broker_admin.accounts.workflow import MEMBERSHIP
from broker_admin.accounts.workflow import MembershipStatus as S
from broker_admin.audit import verification
from broker_admin.audit.verification import (
    Finding,
    Kind,
    number_findings,
    number_in,
    state_findings,
    verify,
)
from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.ledger import AuditEntry, AuditHead
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


def copied(**changes):
    """A statement that inserts a copy of the second entry, with these columns told otherwise."""
    columns = ("number", "name", "subject", "status", "actor_id", "at", "facts", "previous", "seal")
    values = ", ".join(changes.get(column, column) for column in columns)
    return (f"INSERT INTO audit_entry ({', '.join(columns)}) "  # noqa: S608 (our own words)
            f"SELECT {values} FROM audit_entry WHERE number = 2")


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("change", [
    "name = 'license.revoked'", "subject = 'SQ-2026-000002'", "status = 'granted'",
    "at = '2020-01-01 00:00:00.000000+00:00'", "facts = '[]'", "seal = 'f'", "previous = 'f'"])
def test_no_column_of_any_entry_can_be_changed(forger, number, change):
    forger(f"UPDATE audit_entry SET {change} WHERE number = {number}")  # noqa: S608 (our own words)
    assert [fault for fault in faults() if f"entry {number}" in fault or f"entry {number + 1}" in fault]


def test_another_actor_cannot_be_put_in(forger):
    user = make_user()
    forger(f"UPDATE audit_entry SET actor_id = {user.id} WHERE number = 2")  # noqa: S608 (a number)
    assert faults() == ["chain: entry 2: does not fit the entry before it"]


def test_an_entry_added_at_the_end_is_found(forger):
    forger(copied(number="4", previous="seal"))
    assert faults() == ["chain: entry 4: does not fit the entry before it"]


def test_an_entry_put_in_between_is_found(forger):
    forger("UPDATE audit_entry SET number = 4 WHERE number = 3")
    forger(copied(number="3"))
    assert faults() == ["chain: entry 3: does not fit the entry before it"]


def test_entries_in_another_order_are_found(forger):
    for statement in ("number = 9 WHERE number = 2", "number = 2 WHERE number = 3",
                      "number = 3 WHERE number = 9"):
        forger(f"UPDATE audit_entry SET {statement}")  # noqa: S608 (our own words)
    assert faults() == ["chain: entry 2: does not fit the entry before it"]


@pytest.mark.parametrize("change", ["number = 2", "number = 9", "seal = 'f'"])
def test_another_end_of_the_chain_is_found(forger, change):
    forger(f"UPDATE audit_head SET {change}")  # noqa: S608 (our own words)
    assert faults() == ["chain: entry 3: is the last, but is not where the chain ended"]


def test_a_chain_sealed_anew_does_not_reach_its_head(forger):
    content = db.session.get(AuditEntry, 3).content() | {"name": "application.granted"}
    seal = chain.seal(db.session.get(AuditEntry, 2).seal, content)
    forger(f"UPDATE audit_entry SET name = 'application.granted', seal = '{seal}' WHERE number = 3")  # noqa: S608
    db.session.expire_all()
    assert faults() == ["chain: entry 3: is the last, but is not where the chain ended"]


def test_only_the_first_break_is_told(forger):
    forger("UPDATE audit_entry SET name = 'other'")
    assert faults() == ["chain: entry 1: does not fit the entry before it"]


def test_the_head_of_an_empty_chain_is_none(app):
    db.session.add(AuditHead(id=1, number=3, seal="f" * 64))
    assert faults() == ["chain: entry 0: is the last, but is not where the chain ended"]


def test_a_case_that_vanished_is_found(app):
    note(Case("AJ-2026-000001", "investigating")), note(Case("AJ-2026-000001", "closed"))
    assert faults(*KINDS) == ["state: AJ-2026-000001: is on record, but there is no such case"]


def test_entries_without_a_state_need_no_case(app):
    note(Case("calendar-2026"))
    assert faults(*KINDS) == []


def test_every_step_of_a_case_is_looked_at(app):
    membership = make_membership(S.APPROVED)
    for state in ("declined", "asked", "approved"):
        note(Case(membership.reference, state))
    assert faults(*KINDS) == [
        f"state: {membership.reference}: went from declined to asked, which no step does"]


def test_of_two_cases_only_the_changed_one_is_told(app):
    honest, changed = make_membership(S.APPROVED), make_membership(S.DECLINED)
    for membership in (honest, changed):
        note(Case(membership.reference, "approved"))
    assert [fault for fault in faults(*KINDS) if honest.reference in fault] == []
    assert len(faults(*KINDS)) == 1


def test_years_and_kinds_are_numbered_apart(app):
    for prefix, year in (("SQ", 2026), ("SQ", 2027), ("AJ", 2026)):
        next_reference(prefix, year)
    numbers = {("SQ", 2026): [1], ("SQ", 2027): [1, 2], ("AJ", 2026): []}
    assert [str(f) for f in number_findings(numbers)] == [
        "number: AJ-2026: 1 was given out, but no case carries it",
        "number: SQ-2027: 2 is carried, but was never given out"]


@pytest.mark.parametrize(("reference", "number"), [
    ("SQ-2026-000123", ("SQ", 2026, 123)), ("CY-2026-1234567", ("CY", 2026, 1234567)),
    ("employment-7", None), ("SQ-26-000001", None), ("SQ-2026-00001", None), ("sq-2026-000001", None),
    ("SQ-2026-000001x", None)])
def test_only_numbered_references_carry_a_number(reference, number):
    assert number_in(Case(reference)) == number


def test_a_finding_says_check_subject_and_fault():
    assert str(Finding("chain", "entry 2", "does not fit")) == "chain: entry 2: does not fit"
