"""The time limits of the law, held or missed as the history says they were."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from broker_admin.applications.models import Application, Decision
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.clock import day_of
from broker_admin.complaints.models import Complaint
from broker_admin.db import db
from broker_admin.enforcement.models import Case
from broker_admin.licenses.models import License
from broker_admin.licenses.workflow import ENDED
from broker_admin.practitioners.models import Employment, Practitioner
from broker_admin.rules.calendar import SHIPPED
from broker_admin.rules.counting import add_months
from tests.conftest import NOON

TODAY = day_of(NOON)


def everything(model):
    return db.session.scalars(select(model).order_by(model.id)).all()


def days(first, last):
    """Working days after the first, the last one included."""
    return sum(SHIPPED.is_working(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


@pytest.fixture
def decided(app):
    return [a for a in everything(Application) if a.status in {S.APPROVED, S.REFUSED}]


def test_no_case_was_decided_before_it_was_received(decided):
    assert all(a.received_on <= a.accepted_on <= day_of(a.decided_at) for a in decided)


def test_no_decision_took_longer_than_the_law_allows(decided):
    for application in decided:
        stopped = sum(days(stop.began_on, stop.ended_on) for stop in application.stops)
        assert days(application.received_on, day_of(application.decided_at)) - stopped <= 20


def test_remedies_end_after_the_decision(app):
    for decision in everything(Decision):
        assert decision.decided_on < decision.reconsider_by <= decision.sue_by


def test_every_grant_has_exactly_one_license(decided):
    numbers = {a.decision.license_number for a in decided if a.status is S.APPROVED}
    assert numbers == {license.number for license in everything(License)}


def test_a_license_begins_when_it_was_issued(app):
    assert all(license.issued_on <= license.valid_from for license in everything(License))


@pytest.mark.parametrize("years", [2, 3])
def test_some_licenses_last_this_many_years(app, years):
    terms = {(license.valid_from, license.valid_to) for license in everything(License)}
    ends = {add_months(first, 12 * years).year for first, _ in terms}
    assert any(last.year in ends for _, last in terms)


def test_only_ended_licenses_have_a_last_day(app):
    for license in everything(License):
        assert (license.ended_on is not None) is (license.status in ENDED)


def test_no_license_in_force_has_run_out(app):
    for license in everything(License):
        assert license.status in ENDED or license.valid_to >= TODAY


def test_every_certificate_is_valid_for_three_years(app):
    for person in everything(Practitioner):
        assert add_months(person.valid_from, 36) > person.valid_to >= TODAY


def test_nobody_was_employed_before_the_certificate(app):
    for employment in everything(Employment):
        assert day_of(employment.proposed_at) >= employment.practitioner.certified_on


def test_nobody_works_for_two_firms(app):
    confirmed = [e.practitioner_id for e in everything(Employment) if e.status == "confirmed"]
    assert len(set(confirmed)) == len(confirmed)


def test_complaints_were_taken_up_in_time(app):
    for complaint in everything(Complaint):
        if complaint.accepted_on:
            assert days(complaint.received_on, complaint.accepted_on) <= 7


def test_a_respondent_had_ten_days_to_answer(app):
    asked = [complaint for complaint in everything(Complaint) if complaint.answer_by]
    assert asked
    assert all(days(c.accepted_on, c.answer_by) == 10 for c in asked)


def test_a_hearing_was_announced_long_enough_before(app):
    called = [case.notice for case in everything(Case) if case.notice and case.notice.hearing_on]
    assert called
    for notice in called:
        assert days(notice.hearing_called_on, notice.hearing_on) >= 7


def test_a_suspension_ends_after_two_months(app):
    paused = [case for case in everything(Case) if case.measure == "PAUSE"]
    assert paused
    assert all(case.measure_months == 2 and case.measure_until > case.decided_on for case in paused)


def test_every_document_number_is_used_once(app):
    numbers = [*(d.document_number for d in everything(Decision)),
               *(case.decision_number for case in everything(Case) if case.decision_number)]
    assert len(set(numbers)) == len(numbers) > 40
