import pytest

from broker_admin.clock import now
from broker_admin.permissions import Role
from broker_admin.practitioners import service
from broker_admin.practitioners.workflow import EmploymentStatus as E
from broker_admin.practitioners.workflow import PractitionerStatus as S
from tests.factories import make_member, make_user
from tests.practitioners.factories import make_practitioner, make_staff


def test_the_page_says_how_to_get_certified(browser):
    page = browser.sign_in(make_user()).get("/practitioners/mine")
    assert "You have no certificate yet" in page.text


def test_a_person_confirms_from_the_page(browser):
    boss, organization = make_member()
    practitioner = make_practitioner()
    employment = service.propose(organization, practitioner, actor=boss, at=now())
    browser.sign_in(practitioner.user)
    answer = browser.submit(f"/practitioners/employments/{employment.id}/confirm",
                            page="/practitioners/mine")
    assert answer.status_code == 302
    assert employment.status is E.CONFIRMED


def test_nobody_answers_for_somebody_else(browser):
    boss, organization = make_member()
    employment = service.propose(organization, make_practitioner(), actor=boss, at=now())
    browser.sign_in(make_user())
    for step in ("confirm", "decline", "end"):
        answer = browser.submit(f"/practitioners/employments/{employment.id}/{step}", page="/")
        assert answer.status_code in {400, 404}
    assert employment.status is E.PROPOSED


def test_an_employer_names_a_practitioner_by_number(browser):
    boss, organization = make_member()
    practitioner = make_practitioner()
    typed = f" {practitioner.certificate_number.lower()} "
    answer = browser.sign_in(boss).submit(f"/practitioners/staff/{organization.id}",
                                          certificate_number=typed)
    assert answer.status_code == 302
    assert [e.organization_id for e in practitioner.employments] == [organization.id]


@pytest.mark.parametrize("typed", ["", "SJP4400002026000123V", "x" * 300, "\0", "１２３"])
def test_a_number_of_nobody_changes_nothing(browser, typed):
    boss, organization = make_member()
    answer = browser.sign_in(boss).submit(f"/practitioners/staff/{organization.id}",
                                          certificate_number=typed)
    assert answer.status_code == 422


def test_strangers_see_no_staff_of_others(browser):
    boss, organization = make_member()
    practitioner = make_staff(organization, boss)
    for user in (make_member()[0], make_user(), practitioner.user):
        assert browser.sign_in(user).get(f"/practitioners/staff/{organization.id}").status_code == 404


def test_the_desk_shows_masked_identity_numbers(browser):
    practitioner = make_practitioner()
    page = browser.sign_in(make_user(Role.EXAM_ADMIN)).get(
        f"/practitioners/{practitioner.reference}/case")
    assert practitioner.identity not in page.text
    assert practitioner.identity[:4] in page.text


def test_the_register_of_persons_is_for_officers(browser):
    practitioner = make_practitioner()
    for user, code in [(make_user(), 404), (make_user(Role.REVIEWER), 200)]:
        assert browser.sign_in(user).get("/practitioners/worklist").status_code == code
    assert practitioner.name in browser.get("/practitioners/worklist?q=陈").text


def test_only_exam_administrators_declare_void(browser):
    practitioner = make_practitioner()
    path = f"/practitioners/{practitioner.reference}/void"
    assert browser.sign_in(make_user(Role.REVIEWER)).get(path).status_code == 404
    answer = browser.sign_in(make_user(Role.EXAM_ADMIN)).submit(path, reason="Pass annulled.")
    assert answer.status_code == 302
    assert practitioner.status is S.VOID
