import pytest

from broker_admin.supervision.report_fields import (
    BY_CODE,
    SECTIONS,
    changed,
    faults,
    is_complete,
    public_part,
    states,
)
from tests.supervision.factories import ANSWERS


def test_the_sample_is_complete():
    assert set(states(ANSWERS).values()) == {"completed"}


def test_an_empty_report_has_not_been_started():
    assert set(states({}).values()) == {"not_started"}


def test_codes_are_used_once():
    codes = [asked.code for section in SECTIONS for asked in section.asked]
    assert len(codes) == len(set(codes))
    assert len(BY_CODE["assessment"].asked) == 19


@pytest.mark.parametrize("code", [a.code for a in BY_CODE["business"].asked])
def test_every_needed_answer_is_missed(code):
    given = {**ANSWERS["business"], code: None}
    assert not is_complete(BY_CODE["business"], {"business": given})
    assert states({"business": given})["business"] == "in_progress"


def test_nought_is_an_answer():
    given = {**ANSWERS["protection"], "incidents": 0, "subjects": 0}
    assert is_complete(BY_CODE["protection"], {"protection": given})


@pytest.mark.parametrize(("given", "field"), [
    ({"staff": 3, "certified_staff": 4}, "certified_staff"),
    ({"complaints_received": 1, "complaints_closed": 2}, "complaints_closed"),
    ({"incidents": 0, "incidents_reported": 1}, "incidents_reported"),
    ({"deals": 5, "deals_in_exchange": 2, "deals_outside": 2}, "deals_outside"),
    ({"penalties": 1, "penalty_details": ""}, "penalty_details"),
    ({"address_changed": "yes", "contact_changes": ""}, "contact_changes"),
])
def test_contradictions_are_found(given, field):
    assert field in [code for code, _ in faults(given)]


@pytest.mark.parametrize("given", [
    {"staff": 4, "certified_staff": 4}, {"deals": 4, "deals_in_exchange": 2, "deals_outside": 2},
    {"penalties": 1, "penalty_details": "A warning."}, {"penalties": 0}, {},
    {"address_changed": "no", "contact_changes": ""},
])
def test_answers_that_agree_have_no_faults(given):
    assert list(faults(given)) == []


def test_the_public_part_leaves_the_rest_out():
    shown = public_part(ANSWERS)
    assert shown["business"] == {"deals": 12, "deals_in_exchange": 5, "deals_outside": 7}
    assert "assessment" not in shown
    assert "amount" not in shown["business"]
    assert "subjects" not in shown["protection"]


def test_a_correction_names_what_changed():
    after = {**ANSWERS, "business": {**ANSWERS["business"], "amount": 1, "buyers": 2}}
    assert changed(ANSWERS, after) == ["business.amount", "business.buyers"]
    assert changed(ANSWERS, ANSWERS) == []
