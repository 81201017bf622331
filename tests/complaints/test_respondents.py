import pytest

from broker_admin.clock import now
from broker_admin.complaints.respondents import respondent
from broker_admin.licenses import service as licenses
from tests.complaints.factories import Scene
from tests.factories import make_organization


@pytest.mark.parametrize("typed", [str, str.lower, lambda n: f" {n} "])
def test_a_license_number_names_its_holder(scene, typed):
    found = respondent("Somebody else entirely", typed(scene.license.number))
    assert found == (scene.organization, scene.license)


def test_a_number_counts_more_than_a_name(scene):
    other = Scene()
    assert respondent(scene.organization.name, other.license.number)[0] is other.organization


@pytest.mark.parametrize("typed", [str, str.lower])
def test_a_credit_code_names_the_organisation(scene, typed):
    assert respondent("Whoever", typed(scene.organization.uscc)) == (scene.organization, scene.license)


def test_the_exact_name_is_enough(scene):
    assert respondent(scene.organization.name, None) == (scene.organization, scene.license)


@pytest.mark.parametrize("name", ["", "数链", "%", "_"])
def test_part_of_a_name_names_nobody(scene, name):
    assert respondent(name, None) == (None, None)


def test_of_two_with_one_name_the_first_is_taken(scene):
    make_organization(name=scene.organization.name)
    assert respondent(scene.organization.name, None)[0] is scene.organization


def test_an_organisation_may_have_no_license(app):
    plain = make_organization()
    assert respondent(plain.name, plain.uscc) == (plain, None)


def test_the_latest_license_is_the_one_that_is_meant(scene):
    licenses.surrender(scene.license, reason="Over.", actor=scene.member, at=now())
    assert respondent(scene.organization.name, None)[1] is scene.license


@pytest.mark.parametrize("number", ["SJ440000D209900001X", "91440101MA999999XX", "长" * 60, ""])
def test_an_unknown_number_falls_back_on_the_name(scene, number):
    assert respondent(scene.organization.name, number)[0] is scene.organization
    assert respondent("Nobody", number) == (None, None)
