from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from broker_admin.clock import at, day_of, now
from broker_admin.db import db
from broker_admin.enforcement import decisions, measures, service
from broker_admin.enforcement.models import Case
from broker_admin.enforcement.workflow import CaseStatus as S
from broker_admin.licenses import service as licenses
from broker_admin.licenses.workflow import LicenseStatus as L
from broker_admin.permissions import Role
from broker_admin.refusals import Refused
from broker_admin.rules.calendar import SHIPPED
from broker_admin.workflow import TransitionRefused
from tests.conftest import NOON
from tests.enforcement.factories import (
    PAUSE,
    REGIME_BASIS,
    REVOKE,
    find,
    make_cleared,
    make_imposed,
    make_investigated,
    make_referred,
    open_case,
)
from tests.factories import make_user

END = {"measure": "END_RECOGNITION", "months": None, "basis": REGIME_BASIS}
REMIND = {"measure": "REMIND", "months": None, "basis": REGIME_BASIS}


def impose(case, actor, **terms):
    decisions.impose(case, **{**PAUSE, **terms}, reasons="Because.", calendar=SHIPPED, actor=actor,
                     at=now())


def give(user, role):
    user.grants.append(type(make_user(role).grants[0])(role=role, given_at=now()))
    db.session.flush()


def test_clearing_names_the_reviewer_and_keeps_the_opinion(cast):
    case = make_cleared(cast)
    assert (case.status, case.legal_reviewer_id) == (S.DECISION_PENDING, cast.lawyer.id)
    assert [(o.cleared, o.text) for o in case.opinions] == [(True, "In order.")]


@pytest.mark.parametrize("who", ["first", "second"])
def test_investigators_never_review_their_case(cast, who):
    case, investigator = make_referred(cast), getattr(cast, who)
    give(investigator, Role.LEGAL_REVIEWER)
    with pytest.raises(TransitionRefused):
        decisions.clear(case, opinion="Mine.", actor=investigator, at=now())
    assert case.status is S.LEGAL_REVIEW


@pytest.mark.parametrize("who", ["first", "second", "lawyer"])
def test_who_prepared_the_case_never_decides_it(cast, who):
    case, person = make_cleared(cast), getattr(cast, who)
    give(person, Role.DECIDER)
    for verb in (impose, lambda case, actor: decisions.acquit(case, reasons="No.", actor=actor, at=now())):
        with pytest.raises(TransitionRefused):
            verb(case, person)
    assert case.status is S.DECISION_PENDING


@pytest.mark.parametrize("column", ["investigator_id", "second_investigator_id", "legal_reviewer_id"])
def test_the_database_keeps_the_decider_apart(cast, column):
    case = make_cleared(cast)
    case.decider_id = getattr(case, column)
    with pytest.raises(IntegrityError):
        db.session.flush()


@pytest.mark.parametrize("column", ["investigator_id", "second_investigator_id"])
def test_the_database_keeps_the_reviewer_apart(cast, column):
    case = make_referred(cast)
    case.legal_reviewer_id = getattr(case, column)
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_the_database_wants_two_investigators(cast):
    case = open_case(cast)
    case.second_investigator_id = case.investigator_id
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_returned_case_needs_a_new_notice(cast):
    case = make_referred(cast)
    decisions.reopen(case, opinion="Ask again.", actor=cast.lawyer, at=now())
    assert case.status is S.INVESTIGATING
    service.give_notice(case, **REMIND, reasons="Less.", calendar=SHIPPED, actor=cast.first, at=now())
    assert (len(case.notices), case.notice.measure) == (2, "REMIND")
    assert case.notices[0].statement == "We did ask."


def test_who_returned_the_case_does_not_decide_it(cast):
    case, other = make_referred(cast), make_user(Role.LEGAL_REVIEWER)
    decisions.reopen(case, opinion="Again.", actor=cast.lawyer, at=now())
    service.give_notice(case, **PAUSE, reasons="Same.", calendar=SHIPPED, actor=cast.first, at=now())
    service.state(case, statement="No.", hearing_asked=False, calendar=SHIPPED, actor=cast.member,
                  at=now())
    service.refer(case, calendar=SHIPPED, actor=cast.first, at=now())
    decisions.clear(case, opinion="Fine.", actor=other, at=now())
    give(cast.lawyer, Role.DECIDER)
    with pytest.raises(TransitionRefused):
        impose(case, cast.lawyer)


@pytest.mark.parametrize(("terms", "status"), [
    (PAUSE, L.SUSPENDED), (END, L.WITHDRAWN), (REVOKE, L.REVOKED), (REMIND, L.ACTIVE)])
