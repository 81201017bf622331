from datetime import timedelta

import pytest

from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.enforcement import steps
from broker_admin.permissions import Role
from tests.enforcement.factories import (
    later,
    make_acquitted,
    make_asked,
    make_called,
    make_cleared,
    make_closed,
    make_dropped,
    make_imposed,
    make_investigated,
    make_notified,
    make_opened,
    make_referred,
    make_reopened,
    make_stated,
)
from tests.factories import make_user

OWN = ["find", "evidence", "drop", "give_notice"]
#                   the first       another officer  the lawyer             the decider
MADE = {
    make_opened: (OWN, ["join"], [], []),
    make_investigated: (OWN, [], [], []),
    make_notified: (["refer"], [], [], []),
    make_stated: (["refer"], [], [], []),
    make_asked: (["refer"], [], ["call_hearing"], []),
    make_called: (["refer"], [], ["call_hearing"], []),
    make_referred: ([], [], ["reopen", "clear"], []),
    make_reopened: (OWN, [], [], []),
    make_cleared: ([], [], [], ["impose", "acquit"]),
    make_imposed: (["close"], ["close"], [], []),
    make_acquitted: ([], [], [], []),
    make_dropped: ([], [], [], []),
    make_closed: ([], [], [], []),
}


def open_to(actor, case, day=None):
    return steps.open_to(actor, case, day or day_of(now()))


@pytest.mark.parametrize("make", list(MADE))
def test_each_office_is_offered_its_own_steps(cast, make):
    case, other = make(cast), make_user(Role.ENFORCEMENT_OFFICER)
    offered = [open_to(actor, case) for actor in (cast.first, other, cast.lawyer, cast.decider)]
    assert offered == list(MADE[make])


@pytest.mark.parametrize("make", list(MADE))
def test_nobody_else_is_offered_a_step(cast, make):
    case = make(cast)
    for actor in (make_user(), make_user(Role.AUDITOR), make_user(Role.ADMINISTRATOR)):
        assert open_to(actor, case) == []


def test_an_insider_is_offered_nothing_at_the_desk(cast):
    case = make_investigated(cast)
    cast.organization.memberships[0].user = cast.second
    db.session.flush()
    db.session.refresh(cast.second)
    assert open_to(cast.second, case) == []


@pytest.mark.parametrize(("days", "offered"), [
    (-1, ["call_hearing"]), (0, ["call_hearing", "hold_hearing"]), (1, ["call_hearing", "hold_hearing"])])
def test_the_hearing_is_recorded_from_its_day_on(cast, days, offered):
    case = make_called(cast)
    day = case.notice.hearing_on + timedelta(days=days)
    assert open_to(cast.lawyer, case, day) == offered
    assert day > day_of(later(days=20))
