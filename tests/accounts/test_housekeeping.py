from datetime import timedelta

import pytest
import sqlalchemy as sa

from broker_admin.accounts.housekeeping import forget_old
from broker_admin.accounts.models import Throttle, UsedLink, UserSession
from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.permissions import SYSTEM
from broker_admin.repeats import UsedForm
from tests.conftest import NOON
from tests.factories import make_user


def sweep():
    return forget_old(day_of(NOON), actor=SYSTEM, at=NOON)


def session(user, **ends):
    return UserSession(token_hash="h", user=user, created_at=NOON - timedelta(days=1),
                       seen_at=NOON - timedelta(hours=1), ends_at=NOON + timedelta(**ends),
                       agent="test")


MAKE = {
    "count": lambda at: Throttle(key=str(at), window_began_at=at, count=3),
    "link": lambda at: UsedLink(token_hash=str(at), used_at=at),
    "form": lambda at: UsedForm(key=str(at), location="/", at=at),
}


@pytest.mark.parametrize(("kind", "days"), [("count", 1), ("link", 4), ("form", 2)])
def test_only_what_is_too_old_is_forgotten(app, kind, days):
    limit, minute = NOON - timedelta(days=days), timedelta(minutes=1)
    old, fresh = MAKE[kind](limit - minute), MAKE[kind](limit + minute)
    db.session.add_all([old, fresh])
    db.session.flush()
    model = type(fresh)
    assert sweep() == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(model)) == 1


def test_a_session_that_is_over_is_forgotten(app):
    db.session.add(session(make_user(), hours=-1))
    db.session.flush()
    assert sweep() == 1


def test_a_session_that_lasts_is_kept(app):
    db.session.add(session(make_user(), hours=1))
    db.session.flush()
    assert sweep() == 0


def test_sweeping_twice_does_no_harm(app):
    db.session.add(session(make_user(), hours=-1))
    db.session.flush()
    assert (sweep(), sweep()) == (1, 0)
