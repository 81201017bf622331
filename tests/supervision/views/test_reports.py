import pytest

from broker_admin.clock import at
from broker_admin.permissions import Role
from broker_admin.supervision.workflow import ReportStatus as R
from tests.factories import make_member, make_user
from tests.supervision.factories import ANSWERS, APRIL, FEBRUARY, MadeReport, make_holder
from tests.wrapping import unwrapped

BUSINESS = {code: str(value) for code, value in ANSWERS["business"].items()}


@pytest.fixture(autouse=True)
def _february():
    with at(FEBRUARY):
        yield


@pytest.fixture
def made(app):
    with app.test_request_context():
        return MadeReport()


def path(made, rest=""):
    return f"/supervision/reports/{made.report.reference}{rest}"


def test_a_holder_starts_from_the_list(browser):
    holder, license = make_holder()
    browser.sign_in(holder)
    assert "has not been started" in browser.get("/supervision/reports").text
    answer = browser.submit(f"/supervision/reports/start/{license.number}",
                            page="/supervision/reports")
    assert answer.status_code == 302
    assert "5 completed" in browser.get(answer.location).text


def test_a_section_is_saved_and_resumed(browser, made):
    browser.sign_in(made.holder)
    assert browser.submit(path(made, "/sections/business"), **BUSINESS).status_code == 302
    assert made.report.answers["business"] == ANSWERS["business"]
    assert 'value="900000"' in browser.get(path(made, "/sections/business")).text


def test_an_incomplete_section_is_kept_for_later(browser, made):
    browser.sign_in(made.holder)
    answer = browser.submit(path(made, "/sections/business"), deals="5", deals_in_exchange="5",
                            deals_outside="0")
    assert answer.status_code == 422
    assert 'value="5"' in answer.text
    assert made.report.answers == {}
    answer = browser.submit(path(made, "/sections/business"), deals="5", deals_in_exchange="5",
                            deals_outside="0", later="1")
    assert answer.status_code == 302
    assert made.report.answers["business"]["buyers"] is None


@pytest.mark.parametrize(("field", "typed"), [
    ("deals", "many"), ("deals", "-1"), ("deals", "9" * 40), ("amount", "1.5"), ("deals", "\0"),
    ("deals_outside", "8"), ("deals_cross_border", "13"), ("buyers", "<script>"),
])
def test_wrong_numbers_are_refused_and_kept(browser, made, field, typed):
    answer = browser.sign_in(made.holder).submit(
        path(made, "/sections/business"), **{**BUSINESS, field: typed})
    assert answer.status_code == 422
    assert "<script>" not in answer.text.replace("<script src", "")
    assert made.report.answers == {}


@pytest.mark.parametrize("typed", ["2026-13-01", "yesterday", "0000-00-00", "2026-02-30"])
def test_wrong_days_are_refused(browser, made, typed):
    answer = browser.sign_in(made.holder).submit(
        path(made, "/sections/protection"), subjects="1", incidents="0", incidents_reported="0",
        dcmm_valid="yes", mlps_assessed_on=typed)
    assert answer.status_code == 422
    assert typed in answer.text


def test_days_come_back_as_typed(browser, made):
    browser.sign_in(made.holder).submit(
        path(made, "/sections/protection"), subjects="１０", incidents="0", incidents_reported="0",
        dcmm_valid="yes", mlps_assessed_on="2025年6月3日")
    assert made.report.answers["protection"]["mlps_assessed_on"] == "2025-06-03"
    assert made.report.answers["protection"]["subjects"] == 10
    assert "2025-06-03" in browser.get(path(made, "/sections/protection")).text


@pytest.mark.parametrize("typed", ["maybe", "YES", "\0"])
def test_only_yes_or_no_answers_a_question(browser, made, typed):
    answer = browser.sign_in(made.holder).submit(
        path(made, "/sections/contacts"), staff="9", certified_staff="3", address_changed=typed)
    assert answer.status_code == 422


def test_identity_numbers_stay_out_of_texts(browser, made):
    answer = browser.sign_in(made.holder).submit(
        path(made, "/sections/contacts"), staff="9", certified_staff="3", address_changed="yes",
        contact_changes="New contact 440106199901010019")
    assert answer.status_code == 422
    assert made.report.answers == {}


def test_filing_needs_every_section(browser, made):
    browser.sign_in(made.holder)
    assert "not completed yet" in browser.get(path(made, "/file")).text
    assert browser.submit(path(made, "/file"), page=path(made, "/sections/business")
                          ).status_code == 409
    assert made.report.status is R.DRAFT


