import pytest

from broker_admin.supervision.contradictions import contradictions
from broker_admin.supervision.report_fields import BY_CODE
from tests.supervision.factories import ANSWERS

# (section, part, whole)
PARTS = [
    ("contacts", "certified_staff", "staff"),
    ("business", "deals_in_exchange", "deals"),
    ("business", "deals_outside", "deals"),
    ("business", "deals_cross_border", "deals"),
    ("protection", "incidents_reported", "incidents"),
    ("conduct", "complaints_closed", "complaints_received"),
]
TOO_LARGE = "A part cannot be more than the whole."
BADLY_ADDED = "Inside and outside an exchange must add up to all deals."


def deals(every, inside, outside):
    return {"deals": every, "deals_in_exchange": inside, "deals_outside": outside}


@pytest.mark.parametrize("section", list(ANSWERS))
def test_the_sample_contradicts_nothing(section):
    assert list(contradictions(ANSWERS[section])) == []


@pytest.mark.parametrize(("section", "part", "whole"), PARTS)
def test_part_and_whole_are_asked_side_by_side(section, part, whole):
    codes = [asked.code for asked in BY_CODE[section].asked]
    assert codes.index(whole) < codes.index(part)


@pytest.mark.parametrize(("section", "part", "whole"), PARTS)
def test_a_part_above_the_whole_is_found(section, part, whole):
    assert (part, TOO_LARGE) in contradictions({whole: 3, part: 4})
    assert (part, TOO_LARGE) in contradictions({whole: 0, part: 1})


@pytest.mark.parametrize(("section", "part", "whole"), PARTS)
@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_part_up_to_the_whole_agrees(section, part, whole, number):
    assert list(contradictions({whole: 3, part: number})) == []


@pytest.mark.parametrize(("section", "part", "whole"), PARTS)
@pytest.mark.parametrize("unanswered", [{}, {"other": 1}])
def test_an_unanswered_whole_contradicts_no_part(section, part, whole, unanswered):
    assert list(contradictions({part: 4, **unanswered})) == []
    assert list(contradictions({part: 4, whole: None})) == []
    assert list(contradictions({part: None, whole: 4})) == []


@pytest.mark.parametrize(("every", "inside", "outside"), [(0, 0, 0), (5, 0, 5), (5, 5, 0), (5, 2, 3)])
def test_deals_that_add_up_agree(every, inside, outside):
    assert list(contradictions(deals(every, inside, outside))) == []


@pytest.mark.parametrize(("every", "inside", "outside"), [(5, 2, 2), (5, 0, 0), (9, 4, 6)])
def test_deals_that_do_not_add_up_are_found_once(every, inside, outside):
    assert list(contradictions(deals(every, inside, outside))) == [("deals_outside", BADLY_ADDED)]


@pytest.mark.parametrize("missing", ["deals", "deals_in_exchange", "deals_outside"])
def test_deals_are_added_once_all_are_given(missing):
    assert list(contradictions({**deals(9, 4, 4), missing: None})) == []
