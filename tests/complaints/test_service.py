from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from broker_admin.clock import day_of, now
from broker_admin.complaints import reports, service
from broker_admin.complaints.workflow import ComplaintStatus as S
from broker_admin.complaints.workflow import ReportStatus as R
from broker_admin.db import db
from broker_admin.enforcement.models import Case
from broker_admin.ledger import Message
from broker_admin.permissions import Role
from broker_admin.refusals import Refused
from broker_admin.rules.calendar import SHIPPED
from broker_admin.workflow import TransitionRefused
from tests.complaints.factories import (
    account,
    make_accepted,
    make_answered,
    make_complaint,
    make_not_filed,
    make_report,
    make_verified,
)
from tests.factories import make_organization, make_user

UNKNOWN = {"respondent_name": "某某数据工作室", "respondent_number": None}


def told(user):
    return db.session.scalars(db.select(Message.name).where(
        Message.recipient_id == user.id, Message.name.startswith("complaint."))).all()


def open_case(filing, scene, **changes):
    verb = service.open_case if filing.reference.startswith("TS") else reports.file_case
    return verb(filing, **{"conduct_codes": ["C06"], "facts": "A lead.", "actor": scene.officer,
                           "at": now(), **changes})


def test_accepting_tells_the_respondent(scene):
    complaint = make_accepted(scene)
    assert (complaint.status, complaint.officer_id) == (S.ACCEPTED, scene.officer.id)
    assert told(scene.member) == ["complaint.answer_asked"]


def test_the_answer_is_asked_for_a_later_day(scene):
    complaint = make_complaint(scene)
    with pytest.raises(Refused, match="later day"):
        service.accept(complaint, told="It.", answer_by=day_of(now()), actor=scene.officer, at=now())
    assert complaint.status is S.RECEIVED


def test_an_unknown_respondent_is_told_nothing(scene):
    complaint = make_accepted(scene, about=account(scene, **UNKNOWN))
    assert complaint.status is S.ACCEPTED
    assert told(scene.member) == []


def test_declining_keeps_grounds_and_reasons(scene):
    complaint = make_complaint(scene)
    service.decline(complaint, grounds=["TOO_OLD", "TOO_OLD"], reasons="Of 2019.",
                    actor=scene.officer, at=now())
    assert (complaint.status, complaint.grounds, complaint.outcome) == (
        S.NOT_ACCEPTED, ["TOO_OLD"], "Of 2019.")
    assert told(scene.member) == []


@pytest.mark.parametrize("grounds", [[], ["NOT_LISTED"], ["TOO_OLD", "x"]])
def test_only_listed_grounds_decline(scene, grounds):
    complaint = make_complaint(scene)
    with pytest.raises(Refused, match="ground"):
        service.decline(complaint, grounds=grounds, reasons="No.", actor=scene.officer, at=now())
    assert complaint.status is S.RECEIVED


def test_the_answer_reaches_the_officer(scene):
    complaint = make_answered(scene)
    assert (complaint.answer, complaint.answered_by_id) == ("We had consent.", scene.member.id)
    assert told(scene.officer) == ["complaint.answered"]


def test_nobody_else_answers(scene):
    complaint = make_accepted(scene)
    for actor in (scene.officer, make_user()):
        with pytest.raises(TransitionRefused):
            service.answer(complaint, text="As if.", actor=actor, at=now())


def test_mediation_ends_in_a_settlement(scene):
    complaint = make_answered(scene)
    service.mediate(complaint, actor=scene.officer, at=now())
    service.settle(complaint, outcome="Data deleted.", actor=scene.officer, at=now())
    service.close(complaint, actor=scene.officer, at=now())
    assert (complaint.status, complaint.outcome) == (S.CLOSED, "Data deleted.")


def test_mediation_may_end_without_agreement(scene):
    complaint = make_answered(scene)
    service.terminate(complaint, outcome="No agreement.", actor=scene.officer, at=now())
    assert complaint.status is S.TERMINATED


