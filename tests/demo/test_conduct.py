import pytest

from broker_admin.demo import conduct
from broker_admin.demo.filings import Story
from tests.conftest import NOON

TOLD = conduct.ENDED + conduct.OPEN


@pytest.mark.parametrize("stage", sorted(conduct.PATHS))
def test_every_stage_is_told_of_somebody(stage):
    assert stage in {name for name, _ in TOLD}


@pytest.mark.parametrize(("stage", "days"), TOLD)
def test_every_story_reaches_its_stage_before_today(stage, days):
    working_days = sum(step.days for step in conduct.PATHS[stage])
    # Seven days hold five working days; a week of holidays may lie in between.
    assert working_days * 7 / 5 <= days or working_days <= days - 9 or working_days == 0


def test_no_two_paths_have_one_name():
    assert len(conduct.PATHS) == len(conduct.COMPLAINTS) + len(conduct.REPORTS) + len(conduct.CASES)


def test_ended_stories_are_older_than_open_ones():
    assert min(days for _, days in conduct.ENDED) >= 70
    assert max(days for _, days in conduct.OPEN) <= 75


def test_every_story_is_one_life():
    assert len(conduct.stories(NOON)) == len(TOLD)


@pytest.mark.parametrize("stage", ["case_hearing_asked", "case_hearing_called", "case_heard"])
def test_what_is_heard_weighs_enough(stage):
    assert Story(NOON, stage, 0).conduct_codes == ["C01"]


def test_stories_differ_by_turns():
    assert len({Story(NOON, "received", index).tale[1] for index in range(4)}) == 4
