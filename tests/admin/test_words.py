import pytest

from broker_admin.admin.queries import STATES as FILTERS
from broker_admin.admin.words import LABELS, ROLES, STATES
from broker_admin.permissions import Role
from tests.factories import make_user


def test_every_role_has_a_word():
    assert set(LABELS) == set(Role)
    assert list(ROLES) == [role.value for role in LABELS]


def test_every_state_that_is_filtered_by_has_a_word():
    assert STATES.keys() == FILTERS.keys()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("role", Role)
def test_a_role_is_shown_by_its_word(browser, language, role):
    person = make_user(role)
    browser.sign_in(make_user(Role.ADMINISTRATOR))
    page = browser.get(f"/{language}/admin/users/{person.id}").text
    assert (LABELS[role] in page) is (language == "en")
    assert f">{role.value}<" not in page
