import re

import pytest

from broker_admin.clock import at, now
from broker_admin.complaints import queries, reports, service, time_limits
from broker_admin.complaints.workflow import ComplaintStatus as S
from broker_admin.db import db
from broker_admin.rules.calendar import SHIPPED
from tests.complaints.factories import (
    account,
    file_complaint,
    make_accepted,
    make_answered,
    make_case_filed,
    make_closed,
    make_closed_report,
    make_complaint,
    make_declined,
    make_mediating,
    make_not_filed,
    make_settled,
    make_told,
    make_verified,
    make_withdrawn,
    recorded,
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


@pytest.mark.parametrize(("language", "words"), [
    ("en", "There is nothing under this receipt number with this code."),
    ("zh", "没有与该回执编号和查询码相符的事项。")])
@pytest.mark.parametrize("wrong", ["code", "receipt", "both"])
def test_every_wrong_pair_is_answered_in_one_sentence(browser, scene, wrong, language, words):
    complaint, code = file_complaint(scene)
    db.session.commit()
    receipt = complaint.receipt_number if wrong == "code" else "1000000000009"
    answer = browser.submit(f"/{language}/complaints/follow", receipt=receipt,
                            code=code if wrong == "receipt" else "x")
    assert (answer.status_code, words in answer.text) == (422, True)
    assert complaint.reference not in answer.text


@pytest.mark.parametrize(("language", "words"), [
    ("en", ("Enter the receipt number.", "Enter the query code.")),
    ("zh", ("请填写回执编号。", "请填写查询码。"))])
def test_both_numbers_are_asked_for(browser, language, words):
    answer = browser.submit(f"/{language}/complaints/follow", receipt="", code="")
    assert answer.status_code == 422
    assert all(sentence in answer.text for sentence in words)


def open_as_filer(browser, filed):
    db.session.commit()
    with browser.session_transaction() as cookie:
        cookie["followed"] = [filed.reference, now().timestamp()]
    return browser.get("/complaints/followed").text


@pytest.mark.parametrize("make", [make_accepted, make_mediating, make_settled, make_closed, make_declined,
                                  make_verified, make_case_filed, make_told, make_closed_report])
def test_the_filer_sees_no_inner_side(browser, scene, make):
    filed = make(scene)
    page = open_as_filer(browser, filed)
    inner = [filed.reference, scene.officer.name, scene.officer.email, scene.member.name,
             filed.case_reference, getattr(filed, "told", None), "A lead.", "Nothing was found."]
    assert not [secret for secret in inner if secret and secret in page]


@pytest.mark.parametrize(("make", "english", "chinese"), [
    (make_complaint, "Newly received", "已收到"), (make_accepted, "Accepted", "已受理"),
    (make_answered, "Answered by the respondent", "被投诉人已答复"),
    (make_mediating, "In mediation", "调解中"), (make_settled, "Settled", "达成调解"),
    (make_declined, "Not accepted", "不予受理"), (make_withdrawn, "Withdrawn", "已撤回"),
    (make_closed, "Closed", "已结案"), (make_verified, "Being verified", "核查中"),
    (make_case_filed, "Case filed", "已立案"), (make_not_filed, "No case filed", "不予立案"),
    (make_told, "Reporter told", "已告知举报人")])
def test_each_state_is_named_in_both_languages(browser, scene, make, english, chinese):
    assert english in open_as_filer(browser, make(scene))
    assert chinese in browser.get("/zh/complaints/followed").text


@pytest.mark.parametrize(("make", "may"), [
    (make_complaint, True), (make_accepted, True), (make_answered, True), (make_mediating, True),
    (make_settled, False), (make_declined, False), (make_closed, False), (make_withdrawn, False),
    (make_verified, False)])
def test_withdrawing_is_offered_while_it_is_open(browser, scene, make, may):
    assert ("/complaints/followed/withdraw" in open_as_filer(browser, make(scene))) is may


@pytest.mark.parametrize("make", [make_settled, make_declined, make_closed, make_withdrawn])
def test_an_ended_complaint_is_not_withdrawn(browser, scene, make):
    complaint = make(scene)
    open_as_filer(browser, complaint)
    before = (complaint.status, recorded(complaint))
    for answer in (browser.get("/complaints/followed/withdraw"),
                   browser.submit("/complaints/followed/withdraw", page="/complaints/follow")):
        assert answer.status_code == 409
    assert (complaint.status, recorded(complaint)) == before


def test_looking_at_withdrawing_withdraws_nothing(browser, followed):
    page = browser.get("/complaints/followed/withdraw")
    assert (page.status_code, followed.status) == (200, S.RECEIVED)
    assert "We stop dealing with your dispute." in page.text


@pytest.mark.parametrize(("language", "words"), [
    ("en", "Your complaint is withdrawn."), ("zh", "投诉已撤回。")])
def test_withdrawing_is_confirmed_in_words(browser, followed, language, words):
    answer = browser.submit(f"/{language}/complaints/followed/withdraw")
    assert words in browser.get(answer.location).text


@pytest.mark.parametrize(("typed", "english", "chinese"), [
    ("", "Write your answer.", "请填写答复。"), ("\0", "Write your answer.", "请填写答复。"),
    ("x" * 5001, "Use at most 5000 characters.", "最多填写 5000 个字符。")])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_faulty_reply_is_explained(browser, scene, followed, typed, english, chinese, language):
    service.ask(followed, text="When was it?", actor=scene.officer, at=now())
    db.session.commit()
    answer = browser.submit(f"/{language}/complaints/followed/reply", text=typed)
    assert answer.status_code == 422
    assert (english if language == "en" else chinese) in answer.text
    assert "When was it?" in answer.text
    assert queries.open_question(followed.reference).reply is None


@pytest.mark.parametrize(("language", "words"), [
    ("en", "There is no question to be answered now."), ("zh", "目前没有需要回答的问题。")])
def test_without_a_question_there_is_no_answer(browser, followed, language, words):
    answer = browser.get(f"/{language}/complaints/followed/reply")
    assert (answer.status_code, words in answer.text) == (409, True)


@pytest.mark.parametrize("name", ["reply", "withdraw"])
def test_after_half_an_hour_no_step_is_taken(browser, scene, followed, name):
    service.ask(followed, text="When was it?", actor=scene.officer, at=now())
    db.session.commit()
    before = recorded(followed)
    with at(later(minutes=31)):
        answer = browser.submit(f"/complaints/followed/{name}", page="/complaints/follow", text="May.")
    assert (answer.status_code, answer.location) == (302, "/complaints/follow")
    assert recorded(followed) == before


def test_a_second_filing_takes_the_place_of_the_first(browser, scene, followed):
    other, code = file_complaint(scene, about=account(scene, narrative="Something else."))
    db.session.commit()
    follow(browser, other.receipt_number, code)
    page = browser.get("/complaints/followed").text
    assert ("Something else." in page, "They sold my data." in page) == (True, False)


def test_the_limit_is_shown_with_its_reckoning(browser, followed):
    due = time_limits.running(followed).due(SHIPPED).isoformat()
    page = browser.get("/complaints/followed").text
    assert due in page
    assert "7 working days counted" in page


def test_markup_from_officers_stays_text(browser, scene, followed):
    service.ask(followed, text="<b>When?</b>", actor=scene.officer, at=now())
    db.session.commit()
    page = browser.get("/complaints/followed").text
    assert ("<b>When?" in page, "&lt;b&gt;When?" in page) == (False, True)
