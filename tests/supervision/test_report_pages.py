import pytest

from broker_admin.clock import at
from broker_admin.permissions import Role
from broker_admin.supervision.workflow import ReportStatus as R
from tests.factories import make_member, make_user
from tests.supervision.factories import ANSWERS, FEBRUARY, MadeReport, make_holder

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
