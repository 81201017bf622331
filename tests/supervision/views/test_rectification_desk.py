import io

import pytest
from sqlalchemy import select

from broker_admin.clock import at
from broker_admin.db import db
from broker_admin.documents import service as documents
from broker_admin.permissions import Role
from broker_admin.supervision.inspection_workflow import RectificationStatus as Z
from broker_admin.supervision.models import Rectification
from tests.documents.files import pdf
from tests.factories import make_member, make_user
from tests.supervision.factories import SEPTEMBER, make_holder, make_rectification

PDF = pdf()
WORKLIST = "/supervision/rectifications/worklist"
READERS = {Role.SUPERVISION_OFFICER, Role.ENFORCEMENT_OFFICER, Role.DECIDER, Role.AUDITOR}
ACTORS = {Role.SUPERVISION_OFFICER, Role.ENFORCEMENT_OFFICER}


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


def path(made, rest="/case"):
    return f"/supervision/rectifications/{made.case.reference}{rest}"


def ordering(license):
    return f"/supervision/rectifications/order/{license.number}"


def orders():
    return db.session.scalars(select(Rectification)).all()


@pytest.mark.parametrize("role", sorted(Role))
def test_only_those_who_supervise_read_orders(browser, make, role):
    made = make()
    browser.sign_in(make_user(role))
    for page in (WORKLIST, path(made)):
        assert browser.get(page).status_code == (200 if role in READERS else 404)


@pytest.mark.parametrize("role", sorted(Role))
@pytest.mark.parametrize("step", ["/verify", "/reject", "/extend"])
def test_only_two_roles_act_on_orders(browser, make, role, step):
    made = make() if step == "/extend" else make("answer")
    answer = browser.sign_in(make_user(role)).get(path(made, step))
    assert answer.status_code == (200 if role in ACTORS else 404)


def test_outsiders_find_no_desk(browser, make):
    made = make("answer")
    for user in (made.holder, make_member()[0], make_user()):
        browser.sign_in(user)
        for page in (WORKLIST, *(path(made, r) for r in ("/case", "/verify", "/extend", "/case/files/1"))):
            assert browser.get(page).status_code == 404


def test_an_officer_of_the_holder_is_an_outsider(browser, make):
    made = make("answer")
    made.holder.grants = make_user(Role.SUPERVISION_OFFICER).grants
    browser.sign_in(made.holder)
    for rest in ("/case", "/verify", "/reject", "/extend"):
        assert browser.get(path(made, rest)).status_code == 404


@pytest.mark.parametrize(("prefix", "word"), [
    ("", "No rectification is open."), ("/zh", "没有进行中的整改。")])
def test_an_empty_list_says_so_in_both_languages(browser, prefix, word):
    assert word in browser.sign_in(make_user(Role.AUDITOR)).get(prefix + WORKLIST).text


def test_the_most_urgent_stands_on_top(browser, make, app):
    first, second = make(), make("extend")
    with at(SEPTEMBER.replace(day=28)):
        page = browser.sign_in(first.other).get(WORKLIST).text
    assert page.index(first.case.reference) < page.index(second.case.reference)
    assert "2026-10-22" in page
    assert "2026-11-12" in page


def test_orders_without_a_clock_come_last(browser, make):
    answered, running = make("answer"), make()
    page = browser.sign_in(running.other).get(WORKLIST).text
    assert page.index(running.case.reference) < page.index(answered.case.reference)


def test_verified_orders_have_a_list_of_their_own(browser, make):
    made = make("answer", "verify")
    page = browser.sign_in(made.other).get(WORKLIST).text
    assert page.index("Verified rectifications") < page.index(made.case.reference)


@pytest.mark.parametrize(("steps", "offered"), [
    ((), {"/extend"}), (("extend",), set()), (("answer",), {"/verify", "/reject"}),
    (("answer", "reject"), {"/extend"}), (("answer", "verify"), set())])
def test_the_case_offers_what_can_be_done(browser, make, steps, offered):
    made = make(*steps)
    page = browser.sign_in(made.officer).get(path(made)).text
    assert {s for s in ("/verify", "/reject", "/extend") if path(made, s) in page} == offered


@pytest.mark.parametrize("steps", [("extend",), ("answer",), ("extend", "answer", "reject"),
                                   ("answer", "verify")])
def test_an_extension_out_of_turn_is_a_conflict(browser, make, steps):
    made = make(*steps)
    answer = browser.sign_in(made.officer).get(path(made, "/extend"))
    assert answer.status_code == 409
    assert "The time can be extended once, and only while it runs." in answer.text


