from dataclasses import dataclass
from enum import StrEnum, auto

import pytest

from broker_admin.permissions import SYSTEM, Role
from broker_admin.permissions import Permission as P
from broker_admin.workflow import Transition, TransitionRefused, Workflow


class Light(StrEnum):
    RED = auto()
    GREEN = auto()
    OFF = auto()


L = Light
TABLE = Workflow((
    Transition("go", {L.RED}, L.GREEN, P.APPLICATION_REVIEW),
    Transition("stop", {L.GREEN}, L.RED, P.APPLICATION_DECIDE),
    Transition("switch_off", {L.RED, L.GREEN}, L.OFF, P.APPLICATION_LAPSE),
))
#          go       stop     switch_off
EXPECTED = {
    L.RED:   "green    -        off",
    L.GREEN: "-        red      off",
    L.OFF:   "-        -        -",
}


@dataclass
class Someone:
    id: int = 1
    roles: frozenset = frozenset(Role)
    organization_ids: frozenset = frozenset()


@dataclass
class Lamp:
    status: Light
    party_ids: frozenset = frozenset()
    party_organization_ids: frozenset = frozenset()
    barred_ids: frozenset = frozenset()


def actor_of(name):
    return SYSTEM if name == "switch_off" else Someone()


@pytest.mark.parametrize("status", Light)
@pytest.mark.parametrize("column", range(3))
def test_every_step_from_every_state(status, column):
    name, target = TABLE.transitions[column].name, EXPECTED[status].split()[column]
    lamp = Lamp(status)
    if target == "-":
        with pytest.raises(TransitionRefused, match="already moved on"):
            TABLE.fire(name, lamp, actor_of(name))
        assert lamp.status is status
    else:
        TABLE.fire(name, lamp, actor_of(name))
        assert lamp.status == target


def test_a_step_needs_its_permission():
    lamp = Lamp(L.RED)
    with pytest.raises(TransitionRefused, match="You may not take this step"):
        TABLE.fire("go", lamp, Someone(roles=frozenset({Role.AUDITOR})))
    assert lamp.status is L.RED


def test_whoever_is_barred_does_not_take_a_deciding_step():
    lamp = Lamp(L.GREEN, barred_ids=frozenset({1}))
    with pytest.raises(TransitionRefused):
        TABLE.fire("stop", lamp, Someone())
    TABLE.fire("stop", lamp, Someone(id=2))


def test_a_refusal_names_the_state():
    with pytest.raises(TransitionRefused) as refused:
        TABLE.check("go", Lamp(L.OFF), Someone())
    assert refused.value.values == {"status": L.OFF}
    assert "“off”" in str(refused.value)


def test_checking_changes_nothing():
    lamp = Lamp(L.RED)
    assert TABLE.check("go", lamp, Someone()).target is L.GREEN
    assert lamp.status is L.RED


def test_the_page_offers_only_open_steps():
    assert [t.name for t in TABLE.open_to(Someone(), Lamp(L.RED))] == ["go"]
    assert [t.name for t in TABLE.open_to(SYSTEM, Lamp(L.RED))] == ["switch_off"]
    assert TABLE.open_to(Someone(), Lamp(L.OFF)) == []


@pytest.mark.parametrize(("before", "after", "explained"), [
    ("red", "green", True), ("green", "red", True), ("red", "off", True),
    ("off", "red", False), ("red", "red", False), ("blue", "red", False),
])
def test_a_change_of_state_is_explained_by_a_row(before, after, explained):
    assert TABLE.leads(before, after) is explained


def test_an_unknown_step_is_a_mistake_of_ours():
    with pytest.raises(StopIteration):
        TABLE["explode"]
