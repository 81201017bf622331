import pytest

from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.ledger import AuditEntry
from broker_admin.permissions import Role
from broker_admin.practitioners import service
from broker_admin.practitioners.models import Employment
from broker_admin.practitioners.workflow import EmploymentStatus as E
from tests.factories import make_member, make_organization, make_user
from tests.practitioners.factories import make_practitioner, make_staff


@pytest.fixture
def employer(app):
    boss, organization = make_member()
    db.session.commit()
    return boss, organization


def name(browser, organization, typed):
    return browser.submit(f"/practitioners/staff/{organization.id}", certificate_number=typed)


def employments():
    return db.session.scalars(db.select(Employment)).all()


def test_an_employer_names_a_practitioner_by_number(browser, employer):
    boss, organization = employer
    practitioner = make_practitioner()
    answer = name(browser.sign_in(boss), organization, f" {practitioner.certificate_number.lower()} ")
    assert answer.location.endswith(f"/practitioners/staff/{organization.id}")
    made = employments()[0]
    assert (made.practitioner, made.organization, made.status) == (practitioner, organization, E.PROPOSED)
    assert made.proposed_by_id == boss.id


def test_naming_is_on_record_and_told_on_the_page(browser, employer):
    boss, organization = employer
    name(browser.sign_in(boss), organization, make_practitioner().certificate_number)
    assert "employment.proposed" in db.session.scalars(db.select(AuditEntry.name)).all()
    page = browser.get(f"/practitioners/staff/{organization.id}").text
    assert "The person is asked to confirm." in page
    assert "Proposed" in page


@pytest.mark.parametrize("typed", ["", "SJP4400002026000123V", "x" * 300, "\0", "１２３", "x" * 100_000])
def test_a_number_of_nobody_changes_nothing(browser, employer, typed):
    boss, organization = employer
    answer = name(browser.sign_in(boss), organization, typed)
    assert answer.status_code == 422
    assert employments() == []


def test_an_unknown_number_is_kept_and_explained(browser, employer):
    boss, organization = employer
    page = name(browser.sign_in(boss), organization, "SJP4400002026000123V").text
    assert "There is no valid certificate with this number." in page
    assert 'value="SJP4400002026000123V"' in page


def test_the_refusal_reads_in_chinese_too(browser, employer):
    boss, organization = employer
    page = browser.sign_in(boss).submit(f"/zh/practitioners/staff/{organization.id}",
                                        certificate_number="SJP4400002026000123V").text
    assert "没有" in page
    assert "There is no valid certificate" not in page


def test_a_certificate_that_is_void_cannot_be_named(browser, employer):
    boss, organization = employer
    practitioner = make_practitioner()
    service.void(practitioner, reason="Deceit.", actor=make_user(Role.EXAM_ADMIN), at=now())
    assert name(browser.sign_in(boss), organization, practitioner.certificate_number).status_code == 422
    assert employments() == []


def test_naming_the_same_person_twice_is_a_conflict(browser, employer):
    boss, organization = employer
    practitioner = make_staff(organization, boss)
    answer = name(browser.sign_in(boss), organization, practitioner.certificate_number)
    assert answer.status_code == 409
    assert "already works for you" in answer.text
    assert len(employments()) == 1


def test_the_list_shows_names_and_numbers_but_no_identity(browser, employer):
    boss, organization = employer
    practitioner = make_staff(organization, boss)
    page = browser.sign_in(boss).get(f"/practitioners/staff/{organization.id}").text
    assert practitioner.name in page
    assert practitioner.certificate_number in page
    assert practitioner.identity not in page


def test_an_empty_list_says_so(browser, employer):
    boss, organization = employer
    assert "Nobody yet." in browser.sign_in(boss).get(f"/practitioners/staff/{organization.id}").text
    page = browser.get(f"/zh/practitioners/staff/{organization.id}").text
    assert "还没有人员。" in page


def test_the_employer_ends_an_employment_from_the_list(browser, employer):
    boss, organization = employer
    employment = make_staff(organization, boss).employment
    path = f"/practitioners/staff/{organization.id}"
    answer = browser.sign_in(boss).submit(f"/practitioners/employments/{employment.id}/end", page=path)
    assert answer.location.endswith(path)
    assert employment.status is E.ENDED
    assert "/end" not in browser.get(path).text


def test_the_employer_cannot_answer_for_the_person(browser, employer):
    boss, organization = employer
    employment = service.propose(organization, make_practitioner(), actor=boss, at=now())
    for step in ("confirm", "decline", "end"):
        answer = browser.sign_in(boss).submit(f"/practitioners/employments/{employment.id}/{step}",
                                              page=f"/practitioners/staff/{organization.id}")
        assert answer.status_code == 404
    assert employment.status is E.PROPOSED


def test_strangers_see_no_staff_of_others(browser, employer):
    boss, organization = employer
    practitioner = make_staff(organization, boss)
    for user in (make_member()[0], make_user(), practitioner.user, make_user(Role.DECIDER)):
        assert browser.sign_in(user).get(f"/practitioners/staff/{organization.id}").status_code == 404


def test_a_colleague_sees_the_staff_of_the_own_house(browser):
    boss, colleague = make_user(), make_user()
    organization = make_organization(boss, colleague)
    make_staff(organization, boss, name="陈怡")
    page = browser.sign_in(colleague).get(f"/practitioners/staff/{organization.id}")
    assert (page.status_code, "陈怡" in page.text) == (200, True)


def test_a_visitor_is_asked_to_sign_in(browser, employer):
    _, organization = employer
    answer = browser.get(f"/practitioners/staff/{organization.id}")
    assert answer.status_code == 302
    assert "sign-in" in answer.location
