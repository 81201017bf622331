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
