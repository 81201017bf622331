from io import BytesIO

import pytest

from broker_admin.clock import now
from broker_admin.complaints import service
from broker_admin.complaints.workflow import ComplaintStatus as S
from broker_admin.db import db
from broker_admin.documents import service as documents
from tests.complaints.factories import (
    CANARY,
    make_accepted,
    make_answered,
    make_complaint,
    make_report,
)
from tests.documents.files import pdf
from tests.factories import make_member, make_user


def answer(browser, complaint, **answers):
    return browser.submit(f"/complaints/{complaint.reference}/answer",
                          **{"text": "We had consent.", **answers})


def test_the_respondent_reads_what_it_is_told(browser, scene):
    complaint = make_accepted(scene)
    page = browser.sign_in(scene.member).get(f"/complaints/{complaint.reference}").text
    assert "Data sold without consent." in page
    assert "Has not agreed to be named" in page
    assert complaint.narrative not in page


def test_only_consent_names_the_complainant(browser, scene):
    complaint = make_accepted(scene, disclose=True)
    page = browser.sign_in(scene.member).get(f"/complaints/{complaint.reference}").text
    assert CANARY in page


@pytest.mark.parametrize("make", [make_complaint, make_report])
def test_before_acceptance_there_is_nothing(browser, scene, make):
    filing = make(scene)
    browser.sign_in(scene.member)
    for end in ("", "/answer", "/case"):
        assert browser.get(f"/complaints/{filing.reference}{end}").status_code == 404
    assert filing.reference not in browser.get("/complaints/mine").text


def test_a_withdrawn_complaint_is_taken_away(browser, scene):
    complaint = make_accepted(scene)
    complaint.status = S.WITHDRAWN
    db.session.commit()
    assert browser.sign_in(scene.member).get(f"/complaints/{complaint.reference}").status_code == 404


def test_strangers_see_nothing(browser, scene):
    complaint = make_accepted(scene)
    for user in (make_member()[0], make_user()):
        browser.sign_in(user)
        for end in ("", "/answer", "/case", "/accept", "/files/1"):
            assert browser.get(f"/complaints/{complaint.reference}{end}").status_code == 404
        assert complaint.reference not in browser.get("/complaints/mine").text


def test_an_answer_is_given_with_a_document(browser, scene):
    complaint = make_accepted(scene)
    sent = answer(browser.sign_in(scene.member), complaint, file=(BytesIO(pdf(1)), "答复.pdf"))
    assert (sent.status_code, complaint.status) == (302, S.ANSWERED)
    (file,) = documents.of(complaint.reference, "answer")
    with browser.get(f"/complaints/{complaint.reference}/answer/{file.id}") as got:
        assert got.data == pdf(1)


@pytest.mark.parametrize("text", ["", "  \n", "x" * 5001])
def test_an_empty_or_endless_answer_is_refused(browser, scene, text):
    complaint = make_accepted(scene)
    assert answer(browser.sign_in(scene.member), complaint, text=text).status_code == 422
    assert complaint.status is S.ACCEPTED


def test_a_refused_document_refuses_the_answer(browser, scene):
    complaint = make_accepted(scene)
    sent = answer(browser.sign_in(scene.member), complaint, file=(BytesIO(b"MZ"), "a.pdf"))
    assert (sent.status_code, complaint.status) == (422, S.ACCEPTED)
    assert "We had consent." in sent.text


def test_a_second_answer_meets_a_conflict(browser, scene):
    complaint = make_answered(scene)
    assert browser.sign_in(scene.member).get(f"/complaints/{complaint.reference}/answer").status_code == 409


def test_evidence_of_the_complainant_is_not_theirs(browser, scene):
    complaint = make_accepted(scene)
    file = documents.keep(pdf(1), name="e.pdf", media_type="application/pdf", slot="evidence",
                          subject=complaint.reference, actor=scene.officer, at=now())
    db.session.commit()
    browser.sign_in(scene.member)
    for path in (f"answer/{file.id}", f"files/{file.id}"):
        assert browser.get(f"/complaints/{complaint.reference}/{path}").status_code == 404


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_come_in_both_languages(browser, scene, language):
    complaint = make_answered(scene)
    service.settle(complaint, outcome="Data deleted.", actor=scene.officer, at=now())
    db.session.commit()
    browser.sign_in(scene.member)
    for path in ("mine", complaint.reference):
        assert browser.get(f"/{language}/complaints/{path}").status_code == 200
