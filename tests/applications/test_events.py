from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from broker_admin.accounts.models import Membership
from broker_admin.accounts.workflow import MembershipStatus
from broker_admin.applications import events
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.db import db
from broker_admin.events import Event
from broker_admin.ledger import AuditEntry, Job, Message
from tests.applications.factories import REFUSAL, make_application
from tests.factories import make_user

pytestmark = pytest.mark.usefixtures("in_request")
NOON = datetime(2026, 9, 18, 4, 0, tzinfo=UTC)

# What happens from which state, the title of its mail, and what its text must not leave out.
TOLD = [
    ("withdraw", S.SUBMITTED, "the application is withdrawn", "申请已撤回", []),
    ("require_correction", S.SUBMITTED, "please correct the application", "请补正申请材料",
     ["2026-10-09", "粤数经补〔2026〕00001号"]),
    ("accept", S.SUBMITTED, "the application is accepted", "申请已受理",
     ["2026-09-18", "2026-10-22", "粤数经受〔2026〕00001号"]),
    ("decline", S.SUBMITTED, "the application is not accepted", "申请不予受理",
     ["粤数经不受〔2026〕00001号"]),
    ("begin_expert_review", S.UNDER_REVIEW, "experts review the application", "申请进入专家评审",
     ["粤数经告〔2026〕00001号"]),
    ("end_expert_review", S.EXPERT_REVIEW, "the expert review has ended", "专家评审结束", ["2026-10-22"]),
    ("extend", S.UNDER_REVIEW, "the period for the decision is extended", "办理期限延长",
     ["2026-11-05", "粤数经延〔2026〕00001号"]),
    ("decide", S.DECISION_PENDING, "the license is granted", "准予认定", ["粤数经许〔2026〕00001号"]),
]


def told_after(step, status, language="en", **more):
    """The people, and the last message that this step sent."""
    made = make_application(status, at=NOON, **more)
    made.applicant.language = made.reviewer.language = language
    before = db.session.scalar(sa.select(sa.func.max(Message.id))) or 0
    getattr(made, step)()
    sent = db.session.scalars(sa.select(Message).where(
        Message.id > before, Message.name.startswith("application.")).order_by(Message.id)).all()
    return made, sent


@pytest.mark.parametrize(("step", "status", "english", "chinese", "facts"), TOLD)
def test_the_applicant_is_told_in_english(step, status, english, chinese, facts):
    made, [message] = told_after(step, status)
    assert message.title == f"{made.application.reference}: {english}"
    assert (message.recipient_id, message.address) == (made.applicant.id, made.applicant.email)
    assert [fact for fact in facts if fact not in message.body] == []


@pytest.mark.parametrize(("step", "status", "english", "chinese", "facts"), TOLD)
def test_the_applicant_is_told_in_chinese(step, status, english, chinese, facts):
    made, [message] = told_after(step, status, "zh")
    assert message.title == f"{made.application.reference}：{chinese}"
    assert f"/zh/applications/{made.application.reference}" in message.body
    assert [fact for fact in facts if fact not in message.body] == []


@pytest.mark.parametrize(("language", "title"), [
    ("en", ": sent back for further review"), ("zh", "：退回继续审查")])
def test_only_the_reviewer_hears_of_a_return(language, title):
    made, [message] = told_after("send_back", S.DECISION_PENDING, language)
    assert message.recipient_id == made.reviewer.id
    assert message.title == made.application.reference + title
    assert f"/{language}/applications/{made.application.reference}/case" in message.body


@pytest.mark.parametrize(("language", "words"), [("en", "the application is refused"), ("zh", "不予认定")])
def test_a_refused_applicant_is_told_of_remedies(language, words):
    made = make_application(S.DECISION_PENDING, at=NOON, outcome=REFUSAL)
    made.applicant.language = language
    made.decide(REFUSAL)
    message = db.session.scalars(sa.select(Message).where(Message.name == "application.refused")).one()
    assert words in message.title
    assert {"en": "remedies", "zh": "救济途径"}[language] in message.body


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_receipt_number_is_told_at_once(language):
    made = make_application(S.DRAFT, at=NOON)
    made.applicant.language = language
    made.fill_in()
    made.submit()
    message = db.session.scalars(sa.select(Message).where(Message.name == "application.submitted")).one()
    assert made.application.receipt_number in message.body
    assert made.organization.name in message.body


def test_every_member_of_the_organisation_is_told():
    made = make_application(S.SUBMITTED)
    colleague = make_user()
    made.organization.memberships.append(Membership(
        user=colleague, status=MembershipStatus.APPROVED, asked_at=made.at, decided_at=made.at,
        administers=False))
    db.session.flush()
    db.session.expire(made.organization)
    made.accept()
    told = set(db.session.scalars(sa.select(Message.recipient_id).where(
        Message.name == "application.accepted")))
    assert told == {made.applicant.id, colleague.id}


@pytest.mark.parametrize("step", ["check_all", "propose"])
def test_the_applicant_does_not_hear_of_the_review(step):
    _, sent = told_after(step, S.UNDER_REVIEW)
    assert sent == []


def test_each_message_waits_to_be_delivered():
    _, [message] = told_after("accept", S.SUBMITTED)
    job = db.session.scalars(sa.select(Job).where(Job.dedupe_key == f"deliver:{message.id}")).one()
    assert job.payload == {"message_id": message.id}


def test_no_record_or_mail_carries_a_persons_numbers():
    make_application(S.APPROVED)
    db.session.commit()
    written = [str(facts) for facts in db.session.scalars(sa.select(AuditEntry.facts))]
    written += db.session.scalars(sa.select(Message.body)).all()
    assert not [text for text in written if "440106199901010019" in text or "13800138000" in text]


def test_the_life_of_an_application_is_on_record():
    made = make_application(S.APPROVED)
    db.session.commit()
    names = db.session.scalars(sa.select(AuditEntry.name).where(
        AuditEntry.subject == made.application.reference,
        AuditEntry.name.startswith("application.")).order_by(AuditEntry.number)).all()
    assert names == [
        "application.started", *["application.answered"] * 6, "application.submitted",
        "application.accepted", *["application.criterion_checked"] * 9,
        "application.decision_proposed", "application.granted"]


def test_the_record_says_who_granted_what():
    made = make_application(S.APPROVED)
    db.session.commit()
    entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.name == "application.granted")).one()
    assert (entry.actor_id, entry.status, entry.facts) == (made.decider.id, "approved", {
        "document_number": made.application.decision.document_number,
        "license_number": made.application.decision.license_number, "grade": 2})


def test_no_two_events_share_a_name():
    declared = [kind for kind in vars(events).values()
                if isinstance(kind, type) and issubclass(kind, Event) and hasattr(kind, "name")]
    assert len({kind.name for kind in declared}) == len(declared) == 18