def test_no_officer_handles_their_own_house(scene):
    complaint, report = make_complaint(scene), make_report(scene)
    scene.organization.memberships[0].user = scene.officer
    db.session.flush()
    db.session.refresh(scene.officer)
    with pytest.raises(TransitionRefused):
        service.accept(complaint, told="It.", answer_by=None, actor=scene.officer, at=now())
    with pytest.raises(TransitionRefused):
        reports.verify(report, actor=scene.officer, at=now())


@pytest.mark.parametrize("make", [make_complaint, make_accepted, make_report, make_verified])
def test_a_question_is_asked_one_at_a_time(scene, make):
    filing = make(scene)
    service.ask(filing, text="When?", actor=scene.officer, at=now())
    with pytest.raises(Refused, match="last question"):
        service.ask(filing, text="Where?", actor=scene.officer, at=now())


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ENFORCEMENT_OFFICER}))
def test_other_roles_ask_nothing(scene, role):
    with pytest.raises(TransitionRefused):
        service.ask(make_complaint(scene), text="Who?", actor=make_user(role), at=now())


def test_a_respondent_is_identified_later(scene):
    complaint = make_complaint(scene, about=account(scene, **UNKNOWN))
    service.identify(complaint, scene.organization, actor=scene.officer, at=now())
    assert (complaint.organization, complaint.license) == (scene.organization, scene.license)


def test_nobody_identifies_their_own_house(scene):
    complaint = make_complaint(scene, about=account(scene, **UNKNOWN))
    own = make_organization(scene.officer)
    with pytest.raises(TransitionRefused, match="own organisation"):
        service.identify(complaint, own, actor=scene.officer, at=now())


def test_a_lead_becomes_a_case_beside_the_dispute(scene):
    complaint = make_accepted(scene)
    case = open_case(complaint, scene)
    assert (complaint.status, complaint.case_reference) == (S.ACCEPTED, case.reference)
    assert (case.source, case.license) == (complaint.reference, scene.license)


def test_a_complaint_opens_one_case(scene):
    complaint = make_accepted(scene)
    open_case(complaint, scene)
    with pytest.raises(Refused, match="already been opened"):
        open_case(complaint, scene)


@pytest.mark.parametrize("make", [make_accepted, make_verified])
def test_a_case_needs_a_known_respondent(scene, make):
    filing = make(scene, about=account(scene, **UNKNOWN))
    with pytest.raises(Refused, match="Identify the respondent"):
        open_case(filing, scene)
    assert db.session.scalar(db.select(db.func.count(Case.id))) == 0


def test_a_report_files_a_case(scene):
    report = make_verified(scene)
    case = open_case(report, scene)
    assert (report.status, report.case_reference, case.source) == (
        R.CASE_FILED, case.reference, report.reference)
    assert told(scene.member) == []


def test_not_filing_needs_reasons_in_the_database(scene):
    report = make_verified(scene)
    report.status, report.decided_on = R.NOT_FILED, day_of(now())
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_verification_is_extended_once(scene):
    report = make_verified(scene)
    reports.extend(report, reason="Two cities.", calendar=SHIPPED, actor=scene.officer, at=now())
    with pytest.raises(Refused, match="once"):
        reports.extend(report, reason="More.", calendar=SHIPPED, actor=scene.officer, at=now())


def test_what_ran_out_is_not_extended(scene):
    report = make_verified(scene)
    with pytest.raises(Refused, match="before it ends"):
        reports.extend(report, reason="Late.", calendar=SHIPPED, actor=scene.officer,
                       at=now() + timedelta(days=90))


def test_a_named_reporter_is_told_before_closing(scene):
    report = make_not_filed(scene)
    with pytest.raises(Refused, match="Tell the reporter first"):
        reports.close(report, actor=scene.officer, at=now())
    reports.tell(report, reply="No case.", actor=scene.officer, at=now())
    reports.close(report, actor=scene.officer, at=now())
    assert report.status is R.CLOSED


def test_an_anonymous_report_closes_by_itself(scene):
    report = make_not_filed(scene, named=False)
    with pytest.raises(Refused, match="nobody to tell"):
        reports.tell(report, reply="No case.", actor=scene.officer, at=now())
    reports.close(report, actor=scene.officer, at=now())
    assert report.status is R.CLOSED
