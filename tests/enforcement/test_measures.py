from datetime import date
from itertools import product

import pytest

from broker_admin.enforcement import measures
from broker_admin.enforcement.measures import Effect, Fault
from broker_admin.rules.regime import regime_on, versions

REGIME = regime_on(date(2026, 11, 23))
CHOICES = measures.choices(REGIME, licensed=True)
ALLOWED = ["基础"]


@pytest.mark.parametrize("regime", versions(), ids=lambda regime: regime.version)
def test_every_version_knows_what_acts_on_licenses(regime):
    offered = measures.choices(regime, licensed=True)
    assert set(measures.EFFECTS) <= set(offered)


@pytest.mark.parametrize(("code", "effect"), [
    ("REMIND", Effect.NONE), ("RECTIFY", Effect.NONE), ("PAUSE", Effect.SUSPENDS),
    ("END_RECOGNITION", Effect.ENDS), ("WARNING", Effect.NONE),
    ("LICENSE_SUSPENSION", Effect.SUSPENDS), ("REVOCATION", Effect.REVOKES)])
def test_each_measure_has_its_effect(code, effect):
    assert CHOICES[code].effect is effect


def test_without_a_license_none_can_be_lost():
    offered = measures.choices(REGIME, licensed=False)
    assert {c.effect for c in offered.values()} == {Effect.NONE}
    assert "WARNING" in offered


def test_penalties_in_money_are_not_offered():
    assert {"FINE", "CONFISCATION", "CLOSURE", "PRACTICE_BAN"}.isdisjoint(CHOICES)


def test_names_come_in_both_languages():
    assert (CHOICES["PAUSE"].name("zh"), CHOICES["PAUSE"].name("en")) == (
        "暂停资格", "Suspension of recognition")


@pytest.mark.parametrize(("code", "codes", "region", "expected"), [
    ("REVOCATION", ["C01"], "440100", ["数据安全法第47条"]),
    ("REVOCATION", ["C28"], "440100", []),
    ("WARNING", ["C01"], "440100", []),
    ("WARNING", ["C13"], "440100", ["个人信息保护法第66条"]),
    ("WARNING", [], "440100", []),
])
def test_a_penalty_rests_on_a_statute_that_threatens_it(code, codes, region, expected):
    assert measures.bases(REGIME, CHOICES[code], codes, region) == expected


def test_a_management_measure_rests_on_the_regime():
    found = measures.bases(REGIME, CHOICES["PAUSE"], ["C21", "C28"], "440100")
    assert found == [REGIME.name("zh"), "行政许可法第80条第2项"]


@pytest.mark.parametrize(("code", "months", "basis", "expected"), [
    ("PAUSE", 3, "基础", None), ("PAUSE", 6, "基础", None), ("PAUSE", 7, "基础", Fault.TOO_LONG),
    ("PAUSE", None, "基础", Fault.TIME_MISSING), ("PAUSE", 0, "基础", Fault.TIME_MISSING),
    ("PAUSE", -1, "基础", Fault.TIME_MISSING), ("PAUSE", 3, "", Fault.BASIS),
    ("PAUSE", 3, "别的", Fault.BASIS), ("REMIND", None, "基础", None),
    ("REMIND", 2, "基础", Fault.TIME_UNFIT), ("REVOCATION", None, "基础", None),
    ("LICENSE_SUSPENSION", 24, "基础", None),
])
def test_a_measure_keeps_its_bounds(code, months, basis, expected):
    assert measures.fault(CHOICES[code], months, basis, ALLOWED) is expected


ASCENDING = ["REMIND", "INTERVIEW", "RECTIFY", "CRITICISE_INTERNAL", "WARNING", "CRITICISM",
             "PAUSE", "LICENSE_SUSPENSION", "END_RECOGNITION", "REVOCATION"]


@pytest.mark.parametrize(("one", "other"), list(product(range(len(ASCENDING)), repeat=2)))
def test_measures_are_ordered_by_weight(one, other):
    first, second = CHOICES[ASCENDING[one]], CHOICES[ASCENDING[other]]
    assert measures.is_heavier(first, 3, second, 3) is (one > other)


@pytest.mark.parametrize(("months", "noticed", "expected"), [(3, 3, False), (2, 3, False), (4, 3, True)])
def test_a_longer_suspension_is_heavier(months, noticed, expected):
    pause = CHOICES["PAUSE"]
    assert measures.is_heavier(pause, months, pause, noticed) is expected


def test_a_longer_pause_outweighs_a_short_penalty():
    pause, penalty = CHOICES["PAUSE"], CHOICES["LICENSE_SUSPENSION"]
    assert measures.is_heavier(pause, 6, penalty, 1)


@pytest.mark.parametrize(("months", "day", "expected"), [
    (3, date(2026, 11, 30), date(2027, 2, 28)), (6, date(2026, 1, 15), date(2026, 7, 15)),
    (None, date(2026, 1, 15), None)])
def test_a_suspension_ends_by_months(months, day, expected):
    assert measures.ends_on(CHOICES["PAUSE"], months, day) == expected


def test_only_what_lasts_has_an_end():
    assert measures.ends_on(CHOICES["REVOCATION"], 3, date(2026, 1, 1)) is None


DECIDED = date(2026, 11, 23)


@pytest.mark.parametrize(("code", "codes", "until"), [
    ("REMIND", ["C01"], None), ("WARNING", ["C01"], None), ("PAUSE", ["C33"], None),
    ("CRITICISM", ["C01"], date(2027, 11, 23)), ("PAUSE", ["C28"], date(2027, 11, 23)),
    ("PAUSE", ["C01", "C28"], date(2029, 11, 23)), ("REVOCATION", ["C28"], date(2029, 11, 23)),
])
def test_publication_lasts_by_severity(code, codes, until):
    assert measures.public_until(REGIME, CHOICES[code], codes, DECIDED) == until


def test_older_law_published_differently():
    old = regime_on(date(2025, 6, 1))
    choice = measures.choices(old, licensed=True)["CRITICISM"]
    assert measures.public_until(old, choice, ["C28"], date(2025, 6, 1)) == date(2025, 9, 1)
