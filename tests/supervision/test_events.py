import pytest
from sqlalchemy import select

from broker_admin.db import db
from broker_admin.ledger import AuditEntry, Job, Message
from broker_admin.supervision.workflow import ReviewStatus as V
from broker_admin.supervision.workflow import Veto
from tests.factories import make_user
from tests.supervision.factories import ANSWERS, APRIL, GOOD, MadeReport, assess, make_review

AMENDED = assess({**GOOD, "compliance": 20})


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


def corrected(made):
    made.answer("business", **{**ANSWERS["business"], "amount": 5, "buyers": 3})
    return made.file()


def speak(language, *people):
    for person in people:
        person.language = language


def mail(name):
    return db.session.scalars(select(Message).where(Message.name == name)).one()


def facts(name):
    db.session.commit()
    return db.session.scalars(select(AuditEntry).where(AuditEntry.name == name)).one().facts


# (event, language, subject, what the mail says)
REPORT_MAILS = [
    ("report.submitted", "en", "the annual report is filed", "The report about 2025 is filed."),
    ("report.submitted", "zh", "年度报告已报送", "2025 年度报告已报送"),
    ("report.corrected", "en", "the annual report is corrected", "filed as version 2"),
    ("report.corrected", "zh", "年度报告已更正", "为第 2 版"),
]


@pytest.mark.parametrize(("name", "language", "subject", "words"), REPORT_MAILS)
def test_the_holder_reads_mails_about_its_report(name, language, subject, words):
    made = MadeReport()
    speak(language, made.holder)
    corrected(made.fill_in().file())
    found = mail(name)
    assert (found.recipient_id, found.address) == (made.holder.id, made.holder.email)
    assert (subject in found.title, words in found.body) == (True, True)
    assert f"/{language}/supervision/reports/{made.report.reference}" in found.body


@pytest.mark.parametrize(("language", "words"), [
    ("en", "after the window had closed"), ("zh", "系逾期报送"),
])
def test_a_late_report_is_told_to_be_late(language, words):
    made = MadeReport(at=APRIL)
    speak(language, made.holder)
    made.fill_in().file()
    assert words in mail("report.submitted").body


REVIEW_MAILS = [
    ("review.announced", "en", "preliminary result of the annual review", "grade for 2025 is A"),
    ("review.announced", "zh", "年度评估初步结果", "最迟于 2026-02-24（含当日）提出异议"),
    ("review.answered", "en", "your objection is answered", "The grade stays A"),
    ("review.answered", "zh", "异议已答复", "A"),
    ("review.finalised", "en", "the grade is final", "The credit grade for 2025 is A."),
    ("review.finalised", "zh", "等级已确定", "A"),
]


@pytest.fixture
def reviewed(request):
    """A review to its end, everybody in it reading this language."""

    def made(language):
        people = make_review(V.OPEN)
        speak(language, people.holder, people.officer, people.decider)
        for step in ("score", "announce", "object", "answer", "finalise", "publish"):
            getattr(people, step)()
        db.session.flush()
        return people
    return made


@pytest.mark.parametrize(("name", "language", "subject", "words"), REVIEW_MAILS)
def test_the_holder_reads_mails_about_its_review(reviewed, name, language, subject, words):
    made = reviewed(language)
    found = mail(name)
    assert (found.recipient_id, found.language) == (made.holder.id, language)
    assert (subject in found.title, words in found.body) == (True, True)
    assert f"/{language}/supervision/reviews/{made.review.reference}" in found.body


@pytest.mark.parametrize(("language", "subject", "words"), [
    ("en", "objection to the annual review", "The holder objects to the preliminary result."),
    ("zh", "对年度评估结果的异议", "异议"),
])
def test_the_scorer_reads_of_the_objection(reviewed, language, subject, words):
    made = reviewed(language)
    found = mail("review.objected")
    assert found.recipient_id == made.officer.id
    assert (subject in found.title, words in found.body) == (True, True)
    assert f"/{language}/supervision/reviews/{made.review.reference}/case" in found.body


@pytest.mark.parametrize(("language", "words"), [("en", "now C"), ("zh", "C")])
def test_new_marks_are_told_with_the_new_grade(language, words):
    made = make_review(V.OBJECTED)
    speak(language, made.holder)
    made.answer(amended=AMENDED)
    assert words in mail("review.answered").body


def test_every_member_of_the_holder_is_told():
    made = make_review(V.SCORED)
    colleague = make_user()
    membership = made.review.organization.memberships[0]
    made.review.organization.memberships.append(type(membership)(
        user=colleague, status=membership.status, asked_at=made.at, decided_at=made.at))
    made.announce()
    told = db.session.scalars(select(Message.recipient_id).where(Message.name == "review.announced"))
    assert set(told) == {made.holder.id, colleague.id}


@pytest.mark.parametrize("step", ["opened", "scored", "published"])
def test_what_concerns_nobody_outside_is_not_mailed(reviewed, step):
    reviewed("en")
    names = set(db.session.scalars(select(Message.name)))
    assert f"review.{step}" not in names


def test_saving_a_section_mails_nobody():
    MadeReport().fill_in()
    assert db.session.scalars(select(Message).where(Message.name.startswith("report."))).all() == []


def test_every_mail_is_queued_once(reviewed):
    reviewed("en")
    keys = db.session.scalars(select(Job.dedupe_key).where(Job.kind == "deliver")).all()
    sent = db.session.scalars(select(Message.id).where(Message.name.startswith("review."))).all()
    assert len(sent) == 4
    assert [keys.count(f"deliver:{number}") for number in sent] == [1] * 4


def test_no_mail_carries_marks_reasons_or_texts(reviewed):
    reviewed("en")
    for body in db.session.scalars(select(Message.body)):
        assert "Seen on file." not in body
        assert "We filed in time." not in body
        assert "The file says so." not in body


def test_the_record_keeps_what_a_report_was(reviewed):
    corrected(MadeReport(at=APRIL.replace(month=3)).fill_in().file())
    assert facts("report.started") == {"year": 2025}
    assert facts("report.submitted") == {"year": 2025, "late": False}
    assert facts("report.corrected") == {
        "year": 2025, "number": 2, "changed": ["business.amount", "business.buyers"]}


def test_the_record_names_the_section_and_no_answer():
    MadeReport().answer("business", **ANSWERS["business"])
    assert facts("report.answered") == {"section": "business"}


def test_the_record_keeps_how_a_grade_came_about(reviewed):
    made = make_review(V.OPEN)
    made.score(vetoes=[Veto.FALSE_MATERIAL])
    made.announce()
    assert facts("review.opened") == {"year": 2025}
    assert facts("review.scored") == {"total": 90, "grade": "D", "vetoes": ["false_material"]}
    assert facts("review.announced") == {"grade": "D", "object_by": "2026-02-24"}


def test_the_record_keeps_how_a_grade_became_final(reviewed):
    reviewed("en")
    assert facts("review.objected") == {}
    assert facts("review.answered") == {"grade": "A", "amended": False}
    assert facts("review.finalised") == {"grade": "A", "unopposed": False}
    assert facts("review.published") == {"grade": "A"}
