import io

import pytest

from broker_admin.accounts.models import Membership
from broker_admin.accounts.workflow import MembershipStatus
from broker_admin.clock import at
from broker_admin.documents import service as documents
from broker_admin.permissions import Role
from broker_admin.supervision.inspection_workflow import InspectionStatus as J
from broker_admin.supervision.inspection_workflow import RectificationStatus as Z
from tests.documents.files import pdf
from tests.factories import make_member, make_user
from tests.supervision.factories import JUNE, SEPTEMBER, make_inspection, make_rectification

PDF = pdf()


@pytest.fixture
def inspected(app):
    with at(JUNE):
        def made(status, **changes):
            with app.test_request_context():
                return make_inspection(status, **changes)
        yield made


@pytest.fixture
def ordered(app):
    with at(SEPTEMBER):
        def made(*steps):
            with app.test_request_context():
                return make_rectification(*steps)
        yield made


def visit(made):
    return f"/supervision/inspections/{made.inspection.reference}"


def order(made, rest=""):
    return f"/supervision/rectifications/{made.case.reference}{rest}"


@pytest.mark.parametrize(("prefix", "words"), [
    ("", ("Nothing has to be put right.", "No inspection has been announced.")),
    ("/zh", ("没有需要整改的事项。", "没有检查通知。"))])
def test_a_holder_without_cases_reads_so(browser, prefix, words):
    page = browser.sign_in(make_member()[0]).get(f"{prefix}/supervision/").text
    assert all(word in page for word in words)


def test_the_holder_sees_nothing_before_the_notice(browser, inspected):
    made = inspected(J.DRAWN)
    browser.sign_in(made.holder)
    assert browser.get(visit(made)).status_code == 404
    assert made.inspection.reference not in browser.get("/supervision/").text


@pytest.mark.parametrize("status", sorted(set(J) - {J.DRAWN}))
def test_only_the_holder_reads_its_inspection(browser, inspected, status):
    made = inspected(status)
    assert browser.sign_in(made.holder).get(visit(made)).status_code == 200
    assert made.inspection.reference in browser.get("/supervision/").text
    for user in (make_member()[0], make_user(), make_user(*Role)):
        assert browser.sign_in(user).get(visit(made)).status_code == 404
        assert made.inspection.reference not in browser.get("/supervision/").text


def test_the_notice_names_visit_officers_and_items(browser, inspected):
    made = inspected(J.NOTIFIED)
    page = browser.sign_in(made.holder).get(visit(made)).text
    for word in (made.inspection.notice_number, "2026-06-08", made.inspection.first_officer.name,
                 made.inspection.second_officer.name, "gifts", "数据安全法第27条", made.draw.reference):
        assert word in page


def test_the_notice_is_in_chinese_too(browser, inspected):
    made = inspected(J.NOTIFIED)
    page = browser.sign_in(made.holder).get(f"/zh{visit(made)}").text
    assert "您有权申请检查人员回避" in page


@pytest.mark.parametrize("status", [J.RECORDED, J.CONCLUDED])
def test_a_result_is_hidden_until_it_is_told(browser, inspected, status):
    page = browser.sign_in((made := inspected(status)).holder).get(visit(made)).text
    assert "Keep records." not in page
    assert "No issue found" not in page
    assert "We came and saw." not in page


@pytest.mark.parametrize("status", [J.TOLD, J.PUBLISHED])
def test_the_holder_reads_the_result(browser, inspected, status):
    page = browser.sign_in((made := inspected(status)).holder).get(visit(made)).text
    assert "Result: No issue found" in page
    assert "Keep records." in page


def test_the_order_names_its_demands_and_last_day(browser, ordered):
    made = ordered()
    page = browser.sign_in(made.holder).get(order(made)).text
    for word in ("Keep records.", made.case.document_number, "2026-10-22", "How this deadline was counted",
                 "Answer the order"):
        assert word in page


def test_the_outer_bound_is_the_day_that_is_shown(browser, ordered, app):
    made = ordered("answer").wait(days=80)
    with app.test_request_context():
        made.reject()
    with at(made.at):
        page = browser.sign_in(made.holder).get(order(made)).text
    assert "2026-12-23" in page
    assert "Outer bound of a rectification" in page


