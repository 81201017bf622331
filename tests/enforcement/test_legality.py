import pytest

from broker_admin.enforcement import legality
from broker_admin.enforcement.measures import Fault
from broker_admin.refusals import Refused
from tests.enforcement.factories import (
    DSL47,
    REGIME_BASIS,
    find,
    make_investigated,
    make_opened,
)


def test_without_a_finding_nothing_is_lawful(cast):
    with pytest.raises(Refused, match="No conduct has been established"):
        legality.demand_lawful(make_opened(cast), "REMIND", None, REGIME_BASIS)


@pytest.mark.parametrize(("measure", "months", "basis", "fault"), [
    ("CLOSURE", None, REGIME_BASIS, Fault.UNKNOWN), ("", None, REGIME_BASIS, Fault.UNKNOWN),
    ("WARNING", None, DSL47, Fault.UNKNOWN), ("REMIND", None, "民法典", Fault.BASIS),
    ("REVOCATION", None, REGIME_BASIS, Fault.BASIS), ("PAUSE", None, REGIME_BASIS, Fault.TIME_MISSING),
    ("PAUSE", 7, REGIME_BASIS, Fault.TOO_LONG), ("REMIND", 1, REGIME_BASIS, Fault.TIME_UNFIT)])
def test_an_unlawful_measure_is_refused_with_its_reason(cast, measure, months, basis, fault):
    with pytest.raises(Refused) as refusal:
        legality.demand_lawful(make_investigated(cast), measure, months, basis)
    assert refusal.value.sentence == legality.FAULTS[fault]


@pytest.mark.parametrize(("measure", "months", "basis"), [
    ("REMIND", None, REGIME_BASIS), ("PAUSE", 6, REGIME_BASIS), ("REVOCATION", None, DSL47)])
def test_a_lawful_measure_is_given_back(cast, measure, months, basis):
    assert legality.demand_lawful(make_investigated(cast), measure, months, basis).code == measure


def test_every_fault_has_its_sentence():
    assert set(legality.FAULTS) == set(Fault)


def test_without_a_license_nothing_acts_on_one(cast):
    offered = legality.choices_for(make_investigated(cast, licensed=False))
    assert "REMIND" in offered
    assert {"PAUSE", "END_RECOGNITION", "REVOCATION"}.isdisjoint(offered)


def test_a_statute_carries_only_what_it_threatens(cast):
    case = make_investigated(cast)
    offered = legality.choices_for(case)
    assert legality.bases_for(case, offered["REVOCATION"]) == [DSL47]
    assert legality.bases_for(case, offered["PAUSE"])[0] == REGIME_BASIS


def test_another_finding_opens_another_penalty(cast):
    case = make_investigated(cast)
    assert "WARNING" not in legality.choices_for(case)
    find(case, cast, "C13")
    assert legality.bases_for(case, legality.choices_for(case)["WARNING"]) == ["个人信息保护法第66条"]


def test_a_finding_taken_back_closes_it_again(cast):
    case = make_investigated(cast)
    find(case, cast, established=False)
    assert "REVOCATION" not in legality.choices_for(case)
