import pytest
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound

from broker_admin.accounts.models import User
from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.demo import offices
from broker_admin.jobs.schedule import NIGHTLY
from broker_admin.ledger import AuditEntry
from broker_admin.permissions import Role
from tests.conftest import NOON


@pytest.mark.parametrize(("mailbox", "name", "roles"), offices.OFFICERS, ids=lambda value: str(value)[:12])
def test_every_officer_holds_the_roles_listed(app, mailbox, name, roles):
    user = offices.officer(mailbox)
    assert (user.name, user.roles) == (name, frozenset(roles))


def test_every_role_of_the_staff_is_held():
    held = {role for _, _, roles in offices.OFFICERS for role in roles}
    assert held == set(Role)


def test_no_two_officers_share_a_name():
    assert len({name for _, name, _ in offices.OFFICERS}) == len(offices.OFFICERS)


def test_officers_act_for_nobody(app):
    assert all(not offices.officer(mailbox).memberships for mailbox, *_ in offices.OFFICERS)


def test_an_officer_who_is_not_there_is_a_mistake(app):
    with pytest.raises(NoResultFound):
        offices.officer("nobody")


def test_every_account_was_opened_on_the_first_day(app):
    opened = db.session.scalars(select(User.created_at).join(User.grants)).all()
    assert len({day_of(at) for at in opened}) == 1


def test_time_does_what_the_nightly_schedule_does():
    scheduled = {task.verb for task in NIGHTLY}
    assert set(offices.NIGHTLY) <= scheduled


@pytest.mark.parametrize("name", [
    "application.deemed_accepted", "application.lapsed", "license.expired",
    "review.finalised", "review.published"])
def test_nights_did_what_time_does_by_itself(app, name):
    rows = db.session.execute(select(AuditEntry.at, AuditEntry.actor_id).where(AuditEntry.name == name))
    assert any(actor is None for _, actor in rows)


def test_a_night_comes_every_day():
    nights = offices.nights(NOON)
    assert [next(nights) - NOON for _ in range(1)] == [offices.timedelta(days=1)]