def test_an_officer_extends_the_time(browser, make):
    made = make()
    browser.sign_in(made.officer)
    assert browser.submit(path(made, "/extend"), reason="Parts are late.").status_code == 302
    page = browser.get(path(made)).text
    assert "2026-11-12" in page
    assert "Parts are late." in page


@pytest.mark.parametrize(("step", "status"), [("verify", Z.VERIFIED), ("reject", Z.REJECTED)])
def test_an_officer_judges_the_answer(browser, make, step, status):
    made = make("answer")
    answer = browser.sign_in(made.other).submit(path(made, f"/{step}"), reason="As seen.")
    assert (answer.status_code, made.case.status) == (302, status)
    assert "As seen." in browser.sign_in(made.holder).get(path(made, "")).text


@pytest.mark.parametrize("step", ["/verify", "/reject"])
@pytest.mark.parametrize("steps", [(), ("answer", "reject"), ("answer", "verify")])
def test_a_judgment_out_of_turn_is_a_conflict(browser, make, steps, step):
    made = make(*steps)
    before = made.case.status
    assert browser.sign_in(made.other).get(path(made, step)).status_code == 409
    assert made.case.status is before


def test_two_officers_cannot_judge_one_answer(browser, make):
    made = make("answer")
    browser.sign_in(made.other).submit(path(made, "/verify"), reason="As seen.")
    again = browser.sign_in(made.officer).post(path(made, "/reject"), data={"reason": "Not so."})
    assert again.status_code in {400, 409}
    assert (made.case.status, made.case.verdict) == (Z.VERIFIED, "As seen.")


@pytest.mark.parametrize("step", ["/verify", "/reject", "/extend"])
@pytest.mark.parametrize(("typed", "sentence"), [
    ("", "Give the reasons."), (" ", "Give the reasons."), ("x" * 2001, "2000"),
    ("By 440106199901010019.", "By 440106199901010019.")])
def test_every_step_needs_its_reasons(browser, make, step, typed, sentence):
    made = make() if step == "/extend" else make("answer")
    before = made.case.status
    answer = browser.sign_in(made.other).submit(path(made, step), reason=typed)
    assert (answer.status_code, made.case.status, made.case.extended_on) == (422, before, None)
    assert sentence in answer.text


def test_missing_reasons_are_asked_for_in_chinese(browser, make):
    made = make("answer")
    answer = browser.sign_in(made.other).submit(f"/zh{path(made, '/verify')}", reason="")
    assert answer.status_code == 422
    assert "请写明理由。" in answer.text


def test_an_officer_orders_on_own_motion(browser):
    _, license = make_holder()
    browser.sign_in(make_user(Role.ENFORCEMENT_OFFICER))
    answer = browser.submit(ordering(license), demands="Publish a channel.")
    [case] = orders()
    assert answer.location.endswith(f"{case.reference}/case")
    assert (case.source, case.demands) == (license.number, "Publish a channel.")
    assert "The rectification is ordered." in browser.get(answer.location).text


@pytest.mark.parametrize("typed", ["", " ", "x" * 4001, "Ring 13800138000."])
def test_an_order_without_proper_demands_is_not_made(browser, typed):
    _, license = make_holder()
    browser.sign_in(make_user(Role.ENFORCEMENT_OFFICER))
    assert browser.submit(ordering(license), demands=typed).status_code == 422
    assert orders() == []


@pytest.mark.parametrize("role", sorted(set(Role) - ACTORS))
def test_other_roles_find_no_order_form(browser, role):
    holder, license = make_holder()
    for user in (make_user(role), holder):
        assert browser.sign_in(user).get(ordering(license)).status_code == 404


def test_an_officer_opens_the_files_of_the_answer(browser, make):
    made = make()
    browser.sign_in(made.holder).submit(path(made, "/attach"), file=(io.BytesIO(PDF), "log.pdf"))
    [file] = documents.of(made.case.reference)
    browser.sign_in(made.other)
    assert browser.get(path(made, f"/case/files/{file.id}"), buffered=True).data == PDF
    file.subject = "ZG-2026-999999"
    assert browser.get(path(made, f"/case/files/{file.id}")).status_code == 404


@pytest.mark.parametrize("page", ["ZG-2026-999999/case", "ZG-2026-999999/verify", "order/SJ999",
                                  "ZG-2026-999999/case/files/1"])
def test_an_unknown_number_is_not_found(browser, page):
    browser.sign_in(make_user(Role.SUPERVISION_OFFICER))
    assert browser.get(f"/supervision/rectifications/{page}").status_code == 404
