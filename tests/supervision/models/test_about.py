import pytest

from broker_admin.permissions import is_party
from tests.factories import make_member, make_organization, make_user
from tests.supervision.factories import MadeInspection, MadeRectification, MadeReport, MadeReview

MADE = {
    "report": lambda: (made := MadeReport(), made.report),
    "review": lambda: (made := MadeReview(), made.review),
    "inspection": lambda: (made := MadeInspection().make(), made.inspection),
    "rectification": lambda: (made := MadeRectification(), made.case),
}


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


@pytest.fixture(params=list(MADE))
def made(request):
    return MADE[request.param]()


def test_a_case_is_about_a_license_and_its_holder(made):
    people, case = made
    assert case.license is people.license
    assert case.organization is people.license.organization


def test_the_holder_is_party_and_nobody_in_person(made):
    people, case = made
    assert is_party(people.holder, case)
    assert case.party_ids == frozenset()
    assert case.party_organization_ids == {people.license.organization_id}


def test_colleagues_are_party_and_strangers_are_not(made):
    people, case = made
    assert not is_party(make_user(), case)
    assert not is_party(make_member()[0], case)
    colleague = make_user()
    make_organization(colleague)
    people.license.organization.memberships[0].user = colleague
    assert is_party(colleague, case)
