from itertools import product

import pytest

from broker_admin.licenses.workflow import LABELS, WORKFLOW
from broker_admin.licenses.workflow import LicenseStatus as S
from broker_admin.permissions import SYSTEM, Role
from broker_admin.workflow import TransitionRefused

ORDER = ("suspend", "lift", "resume", "revoke", "annul", "withdraw", "surrender", "expire", "cancel")
EXPECTED = {
    S.ACTIVE:    "suspended -      -      revoked annulled withdrawn cancelled expired -",
    S.SUSPENDED: "-         active active revoked annulled withdrawn cancelled expired -",
    S.EXPIRED:   "-         -      -      revoked annulled -         -         -       cancelled",
    S.WITHDRAWN: "-         -      -      -       -        -         -         -       cancelled",
    S.ANNULLED:  "-         -      -      -       -        -         -         -       cancelled",
    S.REVOKED:   "-         -      -      -       -        -         -         -       cancelled",
    S.CANCELLED: "-         -      -      -       -        -         -         -       -",
}


class Person:
    def __init__(self, *roles, organizations=()):
        self.id, self.roles = 1, frozenset(roles)
        self.organization_ids = frozenset(organizations)


class Made:
    party_ids = frozenset()
    party_organization_ids = frozenset({7})
    barred_ids = frozenset()

    def __init__(self, status):
        self.status = status


ACTORS = {"surrender": Person(organizations={7}), "resume": SYSTEM, "expire": SYSTEM}


def test_the_table_names_every_transition():
    assert tuple(t.name for t in WORKFLOW.transitions) == ORDER
    assert set(LABELS) == set(S)


@pytest.mark.parametrize(("status", "name"), list(product(S, ORDER)))
def test_every_transition_from_every_state(status, name):
    target = EXPECTED[status].split()[ORDER.index(name)]
    case, actor = Made(status), ACTORS.get(name, Person(Role.DECIDER))
    if target == "-":
        with pytest.raises(TransitionRefused):
            WORKFLOW.fire(name, case, actor)
        assert case.status is status
    else:
        WORKFLOW.fire(name, case, actor)
        assert case.status == target


@pytest.mark.parametrize("role", sorted(Role))
def test_only_deciders_act_on_foreign_licenses(role):
    open_steps = {t.name for t in WORKFLOW.open_to(Person(role), Made(S.ACTIVE))}
    expected = {"suspend", "revoke", "annul", "withdraw"} if role is Role.DECIDER else set()
    assert open_steps == expected


def test_an_officer_of_the_holder_may_only_give_up():
    insider = Person(Role.DECIDER, organizations={7})
    assert {t.name for t in WORKFLOW.open_to(insider, Made(S.ACTIVE))} == {"surrender"}
