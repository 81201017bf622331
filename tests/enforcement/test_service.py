import pytest

from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.enforcement import service
from broker_admin.enforcement.workflow import CaseStatus as S
from broker_admin.ledger import AuditEntry, Message
from broker_admin.permissions import Role
from broker_admin.refusals import Refused
from broker_admin.rules.calendar import SHIPPED
from broker_admin.workflow import TransitionRefused
from tests.enforcement.factories import (
    PAUSE,
    REGIME_BASIS,
    REVOKE,
    find,
    later,
    make_investigated,
    make_notified,
    make_stated,
    open_case,
)
from tests.factories import make_user
from tests.licenses.factories import make_license


def messages_to(user):
    return db.session.scalars(db.select(Message.name).where(
        Message.recipient_id == user.id, Message.name.startswith("case."))).all()


def notify(case, cast, **terms):
    return service.give_notice(case, **{**PAUSE, "reasons": "Unmet.", **terms}, calendar=SHIPPED,
                               actor=cast.first, at=now())


def test_opening_makes_the_opener_first_investigator(cast):
    case = open_case(cast)
    assert (case.status, case.investigator_id) == (S.INVESTIGATING, cast.first.id)
    assert case.reference.startswith("AJ-")


def test_opening_finds_the_license_of_the_organisation(cast):
    license = make_license(cast.organization)
    assert open_case(cast).license is license


def test_opening_tells_nobody_outside_yet(cast):
    open_case(cast)
    assert messages_to(cast.member) == []


@pytest.mark.parametrize("codes", [[], ["C99"], ["C01", ""], ["<b>"]])
def test_a_case_needs_known_conduct(cast, codes):
    with pytest.raises(Refused, match="which conduct"):
        open_case(cast, conduct_codes=codes)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ENFORCEMENT_OFFICER}))
def test_only_enforcement_officers_open_cases(cast, role):
    with pytest.raises(TransitionRefused):
        open_case(cast, actor=make_user(role))


def test_nobody_opens_a_case_against_their_own(cast):
    cast.organization.memberships[0].user = cast.first
    db.session.flush()
    with pytest.raises(TransitionRefused, match="against this organisation"):
        open_case(cast)


def test_conduct_codes_are_kept_once_in_order(cast):
    assert open_case(cast, conduct_codes=["C28", "C01", "C28"]).conduct_codes == ["C01", "C28"]


def test_the_same_person_is_not_two_investigators(cast):
    case = open_case(cast)
    with pytest.raises(Refused, match="already has"):
        service.join(case, actor=cast.first, at=now())


def test_a_third_investigator_is_not_taken(cast):
    case = make_investigated(cast)
    with pytest.raises(Refused, match="already has"):
        service.join(case, actor=make_user(Role.ENFORCEMENT_OFFICER), at=now())


def test_joining_needs_the_office(cast):
    case = open_case(cast)
    with pytest.raises(TransitionRefused):
        service.join(case, actor=cast.decider, at=now())
    assert case.second_investigator_id is None


def test_a_finding_may_widen_the_case(cast):
    case = open_case(cast)
    find(case, cast, "C29")
    assert case.conduct_codes == ["C01", "C28", "C29"]
    assert case.established_codes == ["C29"]


def test_the_last_finding_on_a_code_counts(cast):
    case = open_case(cast)
    find(case, cast)
    find(case, cast, established=False)
    assert case.established_codes == []
    assert len(case.findings) == 2


def test_findings_are_for_known_conduct_only(cast):
    with pytest.raises(Refused, match="which conduct"):
        find(open_case(cast), cast, "C99")


def test_other_officers_record_no_findings(cast):
    case = open_case(cast)
    with pytest.raises(TransitionRefused, match="Only the investigators"):
        find(case, cast, actor=make_user(Role.ENFORCEMENT_OFFICER))


def test_findings_end_with_the_investigation(cast):
    case = make_notified(cast)
    with pytest.raises(TransitionRefused, match="not open any more"):
        find(case, cast, "C29")


def test_dropping_keeps_the_reason_and_tells_nobody(cast):
    case = open_case(cast)
    service.drop(case, reason="Nothing was found.", actor=cast.first, at=now())
    assert (case.status, case.ended_reason) == (S.NOT_FILED, "Nothing was found.")
    assert messages_to(cast.member) == []


def test_other_officers_do_not_drop_a_case(cast):
    case = open_case(cast)
    with pytest.raises(TransitionRefused, match="Only the investigators"):
        service.drop(case, reason="No.", actor=make_user(Role.ENFORCEMENT_OFFICER), at=now())
    assert case.status is S.INVESTIGATING


