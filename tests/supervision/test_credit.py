from itertools import product

import pytest

from broker_admin.rules.regime import regime_version
from broker_admin.supervision.credit import MarksError, grade_of, lowest, rate
from broker_admin.supervision.workflow import Veto

SUPERVISION = regime_version("guangdong/2026-04-15").supervision
FULL = {part.code: part.weight for part in SUPERVISION.review}


def with_total(total):
    """Marks that add up to this total."""
    marks, left = {}, total
    for code, most in FULL.items():
        marks[code] = min(most, left)
        left -= marks[code]
    return marks


@pytest.mark.parametrize(("total", "grade"), [
    (100, "A"), (90, "A"), (89, "B"), (75, "B"), (74, "C"), (60, "C"), (59, "D"), (0, "D"),
])
def test_the_thresholds_divide_the_grades(total, grade):
    rating = rate(with_total(total), (), SUPERVISION)
    assert (rating.total, rating.grade) == (total, grade)


@pytest.mark.parametrize("total", range(0, 101))
def test_more_marks_never_lower_the_grade(total):
    assert grade_of(total, SUPERVISION).least_score <= total
    if total:
        assert (grade_of(total, SUPERVISION).least_score
                >= grade_of(total - 1, SUPERVISION).least_score)


@pytest.mark.parametrize(("veto", "total"), list(product(Veto, [0, 60, 100])))
def test_a_veto_outweighs_all_marks(veto, total):
    rating = rate(with_total(total), [veto], SUPERVISION)
    assert (rating.total, rating.grade) == (total, "D")
    assert rating.explanation[-1] == {"why": "veto", "veto": veto.value, "grade": "D"}


def test_the_explanation_names_every_part():
    rating = rate(FULL, (), SUPERVISION)
    parts = {why["part"]: why["most"] for why in rating.explanation if why["why"] == "part"}
    assert parts == FULL
    assert rating.explanation[-1] == {"why": "threshold", "total": 100, "grade": "A", "least": 90}


def test_a_veto_is_named_once():
    rating = rate(FULL, [Veto.FALSE_MATERIAL, Veto.FALSE_MATERIAL], SUPERVISION)
    assert [why["why"] for why in rating.explanation].count("veto") == 1


@pytest.mark.parametrize("marks", [
    {}, {"compliance": 40}, {**FULL, "charm": 1}, {**FULL, "credit": 11}, {**FULL, "credit": -1},
])
def test_marks_that_do_not_fit_are_refused(marks):
    with pytest.raises(MarksError):
        rate(marks, (), SUPERVISION)


def test_the_lowest_grade_needs_no_marks():
    assert lowest(SUPERVISION).code == "D"


# Marks for the five parts in their order, by hand.
@pytest.mark.parametrize(("marks", "total", "grade"), [
    ((40, 20, 20, 10, 10), 100, "A"), ((36, 18, 18, 9, 9), 90, "A"), ((36, 18, 18, 9, 8), 89, "B"),
    ((40, 20, 15, 0, 0), 75, "B"), ((40, 20, 14, 0, 0), 74, "C"), ((40, 20, 0, 0, 0), 60, "C"),
    ((40, 19, 0, 0, 0), 59, "D"), ((0, 0, 0, 0, 0), 0, "D"), ((0, 20, 20, 10, 10), 60, "C"),
])
def test_the_published_criteria_give_the_grade(marks, total, grade):
    rating = rate(dict(zip(FULL, marks, strict=True)), (), SUPERVISION)
    assert (rating.total, rating.grade) == (total, grade)


def test_the_parts_weigh_what_was_published():
    assert FULL == {"compliance": 40, "performance": 20, "security": 20, "credit": 10, "reporting": 10}
    assert sum(FULL.values()) == 100


@pytest.mark.parametrize("part", list(FULL))
def test_no_part_gives_more_than_its_weight(part):
    for marks in (FULL[part] + 1, -1, 1000):
        with pytest.raises(MarksError):
            rate({**FULL, part: marks}, (), SUPERVISION)


@pytest.mark.parametrize("part", list(FULL))
def test_no_part_may_be_left_out(part):
    with pytest.raises(MarksError):
        rate({code: marks for code, marks in FULL.items() if code != part}, (), SUPERVISION)


def test_several_vetoes_are_all_named_in_one_order():
    one, other = rate(FULL, list(Veto), SUPERVISION), rate(FULL, reversed(list(Veto)), SUPERVISION)
    assert one == other
    assert [why["veto"] for why in one.explanation if why["why"] == "veto"] == sorted(Veto)


def test_the_threshold_is_told_beside_a_veto():
    rating = rate(FULL, [Veto.SERIOUS_PENALTY], SUPERVISION)
    threshold = next(why for why in rating.explanation if why["why"] == "threshold")
    assert (threshold["grade"], rating.grade) == ("A", "D")
