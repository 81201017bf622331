from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from broker_admin.accounts.models import Membership
from broker_admin.accounts.workflow import MembershipStatus
from broker_admin.audit.queries import history
from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.enforcement.models import Case
from broker_admin.permissions import SYSTEM, Role
from broker_admin.refusals import Refused
from broker_admin.rules.calendar import SHIPPED
from broker_admin.supervision import inspecting
from broker_admin.supervision.inspecting import Found
from broker_admin.supervision.inspection_workflow import InspectionResult
from broker_admin.supervision.inspection_workflow import InspectionStatus as J
from broker_admin.supervision.models import Rectification
from broker_admin.workflow import TransitionRefused
from tests.factories import make_user
from tests.supervision.factories import JUNE, make_inspection


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


@pytest.mark.parametrize("status", list(J))
def test_every_state_can_be_reached(status):
    made = make_inspection(status)
    db.session.commit()
    assert made.inspection.status is status


def test_only_the_pair_may_act():
    made = make_inspection()
    third = next(o for o in made.officers if o.id not in made.inspection.officer_ids)
    for actor in (third, make_user(Role.ENFORCEMENT_OFFICER), made.planner, made.holder):
        with pytest.raises(TransitionRefused):
            inspecting.notify(made.inspection, visit_on=day_of(JUNE), actor=actor, at=JUNE)


def test_a_visit_is_not_announced_for_the_past():
    made = make_inspection()
    with pytest.raises(Refused, match="has passed"):
        inspecting.notify(made.inspection, visit_on=day_of(JUNE) - timedelta(days=1), at=JUNE,
                          actor=made.inspection.first_officer)


def test_a_visit_is_recorded_on_its_day():
    made = make_inspection(J.NOTIFIED)
    made.inspection.visit_on = day_of(JUNE) + timedelta(days=2)
    with pytest.raises(Refused, match="2026-06-10"):
        made.record()


@pytest.mark.parametrize("found", [
    {}, {"I01": Found("Y")}, {"I01": Found("Y"), "I07": Found("N", " ")},
    {"I01": Found("Y"), "I07": Found("maybe")},
    {"I01": Found("Y"), "I07": Found("Y"), "I10": Found("Y")},
])
def test_every_item_needs_its_finding(found):
    made = make_inspection(J.NOTIFIED)
    with pytest.raises(Refused):
        inspecting.record_visit(made.inspection, found=found, facts="x", at=made.at,
                                actor=made.inspection.first_officer)
    assert made.inspection.status is J.NOTIFIED


def test_the_writer_of_the_record_does_not_conclude():
    made = make_inspection(J.RECORDED)
    with pytest.raises(TransitionRefused):
        inspecting.conclude(made.inspection, result=InspectionResult.NO_ISSUE, conclusion="x", at=made.at,
                            actor=made.inspection.first_officer)


def test_the_database_knows_the_two_people_rule():
    made = make_inspection(J.CONCLUDED)
    made.inspection.concluded_by_id = made.inspection.recorded_by_id
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_no_issue_contradicts_a_breach():
    made = make_inspection(J.NOTIFIED)
    made.record("N")
    with pytest.raises(Refused, match="not complied with"):
        made.conclude()


@pytest.mark.parametrize(("result", "codes"), [
    (InspectionResult.CASE, ()), (InspectionResult.NO_ISSUE, ("C01",)), (InspectionResult.RECTIFY, ("C01",)),
])
def test_conduct_is_named_for_cases_only(result, codes):
    made = make_inspection(J.RECORDED)
    with pytest.raises(Refused, match="conduct"):
        made.conclude(result, codes)


FOLLOWED_UP = {InspectionResult.RECTIFY, InspectionResult.CASE}


@pytest.mark.parametrize("result", sorted(set(InspectionResult) - FOLLOWED_UP))
def test_other_results_have_no_follow_up(result):
    made = make_inspection(J.RECORDED)
    made.conclude(result)
    made.tell()
    assert (made.inspection.follow_up, made.inspection.result) == (None, result)


def test_telling_orders_the_rectification():
    made = make_inspection(J.RECORDED)
    made.conclude(InspectionResult.RECTIFY)
    assert db.session.scalars(select(Rectification)).all() == []
    made.tell()
    order = db.session.scalars(select(Rectification)).one()
    assert made.inspection.follow_up == order.reference
    assert (order.source, order.demands) == (made.inspection.reference, "Keep records.")


def test_telling_opens_the_case():
    made = make_inspection(J.RECORDED)
    made.conclude(InspectionResult.CASE, ("C04", "C01"))
    made.tell()
    case = db.session.scalars(select(Case)).one()
    assert (made.inspection.follow_up, case.source) == (case.reference, made.inspection.reference)
    assert case.conduct_codes == ["C01", "C04"]


