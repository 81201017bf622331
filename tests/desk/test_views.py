import pytest

from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.permissions import Role
from tests.applications.factories import make_application
from tests.factories import make_user


@pytest.fixture
def made(app):
    with app.test_request_context():
        return make_application(S.SUBMITTED)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("view", ["", "?view=overdue", "?view=nonsense", "?view=%00"])
def test_the_desk_opens_in_every_view(browser, made, language, view):
    browser.sign_in(made.intake_officer)
    assert browser.get(f"/{language}/desk/{view}").status_code == 200


def test_the_desk_lists_what_waits(browser, made):
    page = browser.sign_in(made.intake_officer).get("/desk/")
    assert made.application.reference in page.text
    assert made.organization.name in page.text


@pytest.mark.parametrize("role", sorted(Role))
def test_every_role_has_a_desk(browser, role):
    assert browser.sign_in(make_user(role)).get("/desk/").status_code == 200


def test_people_outside_have_no_desk(browser, made):
    assert browser.sign_in(made.applicant).get("/desk/").status_code == 404
    assert browser.sign_out().get("/desk/").status_code == 302


@pytest.mark.parametrize(("language", "words"), [("en", "Nothing is waiting here."), ("zh", "我的")])
def test_an_empty_desk_says_so(browser, language, words):
    page = browser.sign_in(make_user(Role.REVIEWER)).get(f"/{language}/desk/").text
    assert words in page


@pytest.mark.parametrize("view", ["overdue", "soon", "stopped"])
def test_a_view_leaves_out_what_is_not_its(browser, made, view):
    page = browser.sign_in(made.intake_officer).get(f"/desk/?view={view}")
    assert made.application.reference not in page.text


@pytest.mark.parametrize("asked", ["nonsense", "%00", "ALL", "all&view=overdue"])
def test_an_unknown_view_hides_no_work(browser, made, asked):
    page = browser.sign_in(made.intake_officer).get(f"/desk/?view={asked}")
    assert made.application.reference in page.text


def test_a_colleague_of_another_kind_sees_nothing_of_it(browser, made):
    page = browser.sign_in(make_user(Role.EXAM_ADMIN)).get("/desk/").text
    assert made.application.reference not in page
    assert made.organization.name not in page
