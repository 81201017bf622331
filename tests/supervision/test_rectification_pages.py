import io

import pytest

from broker_admin.clock import at
from broker_admin.documents import service as documents
from broker_admin.permissions import Role
from broker_admin.supervision.inspection_workflow import RectificationStatus as Z
from tests.factories import make_member, make_user
from tests.supervision.factories import SEPTEMBER, make_holder, make_rectification
from tests.supervision.test_inspection_pages import PDF


@pytest.fixture(autouse=True)
def _september():
    with at(SEPTEMBER):
        yield


@pytest.fixture
def make(app):
    def made(*steps):
        with app.test_request_context():
            return make_rectification(*steps)
    return made


def path(made, rest=""):
    return f"/supervision/rectifications/{made.case.reference}{rest}"


def test_the_holder_answers_with_a_file(browser, make):
    made = make()
    browser.sign_in(made.holder)
    assert "Keep records." in browser.get(path(made)).text
    assert browser.submit(path(made, "/attach"), file=(io.BytesIO(PDF), "log.pdf")).status_code == 302
    assert browser.submit(path(made, "/answer"), text="Done.").status_code == 302
    assert made.case.status is Z.ANSWERED
    number = documents.of(made.case.reference)[0].id
    assert browser.get(path(made, f"/files/{number}"), buffered=True).data == PDF
    browser.sign_in(made.other)
    assert browser.get(path(made, f"/case/files/{number}"), buffered=True).data == PDF


@pytest.mark.parametrize("typed", ["", " ", "x" * 4001, "13800138000"])
def test_an_answer_needs_a_proper_text(browser, make, typed):
    made = make()
    answer = browser.sign_in(made.holder).submit(path(made, "/answer"), text=typed)
    assert (answer.status_code, made.case.status) == (422, Z.ISSUED)


def test_files_come_before_the_answer(browser, make):
    made = make("answer")
    assert browser.sign_in(made.holder).get(path(made, "/attach")).status_code == 409


@pytest.mark.parametrize(("step", "status"), [("verify", Z.VERIFIED), ("reject", Z.REJECTED)])
def test_an_officer_judges_the_answer(browser, make, step, status):
    made = make("answer")
    answer = browser.sign_in(made.other).submit(path(made, f"/{step}"), reason="As seen.")
    assert (answer.status_code, made.case.status) == (302, status)
    assert "As seen." in browser.sign_in(made.holder).get(path(made)).text


def test_an_officer_extends_the_time(browser, make):
    made = make()
    browser.sign_in(made.officer)
    assert browser.submit(path(made, "/extend"), reason="Parts are late.").status_code == 302
    assert "2026-11-12" in browser.get(path(made, "/case")).text


def test_an_officer_orders_on_own_motion(browser):
    _, license = make_holder()
    browser.sign_in(make_user(Role.ENFORCEMENT_OFFICER))
    page = f"/supervision/rectifications/order/{license.number}"
    assert browser.submit(page, demands="").status_code == 422
    assert "ZG-2026-" in browser.submit(page, demands="Publish a channel.").location


def test_strangers_find_no_rectification(browser, make):
    made = make("answer")
    for user in (make_member()[0], make_user(), make_user(Role.REVIEWER)):
        browser.sign_in(user)
        for rest in ("", "/answer", "/attach", "/case", "/verify", "/extend", "/files/1"):
            assert browser.get(path(made, rest)).status_code == 404


def test_the_lists_show_the_order_to_both(browser, make):
    made = make()
    assert made.case.reference in browser.sign_in(made.holder).get("/supervision/").text
    page = browser.sign_in(made.other).get("/supervision/rectifications/worklist").text
    assert made.case.reference in page
    assert "working days left" in page
