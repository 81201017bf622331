from itertools import product

import pytest

from broker_admin.enforcement.workflow import COLOURS, LABELS, OPEN, WORKFLOW
from broker_admin.enforcement.workflow import CaseStatus as S
from broker_admin.permissions import SYSTEM, Role
from broker_admin.workflow import TransitionRefused

ORDER = ("drop", "give_notice", "state", "refer", "reopen", "clear", "impose", "acquit", "close")
EXPECTED = {
    S.INVESTIGATING: "not_filed prior_notice - - - - - - -",
    S.PRIOR_NOTICE: "- - statement legal_review - - - - -",
    S.STATEMENT: "- - - legal_review - - - - -",
    S.LEGAL_REVIEW: "- - - - investigating decision_pending - - -",
    S.DECISION_PENDING: "- - - - - - executing no_measure -",
    S.EXECUTING: "- - - - - - - - closed",
    S.NO_MEASURE: "- - - - - - - - -",
    S.NOT_FILED: "- - - - - - - - -",
    S.CLOSED: "- - - - - - - - -",
}
ROLES = {
    Role.ENFORCEMENT_OFFICER: {"drop", "give_notice", "refer", "close"},
    Role.LEGAL_REVIEWER: {"reopen", "clear"},
    Role.DECIDER: {"impose", "acquit"},
}


class Person:
    def __init__(self, *roles, number=1, organizations=()):
        self.id, self.roles = number, frozenset(roles)
        self.organization_ids = frozenset(organizations)


class Made:
    party_ids = frozenset()
    party_organization_ids = frozenset({7})
    barred_ids = frozenset({2})

    def __init__(self, status):
        self.status = status


MEMBER = Person(organizations={7})
EVERYBODY = Person(*Role)


def test_the_table_names_every_transition():
    assert tuple(t.name for t in WORKFLOW.transitions) == ORDER
    assert set(LABELS) == set(COLOURS) == set(S)


@pytest.mark.parametrize(("status", "name"), list(product(S, ORDER)))
def test_every_transition_from_every_state(status, name):
    target = EXPECTED[status].split()[ORDER.index(name)]
    case, actor = Made(status), MEMBER if name == "state" else EVERYBODY
    if target == "-":
        with pytest.raises(TransitionRefused):
            WORKFLOW.fire(name, case, actor)
        assert case.status is status
    else:
        WORKFLOW.fire(name, case, actor)
        assert case.status == target


@pytest.mark.parametrize(("status", "role"), list(product(S, sorted(Role))))
def test_each_role_has_its_own_steps(status, role):
    moves = dict(zip(ORDER, EXPECTED[status].split(), strict=True))
    expected = {name for name in ROLES.get(role, ()) if moves[name] != "-"}
    assert {t.name for t in WORKFLOW.open_to(Person(role), Made(status))} == expected


@pytest.mark.parametrize("status", list(S))
def test_time_alone_moves_no_case(status):
    assert WORKFLOW.open_to(SYSTEM, Made(status)) == []


@pytest.mark.parametrize("status", list(S))
def test_a_stranger_can_do_nothing(status):
    assert WORKFLOW.open_to(Person(organizations={8}), Made(status)) == []


@pytest.mark.parametrize("status", list(S))
def test_an_insider_may_only_state(status):
    insider = Person(*Role, organizations={7})
    expected = {"state"} if status is S.PRIOR_NOTICE else set()
    assert {t.name for t in WORKFLOW.open_to(insider, Made(status))} == expected


def test_who_is_barred_neither_reviews_nor_decides():
    barred = Person(*Role, number=2)
    for status in (S.LEGAL_REVIEW, S.DECISION_PENDING):
        assert WORKFLOW.open_to(barred, Made(status)) == []


def test_open_cases_end_in_a_decision_or_before():
    assert {S.EXECUTING, S.NO_MEASURE, S.NOT_FILED, S.CLOSED} == set(S) - OPEN
