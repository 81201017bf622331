"""A regime's file damaged at any place is refused with the place named, and never half read."""

import copy
import tomllib
from datetime import date
from importlib.resources import files
from random import Random

import pytest

from broker_admin.rules.reading import RegimeError, build
from broker_admin.rules.regime import Regime, load, regime_on

FIRST = "guangdong/2024-01-01"
TEXT = files("broker_admin.rules").joinpath("regimes", f"{FIRST}.toml").read_text("utf-8")
PARSED = tomllib.loads(TEXT)
KNOWN = {"code": "guangdong", "version": FIRST, "in_force_from": date(2024, 1, 1)}
WRONG = [None, [], {}, "x", -1, 2.5, True, [1], {"a": 1}, date(2024, 1, 1), "", [None]]


def table():
    return copy.deepcopy(PARSED) | KNOWN


def places(values, path=()):
    """Every place of a nested table: its own keys and those below."""
    for key, value in values.items():
        yield (*path, key)
        if isinstance(value, dict):
            yield from places(value, (*path, key))


ALL = [place for place in places(table()) if place[0] not in KNOWN]


def parent_of(values, place):
    for key in place[:-1]:
        values = values[key]
    return values


def sample(seed, number=120):
    return Random(seed).sample(ALL, number)  # noqa: S311


def same_kind(old, new):
    return type(old) is type(new) or (isinstance(old, float) and isinstance(new, int))


@pytest.mark.parametrize("place", sample(1), ids=".".join)
def test_a_value_of_another_kind_is_refused_by_name(place):
    values = table()
    parent, chance = parent_of(values, place), Random(".".join(place))  # noqa: S311
    parent[place[-1]] = chance.choice([w for w in WRONG if not same_kind(parent[place[-1]], w)])
    with pytest.raises(RegimeError) as refused:
        build(Regime, values, "regime")
    assert place[0] in str(refused.value)


@pytest.mark.parametrize("place", sample(2, 60), ids=".".join)
def test_an_entry_nobody_knows_is_refused_by_name(place):
    values = table()
    if isinstance(parent_of(values, place)[place[-1]], dict):
        parent_of(values, place)[place[-1]]["unheard_of"] = 1
    else:
        parent_of(values, place)["unheard_of"] = 1
    with pytest.raises(RegimeError, match="unheard_of"):
        build(Regime, values, "regime")


@pytest.mark.parametrize("place", [p for p in sample(3, 200) if p[-1] == "confirmed"], ids=".".join)
def test_a_number_without_its_source_is_no_law(place):
    values = table()
    del parent_of(values, place)["confirmed"]
    with pytest.raises(RegimeError, match="confirmed is missing"):
        build(Regime, values, "regime")


@pytest.mark.parametrize("name", [key for key in table() if key not in KNOWN])
def test_no_chapter_may_be_missing(name):
    values = table()
    del values[name]
    with pytest.raises(RegimeError, match=name):
        build(Regime, values, "regime")


@pytest.mark.parametrize("seed", range(30))
def test_a_file_cut_short_is_refused(seed):
    end = Random(seed).randrange(200, len(TEXT) - 400)  # noqa: S311
    with pytest.raises(RegimeError, match="guangdong/2024-01-01"):
        load({FIRST: TEXT[:end]})


def test_the_file_as_it_stands_is_the_law_of_its_day():
    assert build(Regime, table(), "regime") == regime_on(date(2024, 6, 1))


@pytest.mark.parametrize("regime", ["guangdong/../../etc", "guangdong/2024-13-01", "guangdong/"])
def test_a_file_with_another_name_is_no_version(regime):
    with pytest.raises(RegimeError):
        load({regime: TEXT})


def test_two_versions_that_amend_each_other_are_refused():
    texts = {"guangdong/2024-01-01": 'amends = "guangdong/2025-01-01"\n',
             "guangdong/2025-01-01": 'amends = "guangdong/2024-01-01"\n'}
    with pytest.raises(RegimeError, match="no earlier version"):
        load(texts)
