from io import BytesIO

import pytest

from broker_admin.clock import at, now
from broker_admin.db import db
from broker_admin.documents import service as documents
from broker_admin.enforcement import decisions, service
from broker_admin.enforcement.workflow import CaseStatus as S
from tests.documents.files import pdf
from tests.enforcement.factories import (
    REVOKE,
    Cast,
    find,
    later,
    make_acquitted,
    make_cleared,
    make_closed,
    make_imposed,
    make_investigated,
    make_notified,
    make_referred,
    make_reopened,
    make_stated,
    open_case,
    recorded,
)
from tests.factories import make_member, make_user

PDF = pdf()
STATEMENT = {"statement": "We asked every supplier.", "sure": "y"}


def state(browser, case, **answers):
    return browser.submit(f"/cases/{case.reference}/state", **{**STATEMENT, **answers})


def test_before_the_notice_there_is_nothing_to_see(browser, cast):
    case = make_investigated(cast)
    browser.sign_in(cast.member)
    assert browser.get(f"/cases/{case.reference}").status_code == 404
    assert browser.get(f"/cases/{case.reference}/state").status_code == 404
    assert case.reference not in browser.get("/cases/").text


def test_the_notice_says_what_is_alleged(browser, cast):
    case = make_notified(cast)
    page = browser.sign_in(cast.member).get(f"/cases/{case.reference}").text
    for words in ("Suspension of recognition", "3 months", "Duties of Article 33", "Seen on site.",
                  case.notice.number, "working days left", "Make a statement"):
        assert words in page


def test_the_party_learns_no_names_and_no_source(browser, cast):
    case = make_imposed(cast)
    page = browser.sign_in(cast.member).get(f"/cases/{case.reference}").text
    for secret in (cast.first.name, cast.second.name, cast.lawyer.name, cast.decider.name,
                   case.source, "Contract 7.", "In order."):
        assert secret not in page


def test_other_organisations_see_nothing(browser, cast):
    case, (stranger, _) = make_notified(cast), make_member()
    browser.sign_in(stranger)
    assert browser.get(f"/cases/{case.reference}").status_code == 404
    answer = browser.submit(f"/cases/{case.reference}/state", page="/cases/", **STATEMENT)
    assert answer.status_code in {400, 404}
    assert case.status is S.PRIOR_NOTICE


def test_a_statement_is_handed_in_with_a_document(browser, cast):
    case = make_notified(cast)
    answer = state(browser.sign_in(cast.member), case, file=(BytesIO(PDF), "答辩.pdf"))
    assert (answer.status_code, case.status) == (302, S.STATEMENT)
    (file,) = documents.of(case.reference, "statement")
    with browser.get(f"/cases/{case.reference}/statement/{file.id}") as sent:
        assert sent.data == PDF


def test_a_refused_document_refuses_the_statement(browser, cast):
    case = make_notified(cast)
    answer = state(browser.sign_in(cast.member), case, file=(BytesIO(b"MZ"), "a.pdf"))
    assert (answer.status_code, case.status) == (422, S.PRIOR_NOTICE)
    assert "We asked every supplier." in answer.text


def test_evidence_of_the_authority_is_not_theirs(browser, cast):
    case = make_notified(cast)
    file = documents.keep(PDF, name="e.pdf", media_type="application/pdf", subject=case.reference,
                          slot="evidence", actor=cast.first, at=now())
    path = f"/cases/{case.reference}/statement/{file.id}"
    assert browser.sign_in(cast.member).get(path).status_code == 404


@pytest.mark.parametrize("answers", [{"statement": ""}, {"statement": " \n"}, {"statement": "x" * 6000},
                                     {"sure": ""}])
def test_an_incomplete_statement_is_kept_on_the_page(browser, cast, answers):
    case = make_notified(cast)
    assert state(browser.sign_in(cast.member), case, **answers).status_code == 422
    assert case.status is S.PRIOR_NOTICE


def test_markup_in_a_statement_stays_text(browser, cast):
    case = make_notified(cast)
    state(browser.sign_in(cast.member), case, statement="<script>alert(1)</script>")
    page = browser.sign_in(cast.first).get(f"/cases/{case.reference}/case").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_second_statement_meets_a_conflict(browser, cast):
    case = make_stated(cast)
    assert browser.sign_in(cast.member).get(f"/cases/{case.reference}/state").status_code == 409


def test_a_hearing_is_asked_for_on_the_page(browser, cast):
    case = make_notified(cast, **REVOKE)
    assert state(browser.sign_in(cast.member), case).status_code == 422
    assert state(browser, case, hearing="yes").status_code == 302
    assert case.notice.hearing_asked is True


def test_after_the_time_no_hearing_is_asked_for(browser, cast):
    case = make_notified(cast, **REVOKE)
    with at(later(days=30)):
        answer = state(browser.sign_in(cast.member), case, hearing="yes")
    assert (answer.status_code, case.notice.hearing_asked) == (302, False)


def test_a_measure_without_a_hearing_asks_about_none(browser, cast):
    case = make_notified(cast)
    page = browser.sign_in(cast.member).get(f"/cases/{case.reference}/state").text
    assert "hearing" not in page


def test_the_decision_names_remedies_and_days(browser, cast):
    case = make_imposed(cast)
    page = browser.sign_in(cast.member).get(f"/cases/{case.reference}").text
    for day in (case.reconsider_by, case.sue_by, case.measure_until, case.public_until):
        assert day.isoformat() in page


