from itertools import product

import pytest

from broker_admin.exams.workflow import (
    ATTEMPT,
    ATTEMPT_LABELS,
    BOOKING,
    BOOKING_LABELS,
    SITTING,
    SITTING_LABELS,
    AttemptStatus,
    BookingStatus,
    SittingStatus,
    colour,
)
from broker_admin.permissions import SYSTEM, Role
from broker_admin.workflow import TransitionRefused

# State by state, where each step of the table leads; a dash where it is not open.
SITTINGS = {
    "steps":     "open_booking seal   run     end    close  release   cancel",
    "planned":   "open         -      -       -      -      -         cancelled",
    "open":      "-            sealed -       -      -      -         cancelled",
    "sealed":    "-            -      running -      -      -         cancelled",
    "running":   "-            -      -       closed closed -         -",
    "closed":    "-            -      -       -      -      published -",
    "published": "-            -      -       -      -      -         -",
    "cancelled": "-            -      -       -      -      -         -",
}
BOOKINGS = {
    "steps":     "cancel    drop      attend   miss",
    "booked":    "cancelled cancelled attended no_show",
    "attended":  "-         -         -        -",
    "no_show":   "-         -         -        -",
    "cancelled": "-         -         -        -",
}
ATTEMPTS = {
    "steps":       "start       submit    expire    terminate miss    drop      score  release",
    "prepared":    "in_progress -         -         -         no_show cancelled -      -",
    "in_progress": "-           submitted submitted submitted -       -         -      -",
    "submitted":   "-           -         -         -         -       -         scored -",
    "scored":      "-           -         -         -         -       -         -      released",
    "released":    "-           -         -         -         -       -         -      -",
    "no_show":     "-           -         -         -         -       -         -      -",
    "cancelled":   "-           -         -         -         -       -         -      -",
}
TABLES = {
    "sitting": (SITTING, SittingStatus, SITTINGS), "booking": (BOOKING, BookingStatus, BOOKINGS),
    "attempt": (ATTEMPT, AttemptStatus, ATTEMPTS),
}
PARTY_STEPS = {"booking": {"cancel", "attend"}, "attempt": {"start", "submit"}, "sitting": set()}
TIME_STEPS = {"run", "end", "attend_never", "miss", "expire", "score"}


class Person:
    def __init__(self, *roles, number=1):
        self.id, self.roles, self.organization_ids = number, frozenset(roles), frozenset()


class Made:
    party_ids = frozenset({7})
    party_organization_ids = frozenset()
    barred_ids = frozenset({9})

    def __init__(self, status):
        self.status = status


CANDIDATE, OFFICE = Person(number=7), Person(Role.EXAM_ADMIN)


def actor_of(table, step):
    if step in PARTY_STEPS[table]:
        return CANDIDATE
    return SYSTEM if step in TIME_STEPS else OFFICE


def cases():
    for name, (_, states, table) in TABLES.items():
        yield from ((name, state, step) for state, step in product(states, table["steps"].split()))


@pytest.mark.parametrize("name", TABLES)
def test_the_table_names_every_transition(name):
    workflow, states, table = TABLES[name]
    assert [t.name for t in workflow.transitions] == table["steps"].split()
    assert set(table) - {"steps"} == set(states)


@pytest.mark.parametrize(("name", "state", "step"), list(cases()))
def test_every_step_from_every_state(name, state, step):
    workflow, _, table = TABLES[name]
    target = table[state].split()[table["steps"].split().index(step)]
    made, actor = Made(state), actor_of(name, step)
    if target == "-":
        with pytest.raises(TransitionRefused):
            workflow.fire(step, made, actor)
        assert made.status is state
    else:
        workflow.fire(step, made, actor)
        assert made.status == target


@pytest.mark.parametrize(("name", "role"), list(product(TABLES, sorted(Role))))
def test_only_the_office_acts_for_others(name, role):
    workflow, states, _ = TABLES[name]
    open_steps = {t.name for state in states for t in workflow.open_to(Person(role), Made(state))}
    mine = {t.name for t in workflow.transitions} - PARTY_STEPS[name] - TIME_STEPS
    assert open_steps == (mine if role is Role.EXAM_ADMIN else set())


@pytest.mark.parametrize("name", TABLES)
def test_an_officer_who_sits_is_a_candidate_only(name):
    workflow, states, _ = TABLES[name]
    insider = Person(Role.EXAM_ADMIN, number=7)
    steps = {t.name for state in states for t in workflow.open_to(insider, Made(state))}
    assert steps == PARTY_STEPS[name]


@pytest.mark.parametrize(("workflow", "state"), [
    (SITTING, SittingStatus.CLOSED), (ATTEMPT, AttemptStatus.SCORED)])
def test_who_planned_may_not_release(workflow, state):
    planner = Person(Role.EXAM_ADMIN, number=9)
    with pytest.raises(TransitionRefused):
        workflow.fire("release", Made(state), planner)


@pytest.mark.parametrize(("words", "states"), [
    (SITTING_LABELS, SittingStatus), (BOOKING_LABELS, BookingStatus), (ATTEMPT_LABELS, AttemptStatus)])
def test_every_state_has_a_word(words, states):
    assert [(type(s), s.value) for s in words] == [(type(s), s.value) for s in states]


@pytest.mark.parametrize("state", [*SittingStatus, *BookingStatus, *AttemptStatus])
def test_every_state_has_a_colour(state):
    assert colour(state) in {"green", "blue", "yellow", "orange", "red", "grey"}