def test_the_holder_answers_with_a_file(browser, ordered):
    made = ordered()
    browser.sign_in(made.holder)
    assert browser.submit(order(made, "/attach"), file=(io.BytesIO(PDF), "log.pdf")).status_code == 302
    assert browser.submit(order(made, "/answer"), text="Done.").status_code == 302
    assert (made.case.status, made.case.answer) == (Z.ANSWERED, "Done.")
    [file] = documents.of(made.case.reference)
    assert browser.get(order(made, f"/files/{file.id}"), buffered=True).data == PDF


def test_a_colleague_answers_as_well(browser, ordered):
    made = ordered()
    colleague = make_user()
    made.license.organization.memberships.append(Membership(
        user=colleague, status=MembershipStatus.APPROVED, asked_at=SEPTEMBER, decided_at=SEPTEMBER))
    answer = browser.sign_in(colleague).submit(order(made, "/answer"), text="Done.")
    assert (answer.status_code, made.case.status) == (302, Z.ANSWERED)


@pytest.mark.parametrize("rest", ["", "/answer", "/attach", "/files/1"])
def test_strangers_find_no_order(browser, ordered, rest):
    made = ordered()
    for user in (make_member()[0], make_user(), make_user(*Role), made.officer):
        assert browser.sign_in(user).get(order(made, rest)).status_code == 404
    assert browser.sign_out().get(order(made, rest)).status_code == 302


@pytest.mark.parametrize("rest", ["", "/answer", "/attach"])
def test_an_unknown_order_is_not_found(browser, rest):
    path = f"/supervision/rectifications/ZG-2026-999999{rest}"
    assert browser.sign_in(make_member()[0]).get(path).status_code == 404


@pytest.mark.parametrize(("typed", "sentence"), [
    ("", "Say what has been done."), (" ", "Say what has been done."), ("\0", "Say what has been done."),
    ("x" * 4001, "4000"), ("Ring 13800138000.", "Ring 13800138000.")])
def test_an_answer_needs_a_proper_text(browser, ordered, typed, sentence):
    made = ordered()
    answer = browser.sign_in(made.holder).submit(order(made, "/answer"), text=typed)
    assert (answer.status_code, made.case.status, made.case.answer) == (422, Z.ISSUED, None)
    assert sentence in answer.text


def test_a_faulty_answer_is_explained_in_chinese(browser, ordered):
    made = ordered()
    answer = browser.sign_in(made.holder).submit(f"/zh{order(made, '/answer')}", text="")
    assert answer.status_code == 422
    assert "请写明整改情况。" in answer.text


@pytest.mark.parametrize("upload", [(b"MZ not a pdf", "log.pdf"), (b"", "log.pdf"), (PDF, "log.exe"),
                                    (pdf(user_password="x"), "log.pdf"), None])
def test_a_bad_file_is_refused(browser, ordered, upload):
    made = ordered()
    data = {"file": (io.BytesIO(upload[0]), upload[1])} if upload else {}
    answer = browser.sign_in(made.holder).submit(order(made, "/attach"), **data)
    assert answer.status_code == 422
    assert documents.of(made.case.reference) == []


@pytest.mark.parametrize("steps", [("answer",), ("answer", "verify")])
@pytest.mark.parametrize("rest", ["/answer", "/attach"])
def test_what_was_answered_is_closed(browser, ordered, steps, rest):
    made = ordered(*steps)
    browser.sign_in(made.holder)
    assert browser.get(order(made, rest)).status_code == 409
    assert "Attach a file" not in browser.get(order(made)).text


def test_a_rejected_answer_may_be_mended(browser, ordered):
    made = ordered("answer", "reject")
    browser.sign_in(made.holder)
    assert "Two are missing." in browser.get(order(made)).text
    assert browser.submit(order(made, "/answer"), text="Both are here.").status_code == 302
    assert (made.case.status, made.case.answer) == (Z.ANSWERED, "Both are here.")
