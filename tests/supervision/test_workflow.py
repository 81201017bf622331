from itertools import product

import pytest

from broker_admin.permissions import SYSTEM, Role
from broker_admin.supervision.workflow import COLOURS, LABELS, REPORT, REVIEW, REVIEW_STEPS
from broker_admin.supervision.workflow import ReportStatus as R
from broker_admin.supervision.workflow import ReviewStatus as V
from broker_admin.workflow import TransitionRefused

TABLES = {"report": REPORT, "review": REVIEW}
EXPECTED = {
    "report": {R.DRAFT: {"submit": R.SUBMITTED}, R.SUBMITTED: {"correct": R.CORRECTED},
               R.CORRECTED: {"correct": R.CORRECTED}},
    "review": {
        V.OPEN: {"score": V.SCORED},
        V.SCORED: {"score": V.SCORED, "announce": V.PRELIMINARY},
        V.PRELIMINARY: {"object": V.OBJECTED, "finalise": V.FINAL},
        V.OBJECTED: {"answer": V.ANSWERED},
        V.ANSWERED: {"finalise": V.FINAL},
        V.FINAL: {"publish": V.PUBLISHED},
        V.PUBLISHED: {},
    },
}
HOLDER = {"submit", "correct", "object"}
WHO = {
    Role.SUPERVISION_OFFICER: {"score", "announce", "answer"},
    Role.DECIDER: {"finalise", "publish"},
}
NAMES = {kind: sorted({t.name for t in table.transitions}) for kind, table in TABLES.items()}
EVERY = [(kind, status, name) for kind, states in EXPECTED.items()
         for status, name in product(states, NAMES[kind])]
STATES = [(kind, status) for kind, states in EXPECTED.items() for status in states]


class Person:
    def __init__(self, number, *roles, organizations=()):
        self.id, self.roles = number, frozenset(roles)
        self.organization_ids = frozenset(organizations)


class Made:
    party_ids = frozenset()
    party_organization_ids = frozenset({7})
    barred_ids = frozenset({2})

    def __init__(self, status):
        self.status = status


def _actor_of(name):
    role = next((role for role, names in WHO.items() if name in names), None)
    if role:
        return Person(1, role)
    return Person(1, organizations={7}) if name in HOLDER else SYSTEM


@pytest.mark.parametrize(("kind", "status", "name"), EVERY)
def test_every_transition_from_every_state(kind, status, name):
    case, target = Made(status), EXPECTED[kind][status].get(name)
    if target is None:
        with pytest.raises(TransitionRefused):
            TABLES[kind].fire(name, case, _actor_of(name))
        assert case.status is status
    else:
        TABLES[kind].fire(name, case, _actor_of(name))
        assert case.status is target


@pytest.mark.parametrize(("place", "role"), list(product(STATES, Role)))
def test_every_role_in_every_state(place, role):
    kind, status = place
    found = {t.name for t in TABLES[kind].open_to(Person(1, role), Made(status))}
    assert found == WHO.get(role, set()) & set(EXPECTED[kind][status])


@pytest.mark.parametrize(("kind", "status"), STATES)
def test_a_holder_takes_only_its_own_steps(kind, status):
    found = {t.name for t in TABLES[kind].open_to(Person(1, organizations={7}), Made(status))}
    assert found == HOLDER & set(EXPECTED[kind][status])


def test_whoever_scored_does_not_finalise():
    assert REVIEW.open_to(Person(2, Role.DECIDER), Made(V.ANSWERED)) == []
    assert [t.name for t in REVIEW.open_to(Person(3, Role.DECIDER), Made(V.ANSWERED))] == ["finalise"]


def test_an_officer_of_the_holder_is_an_outsider():
    insider = Person(3, Role.DECIDER, organizations={7})
    assert REVIEW.open_to(insider, Made(V.ANSWERED)) == []


def test_every_state_has_word_and_colour():
    every = [*R, *V]
    assert set(every) <= set(LABELS)
    assert set(every) == set(COLOURS) & set(every)
    assert set(REVIEW_STEPS) == {t.name for t in REVIEW.transitions}
