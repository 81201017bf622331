"""Who hears of what: each verb, its recipients, and the mail in both languages."""

import pytest

from broker_admin.clock import now
from broker_admin.complaints import filing, reports, service
from broker_admin.db import db
from broker_admin.ledger import Message
from broker_admin.permissions import Role
from broker_admin.rules.calendar import SHIPPED
from tests.complaints.factories import (
    CANARY_MAIL,
    SECRETS,
    account,
    file_complaint,
    holder_of,
    identity,
    make_accepted,
    make_answered,
    make_case_filed,
    make_complaint,
    make_mediating,
    make_not_filed,
    make_report,
    make_settled,
    make_told,
    make_verified,
    recorded,
)
from tests.factories import make_user


def accept(complaint, scene):
    service.accept(complaint, told="It.", answer_by=None, actor=scene.officer, at=now())


def decline(complaint, scene):
    service.decline(complaint, grounds=["OTHER"], reasons="No.", actor=scene.officer, at=now())


def answer(complaint, scene):
    service.answer(complaint, text="No.", actor=scene.member, at=now())


def mediate(complaint, scene):
    service.mediate(complaint, actor=scene.officer, at=now())


def settle(complaint, scene):
    service.settle(complaint, outcome="Yes.", actor=scene.officer, at=now())


def terminate(complaint, scene):
    service.terminate(complaint, outcome="No.", actor=scene.officer, at=now())


def withdraw(complaint, scene):
    filing.withdraw(complaint, actor=holder_of(complaint), at=now())


def close(complaint, scene):
    service.close(complaint, actor=scene.officer, at=now())


def ask(found, scene):
    service.ask(found, text="When?", actor=scene.officer, at=now())


def ask_and_reply(found, scene):
    ask(found, scene)
    filing.reply(found, text="In May.", actor=holder_of(found), at=now())


def identify(found, scene):
    service.identify(found, scene.organization, actor=scene.officer, at=now())


def open_case(complaint, scene):
    service.open_case(complaint, conduct_codes=["C06"], facts="It.", actor=scene.officer, at=now())


def verify(report, scene):
    reports.verify(report, actor=scene.officer, at=now())


def extend(report, scene):
    reports.extend(report, reason="Far.", calendar=SHIPPED, actor=scene.officer, at=now())


def file_case(report, scene):
    reports.file_case(report, conduct_codes=["C06"], facts="It.", actor=scene.officer, at=now())


def not_file(report, scene):
    reports.not_file(report, reasons="No.", actor=scene.officer, at=now())


def tell(report, scene):
    reports.tell(report, reply="No.", actor=scene.officer, at=now())


def close_report(report, scene):
    reports.close(report, actor=scene.officer, at=now())


# From where, the verb, what is recorded, and who is told, beside nobody.
TOLD = [
    (make_complaint, accept, ["complaint.accepted", "complaint.answer_asked"], ["filer", "member"]),
    (make_complaint, decline, ["complaint.declined"], ["filer"]),
    (make_accepted, answer, ["complaint.answered"], ["officer"]),
    (make_answered, mediate, ["complaint.mediation_begun"], ["filer"]),
    (make_mediating, settle, ["complaint.settled"], ["filer"]),
    (make_mediating, terminate, ["complaint.mediation_ended"], ["filer"]),
    (make_complaint, withdraw, ["complaint.withdrawn"], []),
    (make_accepted, withdraw, ["complaint.withdrawn"], ["officer"]),
    (make_settled, close, ["complaint.closed"], []),
    (make_accepted, ask, ["filing.question_asked"], ["filer"]),
    (make_verified, ask, ["filing.question_asked"], ["filer"]),
    (make_accepted, ask_and_reply, ["filing.question_asked", "filing.question_replied"],
     ["filer", "officer"]),
    (make_verified, ask_and_reply, ["filing.question_asked", "filing.question_replied"],
     ["filer", "officer"]),
    (make_complaint, identify, ["filing.respondent_identified"], []),
    (make_report, identify, ["filing.respondent_identified"], []),
    (make_accepted, open_case, ["complaint.case_opened"], []),
    (make_report, verify, ["report.taken_up"], []),
    (make_verified, extend, ["report.verification_extended"], []),
    (make_verified, file_case, ["report.case_filed"], []),
    (make_verified, not_file, ["report.not_filed"], []),
    (make_not_filed, tell, ["report.reporter_told"], ["filer"]),
    (make_case_filed, tell, ["report.reporter_told"], ["filer"]),
    (make_told, close_report, ["report.closed"], []),
]