def test_a_dropped_case_is_told_to_who_was_notified(browser, cast):
    case = make_referred(cast)
    decisions.reopen(case, opinion="Not enough.", actor=cast.lawyer, at=now())
    service.drop(case, reason="Not proven.", actor=cast.first, at=now())
    db.session.commit()
    page = browser.sign_in(cast.member).get(f"/cases/{case.reference}").text
    assert "Not pursued" in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_state_has_its_page_for_the_party(browser, language):
    for make in (make_notified, make_stated, make_referred, make_cleared, make_imposed):
        cast = Cast()
        case = make(cast)
        browser.sign_in(cast.member)
        assert browser.get(f"/{language}/cases/{case.reference}").status_code == 200
    assert browser.get(f"/{language}/cases/").status_code == 200


@pytest.mark.parametrize(("typed", "english", "chinese"), [
    ({"statement": ""}, "Write your statement.", "请填写陈述、申辩。"),
    ({"statement": "\0"}, "Write your statement.", "请填写陈述、申辩。"),
    ({"statement": "长" * 5001}, "Use at most 5000 characters.", "最多填写 5000 个字符。"),
    ({"sure": ""}, "Confirm that the statement is complete.", "请确认陈述、申辩内容完整。"),
    ({"hearing": ""}, "Say whether you ask for a hearing.", "请说明是否要求听证。"),
    ({"file": b"MZ"}, "Only PDF, PNG and JPEG files are accepted.", "只接受PDF、PNG和JPEG文件"),
], ids=lambda value: str(value)[:20])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_faulty_statement_is_explained(browser, cast, typed, english, chinese, language):
    case = make_notified(cast, **REVOKE)
    if "file" in typed:
        typed = {"file": (BytesIO(typed["file"]), "a.pdf")}
    answer = browser.sign_in(cast.member).submit(
        f"/{language}/cases/{case.reference}/state", **{**STATEMENT, "hearing": "no", **typed})
    assert answer.status_code == 422
    assert (english if language == "en" else chinese) in answer.text
    assert (case.status, case.notice.statement) == (S.PRIOR_NOTICE, None)
    assert documents.of(case.reference) == []


@pytest.mark.parametrize("make", [make_stated, make_referred, make_cleared, make_imposed, make_acquitted,
                                  make_closed])
def test_a_statement_out_of_turn_is_a_conflict(browser, cast, make):
    case = make(cast)
    before = (case.status, recorded(case))
    browser.sign_in(cast.member)
    posted = browser.submit(f"/cases/{case.reference}/state", page="/complaints/follow", **STATEMENT)
    assert (posted.status_code, browser.get(f"/cases/{case.reference}/state").status_code) == (409, 409)
    assert (case.status, recorded(case)) == before


def test_a_colleague_of_the_house_may_answer_too(browser, cast):
    case, colleague = make_notified(cast), make_user(password_hash="-")
    first = cast.organization.memberships[0]
    cast.organization.memberships.append(type(first)(
        user=colleague, status=first.status, asked_at=now(), decided_at=now(), administers=False))
    db.session.flush()
    assert state(browser.sign_in(colleague), case).status_code == 302
    assert case.notice.stated_by_id == colleague.id


def test_officers_have_no_page_of_the_party(browser, cast):
    case = make_notified(cast)
    for officer in (cast.first, cast.lawyer, cast.decider):
        browser.sign_in(officer)
        assert browser.get(f"/cases/{case.reference}").status_code == 404
        assert browser.get(f"/cases/{case.reference}/state").status_code == 404


def test_what_is_found_later_is_not_told_yet(browser, cast):
    case = make_reopened(cast)
    with at(later(days=2)):
        find(case, cast).facts = "Found after the return."
        page = browser.sign_in(cast.member).get(f"/cases/{case.reference}").text
    assert ("Seen on site." in page, "Found after the return." in page) == (True, False)


def test_the_statement_form_names_no_file_of_others(browser, cast):
    case, other = make_notified(cast), make_notified(Cast())
    file = documents.keep(PDF, name="s.pdf", media_type="application/pdf", subject=other.reference,
                          slot="statement", actor=cast.first, at=now())
    path = f"/cases/{case.reference}/statement/{file.id}"
    assert browser.sign_in(cast.member).get(path).status_code == 404


def test_a_removed_file_is_not_served(browser, cast):
    case = make_notified(cast)
    file = documents.keep(PDF, name="s.pdf", media_type="application/pdf", subject=case.reference,
                          slot="statement", actor=cast.member, at=now())
    documents.remove(file, actor=cast.member, at=now())
    db.session.commit()
    path = f"/cases/{case.reference}/statement/{file.id}"
    assert browser.sign_in(cast.member).get(path).status_code == 404


@pytest.mark.parametrize(("language", "words"), [
    ("en", "There is no case about your organisations."), ("zh", "没有涉及贵机构的案件。")])
def test_an_empty_list_says_so(browser, cast, language, words):
    make_investigated(cast)
    assert words in browser.sign_in(cast.member).get(f"/{language}/cases/").text


def test_the_list_is_paged_newest_first(browser, cast):
    case = make_notified(cast)
    others = [open_case(cast) for _ in range(26)]
    for other in others:
        other.noticed_on = case.noticed_on
    db.session.commit()
    first, second = (browser.sign_in(cast.member).get(f"/cases/?page={number}").text for number in (1, 2))
    assert (others[-1].reference in first, case.reference in first) == (True, False)
    assert case.reference in second
