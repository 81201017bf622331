import pytest

from broker_admin.clock import day_of
from broker_admin.demo import filings
from broker_admin.demo.filings import Story
from broker_admin.licenses.workflow import LicenseStatus
from tests.conftest import NOON


def test_the_holder_complained_of_holds_a_license(app):
    assert filings.holder(0).status is LicenseStatus.ACTIVE


def test_stories_are_spread_over_the_holders(app):
    assert len({filings.holder(index).id for index in range(12)}) >= 10


@pytest.mark.parametrize("index", range(4))
def test_an_account_names_its_respondent_by_number(app, index):
    story, license = Story(NOON, "received", index), filings.holder(index)
    account = filings.account_of(story, license)
    assert account.respondent_number == license.number
    assert account.conduct_codes == story.conduct_codes
    assert account.happened_on == day_of(NOON)


def test_every_citizen_has_a_name_and_an_address_of_their_own():
    people = [filings.identity_of(Story(NOON, "received", index)) for index in range(40)]
    assert len({person.email for person in people}) == 40
    assert len({person.phone for person in people}) == 40
    assert all(person.email.endswith("@example.org") for person in people)


def test_a_story_begins_with_nothing_filed():
    story = Story(NOON, "received", 0)
    assert not hasattr(story, "complaint")
    assert not hasattr(story, "case")