def test_the_measure_acts_on_the_license(cast, terms, status):
    case = make_imposed(cast, **terms)
    assert (case.status, case.license.status) == (S.EXECUTING, status)


def test_the_license_keeps_the_reference_of_the_case(cast):
    case = make_imposed(cast)
    standing = case.license.standings[-1]
    assert (standing.case, standing.basis, standing.until) == (
        case.reference, REGIME_BASIS, case.measure_until)


def test_a_license_got_by_deceit_is_annulled(cast):
    case = make_investigated(cast)
    find(case, cast, "C25")
    service.give_notice(case, **END, reasons="False papers.", calendar=SHIPPED, actor=cast.first,
                        at=now())
    service.state(case, statement="No.", hearing_asked=False, calendar=SHIPPED, actor=cast.member,
                  at=now())
    service.refer(case, calendar=SHIPPED, actor=cast.first, at=now())
    decisions.clear(case, opinion="Yes.", actor=cast.lawyer, at=now())
    impose(case, cast.decider, **END)
    assert case.license.status is L.ANNULLED


@pytest.mark.parametrize("terms", [PAUSE, END, REVOKE])
def test_a_license_that_has_ended_undoes_the_decision(cast, terms):
    case = make_cleared(cast, **terms)
    licenses.surrender(case.license, reason="Closing down.", actor=cast.member, at=now())
    db.session.commit()
    with pytest.raises(Refused, match="moved on"):
        impose(case, cast.decider, **terms)
    db.session.rollback()
    again = db.session.get(Case, case.id)
    assert (again.status, again.decision_number, again.measure) == (S.DECISION_PENDING, None, None)


@pytest.mark.parametrize("terms", [{"months": 4}, END, REVOKE])
def test_nothing_heavier_than_announced_is_imposed(cast, terms):
    case = make_cleared(cast)
    with pytest.raises(Refused, match="heavier"):
        impose(case, cast.decider, **terms)
    assert (case.status, case.license.status) == (S.DECISION_PENDING, L.ACTIVE)


@pytest.mark.parametrize("terms", [{"months": 1}, REMIND])
def test_something_lighter_may_be_imposed(cast, terms):
    case = make_cleared(cast)
    impose(case, cast.decider, **terms)
    assert case.measure_months == {**PAUSE, **terms}["months"]


def test_the_decider_is_offered_nothing_heavier(cast):
    case = make_cleared(cast)
    offered = decisions.lighter_choices(case)
    assert "PAUSE" in offered
    assert {"END_RECOGNITION", "REVOCATION"}.isdisjoint(offered)


@pytest.mark.parametrize("basis", ["", "民法典", "数据安全法第45条"])
def test_no_measure_without_its_legal_basis(cast, basis):
    case = make_cleared(cast)
    with pytest.raises(Refused, match="legal basis"):
        impose(case, cast.decider, basis=basis)
    assert case.decided_at is None


def test_the_decision_is_numbered_by_its_kind(cast):
    assert make_imposed(cast).decision_number.startswith("粤数经管〔")


def test_a_penalty_has_its_own_numbers(cast):
    assert make_imposed(cast, **REVOKE).decision_number.startswith("粤数经罚〔")


def test_remedies_are_reckoned_once(cast):
    with at(NOON):
        case = make_imposed(cast)
    # 60 days and 6 months from Monday 2026-11-23; 2027-01-22 is a Friday, 2027-05-23 a Sunday.
    assert (case.reconsider_by, case.sue_by) == (date(2027, 1, 22), date(2027, 5, 24))


def test_how_long_it_lasts_and_stays_public(cast):
    with at(NOON):
        case = make_imposed(cast)
    assert (case.measure_until, case.public_until) == (date(2027, 2, 23), date(2029, 11, 23))


def test_acquittal_leaves_the_license_alone(cast):
    case = make_cleared(cast)
    decisions.acquit(case, reasons="Not proven.", actor=cast.decider, at=now())
    assert (case.status, case.measure, case.license.status) == (S.NO_MEASURE, None, L.ACTIVE)
    assert case.decision_number.startswith("粤数经不罚〔")


def test_closing_says_why(cast):
    case = make_imposed(cast)
    service.close(case, reason="The suspension is over.", actor=cast.first, at=now())
    assert (case.status, case.ended_reason) == (S.CLOSED, "The suspension is over.")


def test_an_unknown_announcement_allows_nothing(cast):
    case = make_cleared(cast)
    case.notice.measure = "GONE"
    choice = measures.choices(service.time_limits.regime_of(case), licensed=True)["REMIND"]
    assert decisions.is_too_heavy(case, choice, None)


def test_the_day_of_decision_is_guangdongs(cast):
    assert make_imposed(cast).decided_on == day_of(now())
