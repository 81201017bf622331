from dataclasses import replace
from datetime import date

import pytest

from broker_admin.applications.eligibility import MEASURES, Facts, assess
from broker_admin.rules.regime import regime_on

LAW = regime_on(date(2026, 11, 23))
SECOND = LAW.grades[2]
GATES = {criterion.code: True for criterion in LAW.criteria}
FACTS = Facts("DATA", GATES, {code: getattr(SECOND, code) for code in MEASURES})


def highest(facts):
    grade = assess(facts, LAW).highest
    return grade.code if grade else None


def with_measure(facts, code, value):
    return replace(facts, measures={**facts.measures, code: value})


@pytest.mark.parametrize("grade", [1, 2, 3])
@pytest.mark.parametrize("broker_type", ["TECH", "DATA", "FIDU"])
def test_whoever_meets_a_grades_row_reaches_it(broker_type, grade):
    row = {code: getattr(LAW.grades[grade], code) for code in MEASURES}
    assert highest(Facts(broker_type, GATES, row)) == grade


@pytest.mark.parametrize("gate", sorted(GATES))
@pytest.mark.parametrize("answer", [False, None])
def test_one_closed_gate_closes_every_grade(gate, answer):
    assert highest(replace(FACTS, gates={**GATES, gate: answer})) is None


def test_a_gate_never_answered_is_not_known():
    assessment = assess(replace(FACTS, gates={}), LAW)
    assert {finding.met for finding in assessment.gates} == {None}
    assert assessment.highest is None


@pytest.mark.parametrize("code", [code for code in MEASURES if code != "platforms"])
def test_one_less_drops_to_the_grade_below(code):
    below = with_measure(FACTS, code, getattr(SECOND, code) - 1)
    expected = 3 if getattr(LAW.grades[3], code) < getattr(SECOND, code) else None
    assert highest(below) == expected


@pytest.mark.parametrize("code", [code for code in MEASURES if code != "platforms"])
def test_what_is_not_known_never_passes(code):
    assert highest(with_measure(FACTS, code, None)) is None


def test_a_technical_broker_brings_platforms_for_data():
    facts = with_measure(replace(FACTS, broker_type="TECH"), "data_terabytes", None)
    assert highest(facts) == 2
    assert highest(with_measure(facts, "platforms", 0)) is None


@pytest.mark.parametrize("broker_type", ["DATA", "FIDU"])
def test_the_others_are_not_asked_for_platforms(broker_type):
    facts = replace(FACTS, broker_type=broker_type)
    assert highest(with_measure(facts, "platforms", None)) == 2


def test_grades_are_shown_from_the_highest():
    assert [grade.code for grade, _ in assess(FACTS, LAW).grades] == [1, 2, 3]


@pytest.mark.parametrize(("broker_type", "left_out"), [
    ("TECH", "data_terabytes"), ("DATA", "platforms"), ("FIDU", "platforms")])
def test_each_type_has_its_conditions_in_order(broker_type, left_out):
    _, findings = assess(replace(FACTS, broker_type=broker_type), LAW).grades[0]
    assert [f.code for f in findings] == [code for code in MEASURES if code != left_out]


def test_a_finding_says_what_was_needed():
    findings = {f.code: f for _, row in assess(FACTS, LAW).grades[:1] for f in row}
    assert (findings["practitioners"].needed, findings["practitioners"].given) == (10, 5)
    assert findings["practitioners"].met is False


def test_gates_keep_the_order_of_the_law():
    codes = [finding.code for finding in assess(FACTS, LAW).gates]
    assert codes == [criterion.code for criterion in LAW.criteria]
