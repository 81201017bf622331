from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask_babel import force_locale
from pypdf import PdfReader
from werkzeug.exceptions import NotFound

from broker_admin.applications import copies
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.db import db
from broker_admin.documents import service as documents
from broker_admin.ledger import Job
from tests.applications.factories import Made, make_application
from tests.practitioners.factories import make_practitioner

pytestmark = pytest.mark.usefixtures("in_request")


def letter(made):
    """The job that waits to print what was submitted."""
    db.session.flush()
    job = db.session.scalars(sa.select(Job).where(Job.kind == "print_submission").order_by(
        Job.id.desc())).first()
    return job.payload


def answers(made, language="en"):
    with force_locale(language):
        return {task.code: dict(rows) for task, rows in copies.answered(made.application)}


def ordered(language="en"):
    made = make_application(S.SUBMITTED)
    made.applicant.language = language
    copies.order(made.application, at=made.at)
    return made


@pytest.mark.parametrize(("language", "words"), [
    ("en", ["Data-enabling", "Grade 2", "Matchmaking, Consulting", "Enterprise legal person"]),
    ("zh", ["数据赋能型", "二级", "撮合、咨询", "企业法人"])])
def test_codes_are_shown_in_the_readers_words(language, words):
    shown = [value for rows in answers(make_application(S.SUBMITTED), language).values()
             for value in rows.values()]
    assert [word for word in words if word not in shown] == []


def test_identifiers_are_masked_where_they_are_shown():
    shown = str(answers(make_application(S.SUBMITTED)))
    assert "440106199901010019" not in shown
    assert "13800138000" not in shown
    assert "****" in shown


@pytest.mark.parametrize(("language", "yes"), [("en", "Yes"), ("zh", "是")])
def test_a_promise_is_shown_as_a_word(language, yes):
    assert yes in answers(make_application(S.SUBMITTED), language)["commitments"].values()


def test_what_was_not_answered_is_empty():
    shown = answers(Made())
    assert {value for rows in shown.values() for value in rows.values()} == {""}


def test_a_zero_is_an_answer():
    assert answers(make_application(S.SUBMITTED))["organization"]["Foreign share, in percent"] == "0"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_sums_have_their_thousands_set_apart(language):
    shown = answers(make_application(S.SUBMITTED), language)["organization"].values()
    assert {"50,000,000", "30,000,000"} <= set(shown)


def test_people_are_shown_by_name_beside_their_number():
    made, person = Made(), make_practitioner(name="陈怡")
    made.application.answer("staff", {"staff": [person.reference, "CY-1999-000001"]}, {})
    [named] = answers(made)["staff"].values()
    assert named == f"陈怡 · {person.certificate_number}, CY-1999-000001"


def test_a_no_is_an_answer():
    made = Made()
    made.application.answer("technology", {"in_mainland": False}, {})
    assert answers(made)["technology"]["All servers are in mainland China"] == "No"


def test_every_task_with_questions_is_shown():
    assert list(answers(Made())) == ["matter", "organization", "people", "staff", "technology", "commitments"]


def test_a_code_that_is_gone_is_shown_itself():
    made = Made()
    made.application.answer("matter", {"scope": ["GONE"]}, {})
    assert "GONE" in answers(made)["matter"].values()


@pytest.mark.parametrize(("language", "words"), [
    ("en", ["Data-enabling", "Grade 2", "Guangdong Provincial"]), ("zh", ["数据赋能型", "二级", "广东省"])])
def test_the_letter_is_in_the_applicants_language(language, words):
    html = letter(ordered(language))["html"]
    assert [word for word in words if word not in html] == []


def test_the_letter_lists_every_file_by_digest():
    made = ordered()
    html = letter(made)["html"]
    attached = documents.of(made.application.reference)
    assert len(attached) == 11
    assert all(document.sha256 in html and document.name in html for document in attached)


def test_the_letter_carries_the_receipt_number():
    made = ordered()
    assert made.application.receipt_number in letter(made)["html"]


def test_the_letter_masks_a_persons_numbers():
    html = letter(ordered())["html"]
    assert "440106199901010019" not in html
    assert "13800138000" not in html


def test_a_later_change_does_not_reach_the_letter():
    made = ordered()
    made.application.answer("organization", {"website": "https://changed.example"}, {})
    assert "https://changed.example" not in letter(made)["html"]


def test_one_submission_is_ordered_once():
    made = ordered()
    copies.order(made.application, at=made.at)
    db.session.flush()
    assert db.session.scalar(sa.select(sa.func.count(Job.id)).where(Job.kind == "print_submission")) == 1


def test_a_correction_is_copied_beside_the_first():
    made = ordered()
    copies.order(made.application, at=made.at + timedelta(days=1))
    db.session.flush()
    assert db.session.scalar(sa.select(sa.func.count(Job.id)).where(Job.kind == "print_submission")) == 2


def test_printing_twice_keeps_one_file():
    made = ordered()
    for _ in range(2):
        copies.print_submission(letter(made), made.at)
    [kept] = copies.of(made.application)
    assert (kept.media_type, kept.uploaded_by_id) == ("application/pdf", None)
    assert kept.name == f"{made.application.reference}.pdf"


def test_the_copy_can_be_read_as_a_pdf():
    made = ordered()
    copies.print_submission(letter(made), made.at)
    with documents.open_file(copies.of(made.application)[0]) as file:
        text = "".join(page.extract_text() for page in PdfReader(file).pages)
    assert made.application.receipt_number in text
    assert made.organization.name in text


def test_a_copy_is_no_attachment():
    made = ordered()
    copies.print_submission(letter(made), made.at)
    assert copies.SLOT not in {document.slot for document in documents.of(made.application.reference)}


def test_a_copy_is_found_in_its_own_application():
    first, second = ordered(), make_application(S.SUBMITTED)
    copies.print_submission(letter(first), first.at)
    number = copies.of(first.application)[0].id
    assert copies.get(first.application, number).id == number
    with pytest.raises(NotFound):
        copies.get(second.application, number)


def test_before_printing_there_is_no_copy():
    assert copies.of(make_application(S.SUBMITTED).application) == []
