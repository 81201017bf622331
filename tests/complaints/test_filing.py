import pytest

from broker_admin.clock import now
from broker_admin.complaints import filing, queries, receipts, reports, service
from broker_admin.complaints.models import Informant
from broker_admin.complaints.workflow import ComplaintStatus as S
from broker_admin.complaints.workflow import ReportStatus as R
from broker_admin.db import db
from broker_admin.ledger import AuditEntry, Message
from broker_admin.permissions import CodeHolder
from broker_admin.refusals import Refused
from broker_admin.workflow import TransitionRefused
from tests.complaints.factories import (
    CANARY,
    CANARY_MAIL,
    SECRETS,
    account,
    file_complaint,
    holder_of,
    identity,
    make_accepted,
    make_complaint,
    make_not_filed,
    make_report,
)


def test_a_complaint_is_received_under_its_numbers(scene):
    complaint = make_complaint(scene)
    assert (complaint.status, complaint.reference[:8]) == (S.RECEIVED, f"TS-{complaint.received_on.year}-")
    assert (complaint.receipt_number[0], len(complaint.receipt_number)) == ("1", 13)


def test_a_report_has_numbers_of_its_own(scene):
    report = make_report(scene)
    assert (report.status, report.reference[:3], report.receipt_number[0]) == (R.RECEIVED, "JB-", "2")


@pytest.mark.parametrize("missing", ["name", "phone"])
def test_a_complaint_needs_a_real_person(scene, missing):
    with pytest.raises(Refused, match="name and the telephone number"):
        file_complaint(scene, who=identity(**{missing: None}))


def test_a_report_may_be_anonymous(scene):
    assert make_report(scene, named=False).anonymous is True
    assert make_report(scene).anonymous is False


def test_identities_are_sealed_at_rest(scene):
    make_complaint(scene)
    db.session.flush()
    rows = db.session.execute(db.text("SELECT name, phone, email, address FROM informant")).all()
    assert all(value.startswith("v1:") for value in rows[0])
    assert not any(secret in str(rows) for secret in SECRETS)
    assert db.session.scalars(db.select(Informant)).one().name == CANARY


def test_the_code_is_stored_nowhere(scene):
    complaint, code = file_complaint(scene)
    db.session.commit()
    for table in ("complaint", "informant", "audit_entry", "message", "job"):
        rows = str(db.session.execute(db.text(f"SELECT * FROM {table}")).all())  # noqa: S608
        assert code not in rows
        assert code.replace("-", "") not in rows
    assert len(complaint.code_hash) == 64


def test_the_right_code_finds_the_filing(scene):
    complaint, code = file_complaint(scene)
    assert receipts.by_code(complaint.receipt_number, code.lower()) is complaint


@pytest.mark.parametrize("typed", ["", "x", "0000-0000-0000-0000-0000-0000", "\0", "no filing"])
def test_a_wrong_code_finds_nothing(scene, typed):
    complaint, _ = file_complaint(scene)
    assert receipts.by_code(complaint.receipt_number, typed) is None


def test_a_code_opens_no_other_filing(scene):
    complaint, _ = file_complaint(scene)
    _, other_code = file_complaint(scene)
    assert receipts.by_code(complaint.receipt_number, other_code) is None
    assert receipts.by_code("1000000000009", other_code) is None


@pytest.mark.parametrize(("number", "found"), [
    ("license", True), ("display", True), ("uscc", True), ("", True), ("SJ440000D202600001X", True)])
def test_the_respondent_is_found_as_typed(scene, number, found):
    typed = {"license": scene.license.number.lower(), "display": scene.license.display_number,
             "uscc": scene.organization.uscc.lower()}.get(number, number)
    complaint = make_complaint(scene, about=account(scene, respondent_number=typed or None))
    assert (complaint.organization is scene.organization) is found
    assert complaint.license is scene.license


def test_somebody_unlicensed_may_be_meant(scene):
    about = account(scene, respondent_name="某某数据工作室", respondent_number="粤数经〔2026〕假")
    complaint = make_complaint(scene, about=about)
    assert complaint.organization is complaint.license is None
    assert complaint.party_organization_ids == frozenset()


def test_who_left_an_address_gets_a_receipt(scene):
    complaint = make_complaint(scene)
    message = db.session.scalars(db.select(Message).where(
        Message.subject == complaint.reference)).one()
    assert (message.address, message.recipient_id) == (CANARY_MAIL, None)
    assert complaint.receipt_number in message.body


def test_without_an_address_nothing_is_sent(scene):
    complaint = make_complaint(scene, who=identity(email=None))
    assert db.session.scalars(db.select(Message).where(
        Message.subject == complaint.reference)).all() == []


def test_filing_is_recorded_without_the_filer(scene):
    make_complaint(scene)
    make_report(scene)
    db.session.commit()
    entries = db.session.scalars(db.select(AuditEntry)).all()
    assert {"complaint.filed", "report.filed"} <= {entry.name for entry in entries}
    assert not any(secret in str([e.content() for e in entries]) for secret in SECRETS)


def test_a_question_is_answered_once(scene):
    complaint = make_accepted(scene)
    service.ask(complaint, text="When?", actor=scene.officer, at=now())
    filing.reply(complaint, text="In May.", actor=holder_of(complaint), at=now())
    assert queries.questions_of(complaint.reference)[0].reply == "In May."
    with pytest.raises(TransitionRefused, match="no question"):
        filing.reply(complaint, text="In June.", actor=holder_of(complaint), at=now())


def test_only_the_code_of_the_filing_answers(scene):
    complaint = make_accepted(scene)
    service.ask(complaint, text="When?", actor=scene.officer, at=now())
    with pytest.raises(TransitionRefused):
        filing.reply(complaint, text="Never.", actor=CodeHolder("TS-2000-000001"), at=now())


def test_the_officer_hears_of_the_answer(scene):
    report = make_report(scene)
    reports.verify(report, actor=scene.officer, at=now())
    service.ask(report, text="Where?", actor=scene.officer, at=now())
    filing.reply(report, text="There.", actor=holder_of(report), at=now())
    bodies = db.session.scalars(db.select(Message.body).where(
        Message.recipient_id == scene.officer.id)).all()
    assert any(f"/complaints/reports/{report.reference}/case" in body for body in bodies)


def test_a_complaint_is_withdrawn_by_its_code(scene):
    complaint = make_accepted(scene)
    filing.withdraw(complaint, actor=holder_of(complaint), at=now())
    assert complaint.status is S.WITHDRAWN


def test_another_code_withdraws_nothing(scene):
    complaint = make_accepted(scene)
    with pytest.raises(TransitionRefused):
        filing.withdraw(complaint, actor=CodeHolder("TS-2000-000001"), at=now())
    assert complaint.status is S.ACCEPTED


def test_an_outcome_is_told_to_who_left_an_address(scene):
    report = make_not_filed(scene)
    reports.tell(report, reply="No case was filed.", actor=scene.officer, at=now())
    names = db.session.scalars(db.select(Message.name).where(
        Message.subject == report.reference)).all()
    assert names == ["report.filed", "report.reporter_told"]
