import pytest

from broker_admin.clock import at
from broker_admin.db import db
from broker_admin.permissions import Role
from tests.factories import make_member, make_user
from tests.supervision.factories import ANSWERS, APRIL, FEBRUARY, MadeReport
from tests.wrapping import unwrapped

READERS = {Role.SUPERVISION_OFFICER, Role.ENFORCEMENT_OFFICER, Role.DECIDER, Role.AUDITOR}


@pytest.fixture(autouse=True)
def _february():
    with at(FEBRUARY):
        yield


@pytest.fixture
def make(app):
    def made(at=FEBRUARY):
        with app.test_request_context():
            return MadeReport(at=at)
    return made


@pytest.fixture
def filed(make):
    return make().fill_in().file()


@pytest.fixture
def corrected(filed):
    changed = {"amount": 7_777, "deals": 13, "deals_outside": 8}
    filed.wait(days=3).answer("business", **{**ANSWERS["business"], **changed})
    return filed.file()


@pytest.fixture
def desk(browser):
    return browser.sign_in(make_user(Role.SUPERVISION_OFFICER))


def case(made, rest=""):
    return f"/supervision/reports/{made.report.reference}/case{rest}"


def public(made, rest=""):
    return f"/supervision/licenses/{made.license.number}/report{rest}"


def test_the_desk_reads_what_was_filed(desk, filed):
    db.session.commit()
    page = desk.get(case(filed)).text
    assert "900,000" in page
    assert "Annual report filed" in page


def test_the_heading_names_holder_and_year_in_both_languages(desk, filed):
    name = filed.report.organization.name
    assert f"{name}: 2025" in desk.get(f"/en{case(filed)}").text
    page = desk.get(f"/zh{case(filed)}").text
    assert f"{name}：2025 年" in page
    assert f"{name}:" not in page


def test_the_desk_does_not_see_a_draft(desk, make):
    made = make().fill_in()
    assert desk.get(case(made)).status_code == 404


def test_what_is_being_corrected_is_not_shown_yet(desk, filed):
    filed.answer("business", **{**ANSWERS["business"], "amount": 4_444})
    page = desk.get(case(filed)).text
    assert "900,000" in page
    assert "4,444" not in page


@pytest.mark.parametrize("role", sorted(Role))
def test_only_those_who_read_conduct_read_reports(browser, filed, role):
    answer = browser.sign_in(make_user(role)).get(case(filed))
    assert answer.status_code == (200 if role in READERS else 404)


def test_the_holder_has_no_page_at_the_desk(browser, filed):
    for user in (filed.holder, make_member()[0]):
        assert browser.sign_in(user).get(case(filed)).status_code == 404


def test_the_desk_reads_every_version(desk, corrected):
    assert "7,777" in desk.get(case(corrected)).text
    first = desk.get(case(corrected, "?edition=1")).text
    assert "900,000" in first
    assert "7,777" not in first


def test_what_a_correction_changed_is_marked(desk, corrected):
    assert desk.get(case(corrected)).text.count(">Corrected</strong>") == 3 + 1
    assert desk.get(case(corrected, "?edition=1")).text.count(">Corrected</strong>") == 1


@pytest.mark.parametrize("edition", ["0", "9", "-1", "x", "²", "%00", "1 OR 1=1", ""])
def test_a_version_that_is_not_there_shows_the_last(desk, corrected, edition):
    answer = desk.get(case(corrected, f"?edition={edition}"))
    assert answer.status_code == 200
    assert "7,777" in answer.text


def test_a_late_report_is_marked_late(browser, make):
    with at(APRIL):
        made = make(APRIL).fill_in().file()
        assert ">Late</strong>" in browser.get(public(made)).text
        browser.sign_in(make_user(Role.SUPERVISION_OFFICER))
        assert ">Late</strong>" in browser.get(case(made)).text


def test_everybody_reads_the_public_part(browser, filed):
    answer = browser.get(public(filed))
    assert answer.status_code == 200
    assert "Deals completed" in answer.text
    assert filed.report.organization.name in answer.text
    assert "2026-02-10" in answer.text


@pytest.mark.parametrize("private", [
    "900,000", "Amount of all deals", "Security incidents", "Self-assessment", "Suppliers of data",
    "Only for the authority", "Penalties: which",
])
def test_nobody_else_reads_the_authoritys_part(browser, filed, private):
    assert private not in browser.get(public(filed)).text


def test_the_public_page_names_no_person(browser, corrected):
    page = browser.get(public(corrected)).text
    assert corrected.holder.name not in page
    assert corrected.holder.email not in page


def test_the_public_reads_both_versions(browser, corrected):
    assert 'value">13 <' in browser.get(public(corrected)).text
    page = browser.get(public(corrected, "?edition=1")).text
    assert 'value">12</dd>' in page
    assert "Version 2 of 2026-02-13" in unwrapped(page)


def test_a_correction_of_private_answers_shows_nothing(browser, filed):
    filed.answer("business", **{**ANSWERS["business"], "amount": 4_444})
    filed.file()
    page = browser.get(public(filed)).text
    assert "4,444" not in page
    assert ">Corrected</strong>" not in page


def test_a_draft_is_not_public(browser, make):
    assert browser.get(public(make().fill_in())).status_code == 404


@pytest.mark.parametrize("number", ["unknown", "GD-DATA-2026-99999", "%00", "x" * 300])
def test_a_license_that_is_not_there_has_no_report(browser, number):
    assert browser.get(f"/supervision/licenses/{number}/report").status_code in {400, 404}


def test_the_register_leads_to_the_public_part(browser, filed):
    page = browser.get(f"/register/{filed.license.number}").text
    assert "Annual report about 2025, as the holder filed it" in page
    assert public(filed) in page


def test_the_register_leads_to_no_report_before_one_is_filed(browser, make):
    made = make()
    assert public(made) not in browser.get(f"/register/{made.license.number}").text


def test_a_kept_record_is_stale_once_a_report_is_filed(browser, make):
    made = make().fill_in()
    tag = browser.get(f"/register/{made.license.number}").headers["ETag"]
    made.file()
    answer = browser.get(f"/register/{made.license.number}", headers={"If-None-Match": tag})
    assert answer.status_code == 200


def test_the_public_page_is_chinese_too(browser, filed):
    page = browser.get(f"/zh{public(filed)}").text
    assert "以下内容由持证单位于 2026-02-10 自行填报" in unwrapped(page)
    assert "2025 年度报告" in page
