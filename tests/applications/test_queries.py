from datetime import UTC, date, datetime, timedelta

import pytest

from broker_admin.applications import filing, queries
from broker_admin.applications.workflow import OPEN
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.db import db
from broker_admin.permissions import SYSTEM
from broker_admin.rules.calendar import SHIPPED
from broker_admin.rules.deadlines import Alarm
from tests.applications.factories import Made, attach_all, make_application

pytestmark = pytest.mark.usefixtures("in_request")
NOON = datetime(2026, 9, 18, 4, 0, tzinfo=UTC)


def found(query):
    return [application.reference for application in db.session.scalars(query)]


def references(*everything):
    return [made.application.reference for made in everything]


def test_a_party_sees_its_own_newest_first():
    first, stranger = make_application(S.WITHDRAWN), Made()
    again = make_application(S.REFUSED)
    again.application.organization = first.organization
    db.session.flush()
    assert found(queries.of_party(first.applicant)) == references(again, first)
    assert found(queries.of_party(stranger.applicant)) == references(stranger)


def test_whoever_belongs_nowhere_has_none():
    Made()
    assert found(queries.of_party(SYSTEM)) == []


def test_drafts_are_not_handed_in():
    Made()
    submitted = make_application(S.SUBMITTED)
    assert found(queries.handed_in()) == references(submitted)


def test_a_draft_that_was_withdrawn_stays_hidden():
    made = Made()
    made.withdraw()
    assert found(queries.handed_in()) == []
    assert found(queries.handed_in(status=S.WITHDRAWN)) == []


@pytest.mark.parametrize("status", sorted(set(S) - {S.DRAFT}))
def test_each_state_can_be_asked_for(status):
    wanted = make_application(status)
    make_application(S.SUBMITTED if status is not S.SUBMITTED else S.APPROVED)
    assert found(queries.handed_in(status=status)) == references(wanted)


def test_words_find_part_of_a_name():
    make_application(S.SUBMITTED)
    wanted = make_application(S.SUBMITTED)
    wanted.organization.name = "岭南数据有限公司"
    assert found(queries.handed_in(words="南数")) == references(wanted)


@pytest.mark.parametrize("value", [
    lambda made: made.application.reference, lambda made: made.application.receipt_number,
    lambda made: made.organization.uscc])
def test_words_find_a_number_as_a_whole(value):
    wanted, _ = make_application(S.SUBMITTED), make_application(S.SUBMITTED)
    assert found(queries.handed_in(words=value(wanted))) == references(wanted)
    assert found(queries.handed_in(words=value(wanted)[:-1])) == []


@pytest.mark.parametrize("words", ["%", "_", "\\", "' OR 1=1 --"])
def test_words_are_words_and_no_pattern(words):
    make_application(S.SUBMITTED)
    assert found(queries.handed_in(words=words)) == []


def test_an_officer_finds_what_is_theirs():
    accepted, proposed = make_application(S.UNDER_REVIEW), make_application(S.DECISION_PENDING)
    assert found(queries.handed_in(assigned_to=accepted.intake_officer.id)) == references(accepted)
    assert found(queries.handed_in(assigned_to=proposed.reviewer.id)) == references(proposed)
    assert found(queries.handed_in(assigned_to=accepted.decider.id)) == []


def rows(*everything, today):
    return queries.by_time_left([made.application for made in everything], SHIPPED, today)


def test_the_least_time_left_comes_first():
    late = make_application(S.UNDER_REVIEW, at=NOON)
    early = make_application(S.UNDER_REVIEW, at=NOON - timedelta(days=7))
    shown = rows(late, early, today=date(2026, 9, 18))
    assert [row.application for row in shown] == [early.application, late.application]
    assert [row.days_left for row in shown] == [15, 20]


def test_a_stopped_clock_comes_after_the_running():
    stopped = make_application(S.EXPERT_REVIEW, at=NOON - timedelta(days=30))
    running = make_application(S.UNDER_REVIEW, at=NOON)
    shown = rows(stopped, running, today=date(2026, 9, 18))
    assert [row.application for row in shown] == [running.application, stopped.application]
    assert (shown[1].stopped, shown[1].due, shown[1].alarm) == (True, None, Alarm.STOPPED)


def test_what_has_no_limit_comes_last():
    ended, later, running = (make_application(s, at=NOON) for s in (S.APPROVED, S.REFUSED, S.SUBMITTED))
    shown = rows(ended, later, running, today=date(2026, 9, 18))
    assert [row.application for row in shown] == [
        running.application, later.application, ended.application]
    assert shown[-1] == queries.Row(ended.application, None, None, False, None)


@pytest.mark.parametrize(("day", "left", "alarm"), [
    (date(2026, 9, 18), 5, Alarm.GREEN), (date(2026, 9, 22), 2, Alarm.AMBER),
    (date(2026, 9, 24), 0, Alarm.AMBER), (date(2026, 9, 28), -1, Alarm.RED)])
def test_time_left_turns_from_green_to_red(day, left, alarm):
    [row] = rows(make_application(S.SUBMITTED, at=NOON), today=day)
    assert (row.due, row.alarm) == (date(2026, 9, 24), alarm)
    assert row.days_left == left or day > row.due


def test_no_application_makes_no_row():
    assert rows(today=date(2026, 9, 18)) == []


@pytest.mark.parametrize("status", list(S))
def test_limits_run_out_in_open_ones_only(status):
    made = make_application(status)
    numbers = db.session.scalars(queries.open_applications()).all()
    assert numbers == ([made.application.id] if status in OPEN else [])


def test_attached_codes_leave_out_what_was_removed():
    made = Made()
    attach_all(made.application, made.applicant)
    before = queries.attached_codes(made.application)
    filing.detach(made.application, slot="POLICIES", actor=made.applicant, at=made.at)
    assert before - queries.attached_codes(made.application) == {"POLICIES"}


def test_documents_of_others_are_not_attached():
    first, second = Made(), Made()
    attach_all(first.application, first.applicant)
    assert queries.attached(second.application) == []
    assert queries.attached_codes(second.application) == frozenset()