def test_a_notice_needs_two_investigators(cast):
    make_license(cast.organization)
    case = open_case(cast)
    find(case, cast)
    with pytest.raises(Refused, match="Two investigators"):
        notify(case, cast)


def test_a_notice_needs_an_established_finding(cast):
    make_license(cast.organization)
    case = open_case(cast)
    service.join(case, actor=cast.second, at=now())
    find(case, cast, established=False)
    with pytest.raises(Refused, match="No conduct has been established"):
        notify(case, cast)


@pytest.mark.parametrize(("terms", "sentence"), [
    ({"months": 7}, "longer than"), ({"months": None}, "how many months"),
    ({"basis": "民法典"}, "legal basis"), ({"basis": ""}, "legal basis"),
    ({"measure": "CLOSURE"}, "not open"), ({"measure": "REMIND", "months": 2}, "no length"),
    ({**REVOKE, "basis": REGIME_BASIS}, "legal basis"),
])
def test_a_notice_stays_within_the_law(cast, terms, sentence):
    case = make_investigated(cast)
    with pytest.raises(Refused, match=sentence):
        notify(case, cast, **terms)
    assert (case.status, case.notices) == (S.INVESTIGATING, [])


def test_an_unlicensed_organisation_can_lose_no_license(cast):
    case = make_investigated(cast, licensed=False)
    with pytest.raises(Refused, match="not open"):
        notify(case, cast)


def test_the_notice_tells_the_party_and_is_numbered(cast):
    case = make_notified(cast)
    assert case.notice.number.startswith("粤数经告〔")
    assert messages_to(cast.member) == ["case.notice_given"]


def test_the_notice_says_only_what_was_found(cast):
    assert make_notified(cast).notice.conduct_codes == ["C01"]


@pytest.mark.parametrize(("terms", "offered"), [({}, False), (REVOKE, True)])
def test_grave_penalties_offer_a_hearing(cast, terms, offered):
    assert make_notified(cast, **terms).notice.hearing_offered is offered


def test_the_statement_reaches_both_investigators(cast):
    case = make_stated(cast)
    assert case.notice.statement == "We did ask."
    assert messages_to(cast.first) == messages_to(cast.second) == ["case.statement_made"]


def test_a_late_statement_counts_until_the_referral(cast):
    case = make_notified(cast)
    service.state(case, statement="Late.", hearing_asked=False, calendar=SHIPPED,
                  actor=cast.member, at=later(days=40))
    assert case.status is S.STATEMENT


def test_after_the_referral_nobody_states(cast):
    case = make_notified(cast)
    service.refer(case, calendar=SHIPPED, actor=cast.first, at=later(days=40))
    with pytest.raises(TransitionRefused):
        service.state(case, statement="Too late.", hearing_asked=False, calendar=SHIPPED,
                      actor=cast.member, at=later(days=41))


def test_officers_make_no_statement_for_the_party(cast):
    case = make_notified(cast)
    with pytest.raises(TransitionRefused):
        service.state(case, statement="As if.", hearing_asked=False, calendar=SHIPPED,
                      actor=cast.first, at=now())


def test_a_hearing_is_asked_for_only_where_offered(cast):
    with pytest.raises(Refused, match="no right to a hearing"):
        make_stated(cast, hearing_asked=True)


def test_a_hearing_is_asked_for_in_time(cast):
    case = make_notified(cast, **REVOKE)
    with pytest.raises(Refused, match="time for asking"):
        service.state(case, statement="Late.", hearing_asked=True, calendar=SHIPPED,
                      actor=cast.member, at=later(days=40))
    assert case.status is S.PRIOR_NOTICE


def test_the_party_keeps_its_time(cast):
    case = make_notified(cast)
    with pytest.raises(Refused, match="still has time"):
        service.refer(case, calendar=SHIPPED, actor=cast.first, at=later(days=1))


def test_silence_does_not_stop_the_case(cast):
    case = make_notified(cast)
    service.refer(case, calendar=SHIPPED, actor=cast.second, at=later(days=40))
    assert case.status is S.LEGAL_REVIEW


def test_a_statement_frees_the_referral_at_once(cast):
    case = make_stated(cast)
    service.refer(case, calendar=SHIPPED, actor=cast.first, at=now())
    assert case.status is S.LEGAL_REVIEW


def test_each_step_is_recorded_without_names(cast):
    case = make_stated(cast)
    db.session.commit()
    entries = db.session.scalars(
        db.select(AuditEntry).where(AuditEntry.subject == case.reference)).all()
    assert [entry.name for entry in entries] == [
        "case.opened", "case.investigator_joined", "case.finding_recorded", "case.notice_given",
        "case.statement_made"]
    assert cast.first.name not in str([entry.facts for entry in entries])
