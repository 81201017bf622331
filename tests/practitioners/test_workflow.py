from itertools import product

import pytest

from broker_admin.permissions import SYSTEM, Role
from broker_admin.practitioners.workflow import CERTIFICATE, COLOURS, EMPLOYMENT, LABELS
from broker_admin.practitioners.workflow import EmploymentStatus as E
from broker_admin.practitioners.workflow import PractitionerStatus as S
from broker_admin.workflow import TransitionRefused

CERTIFICATES = {
    S.CERTIFIED: "certified lapsed void",
    S.LAPSED:    "certified -      void",
    S.VOID:      "-         -      -",
}
EMPLOYMENTS = {
    E.PROPOSED:  "confirmed declined -     -",
    E.CONFIRMED: "-         -        ended ended",
    E.DECLINED:  "-         -        -     -",
    E.ENDED:     "-         -        -     -",
}
TABLES = [(CERTIFICATE, CERTIFICATES, ("renew", "lapse", "void")),
          (EMPLOYMENT, EMPLOYMENTS, ("confirm", "decline", "end", "cease"))]
CASES = [(workflow, table, names, status, name)
         for workflow, table, names in TABLES for status, name in product(table, names)]


class Person:
    def __init__(self, number, *roles, organizations=()):
        self.id, self.roles = number, frozenset(roles)
        self.organization_ids = frozenset(organizations)


class Made:
    """Of person 1, at organisation 7."""

    party_ids, barred_ids = frozenset({1}), frozenset()
    party_organization_ids = frozenset({7})

    def __init__(self, status):
        self.status = status


OFFICE, HOLDER, BOSS = Person(9, Role.EXAM_ADMIN), Person(1), Person(5, organizations={7})
ACTORS = {"renew": SYSTEM, "lapse": SYSTEM, "void": OFFICE, "cease": OFFICE}


@pytest.mark.parametrize(("workflow", "table", "names", "status", "name"), CASES)
def test_every_transition_from_every_state(workflow, table, names, status, name):
    target = table[status].split()[names.index(name)]
    case, actor = Made(status), ACTORS.get(name, HOLDER)
    if target == "-":
        with pytest.raises(TransitionRefused):
            workflow.fire(name, case, actor)
        assert case.status is status
    else:
        workflow.fire(name, case, actor)
        assert case.status == target


def test_the_tables_name_every_transition():
    for workflow, _, names in TABLES:
        assert tuple(t.name for t in workflow.transitions) == names
    assert set(LABELS) == set(COLOURS) == set(S) | set(E)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.EXAM_ADMIN}))
def test_no_other_officer_declares_void(role):
    assert CERTIFICATE.open_to(Person(9, role), Made(S.CERTIFIED)) == []


def test_the_office_does_not_void_its_own_certificate():
    insider = Person(1, Role.EXAM_ADMIN)
    assert CERTIFICATE.open_to(insider, Made(S.CERTIFIED)) == []


@pytest.mark.parametrize(("actor", "steps"), [
    (HOLDER, {"end"}), (BOSS, {"end"}), (Person(6), set()), (OFFICE, {"cease"})])
def test_both_sides_may_end_and_no_stranger(actor, steps):
    assert {t.name for t in EMPLOYMENT.open_to(actor, Made(E.CONFIRMED))} == steps
