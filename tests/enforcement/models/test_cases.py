from datetime import date

import pytest
from sqlalchemy.orm.exc import StaleDataError

from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.enforcement.models import Case
from broker_admin.enforcement.workflow import CaseStatus as S
from tests.enforcement.factories import (
    Cast,
    assert_refused,
    find,
    later,
    make_asked,
    make_called,
    make_cleared,
    make_closed,
    make_dropped,
    make_imposed,
    make_investigated,
    make_notified,
    make_opened,
    make_referred,
    make_reopened,
    make_stated,
)

DAY = date(2026, 11, 23)
DECISION = ("decided_at", "decided_on", "decider_id", "decision_number", "decision_reasons")
MEASURE = ("measure", "basis", "reconsider_by", "sue_by")


@pytest.mark.parametrize("column", [*DECISION, *MEASURE, "noticed_on", "legal_reviewer_id"])
def test_no_decision_lacks_what_it_must_say(cast, column):
    assert_refused(make_imposed(cast), **{column: None})


@pytest.mark.parametrize(("column", "value"), [
    ("decided_at", now()), ("decided_on", DAY), ("decision_number", "1"), ("decision_reasons", "It."),
    ("measure", "REMIND"), ("basis", "It."), ("reconsider_by", DAY), ("sue_by", DAY),
    ("ended_reason", "It.")])
@pytest.mark.parametrize("make", [make_opened, make_stated, make_cleared])
def test_nothing_is_decided_before_the_decision(cast, make, column, value):
    assert_refused(make(cast), **{column: value})


@pytest.mark.parametrize(("make", "status"), [
    (make_opened, S.PRIOR_NOTICE), (make_opened, S.NOT_FILED), (make_opened, S.EXECUTING),
    (make_opened, S.LEGAL_REVIEW), (make_referred, S.DECISION_PENDING), (make_cleared, S.EXECUTING),
    (make_cleared, S.NO_MEASURE), (make_imposed, S.CLOSED), (make_closed, S.EXECUTING),
    (make_dropped, S.INVESTIGATING)])
def test_no_state_is_reached_by_its_name_alone(cast, make, status):
    assert_refused(make(cast), status=status)


@pytest.mark.parametrize("make", [make_notified, make_stated, make_referred, make_cleared])
def test_after_the_notice_two_investigators_remain(cast, make):
    assert_refused(make(cast), second_investigator_id=None)


@pytest.mark.parametrize("column", ["organization_id", "source", "facts", "regime", "opened_on",
                                    "investigator_id"])
def test_no_case_lacks_what_makes_it_one(cast, column):
    assert_refused(make_opened(cast), **{column: None})


def test_a_measure_ends_after_it_began(cast):
    case = make_imposed(cast)
    assert_refused(case, measure_until=case.decided_on)


def test_no_two_decisions_share_a_number(cast):
    first, second = make_imposed(cast), make_imposed(Cast())
    db.session.flush()
    assert_refused(second, decision_number=first.decision_number)


def test_a_second_change_at_once_is_noticed(cast):
    case = make_opened(cast)
    db.session.flush()
    db.session.execute(db.update(Case).values(version=Case.version + 1),
                       execution_options={"synchronize_session": False})
    case.facts = "Other facts."
    with pytest.raises(StaleDataError):
        db.session.flush()


@pytest.mark.parametrize(("make", "barred"), [
    (make_opened, {"first"}), (make_investigated, {"first", "second"}),
    (make_referred, {"first", "second"}), (make_cleared, {"first", "second", "lawyer"})])
def test_those_who_prepared_it_are_barred(cast, make, barred):
    assert make(cast).barred_ids == {getattr(cast, who).id for who in barred}


def test_the_reviewer_may_review_again(cast):
    assert cast.lawyer.id not in make_reopened(cast).barred_ids


def test_only_the_organisation_is_party(cast):
    case = make_opened(cast)
    assert (case.party_ids, case.party_organization_ids) == (set(), {cast.organization.id})


@pytest.mark.parametrize(("make", "waits"), [
    (make_opened, False), (make_notified, False), (make_stated, False), (make_asked, True),
    (make_called, True)])
def test_a_hearing_that_was_asked_for_is_awaited(cast, make, waits):
    assert make(cast).awaits_hearing is waits


def test_a_case_without_a_notice_has_none(cast):
    assert make_investigated(cast).notice is None


def test_a_notice_tells_what_was_found_by_then(cast):
    case = make_notified(cast)
    case.findings.append(type(case.findings[0])(
        conduct_code="C01", established=True, facts="Found later.", evidence="It.",
        officer_id=cast.first.id, at=later(days=3)))
    assert [finding.facts for finding in case.told_in(case.notice)] == ["Seen on site."]


def test_a_notice_tells_the_last_word_on_a_code(cast):
    case = make_investigated(cast)
    find(case, cast).facts = "Seen again."
    case.notices.append(type(make_notified(Cast()).notice)(given_on=DAY.replace(year=2099),
                                                           conduct_codes=["C01", "C29"]))
    with db.session.no_autoflush:
        assert [finding.facts for finding in case.told_in(case.notice)] == ["Seen again."]