def test_every_step_is_in_the_history():
    made = make_inspection(J.PUBLISHED)
    db.session.commit()
    names = [entry.name.removeprefix("inspection.") for entry in history(made.inspection.reference)]
    assert names == ["drawn", "notified", "recorded", "concluded", "told", "published"]


VERBS = {"notify": J.DRAWN, "record": J.NOTIFIED, "conclude": J.RECORDED, "tell": J.CONCLUDED,
         "publish": J.TOLD}


@pytest.mark.parametrize("status", list(J))
@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_in_each_state(verb, status):
    made = make_inspection(status)
    before = len(history(made.inspection.reference))
    if VERBS[verb] is status:
        getattr(made, verb)()
        assert made.inspection.status is list(J)[list(J).index(status) + 1]
    else:
        with pytest.raises(TransitionRefused):
            getattr(made, verb)()
        assert made.inspection.status is status
        assert len(history(made.inspection.reference)) == before


CALLS = {
    "notify": lambda i, actor: inspecting.notify(i, visit_on=day_of(JUNE), actor=actor, at=JUNE),
    "record": lambda i, actor: inspecting.record_visit(
        i, found={"I01": Found("Y"), "I07": Found("Y")}, facts="x", actor=actor, at=JUNE),
    "conclude": lambda i, actor: inspecting.conclude(
        i, result=InspectionResult.NO_ISSUE, conclusion="x", actor=actor, at=JUNE),
    "tell": lambda i, actor: inspecting.tell(i, calendar=SHIPPED, actor=actor, at=JUNE),
    "publish": lambda i, actor: inspecting.publish(i, actor=actor, at=JUNE),
}


@pytest.mark.parametrize("verb", VERBS)
def test_nobody_but_the_pair_takes_a_step(verb):
    made = make_inspection(VERBS[verb])
    third = next(o for o in made.officers if o.id not in made.inspection.officer_ids)
    for actor in (third, made.planner, made.holder, make_user(*Role), SYSTEM):
        with pytest.raises(TransitionRefused):
            CALLS[verb](made.inspection, actor)
    assert made.inspection.status is VERBS[verb]


@pytest.mark.parametrize("verb", sorted(set(VERBS) - {"conclude"}))
def test_either_of_the_pair_takes_a_step(verb):
    made = make_inspection(VERBS[verb])
    CALLS[verb](made.inspection, made.inspection.second_officer)
    assert made.inspection.status is not VERBS[verb]


def test_an_officer_who_joined_the_holder_is_out():
    made = make_inspection()
    officer = made.inspection.first_officer
    made.license.organization.memberships.append(Membership(
        user=officer, status=MembershipStatus.APPROVED, asked_at=JUNE, decided_at=JUNE))
    db.session.flush()
    with pytest.raises(TransitionRefused):
        CALLS["notify"](made.inspection, officer)
    assert made.inspection.notice_number is None


def test_an_officer_without_the_role_is_out():
    made = make_inspection()
    made.inspection.first_officer.grants.clear()
    db.session.flush()
    with pytest.raises(TransitionRefused):
        CALLS["notify"](made.inspection, made.inspection.first_officer)


def test_the_notice_has_a_number_of_its_own():
    made = make_inspection(J.NOTIFIED)
    assert "2026" in made.inspection.notice_number
    assert made.inspection.visit_on == day_of(JUNE)


@pytest.mark.parametrize(("finding", "complete"), [
    (Found("Y"), True), (Found("NA"), True), (Found("N", "Seen."), True), (Found("N"), False),
    (Found("N", " "), False), (Found(""), False), (Found("y"), False), (Found("X", "Seen."), False)])
def test_a_finding_is_complete_or_not(finding, complete):
    assert finding.is_complete is complete


def test_the_record_keeps_answers_and_evidence():
    made = make_inspection(J.NOTIFIED)
    made.record("N")
    assert made.inspection.items == [{"code": code, "answer": "N", "evidence": "Seen."}
                                     for code in ("I01", "I07")]
    assert made.inspection.recorded_by_id == made.inspection.first_officer_id


@pytest.mark.parametrize("result", sorted(set(InspectionResult) - {InspectionResult.NO_ISSUE}))
def test_a_breach_allows_every_other_result(result):
    made = make_inspection(J.NOTIFIED)
    made.record("N")
    made.conclude(result, ("C01",) if result is InspectionResult.CASE else ())
    assert made.inspection.status is J.CONCLUDED


@pytest.mark.parametrize("status", list(J))
def test_the_page_offers_what_the_verbs_allow(status):
    made = make_inspection(status)
    second = inspecting.open_to(made.inspection.second_officer, made.inspection)
    assert second == [verb for verb, before in VERBS.items() if before is status]
    assert inspecting.open_to(made.planner, made.inspection) == []


def test_who_wrote_the_record_is_not_offered_the_end():
    made = make_inspection(J.RECORDED)
    assert inspecting.open_to(made.inspection.first_officer, made.inspection) == []
