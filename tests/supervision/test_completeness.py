import pytest

from broker_admin.supervision.completeness import is_complete, missing, states
from broker_admin.supervision.report_fields import BY_CODE, SECTIONS
from tests.supervision.factories import ANSWERS

NEEDED = [(section.code, asked.code) for section in SECTIONS for asked in section.asked if asked.needed]
# (section, cause, values without consequence, values with one, what must be told then)
CONSEQUENCES = [
    ("conduct", "penalties", [0], [1, 7], "penalty_details"),
    ("contacts", "address_changed", ["no"], ["yes"], "contact_changes"),
]


def gaps(section, **changes):
    return list(missing(BY_CODE[section], {**ANSWERS[section], **changes}))


def complete(section, **changes):
    return is_complete(BY_CODE[section], {section: {**ANSWERS[section], **changes}})


def test_the_sample_is_complete():
    assert set(states(ANSWERS).values()) == {"completed"}


def test_an_empty_report_has_not_been_started():
    assert states({}) == dict.fromkeys(BY_CODE, "not_started")


@pytest.mark.parametrize("code", list(BY_CODE))
def test_sections_are_completed_one_by_one(code):
    found = states({code: ANSWERS[code]})
    assert found == {**dict.fromkeys(BY_CODE, "not_started"), code: "completed"}


@pytest.mark.parametrize(("section", "code"), NEEDED)
@pytest.mark.parametrize("nothing", [None, ""])
def test_every_needed_answer_is_missed(section, code, nothing):
    assert (code, "Answer this question.") in gaps(section, **{code: nothing})
    assert not complete(section, **{code: nothing})


@pytest.mark.parametrize("section", list(BY_CODE))
def test_a_section_begun_is_in_progress(section):
    first = BY_CODE[section].asked[0].code
    given = {**dict.fromkeys(ANSWERS[section]), first: ANSWERS[section][first]}
    assert states({section: given})[section] == "in_progress"


def test_nought_and_no_are_answers():
    assert gaps("protection", incidents=0, subjects=0, incidents_reported=0, dcmm_valid="no") == []


def test_what_is_optional_is_not_missed():
    assert gaps("protection", information_audit_on=None, mlps_assessed_on=None) == []
    assert gaps("contacts", material_changes="") == []


@pytest.mark.parametrize(("section", "cause", "harmless", "grave", "told"), CONSEQUENCES)
def test_what_has_consequences_must_be_told(section, cause, harmless, grave, told):
    for value in grave:
        assert gaps(section, **{cause: value, told: ""}) == [(told, "Give the details.")]
        assert gaps(section, **{cause: value, told: None}) == [(told, "Give the details.")]
        assert gaps(section, **{cause: value, told: "As follows."}) == []


@pytest.mark.parametrize(("section", "cause", "harmless", "grave", "told"), CONSEQUENCES)
def test_what_has_no_consequence_needs_no_details(section, cause, harmless, grave, told):
    for value in harmless:
        assert gaps(section, **{cause: value, told: ""}) == []


def test_contradictions_keep_a_section_open():
    assert not complete("contacts", staff=3, certified_staff=4)
    assert complete("contacts", staff=4, certified_staff=4)
