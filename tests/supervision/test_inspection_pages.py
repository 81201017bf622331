import io

import pytest

from broker_admin.clock import at
from broker_admin.documents import service as documents
from broker_admin.permissions import Role
from broker_admin.supervision.inspection_workflow import InspectionStatus as J
from tests.documents.files import pdf
from tests.factories import make_member, make_user
from tests.supervision.factories import JUNE, MadeInspection, make_inspection

PDF = pdf()
FOUND = {"answer_I01": "Y", "answer_I07": "NA", "facts": "We came and saw."}


@pytest.fixture(autouse=True)
def _june():
    with at(JUNE):
        yield


@pytest.fixture
def make(app):
    def made(status=J.DRAWN, **changes):
        with app.test_request_context():
            return make_inspection(status, **changes)
    return made


def path(made, rest=""):
    return f"/supervision/inspections/{made.inspection.reference}{rest}"


def test_a_plan_is_published_and_drawn_by_hand(browser, make):
    make()
    browser.sign_in(make_user(Role.SUPERVISION_OFFICER))
    answer = browser.submit("/supervision/plans/publish", title="Half-year plan", items="I01")
    assert answer.status_code == 302
    page = answer.location.removesuffix("/case")
    assert browser.submit(f"{page}/commit", page=f"{page}/case").status_code == 409
    assert "No draw has been committed" in browser.get(f"{page}/case").text


def test_a_draw_is_revealed_from_its_page(browser, make, app):
    with app.test_request_context():
        made = MadeInspection()
    browser.sign_in(made.planner)
    page = f"/supervision/draws/{made.draw.reference}"
    assert made.draw.sealed_seed not in browser.get(f"{page}/case").text
    assert browser.submit(f"{page}/draw", page=f"{page}/case").status_code == 302
    shown = browser.get(f"{page}/case").text
    assert "with the same result" in shown
    assert made.draw.seed in shown


@pytest.mark.parametrize("wrong", [{"title": ""}, {"items": "I99"}, {"items": []}, {"title": "x" * 201}])
def test_a_plan_needs_title_and_items(browser, wrong):
    browser.sign_in(make_user(Role.SUPERVISION_OFFICER))
    answer = browser.submit("/supervision/plans/publish",
                            **{"title": "Plan", "items": "I01", **wrong})
    assert answer.status_code == 422


def test_the_transcript_hides_who_does_not_know(browser, make):
    made = make()
    page = browser.get(f"/supervision/draws/{made.draw.reference}").text
    assert made.draw.pool_sha256 in page
    assert made.draw.commitment in page
    for secret in (made.draw.seed, made.license.display_number, made.license.number,
                   made.license.organization.name):
        assert secret not in page


def test_the_transcript_tells_all_afterwards(browser, make):
    made = make(J.NOTIFIED)
    page = browser.get(f"/supervision/draws/{made.draw.reference}").text
    assert made.draw.seed in page
    assert made.license.display_number in page
    assert "with the same result" in page
    assert "Not published yet" in page
    assert browser.get("/supervision/draws/CC-2026-000009-1").status_code == 404


def test_the_holder_sees_nothing_before_the_notice(browser, make):
    made = make()
    browser.sign_in(made.holder)
    assert browser.get(path(made)).status_code == 404
    assert made.inspection.reference not in browser.get("/supervision/").text
    assert browser.get(path(made, "/case")).status_code == 404


def test_the_holder_reads_the_notice(browser, make):
    made = make(J.NOTIFIED)
    browser.sign_in(made.holder)
    page = browser.get(path(made)).text
    assert made.inspection.notice_number in page
    assert "gifts" in page


def test_the_holder_reads_the_result(browser, make):
    made = make(J.TOLD)
    assert "Result: No issue found" in browser.sign_in(made.holder).get(path(made)).text


def test_a_result_is_hidden_until_it_is_told(browser, make):
    made = make(J.CONCLUDED)
    page = browser.sign_in(made.holder).get(path(made)).text
    assert "Keep records." not in page
    assert "No issue found" not in page