def test_a_report_is_filed_and_read_at_the_desk(browser, made):
    made.fill_in()
    answer = browser.sign_in(made.holder).submit(path(made, "/file"))
    assert (answer.status_code, made.report.status) == (302, R.SUBMITTED)
    browser.sign_in(make_user(Role.SUPERVISION_OFFICER))
    page = browser.get(path(made, "/case")).text
    assert "900,000" in page
    assert "Annual report filed" in page
    assert made.report.reference in browser.get("/supervision/reports/worklist").text


def test_both_versions_stay_readable(browser, made):
    made.fill_in().file()
    made.answer("business", **{**ANSWERS["business"], "amount": 7_777})
    made.file()
    browser.sign_in(make_user(Role.SUPERVISION_OFFICER))
    assert "7,777" in browser.get(path(made, "/case")).text
    assert "900,000" in browser.get(path(made, "/case?edition=1")).text
    for edition in ("0", "9", "x", "-1", "²"):
        assert browser.get(path(made, f"/case?edition={edition}")).status_code == 200


def test_drafts_are_hidden_from_the_desk(browser, made):
    browser.sign_in(make_user(Role.SUPERVISION_OFFICER))
    assert browser.get(path(made, "/case")).status_code == 404
    assert made.report.reference not in browser.get("/supervision/reports/worklist").text
    assert made.license.display_number in browser.get("/supervision/reports/worklist?missing=1").text


def test_strangers_find_no_report(browser, made):
    made.fill_in().file()
    for user in (make_member()[0], make_user(), make_user(Role.EXAM_ADMIN)):
        browser.sign_in(user)
        for rest in ("", "/sections/business", "/file", "/case"):
            assert browser.get(path(made, rest)).status_code == 404
    assert made.report.reference not in browser.get("/supervision/reports").text


def test_unknown_sections_and_reports_are_missing(browser, made):
    browser.sign_in(made.holder)
    assert browser.get(path(made, "/sections/charm")).status_code == 404
    assert browser.get("/supervision/reports/NB-2026-999999").status_code == 404


def test_visitors_are_asked_to_sign_in(browser, made):
    assert browser.get(path(made)).status_code == 302


def colleague_of(made):
    colleague = make_user()
    membership = made.report.organization.memberships[0]
    made.report.organization.memberships.append(type(membership)(
        user=colleague, status=membership.status, asked_at=made.at, decided_at=made.at))
    return colleague


def test_a_colleague_goes_on_where_one_stopped(browser, made):
    made.answer("business", **ANSWERS["business"])
    browser.sign_in(colleague_of(made))
    assert "1 of 5 completed." in browser.get(path(made)).text
    assert 'value="900000"' in browser.get(path(made, "/sections/business")).text


@pytest.mark.parametrize(("language", "words"), [
    ("en", "File it from 2026-01-01 to 2026-03-31."), ("zh", "2026-03-31"),
])
def test_the_window_is_told_on_the_report(browser, made, language, words):
    page = browser.sign_in(made.holder).get(f"/{language}{path(made)}").text
    assert words in unwrapped(page)


@pytest.mark.parametrize(("language", "words"), [
    ("en", "The report about 2025 is filed from 2026-01-01 to 2026-03-31."),
    ("zh", "2026-01-01"),
])
def test_the_window_is_told_in_the_list(browser, made, language, words):
    page = browser.sign_in(made.holder).get(f"/{language}/supervision/reports").text
    assert words in unwrapped(page)


@pytest.mark.parametrize(("day", "late"), [
    ("2026-01-01", False), ("2026-03-31", False), ("2026-04-01", True), ("2026-12-31", True),
])
def test_a_report_not_begun_is_late_after_the_window(browser, day, late):
    holder, _ = make_holder()
    with at(FEBRUARY.replace(month=int(day[5:7]), day=int(day[8:]))):
        page = browser.sign_in(holder).get("/supervision/reports").text
    assert "has not been started" in page
    assert ("It is late; file it all the same." in page) is late


def test_starting_twice_leads_to_the_same_report(browser, made):
    browser.sign_in(made.holder)
    answer = browser.submit(f"/supervision/reports/start/{made.license.number}",
                            page="/supervision/reports")
    assert answer.location.endswith(path(made))


def test_a_report_that_was_begun_is_not_offered_again(browser, made):
    page = browser.sign_in(made.holder).get("/supervision/reports").text
    assert "has not been started" not in page
    assert made.report.reference in page


def test_nobody_starts_the_report_of_another(browser, made):
    _, license = make_holder()
    answer = browser.sign_in(made.holder).submit(
        f"/supervision/reports/start/{license.number}", page="/supervision/reports")
    assert answer.status_code == 404


