import re

import pytest

from broker_admin.clock import at, now
from broker_admin.complaints import reports, service
from broker_admin.complaints.workflow import ComplaintStatus as S
from broker_admin.db import db
from tests.complaints.factories import (
    account,
    file_complaint,
    make_answered,
    make_not_filed,
)
from tests.enforcement.factories import later


@pytest.fixture
def followed(browser, scene):
    """A complaint that this browser has shown the code of."""
    complaint, code = file_complaint(scene)
    db.session.commit()
    answer = follow(browser, complaint.receipt_number, code)
    assert answer.location == "/complaints/followed"
    return complaint


def follow(browser, receipt, code):
    return browser.submit("/complaints/follow", receipt=receipt, code=code)


def plain(page):
    """The page without its tokens and without what was typed."""
    return re.sub(r'value="[^"]*"', "", page.text)


def test_the_filer_sees_where_it_stands(browser, followed):
    page = browser.get("/complaints/followed").text
    for words in ("Received", "They sold my data.", "Delete my data.", "working days left"):
        assert words in page


def test_unknown_and_wrong_get_the_same_answer(browser, scene):
    complaint, code = file_complaint(scene)
    db.session.commit()
    wrong = follow(browser, complaint.receipt_number, code[::-1])
    unknown = follow(browser, "1000000000009", code)
    nonsense = follow(browser, "x", "y")
    assert (wrong.status_code, unknown.status_code, nonsense.status_code) == (422, 422, 422)
    assert plain(wrong) == plain(unknown) == plain(nonsense)


@pytest.mark.parametrize(("receipt", "code"), [
    ("", ""), ("\0", "\0"), ("长" * 300, "长" * 300), ("' OR 1=1", "x")])
def test_nonsense_opens_nothing(browser, receipt, code):
    assert follow(browser, receipt, code).status_code == 422
    assert browser.get("/complaints/followed").location == "/complaints/follow"


def test_code_and_receipt_are_never_in_an_address(browser, scene):
    complaint, code = file_complaint(scene)
    db.session.commit()
    query = f"receipt={complaint.receipt_number}&code={code}"
    assert browser.get(f"/complaints/follow?{query}").status_code == 200
    assert browser.get("/complaints/followed").status_code == 302


def test_many_guesses_must_wait(browser, scene):
    complaint, _ = file_complaint(scene)
    db.session.commit()
    codes = [follow(browser, complaint.receipt_number, "guess").status_code for _ in range(31)]
    assert codes[-1] == 429


def test_after_half_an_hour_the_code_is_asked_again(browser, followed):
    with at(later(minutes=31)):
        assert browser.get("/complaints/followed").location == "/complaints/follow"


def test_leaving_forgets_at_once(browser, followed):
    assert browser.submit("/complaints/followed/leave", page="/complaints/followed").status_code == 302
    assert browser.get("/complaints/followed").location == "/complaints/follow"


def test_a_question_is_shown_and_answered(browser, scene, followed):
    service.ask(followed, text="When was it?", actor=scene.officer, at=now())
    db.session.commit()
    assert "When was it?" in browser.get("/complaints/followed").text
    assert browser.submit("/complaints/followed/reply", text="In May.").status_code == 302
    assert "In May." in browser.get("/complaints/followed").text
    assert browser.get("/complaints/followed/reply").status_code == 409


def test_an_empty_answer_is_not_one(browser, scene, followed):
    service.ask(followed, text="When was it?", actor=scene.officer, at=now())
    db.session.commit()
    assert browser.submit("/complaints/followed/reply", text=" ").status_code == 422


def test_a_complaint_is_withdrawn_on_the_page(browser, followed):
    assert browser.submit("/complaints/followed/withdraw").status_code == 302
    assert followed.status is S.WITHDRAWN
    assert browser.get("/complaints/followed/withdraw").status_code == 409


@pytest.mark.parametrize("path", ["", "/reply", "/withdraw"])
def test_without_the_code_nothing_opens(browser, path):
    assert browser.get(f"/complaints/followed{path}").location == "/complaints/follow"


def test_a_report_is_followed_without_withdrawing(browser, scene):
    report = make_not_filed(scene)
    reports.tell(report, reply="No case was filed.", actor=scene.officer, at=now())
    db.session.commit()
    with browser.session_transaction() as cookie:
        cookie["followed"] = [report.reference, now().timestamp()]
    page = browser.get("/complaints/followed").text
    assert "No case was filed." in page
    assert "Nothing was found." not in page
    assert browser.get("/complaints/followed/withdraw").location == "/complaints/follow"


def test_the_complainant_reads_answer_and_outcome(browser, scene):
    complaint = make_answered(scene)
    service.settle(complaint, outcome="Data deleted.", actor=scene.officer, at=now())
    db.session.commit()
    with browser.session_transaction() as cookie:
        cookie["followed"] = [complaint.reference, now().timestamp()]
    page = browser.get("/complaints/followed").text
    assert "We had consent." in page
    assert "Data deleted." in page


def test_why_it_was_not_accepted(browser, scene, followed):
    service.decline(followed, grounds=["TOO_OLD"], reasons="Of 2019.", actor=scene.officer, at=now())
    db.session.commit()
    page = browser.get("/complaints/followed").text
    assert "More than three years" in page
    assert "Of 2019." in page


def test_an_unlicensed_respondent_needs_no_record(browser, scene):
    about = account(scene, respondent_name="某某工作室", respondent_number=None)
    complaint, code = file_complaint(scene, about=about)
    db.session.commit()
    follow(browser, complaint.receipt_number, code)
    assert "某某工作室" in browser.get("/complaints/followed").text