def test_the_pair_walk_an_inspection_through(browser, make):
    made = make()
    first, second = made.inspection.first_officer, made.inspection.second_officer
    browser.sign_in(first)
    assert browser.submit(path(made, "/notify"), visit_on="2026-06-08").status_code == 302
    assert browser.submit(path(made, "/record"), **FOUND).status_code == 302
    browser.sign_in(second)
    given = {"result": "case", "conclusion": "Lent.", "conduct_codes": "C22"}
    assert browser.submit(path(made, "/conclude"), **given).status_code == 302
    assert browser.submit(path(made, "/tell")).status_code == 302
    assert browser.submit(path(made, "/publish")).status_code == 302
    assert made.inspection.follow_up.startswith("AJ-2026-")
    assert made.inspection.follow_up in browser.get(path(made, "/case")).text


@pytest.mark.parametrize("wrong", [
    {"answer_I01": ""}, {"answer_I01": "maybe"}, {"answer_I01": "N"}, {"facts": ""},
    {"facts": "x" * 5001}, {"evidence_I01": "440106199901010019"},
])
def test_a_faulty_record_is_kept_for_correction(browser, make, wrong):
    made = make(J.NOTIFIED)
    answer = browser.sign_in(made.inspection.first_officer).submit(
        path(made, "/record"), **{**FOUND, **wrong})
    assert (answer.status_code, made.inspection.status) == (422, J.NOTIFIED)


@pytest.mark.parametrize("typed", ["", "soon", "2026-02-30", "\0"])
def test_a_notice_needs_a_real_day(browser, make, typed):
    made = make()
    answer = browser.sign_in(made.inspection.first_officer).submit(
        path(made, "/notify"), visit_on=typed)
    assert (answer.status_code, made.inspection.status) == (422, J.DRAWN)


def test_evidence_is_attached_and_downloaded(browser, make):
    made = make(J.NOTIFIED)
    browser.sign_in(made.inspection.first_officer)
    answer = browser.submit(path(made, "/evidence"), file=(io.BytesIO(PDF), "photo.pdf"))
    assert answer.status_code == 302
    number = documents.of(made.inspection.reference)[0].id
    assert browser.get(path(made, f"/files/{number}"), buffered=True).data == PDF
    for user in (made.holder, make_user(), make_user(Role.REVIEWER)):
        assert browser.sign_in(user).get(path(made, f"/files/{number}")).status_code == 404


def test_a_false_file_is_refused(browser, make):
    made = make(J.NOTIFIED)
    answer = browser.sign_in(made.inspection.first_officer).submit(
        path(made, "/evidence"), file=(io.BytesIO(b"MZ not a pdf"), "photo.pdf"))
    assert answer.status_code == 422
    assert documents.of(made.inspection.reference) == []


def test_an_officer_is_replaced_from_the_page(browser, make):
    made = make()
    leaving = made.inspection.first_officer_id
    answer = browser.sign_in(made.planner).submit(
        path(made, "/recuse"), officer=str(leaving), reason="A cousin works there.")
    assert answer.status_code == 302
    assert leaving not in made.inspection.officer_ids


def test_steps_out_of_turn_are_conflicts(browser, make):
    made = make(J.NOTIFIED)
    browser.sign_in(made.inspection.first_officer)
    for rest in ("/notify", "/conclude", "/tell", "/publish"):
        assert browser.get(path(made, rest)).status_code == 409


def test_strangers_find_no_inspection(browser, make):
    made = make(J.PUBLISHED)
    for user in (make_member()[0], make_user(), make_user(Role.REVIEWER)):
        browser.sign_in(user)
        for rest in ("", "/case", "/notify", "/recuse"):
            assert browser.get(path(made, rest)).status_code == 404


def test_the_worklists_show_what_is_open(browser, make):
    made = make()
    browser.sign_in(made.inspection.first_officer)
    for page in ("/supervision/inspections/worklist", "/supervision/inspections/worklist?mine=1"):
        assert made.inspection.reference in browser.get(page).text
    assert made.plan.reference in browser.get("/supervision/plans").text


def test_auditors_may_verify_a_draw(browser, make):
    made = make()
    page = browser.sign_in(make_user(Role.AUDITOR)).get(
        f"/supervision/draws/{made.draw.reference}/case").text
    assert "with the same result" in page
    assert "Reveal the seed" not in page
