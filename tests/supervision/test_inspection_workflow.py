from itertools import product

import pytest

from broker_admin.permissions import SYSTEM, Role
from broker_admin.supervision.inspection_workflow import (
    DRAW,
    DRAW_LABELS,
    INSPECTION,
    INSPECTION_COLOURS,
    INSPECTION_LABELS,
    INSPECTION_STEPS,
    RECTIFICATION,
    RECTIFICATION_LABELS,
    RECTIFICATION_STEPS,
    RESULT_LABELS,
    InspectionResult,
)
from broker_admin.supervision.inspection_workflow import DrawStatus as D
from broker_admin.supervision.inspection_workflow import InspectionStatus as J
from broker_admin.supervision.inspection_workflow import RectificationStatus as Z
from broker_admin.workflow import TransitionRefused
from tests.supervision.test_workflow import Made, Person

TABLES = {"draw": DRAW, "inspection": INSPECTION, "rectification": RECTIFICATION}
EXPECTED = {
    "draw": {D.COMMITTED: {"draw": D.DRAWN}, D.DRAWN: {}},
    "inspection": {
        J.DRAWN: {"notify": J.NOTIFIED}, J.NOTIFIED: {"record": J.RECORDED},
        J.RECORDED: {"conclude": J.CONCLUDED}, J.CONCLUDED: {"tell": J.TOLD},
        J.TOLD: {"publish": J.PUBLISHED}, J.PUBLISHED: {},
    },
    "rectification": {
        Z.ISSUED: {"answer": Z.ANSWERED, "lapse": Z.OVERDUE},
        Z.REJECTED: {"answer": Z.ANSWERED, "lapse": Z.OVERDUE},
        Z.OVERDUE: {"answer": Z.ANSWERED},
        Z.ANSWERED: {"verify": Z.VERIFIED, "reject": Z.REJECTED}, Z.VERIFIED: {},
    },
}
VISIT, CHECK = {"notify", "record", "conclude", "tell", "publish"}, {"verify", "reject"}
WHO = {Role.ENFORCEMENT_OFFICER: VISIT | CHECK, Role.SUPERVISION_OFFICER: {"draw"} | CHECK}
NAMES = {kind: sorted({t.name for t in table.transitions}) for kind, table in TABLES.items()}
EVERY = [(kind, status, name) for kind, states in EXPECTED.items()
         for status, name in product(states, NAMES[kind])]
STATES = [(kind, status) for kind, states in EXPECTED.items() for status in states]


def _actor_of(name):
    role = next((role for role, names in WHO.items() if name in names), None)
    if role:
        return Person(1, role)
    return Person(1, organizations={7}) if name == "answer" else SYSTEM


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
def test_a_holder_only_answers(kind, status):
    found = {t.name for t in TABLES[kind].open_to(Person(1, organizations={7}), Made(status))}
    assert found == {"answer"} & set(EXPECTED[kind][status])


def test_every_state_has_its_word():
    assert set(DRAW_LABELS) == set(D)
    assert set(INSPECTION_LABELS) == set(J)
    assert set(RECTIFICATION_LABELS) == set(Z)
    assert set(RESULT_LABELS) == set(InspectionResult)
    assert {*D, *J, *Z} <= set(INSPECTION_COLOURS)
    assert set(INSPECTION_STEPS) == {t.name for t in INSPECTION.transitions}
    assert set(RECTIFICATION_STEPS) == {t.name for t in RECTIFICATION.transitions} - {"lapse"}
