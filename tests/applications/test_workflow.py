from itertools import product

import pytest

from broker_admin.applications.workflow import LABELS, WORKFLOW
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.permissions import SYSTEM, Role
from broker_admin.workflow import TransitionRefused

ORDER = ("submit", "withdraw", "require_correction", "accept", "decline", "deem_accepted", "lapse",
         "begin_expert_review", "end_expert_review", "propose", "send_back", "grant", "refuse")
EXPECTED = {
    S.DRAFT: {"submit": S.SUBMITTED, "withdraw": S.WITHDRAWN},
    S.SUBMITTED: {"withdraw": S.WITHDRAWN, "require_correction": S.CORRECTION_REQUIRED,
                  "accept": S.UNDER_REVIEW, "decline": S.NOT_ACCEPTED,
                  "deem_accepted": S.UNDER_REVIEW},
    S.CORRECTION_REQUIRED: {"submit": S.SUBMITTED, "withdraw": S.WITHDRAWN, "lapse": S.WITHDRAWN},
    S.UNDER_REVIEW: {"withdraw": S.WITHDRAWN, "begin_expert_review": S.EXPERT_REVIEW,
                     "propose": S.DECISION_PENDING},
    S.EXPERT_REVIEW: {"withdraw": S.WITHDRAWN, "end_expert_review": S.UNDER_REVIEW},
    S.DECISION_PENDING: {"withdraw": S.WITHDRAWN, "send_back": S.UNDER_REVIEW,
                         "grant": S.APPROVED, "refuse": S.REFUSED},
    S.APPROVED: {}, S.REFUSED: {}, S.NOT_ACCEPTED: {}, S.WITHDRAWN: {},
}
WHO = {
    Role.INTAKE_OFFICER: {"require_correction", "accept", "decline"},
    Role.REVIEWER: {"begin_expert_review", "end_expert_review", "propose"},
    Role.DECIDER: {"send_back", "grant", "refuse"},
}
APPLICANT = {"submit", "withdraw"}


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
    return Person(1, organizations={7}) if name in APPLICANT else SYSTEM


def test_the_table_names_every_transition():
    assert tuple(t.name for t in WORKFLOW.transitions) == ORDER
    assert set(LABELS) == set(S) == set(EXPECTED)


@pytest.mark.parametrize(("status", "name"), list(product(S, ORDER)))
def test_every_transition_from_every_state(status, name):
    case, target = Made(status), EXPECTED[status].get(name)
    if target is None:
        with pytest.raises(TransitionRefused):
            WORKFLOW.fire(name, case, _actor_of(name))
        assert case.status is status
    else:
        WORKFLOW.fire(name, case, _actor_of(name))
        assert case.status is target


@pytest.mark.parametrize(("status", "role"), list(product(S, Role)))
def test_every_role_in_every_state(status, role):
    found = {t.name for t in WORKFLOW.open_to(Person(1, role), Made(status))}
    assert found == WHO.get(role, set()) & set(EXPECTED[status])


@pytest.mark.parametrize("status", list(S))
def test_an_applicant_may_only_submit_and_withdraw(status):
    found = {t.name for t in WORKFLOW.open_to(Person(1, organizations={7}), Made(status))}
    assert found == APPLICANT & set(EXPECTED[status])


def test_whoever_prepared_it_does_not_decide():
    prepared, fresh = Person(2, Role.DECIDER), Person(3, Role.DECIDER)
    assert WORKFLOW.open_to(prepared, Made(S.DECISION_PENDING)) == []
    assert len(WORKFLOW.open_to(fresh, Made(S.DECISION_PENDING))) == 3


def test_an_officer_of_the_applicant_is_an_outsider():
    insider = Person(3, Role.DECIDER, organizations={7})
    names = {t.name for t in WORKFLOW.open_to(insider, Made(S.DECISION_PENDING))}
    assert names == {"withdraw"}
