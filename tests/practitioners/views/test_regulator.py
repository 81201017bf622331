import pytest

from broker_admin.db import db
from broker_admin.ledger import AuditEntry
from broker_admin.permissions import Role
from broker_admin.practitioners.workflow import EmploymentStatus as E
from broker_admin.practitioners.workflow import PractitionerStatus as S
from tests.factories import make_member, make_user
from tests.practitioners.factories import make_practitioner, make_staff


@pytest.fixture
def office(browser):
    return browser.sign_in(make_user(Role.EXAM_ADMIN))


def path(practitioner, step="case"):
    return f"/practitioners/{practitioner.reference}/{step}"


def test_the_desk_shows_masked_identity_numbers(office):
    practitioner = make_practitioner()
    page = office.get(path(practitioner)).text
    assert practitioner.identity not in page
    assert practitioner.identity[:4] in page
    assert practitioner.identity[4:14] not in page


def test_the_list_shows_no_identity_number_at_all(office):
    practitioner = make_practitioner()
    page = office.get("/practitioners/worklist").text
    assert practitioner.certificate_number in page
    assert practitioner.identity not in page


def test_the_desk_shows_whom_somebody_works_for(office):
    boss, organization = make_member()
    practitioner = make_staff(organization, boss)
    for address in ("/practitioners/worklist", path(practitioner)):
        assert organization.name in office.get(address).text


@pytest.mark.parametrize(("role", "code"), [
    (None, 404), (Role.REVIEWER, 200), (Role.EXAM_ADMIN, 200), (Role.AUDITOR, 200),
    (Role.ADMINISTRATOR, 404), (Role.QUESTION_AUTHOR, 404)])
def test_the_register_of_persons_is_for_officers(browser, role, code):
    practitioner = make_practitioner()
    browser.sign_in(make_user(*([role] if role else [])))
    for address in ("/practitioners/worklist", path(practitioner)):
        assert browser.get(address).status_code == code


def test_the_person_has_no_desk(browser):
    practitioner = make_practitioner()
    assert browser.sign_in(practitioner.user).get(path(practitioner)).status_code == 404


@pytest.mark.parametrize("query", ["q=%00", "q=%25", "q=" + "x" * 9000, "page=0", "page=x", "q=%FF", "q=_"])
def test_hostile_searches_get_a_page(office, query):
    make_practitioner()
    assert office.get(f"/practitioners/worklist?{query}").status_code == 200


def test_a_search_keeps_what_was_typed(office):
    make_practitioner(name="陈怡"), make_practitioner(name="王芳")
    page = office.get("/practitioners/worklist?q=陈").text
    assert 'value="陈"' in page
    assert "陈怡" in page
    assert "王芳" not in page


def test_a_search_for_nobody_says_so(office):
    make_practitioner(name="陈怡")
    assert "Nobody matches." in office.get("/practitioners/worklist?q=李").text
    assert "没有符合条件的人员。" in office.get("/zh/practitioners/worklist?q=李").text


def test_a_long_register_has_pages(office):
    for _ in range(26):
        make_practitioner()
    first, second = (office.get(f"/practitioners/worklist?page={n}").text for n in (1, 2))
    assert [page.count("SJP44") for page in (first, second)] == [25, 1]


def test_declaring_void_ends_certificate_and_employment(office):
    boss, organization = make_member()
    practitioner = make_staff(organization, boss)
    employment = practitioner.employment
    answer = office.submit(path(practitioner, "void"), reason="Pass annulled.")
    assert answer.location.endswith(path(practitioner))
    assert (practitioner.status, employment.status) == (S.VOID, E.ENDED)
    entries = db.session.scalars(db.select(AuditEntry.name)).all()
    assert {"practitioner.voided", "employment.ended"} <= set(entries)


def test_declaring_void_twice_is_a_conflict(office):
    practitioner = make_practitioner()
    office.submit(path(practitioner, "void"), reason="Pass annulled.")
    assert office.get(path(practitioner, "void")).status_code == 409
    assert "void" not in [link for link in office.get(path(practitioner)).text.split('"')
                          if link.endswith("/void")]


@pytest.mark.parametrize(("reason", "said"), [
    ("", "Give the reasons."), ("440106199001011234 sat.", "Leave identity numbers out of this text."),
    ("x" * 1001, "Use at most 1000 characters.")])
def test_bad_reasons_change_nothing_and_stay_typed(office, reason, said):
    practitioner = make_practitioner()
    page = office.submit(path(practitioner, "void"), reason=reason)
    assert page.status_code == 422
    assert said in page.text
    assert reason in page.text
    assert practitioner.status is S.CERTIFIED


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.EXAM_ADMIN}))
def test_only_exam_administrators_declare_void(browser, role):
    practitioner = make_practitioner()
    assert browser.sign_in(make_user(role)).get(path(practitioner, "void")).status_code == 404
    assert practitioner.status is S.CERTIFIED


def test_nobody_voids_the_own_certificate(browser):
    officer = make_user(Role.EXAM_ADMIN)
    practitioner = make_practitioner(officer)
    assert browser.sign_in(officer).get(path(practitioner, "void")).status_code in {404, 409}


@pytest.mark.parametrize("reference", ["CY-2026-999999", "x", "%00", "x" * 5000])
def test_an_unknown_reference_is_not_found(office, reference):
    assert office.get(f"/practitioners/{reference}/case").status_code in {400, 404}
