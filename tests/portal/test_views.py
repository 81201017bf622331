import pytest

from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.clock import now
from broker_admin.permissions import Role
from broker_admin.practitioners import service
from tests.applications.factories import make_application
from tests.factories import make_member, make_user
from tests.practitioners.factories import make_practitioner


def test_a_newcomer_sees_both_ways(browser):
    page = browser.sign_in(make_user()).get("/my/")
    assert "Apply for a license" in page.text
    assert "Become a practitioner" in page.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_member_sees_licenses_and_applications(browser, app, language):
    with app.test_request_context():
        made = make_application(S.APPROVED)
    page = browser.sign_in(made.applicant).get(f"/{language}/my/")
    assert made.application.reference in page.text
    assert made.application.decision.license_number in page.text


def test_nothing_of_others_is_shown(browser, app):
    with app.test_request_context():
        made = make_application(S.APPROVED)
    page = browser.sign_in(make_member()[0]).get("/my/")
    assert made.application.reference not in page.text
    assert made.organization.name not in page.text


def test_a_proposed_employment_asks_for_an_answer(browser, app):
    boss, organization = make_member()
    practitioner = make_practitioner()
    with app.test_request_context():
        service.propose(organization, practitioner, actor=boss, at=now())
    page = browser.sign_in(practitioner.user).get("/my/")
    assert f"{organization.name} says that you work there." in page.text


def test_staff_is_led_to_the_desk(browser):
    answer = browser.sign_in(make_user(Role.REVIEWER)).get("/my/")
    assert answer.location == "/desk/"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_newcomer_is_greeted_in_both_languages(browser, language):
    user = make_user(name="陈怡")
    page = browser.sign_in(user).get(f"/{language}/my/")
    assert page.status_code == 200
    assert "陈怡" in page.text


def test_whoever_is_not_signed_in_is_asked_to(browser):
    assert "/sign-in" in browser.get("/my/").location


def test_an_organisation_without_anything_says_so(browser):
    page = browser.sign_in(make_member()[0]).get("/my/").text
    assert "No license yet." in page
    assert "No application yet." in page


def test_an_employment_confirmed_asks_no_more(browser, app):
    boss, organization = make_member()
    practitioner = make_practitioner()
    with app.test_request_context():
        employment = service.propose(organization, practitioner, actor=boss, at=now())
        service.confirm(employment, actor=practitioner.user, at=now())
    page = browser.sign_in(practitioner.user).get("/my/").text
    assert "says that you work there." not in page
    assert practitioner.certificate_number in page
