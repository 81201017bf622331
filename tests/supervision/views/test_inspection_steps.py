import io

import pytest

from broker_admin.clock import at
from broker_admin.documents import service as documents
from broker_admin.permissions import Role
from broker_admin.supervision.inspection_workflow import InspectionResult as R
from broker_admin.supervision.inspection_workflow import InspectionStatus as J
from tests.documents.files import pdf
from tests.factories import make_member, make_user
from tests.supervision.factories import JUNE, make_inspection

PDF = pdf()
FOUND = {"answer_I01": "Y", "answer_I07": "NA", "facts": "We came and saw."}
CONCLUDED = {"result": "no_issue", "conclusion": "Nothing was found."}
STEPS = {"/notify": J.DRAWN, "/record": J.NOTIFIED, "/evidence": J.NOTIFIED, "/conclude": J.RECORDED,
         "/tell": J.CONCLUDED, "/publish": J.TOLD}


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


def as_first(browser, made):
    return browser.sign_in(made.inspection.first_officer)


def as_second(browser, made):
    return browser.sign_in(made.inspection.second_officer)


def test_the_pair_walk_an_inspection_through(browser, make):
    made = make()
    as_first(browser, made)
    assert browser.submit(path(made, "/notify"), visit_on="2026-06-08").status_code == 302
    assert browser.submit(path(made, "/record"), **FOUND).status_code == 302
    as_second(browser, made)
    given = {"result": "case", "conclusion": "Lent.", "conduct_codes": "C22"}
    assert browser.submit(path(made, "/conclude"), **given).status_code == 302
    assert browser.submit(path(made, "/tell")).status_code == 302
    assert browser.submit(path(made, "/publish")).status_code == 302
    assert made.inspection.status is J.PUBLISHED
    assert made.inspection.follow_up.startswith("AJ-2026-")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("status", list(J))
def test_a_step_out_of_turn_is_a_conflict(browser, make, step, status):
    made = make(status)
    as_second(browser, made)
    assert browser.get(path(made, step)).status_code == (200 if STEPS[step] is status else 409)
    assert made.inspection.status is status


@pytest.mark.parametrize("step", STEPS)
def test_an_officer_who_was_not_drawn_takes_no_step(browser, make, step):
    made = make(STEPS[step])
    third = next(o for o in made.officers if o.id not in made.inspection.officer_ids)
    answer = browser.sign_in(third).get(path(made, step))
    assert answer.status_code == 409
    assert "Only the two officers who were drawn may do this." in answer.text


@pytest.mark.parametrize("step", [*STEPS, "/recuse"])
def test_outsiders_find_no_step(browser, make, step):
    made = make(STEPS.get(step, J.DRAWN))
    for user in (made.holder, make_member()[0], make_user(), make_user(Role.REVIEWER)):
        assert browser.sign_in(user).get(path(made, step)).status_code == 404


@pytest.mark.parametrize("typed", ["", "soon", "2026-02-30", "\0", "99999-01-01"])
def test_a_notice_needs_a_real_day(browser, make, typed):
    made = make()
    answer = as_first(browser, made).submit(path(made, "/notify"), visit_on=typed)
    assert (answer.status_code, made.inspection.status) == (422, J.DRAWN)


def test_a_day_that_has_passed_is_a_conflict(browser, make):
    made = make()
    answer = as_first(browser, made).submit(path(made, "/notify"), visit_on="2026-06-07")
    assert answer.status_code == 409
    assert "The day of the visit has passed already." in answer.text
    assert made.inspection.notice_number is None


def test_a_visit_is_not_recorded_before_its_day(browser, make):
    made = make()
    as_first(browser, made).submit(path(made, "/notify"), visit_on="2026-06-10")
    answer = browser.submit(path(made, "/record"), **FOUND)
    assert answer.status_code == 409
    assert "2026-06-10" in answer.text
    assert made.inspection.items == []


@pytest.mark.parametrize(("wrong", "sentence"), [
    ({"answer_I01": ""}, "Choose a finding."), ({"answer_I01": "maybe"}, "Not a valid choice."),
    ({"answer_I01": "N"}, "Say on what evidence an item is not complied with."),
    ({"answer_I01": "N", "evidence_I01": " "}, "Say on what evidence an item is not complied with."),
    ({"facts": ""}, "Describe the visit."), ({"facts": "x" * 5001}, "5000"),
    ({"evidence_I01": "440106199901010019"}, ""), ({"evidence_I01": "x" * 1001}, "1000"),
])
def test_a_faulty_record_is_kept_for_correction(browser, make, wrong, sentence):
    made = make(J.NOTIFIED)
    answer = as_first(browser, made).submit(path(made, "/record"), **{**FOUND, **wrong})
    assert (answer.status_code, made.inspection.status) == (422, J.NOTIFIED)
    assert sentence in answer.text
    assert wrong.get("facts", "We came and saw.") in answer.text


def test_findings_of_other_items_are_ignored(browser, make):
    made = make(J.NOTIFIED)
    answer = as_first(browser, made).submit(path(made, "/record"), **FOUND, answer_I10="N")
    assert answer.status_code == 302
    assert [item["code"] for item in made.inspection.items] == ["I01", "I07"]