def test_a_late_report_is_filed_and_marked(browser, app):
    with app.test_request_context():
        made = MadeReport(at=APRIL).fill_in()
    with at(APRIL):
        browser.sign_in(made.holder)
        assert "The report is late, and that is noted with it." in browser.get(path(made, "/file")).text
        assert browser.submit(path(made, "/file")).status_code == 302
        assert ">Late</strong>" in browser.get(path(made)).text
    assert (made.report.status, made.report.late) == (R.SUBMITTED, True)


def test_a_second_click_files_one_version(browser, made):
    made.fill_in()
    browser.sign_in(made.holder).submit(path(made, "/file"))
    answer = browser.submit(path(made, "/file"))
    assert answer.status_code == 409
    assert "Nothing has been changed since the report was filed." in answer.text
    assert len(made.report.versions) == 1


def test_a_correction_is_filed_beside_the_first(browser, made):
    made.fill_in().file()
    browser.sign_in(made.holder)
    browser.submit(path(made, "/sections/business"), **{**BUSINESS, "amount": "5"})
    assert "File the correction" in browser.get(path(made, "/file")).text
    assert browser.submit(path(made, "/file")).status_code == 302
    assert [version.number for version in made.report.versions] == [1, 2]
    assert made.report.status is R.CORRECTED


@pytest.mark.parametrize("rest", ["/sections/business", "/file"])
@pytest.mark.parametrize(("language", "sentence"), [
    ("en", "The time for corrections is over. Write to the authority instead."),
    ("zh", "更正期已满，请书面联系主管部门。"),
])
def test_corrections_end_with_the_window(browser, made, rest, language, sentence):
    made.fill_in().file()
    with at(APRIL):
        answer = browser.sign_in(made.holder).get(f"/{language}{path(made, rest)}")
    assert answer.status_code == 409
    assert sentence in answer.text


def test_a_closed_report_offers_no_section(browser, made):
    made.fill_in().file()
    with at(APRIL):
        page = browser.sign_in(made.holder).get(path(made)).text
    assert "/sections/" not in page
    assert "The time for corrections is over." in page


def test_half_a_section_is_saved_for_later(browser, made):
    answer = browser.sign_in(made.holder).submit(
        path(made, "/sections/business"), deals="5", deals_outside="2", later="1")
    assert answer.status_code == 302
    assert made.report.answers["business"]["deals"] == 5
    assert "In progress" in browser.get(path(made)).text


def test_details_may_follow_later(browser, made):
    browser.sign_in(made.holder)
    typed = {"staff": "9", "certified_staff": "3", "address_changed": "yes"}
    answer = browser.submit(path(made, "/sections/contacts"), **typed)
    assert (answer.status_code, "Give the details." in answer.text) == (422, True)
    assert browser.submit(path(made, "/sections/contacts"), **typed, later="1").status_code == 302


def test_a_contradiction_is_not_saved_for_later(browser, made):
    answer = browser.sign_in(made.holder).submit(
        path(made, "/sections/contacts"), staff="3", certified_staff="4", later="1")
    assert answer.status_code == 422
    assert "A part cannot be more than the whole." in answer.text
    assert made.report.answers == {}


@pytest.mark.parametrize(("language", "sentence"), [
    ("en", "Answer this question."), ("zh", "请回答此问题。"),
])
def test_what_is_missing_is_asked_for(browser, made, language, sentence):
    answer = browser.sign_in(made.holder).submit(
        f"/{language}{path(made, '/sections/assessment')}", partners="3")
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_correction_that_was_typed_is_not_filed_yet(browser, made):
    made.fill_in().file()
    browser.sign_in(made.holder).submit(path(made, "/sections/business"), **{**BUSINESS, "amount": "5"})
    assert made.report.filed.answers["business"]["amount"] == 900_000
    assert "Check your answers and file" in browser.get(path(made)).text


def test_whoever_filed_is_named_to_colleagues(browser, made):
    made.fill_in().file()
    page = browser.sign_in(made.holder).get(path(made)).text
    assert f"Version 1, filed on 2026-02-10 by {made.holder.name}" in unwrapped(page)


@pytest.mark.parametrize(("language", "words"), [
    ("en", "What is marked as public can be read by everybody."), ("zh", "公示"),
])
def test_whoever_files_is_told_what_is_public(browser, made, language, words):
    made.fill_in()
    page = browser.sign_in(made.holder).get(f"/{language}{path(made, '/file')}").text
    assert words in page


def test_an_empty_list_says_so(browser):
    page = browser.sign_in(make_member()[0]).get("/supervision/reports").text
    assert "No report has been started yet." in page


def test_filing_without_the_token_changes_nothing(browser, made):
    made.fill_in()
    assert browser.sign_in(made.holder).post(path(made, "/file")).status_code == 400
    assert made.report.status is R.DRAFT
