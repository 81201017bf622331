"""What the history promises to show; told once, in conftest.py."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from broker_admin import cases, clock
from broker_admin.accounts import service as accounts
from broker_admin.accounts.models import Organization, User
from broker_admin.accounts.workflow import MembershipStatus
from broker_admin.applications import queries as applications
from broker_admin.applications.models import Application, ClockStop
from broker_admin.applications.workflow import OPEN
from broker_admin.clock import day_of, start_of
from broker_admin.db import db
from broker_admin.demo import history
from broker_admin.demo.offices import OFFICERS
from broker_admin.documents import service as documents
from broker_admin.documents import storage
from broker_admin.documents.models import Document
from broker_admin.exams.models import ExamAttempt
from broker_admin.exams.workflow import AttemptStatus
from broker_admin.ledger import AuditEntry, Job, Message
from broker_admin.licenses.models import License
from broker_admin.practitioners.models import Practitioner
from broker_admin.practitioners.workflow import PractitionerStatus
from broker_admin.rules.calendar import SHIPPED
from broker_admin.rules.identifiers import identity_fault, uscc_fault
from tests.conftest import NOON

TODAY = day_of(NOON)
# What three years cannot hold, and what is over within the night in which it begins.
ABSENT = {
    # A certificate lasts three years, and the first one was given in the first of them.
    ("Practitioner", "lapsed"),
    # A draw is made within the hour of the commitment to it.
    ("Draw", "committed"),
}
STATES = [(kind, state) for kind in cases.KINDS if kind.workflow
          for state in type(kind.workflow.transitions[0].target)]


def named(value):
    return str(value) if isinstance(value, (str, int)) else getattr(value, "model", value).__name__


def count(model, *conditions):
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions))


@pytest.mark.parametrize(("kind", "state"), STATES, ids=named)
def test_every_state_of_every_workflow_is_shown(app, kind, state):
    found = count(kind.model, kind.model.status == state)
    assert bool(found) is ((kind.model.__name__, state.value) not in ABSENT)


@pytest.mark.parametrize(("model", "least"), [
    (Organization, 60), (Practitioner, 300), (User, 380), (Application, 60), (License, 35),
    (ExamAttempt, 600), (AuditEntry, 6_000), (Message, 3_000), (Document, 200),
], ids=named)
def test_there_is_enough_to_look_at(app, model, least):
    assert count(model) >= least


def test_nobody_was_certified_without_passing_both_papers(app):
    passed = Counter(
        attempt.booking.candidate.user_id for attempt in db.session.scalars(
            select(ExamAttempt).where(ExamAttempt.status == AttemptStatus.RELEASED))
        if attempt.result.passed)
    certified = db.session.scalars(select(Practitioner.user_id)).all()
    assert {passed[user] for user in certified} == {2}


def test_some_fail_the_exam_and_some_stay_away(app):
    results = Counter(attempt.result.passed for attempt in db.session.scalars(
        select(ExamAttempt).where(ExamAttempt.status == AttemptStatus.RELEASED)))
    assert results[True] > 10 * results[False] > 0
    assert count(ExamAttempt, ExamAttempt.status == AttemptStatus.NO_SHOW) > 5


def test_some_applications_are_overdue_and_some_stopped(app):
    rows = db.session.scalars(applications.handed_in())
    rows = applications.by_time_left([a for a in rows if a.status in OPEN], SHIPPED, TODAY)
    assert sum(row.due is not None and row.due < TODAY for row in rows) >= 2
    assert sum(row.stopped for row in rows) >= 2
    assert sum(row.due is not None and row.due >= TODAY for row in rows) >= 2


def test_a_stopped_clock_has_the_reason_on_record(app):
    stops = db.session.scalars(select(ClockStop)).all()
    assert any(stop.ended_on is None for stop in stops)
    assert all(stop.began_on <= (stop.ended_on or TODAY) <= TODAY for stop in stops)


def test_no_two_organisations_share_a_code(app):
    codes = db.session.scalars(select(Organization.uscc)).all()
    assert len(set(codes)) == len(codes)


def test_every_credit_code_is_well_formed(app):
    assert {uscc_fault(code) for code in db.session.scalars(select(Organization.uscc))} == {None}


def test_no_credit_code_can_belong_to_somebody(app):
    assert {code[6:8] for code in db.session.scalars(select(Organization.uscc))} == {"99"}


def test_every_identity_number_is_well_formed_and_nobodys(app):
    numbers = db.session.scalars(select(Practitioner.identity)).all()
    assert {identity_fault(number, TODAY) for number in numbers} == {None}
    assert {number[:6] for number in numbers} == {"440199"}


def test_every_address_of_mail_is_reserved_for_examples(app):
    addresses = db.session.scalars(select(User.email)).all()
    assert {address.rpartition("@")[2] for address in addresses} == {"demo.example.org"}
    told = db.session.scalars(select(Message.address).distinct())
    assert all(address.endswith("example.org") for address in told)


def test_the_record_explains_everything(app):
    assert cases.findings() == []


def test_every_event_lies_within_the_history(app):
    first, last = db.session.execute(select(func.min(AuditEntry.at), func.max(AuditEntry.at))).one()
    assert first >= start_of(history.FIRST_DAY)
    assert last <= NOON
    assert last > NOON - timedelta(days=1)


def test_time_never_runs_backwards(app):
    moments = db.session.scalars(select(AuditEntry.at).order_by(AuditEntry.number)).all()
    assert [pair for pair in pairwise(moments) if pair[0] > pair[1]] == []


def test_every_month_has_something_to_tell(app):
    months = {(at.year, at.month) for at in db.session.scalars(select(AuditEntry.at))}
    assert len(months) == 35


def test_officers_work_on_working_days_only(app):
    officers = {f"{mailbox}@demo.example.org" for mailbox, _, _ in OFFICERS}
    rows = db.session.execute(select(AuditEntry.at, AuditEntry.name).join(
        User, User.id == AuditEntry.actor_id).where(
            User.email.in_(officers), ~AuditEntry.name.startswith("sitting.")))
    days = {day_of(at): name for at, name in rows}
    assert [(day, name) for day, name in days.items() if not SHIPPED.is_working(day)] == []


def test_nobody_decides_what_they_reviewed_themselves(app):
    rows = db.session.execute(select(AuditEntry.subject, AuditEntry.actor_id, AuditEntry.name).where(
        AuditEntry.name.in_(("application.proposed", "application.granted", "application.refused"))))
    actors = {}
    for subject, actor, _ in rows:
        actors.setdefault(subject, []).append(actor)
    assert all(len(set(found)) == len(found) for found in actors.values())


def test_the_files_are_what_was_kept(app):
    assert list(documents.unsound()) == []
    assert all(storage.path_of(digest).exists() for digest in db.session.scalars(
        select(Document.sha256).distinct()))


def test_no_job_has_been_given_up(app):
    assert count(Job, Job.given_up_at.is_not(None)) == 0


def test_an_inbox_holds_what_was_not_read(app):
    firm = accounts.find(f"firm01@{history.DOMAIN}")
    assert count(Message, Message.recipient_id == firm.id, Message.read_at.is_(None)) > 10


def test_the_first_firm_is_asked_to_be_joined(app):
    firm = accounts.find(f"firm01@{history.DOMAIN}").approved_memberships[0].organization
    states = Counter(m.status for m in firm.memberships)
    assert states[MembershipStatus.ASKED] == 2
    assert states[MembershipStatus.DECLINED] == states[MembershipStatus.ENDED] == 1


@pytest.mark.parametrize("email", history.SIGN_INS)
def test_every_printed_account_opens_with_the_password(app, email):
    user = accounts.check_password(email, history.PASSWORD)
    assert user is not None
    assert user.email == email


def test_a_wrong_password_opens_nothing(app):
    assert accounts.check_password(next(iter(history.SIGN_INS)), "three grey herons wadd") is None


@pytest.mark.parametrize(("mailbox", "state"), [
    ("firm01", "active"), ("firm30", "suspended")])
def test_sign_ins_stand_where_the_readme_says(app, mailbox, state):
    organization = accounts.find(f"{mailbox}@{history.DOMAIN}").approved_memberships[0].organization
    found = db.session.scalars(select(License.status).where(
        License.organization_id == organization.id))
    assert state in set(found)


def test_the_draft_of_the_readme_is_a_draft(app):
    organization = accounts.find(f"firm50@{history.DOMAIN}").approved_memberships[0].organization
    found = db.session.scalars(select(Application).where(
        Application.organization_id == organization.id)).one()
    assert found.status == "draft"


def test_the_practitioner_of_the_readme_is_employed(app):
    user = accounts.find(f"person70@{history.DOMAIN}")
    person = db.session.scalars(select(Practitioner).where(Practitioner.user_id == user.id)).one()
    assert person.status is PractitionerStatus.CERTIFIED
    assert person.employment.organization.name == history.plans(NOON, "")[0].firm.name


def test_the_plans_are_the_same_at_every_start():
    assert history.plans(NOON, "") == history.plans(NOON, "")


def test_the_plans_promise_sixty_organisations():
    plans = history.plans(NOON, "")
    assert len(plans) == len(history.ENDED) + len(history.OPEN) >= 60
    assert len({plan.firm.mailbox for plan in plans}) == len(plans)


@pytest.mark.parametrize("day", [
    datetime(2026, 2, 17, 3, tzinfo=UTC), datetime(2027, 10, 3, 20, tzinfo=UTC), NOON])
def test_plans_begin_within_the_history(day):
    begins = [plan.begins for plan in history.plans(day, "")]
    assert start_of(history.FIRST_DAY) < min(begins)
    assert max(begins) < day - timedelta(days=11)


def test_fates_are_spread_over_the_years():
    years = {plan.begins.year for plan in history.plans(NOON, "") if plan.fate}
    assert years == {2024, 2025, 2026}


def entries_until(app, days):
    """What is told in the first days, without what is drawn by lot or made of it."""
    until = start_of(history.FIRST_DAY) + timedelta(days=days)
    with clock.at(until):
        rows = db.session.execute(
            select(AuditEntry.name, AuditEntry.subject, AuditEntry.status, AuditEntry.at)
            .where(AuditEntry.at <= until).order_by(AuditEntry.number))
        return [tuple(row) for row in rows]


def test_the_first_weeks_begin_with_the_staff_and_the_bank(app):
    names = list(dict.fromkeys(name for name, *_ in entries_until(app, 2)))
    assert names[0].startswith("user.") or names[0].startswith("staff.")
    assert any("item" in name for name in names)