@pytest.mark.parametrize(("wrong", "sentence"), [
    ({"result": ""}, "Choose the result."), ({"result": "perfect"}, "Not a valid choice."),
    ({"conclusion": ""}, "Write the conclusion."), ({"conclusion": "x" * 4001}, "4000"),
    ({"conduct_codes": "C99"}, "Not a valid choice."), ({"conclusion": "Ring 13800138000."}, ""),
])
def test_a_faulty_conclusion_changes_nothing(browser, make, wrong, sentence):
    made = make(J.RECORDED)
    answer = as_second(browser, made).submit(path(made, "/conclude"), **{**CONCLUDED, **wrong})
    assert (answer.status_code, made.inspection.status) == (422, J.RECORDED)
    assert sentence in answer.text


@pytest.mark.parametrize("given", [{"result": "case"}, {"result": "rectify", "conduct_codes": "C01"}])
def test_conduct_that_does_not_fit_is_a_conflict(browser, make, given):
    made = make(J.RECORDED)
    answer = as_second(browser, made).submit(path(made, "/conclude"), **{**CONCLUDED, **given})
    assert answer.status_code == 409
    assert "Name the conduct where a case is to be opened, and only there." in answer.text
    assert made.inspection.result is None


def test_the_writer_of_the_record_cannot_conclude(browser, make):
    made = make(J.RECORDED)
    answer = as_first(browser, made).submit(path(made, "/conclude"), **CONCLUDED)
    assert answer.status_code == 409
    assert "The officer who did not write the record concludes." in answer.text
    assert made.inspection.status is J.RECORDED


@pytest.mark.parametrize("result", sorted(R))
def test_every_result_is_offered_in_both_languages(browser, make, result):
    made = make(J.RECORDED)
    as_second(browser, made)
    for prefix in ("", "/zh"):
        assert f'value="{result}"' in browser.get(prefix + path(made, "/conclude")).text


def test_evidence_is_attached_and_downloaded(browser, make):
    made = make(J.NOTIFIED)
    answer = as_first(browser, made).submit(path(made, "/evidence"), file=(io.BytesIO(PDF), "photo.pdf"))
    assert answer.status_code == 302
    number = documents.of(made.inspection.reference)[0].id
    assert "photo.pdf" in browser.get(path(made, "/case")).text
    assert browser.get(path(made, f"/files/{number}"), buffered=True).data == PDF
    for user in (made.holder, make_user(), make_user(Role.REVIEWER)):
        assert browser.sign_in(user).get(path(made, f"/files/{number}")).status_code == 404


def test_a_file_of_another_case_is_not_found(browser, make):
    made = make(J.NOTIFIED)
    as_first(browser, made).submit(path(made, "/evidence"), file=(io.BytesIO(PDF), "photo.pdf"))
    [file] = documents.of(made.inspection.reference)
    file.subject = "JC-2026-999999"
    assert browser.get(path(made, f"/files/{file.id}")).status_code == 404


@pytest.mark.parametrize("upload", [(b"MZ not a pdf", "photo.pdf"), (b"", "photo.pdf"),
                                    (PDF, "photo.exe"), None])
def test_a_bad_file_is_refused(browser, make, upload):
    made = make(J.NOTIFIED)
    data = {"file": (io.BytesIO(upload[0]), upload[1])} if upload else {}
    answer = as_first(browser, made).submit(path(made, "/evidence"), **data)
    assert answer.status_code == 422
    assert documents.of(made.inspection.reference) == []


def test_an_officer_is_replaced_from_the_page(browser, make):
    made = make()
    leaving = made.inspection.first_officer_id
    answer = browser.sign_in(made.planner).submit(
        path(made, "/recuse"), officer=str(leaving), reason="A cousin works there.")
    assert answer.status_code == 302
    assert leaving not in made.inspection.officer_ids
    assert "The next officer of the draw comes in." in browser.get(answer.location).text


@pytest.mark.parametrize(("wrong", "sentence"), [
    ({"officer": ""}, "Choose the officer."), ({"officer": "999999"}, "Not a valid choice."),
    ({"officer": "x"}, ""), ({"reason": ""}, "Give the reason."), ({"reason": "x" * 1001}, "1000"),
])
def test_a_faulty_replacement_changes_nothing(browser, make, wrong, sentence):
    made = make()
    before = made.inspection.officer_ids
    given = {"officer": str(made.inspection.first_officer_id), "reason": "A cousin works there.", **wrong}
    answer = browser.sign_in(made.planner).submit(path(made, "/recuse"), **given)
    assert (answer.status_code, made.inspection.officer_ids) == (422, before)
    assert sentence in answer.text


@pytest.mark.parametrize("status", sorted(set(J) - {J.DRAWN}))
def test_nobody_is_replaced_after_the_notice(browser, make, status):
    made = make(status)
    answer = browser.sign_in(made.planner).get(path(made, "/recuse"))
    assert answer.status_code == 409
    assert "before the holder is notified" in answer.text


def test_a_form_sent_twice_counts_once(browser, make):
    made = make()
    as_first(browser, made)
    page = browser.get(path(made, "/notify")).text
    assert browser.submit(path(made, "/notify"), visit_on="2026-06-09").status_code == 302
    number = made.inspection.notice_number
    again = browser.post(path(made, "/notify"), data={"visit_on": "2026-06-10"})
    assert again.status_code in {400, 409}
    assert "visit_on" in page
    assert (made.inspection.notice_number, str(made.inspection.visit_on)) == (number, "2026-06-09")


def test_a_step_is_asked_in_chinese_too(browser, make):
    made = make(J.RECORDED)
    page = as_second(browser, made).get(f"/zh{path(made, '/conclude')}").text
    assert "请选择" not in page
    answer = browser.submit(f"/zh{path(made, '/conclude')}", result="", conclusion="")
    assert answer.status_code == 422
    assert "请选择" in answer.text
