from dataclasses import dataclass

import pytest

from broker_admin.accounts.workflow import LABELS, MEMBERSHIP, MembershipStatus
from broker_admin.accounts.workflow import MembershipStatus as S
from broker_admin.permissions import SYSTEM, Role
from broker_admin.workflow import TransitionRefused

#             approve   decline   appoint  dismiss  end
EXPECTED = {
    S.ASKED:    "approved declined -        -        -",
    S.APPROVED: "-        -        approved approved ended",
    S.DECLINED: "-        -        -        -        -",
    S.ENDED:    "-        -        -        -        -",
}


@dataclass
class Someone:
    id: int = 1
    roles: frozenset = frozenset()
    organization_ids: frozenset = frozenset()


@dataclass
class Asked:
    status: MembershipStatus = S.ASKED
    party_ids: frozenset = frozenset({1})
    party_organization_ids: frozenset = frozenset()
    barred_ids: frozenset = frozenset()


@pytest.mark.parametrize("status", S)
@pytest.mark.parametrize("column", range(5))
def test_every_step_from_every_state(status, column):
    name, target = MEMBERSHIP.transitions[column].name, EXPECTED[status].split()[column]
    case = Asked(status)
    if target == "-":
        with pytest.raises(TransitionRefused):
            MEMBERSHIP.fire(name, case, Someone())
        assert case.status is status
    else:
        MEMBERSHIP.fire(name, case, Someone())
        assert case.status == target


@pytest.mark.parametrize("actor", [
    Someone(id=2), Someone(id=2, roles=frozenset(Role)), Someone(id=2, organization_ids={1}), SYSTEM,
])
def test_only_an_administrator_of_the_organisation_decides(actor):
    for name, status in [("approve", S.ASKED), ("decline", S.ASKED), ("appoint", S.APPROVED),
                         ("dismiss", S.APPROVED), ("end", S.APPROVED)]:
        with pytest.raises(TransitionRefused, match="You may not take this step"):
            MEMBERSHIP.fire(name, Asked(status), actor)


def test_every_state_has_a_word():
    assert set(LABELS) == set(S)
