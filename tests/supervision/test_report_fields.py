import pytest

from broker_admin.supervision.report_fields import BY_CODE, SECTIONS, YES_NO, Kind, changed
from tests.supervision.factories import ANSWERS

ASKED = {(section.code, asked.code): asked for section in SECTIONS for asked in section.asked}
# What strangers may read, by hand, so that another question is made public only on purpose.
PUBLIC = {
    ("contacts", "address_changed"), ("contacts", "staff"), ("contacts", "certified_staff"),
    ("business", "deals"), ("business", "deals_in_exchange"), ("business", "deals_outside"),
    ("protection", "dcmm_valid"),
    ("conduct", "complaints_received"), ("conduct", "complaints_closed"), ("conduct", "penalties"),
}
OPTIONAL = {
    ("contacts", "contact_changes"), ("contacts", "material_changes"),
    ("protection", "information_audit_on"), ("protection", "mlps_assessed_on"),
    ("conduct", "penalty_details"),
}


def with_answer(section, code, value):
    return {**ANSWERS, section: {**ANSWERS[section], code: value}}


def test_no_code_is_used_twice():
    codes = [asked.code for asked in ASKED.values()]
    assert len(codes) == len(set(codes))
    assert list(BY_CODE) == ["contacts", "business", "protection", "conduct", "assessment"]


def test_nobody_but_those_chosen_is_public():
    assert {place for place, asked in ASKED.items() if asked.public} == PUBLIC


def test_only_details_and_days_may_stay_empty():
    assert {place for place, asked in ASKED.items() if not asked.needed} == OPTIONAL


def test_the_self_assessment_has_its_nineteen_items():
    asked = BY_CODE["assessment"].asked
    assert len(asked) == 19
    assert {(item.kind, item.public, item.needed) for item in asked} == {(Kind.LEVEL, False, True)}


def test_yes_and_no_are_the_only_words_of_a_question():
    assert list(YES_NO) == ["yes", "no"]


@pytest.mark.parametrize(("section", "code"), list(ASKED))
def test_a_correction_names_the_field_it_changed(section, code):
    after = with_answer(section, code, "another")
    assert changed(ANSWERS, after) == [f"{section}.{code}"]
    assert changed(after, ANSWERS) == [f"{section}.{code}"]


def test_a_correction_of_two_sections_names_both():
    after = with_answer("business", "amount", 1) | {"conduct": {**ANSWERS["conduct"], "penalties": 2}}
    assert changed(ANSWERS, after) == ["business.amount", "conduct.penalties"]


def test_a_section_that_was_not_there_is_all_changed():
    assert len(changed({}, {"contacts": {"staff": 1, "certified_staff": 1}})) == 2


def test_the_same_answers_are_no_correction():
    assert changed(ANSWERS, ANSWERS) == changed({}, {}) == []