def messages():
    """Those of this room; that a license was issued is told too."""
    return db.session.scalars(db.select(Message).where(
        Message.name.not_like("license.%")).order_by(Message.id)).all()


def addressees(scene, found):
    known = {CANARY_MAIL: "filer", scene.member.email: "member", scene.officer.email: "officer"}
    return [known.get(message.address, message.address) for message in found]


@pytest.mark.parametrize(("make", "verb", "names", "people"), TOLD)
def test_each_verb_is_recorded_and_told(scene, make, verb, names, people):
    found = make(scene)
    before, told = recorded(found), len(messages())
    verb(found, scene)
    assert recorded(found)[len(before):] == names
    assert sorted(addressees(scene, messages()[told:])) == sorted(people)


@pytest.mark.parametrize(("make", "verb"), [row[:2] for row in TOLD])
def test_no_mail_carries_who_filed_or_what(scene, make, verb):
    found = make(scene)
    verb(found, scene)
    text = str([(m.title, m.body) for m in messages()])
    assert not any(secret in text for secret in SECRETS)
    assert found.narrative not in text


MAILS = [
    (make_complaint, "en", "Received: receipt number", "With this number and the query code"),
    (make_complaint, "zh", "已收到：回执编号", "凭该编号和提交时显示的查询码可以查询办理进度。"),
    (make_answered, "en", "News under the receipt number", "There is news about what you filed"),
    (make_answered, "zh", "有新进展", "请凭回执编号和查询码查看。"),
]


@pytest.mark.parametrize(("make", "language", "title", "words"), MAILS)
def test_the_filer_is_written_to_in_their_language(scene, make, language, title, words):
    found = make(scene, who=identity(language=language))
    message = [m for m in messages() if m.address == CANARY_MAIL][-1]
    assert (message.language, message.recipient_id) == (language, None)
    assert title in message.title
    assert words in message.body
    assert found.receipt_number in message.title + message.body
    assert f"/{language}/complaints/follow" in message.body


@pytest.mark.parametrize(("language", "title", "words"), [
    ("en", "a complaint about your organisation", "asks for your answer"),
    ("zh", "收到对贵机构的投诉", "请予答复")])
def test_the_respondent_is_written_to_in_its_language(scene, language, title, words):
    scene.member.language = language
    complaint = make_accepted(scene)
    message = next(m for m in messages() if m.recipient_id == scene.member.id)
    assert (title in message.title, words in message.body) == (True, True)
    assert f"/{language}/complaints/{complaint.reference}" in message.body


@pytest.mark.parametrize(("language", "title", "words"), [
    ("en", "there is an answer", "Somebody has answered or withdrawn."),
    ("zh", "有新的答复", "有人作出答复或者撤回，详见页面。")])
def test_the_officer_is_written_to_in_theirs(scene, language, title, words):
    scene.officer.language = language
    complaint = make_answered(scene)
    message = next(m for m in messages() if m.recipient_id == scene.officer.id)
    assert (title in message.title, words in message.body) == (True, True)
    assert f"/{language}/complaints/{complaint.reference}/case" in message.body


def test_every_member_of_the_respondent_is_told(scene):
    colleague = make_user(password_hash="-")
    membership = type(scene.organization.memberships[0])
    first = scene.organization.memberships[0]
    scene.organization.memberships.append(membership(
        user=colleague, status=first.status, asked_at=now(), decided_at=now(), administers=False))
    db.session.flush()
    make_accepted(scene)
    assert {m.recipient_id for m in messages() if m.name == "complaint.answer_asked"} == {
        scene.member.id, colleague.id}


def test_without_an_address_the_page_alone_tells(scene):
    complaint = make_accepted(scene, who=identity(email=None))
    mediate(complaint, scene)
    assert "filer" not in addressees(scene, messages())


def test_an_unknown_respondent_is_written_to_by_nobody(scene):
    about = account(scene, respondent_name="某社", respondent_number=None)
    make_accepted(scene, about=about)
    assert addressees(scene, messages()) == ["filer", "filer"]


@pytest.mark.parametrize("make", [make_report, make_verified, make_case_filed, make_told])
def test_the_reported_party_hears_of_no_report(scene, make):
    make(scene)
    assert [m for m in messages() if m.recipient_id == scene.member.id] == []


def test_other_officers_are_not_disturbed(scene):
    colleague = make_user(Role.ENFORCEMENT_OFFICER, password_hash="-")
    make_answered(scene)
    assert [m for m in messages() if m.recipient_id == colleague.id] == []


def test_the_code_is_in_no_message(scene):
    _, code = file_complaint(scene)
    assert not any(code in m.body or code.replace("-", "") in m.body for m in messages())
