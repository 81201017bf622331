import pytest
from sqlalchemy.orm.exc import StaleDataError

from broker_admin.accounts import memberships, staff
from broker_admin.accounts.models import Membership
from broker_admin.accounts.workflow import MembershipStatus as S
from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.permissions import SYSTEM, Role
from broker_admin.refusals import Refused
from tests.accounts.outgoing import messages, recorded
from tests.conftest import NOON
from tests.factories import make_member, make_organization, make_user


@pytest.fixture
def firm(app):
    """An organisation with its administrator and one more member."""
    return make_organization(make_user(), make_user())


def of(firm, number):
    return firm.memberships[number]


def ask(firm, user=None):
    return memberships.ask_to_join(firm, user=user or make_user(), at=NOON)


def test_asking_waits_for_an_administrator(firm):
    membership = ask(firm)
    assert (membership.status, membership.asked_at, membership.decided_at) == (S.ASKED, NOON, None)
    assert membership.user.organization_ids == frozenset()
    assert recorded(membership) == ["membership.asked"]


def test_every_administrator_hears_of_somebody_asking(firm):
    memberships.appoint(of(firm, 1), actor=of(firm, 0).user, at=NOON)
    before = len(messages())
    ask(firm)
    assert {m.recipient_id for m in messages()[before:]} == {m.user_id for m in firm.memberships[:2]}


def test_whoever_joined_the_authority_meanwhile_is_not_let_in(firm):
    membership = ask(firm)
    staff.give_role(membership.user, role=Role.REVIEWER, actor=SYSTEM, at=NOON)
    with pytest.raises(Refused, match="authority's staff"):
        memberships.approve(membership, actor=of(firm, 0).user, at=NOON)
    assert (membership.status, membership.user.organization_ids) == (S.ASKED, frozenset())


@pytest.mark.parametrize(("verb", "status"), [
    (memberships.approve, S.APPROVED), (memberships.decline, S.DECLINED),
])
def test_a_decision_names_who_decided_and_when(firm, verb, status):
    membership, boss = ask(firm), of(firm, 0).user
    verb(membership, actor=boss, at=NOON)
    assert (membership.status, membership.decided_at, membership.decided_by_id) == (
        status, NOON, boss.id)
    assert messages()[-1].recipient_id == membership.user_id


@pytest.mark.parametrize("verb", [memberships.approve, memberships.decline])
def test_a_decision_is_made_only_once(firm, verb):
    membership, boss = ask(firm), of(firm, 0).user
    memberships.approve(membership, actor=boss, at=NOON)
    with pytest.raises(Refused, match="already moved on"):
        verb(membership, actor=boss, at=now())
    assert membership.decided_at == NOON


@pytest.mark.parametrize("verb", [
    memberships.appoint, memberships.dismiss, memberships.end,
])
def test_somebody_only_asking_is_no_member_yet(firm, verb):
    membership = ask(firm)
    with pytest.raises(Refused, match="already moved on"):
        verb(membership, actor=of(firm, 0).user, at=NOON)
    assert (membership.status, membership.administers) == (S.ASKED, False)


def test_whoever_was_declined_may_ask_again(firm):
    first = ask(firm)
    memberships.decline(first, actor=of(firm, 0).user, at=NOON)
    assert ask(firm, first.user).status is S.ASKED


def test_whoever_left_may_ask_again(firm):
    member = of(firm, 1)
    memberships.end(member, actor=of(firm, 0).user, at=NOON)
    assert ask(firm, member.user).status is S.ASKED


@pytest.mark.parametrize("number", [0, 1])
def test_a_member_does_not_ask_again(firm, number):
    with pytest.raises(Refused, match="You belong to this organisation"):
        ask(firm, of(firm, number).user)
    assert len(firm.memberships) == 2


@pytest.mark.parametrize("role", Role)
def test_no_staff_acts_for_an_applicant(firm, role):
    with pytest.raises(Refused, match="staff cannot act"):
        ask(firm, make_user(role))


def test_a_second_administrator_is_appointed(firm):
    memberships.appoint(of(firm, 1), actor=of(firm, 0).user, at=NOON)
    assert firm.administrators == firm.members
    assert recorded(of(firm, 1)) == ["membership.administrator_appointed"]
    assert messages()[-1].recipient_id == of(firm, 1).user_id


def test_a_second_administrator_can_decide(firm):
    memberships.appoint(of(firm, 1), actor=of(firm, 0).user, at=NOON)
    membership = ask(firm)
    memberships.approve(membership, actor=of(firm, 1).user, at=NOON)
    assert membership.status is S.APPROVED


def test_nobody_is_appointed_twice(firm):
    with pytest.raises(Refused, match="an administrator already"):
        memberships.appoint(of(firm, 0), actor=of(firm, 0).user, at=NOON)
    assert recorded() == []


def test_a_dismissed_administrator_stays_a_member(firm):
    memberships.appoint(of(firm, 1), actor=of(firm, 0).user, at=NOON)
    memberships.dismiss(of(firm, 0), actor=of(firm, 1).user, at=NOON)
    assert (of(firm, 0).status, of(firm, 0).administers) == (S.APPROVED, False)
    assert recorded(of(firm, 0)) == ["membership.administrator_dismissed"]
    assert messages()[-1].recipient_id == of(firm, 0).user_id


def test_a_dismissed_administrator_decides_no_more(firm):
    boss, second = of(firm, 0).user, of(firm, 1).user
    memberships.appoint(of(firm, 1), actor=boss, at=NOON)
    memberships.dismiss(of(firm, 0), actor=second, at=NOON)
    with pytest.raises(Refused, match="may not take this step"):
        memberships.end(of(firm, 1), actor=boss, at=NOON)


def test_an_administrator_may_step_back(firm):
    boss = of(firm, 0).user
    memberships.appoint(of(firm, 1), actor=boss, at=NOON)
    memberships.dismiss(of(firm, 0), actor=boss, at=NOON)
    assert firm.administrators == [of(firm, 1).user]


def test_nobody_is_dismissed_from_nothing(firm):
    with pytest.raises(Refused, match="not an administrator"):
        memberships.dismiss(of(firm, 1), actor=of(firm, 0).user, at=NOON)


@pytest.mark.parametrize("verb", [memberships.dismiss, memberships.end])
def test_the_last_administrator_stays(firm, verb):
    with pytest.raises(Refused, match="last administrator"):
        verb(of(firm, 0), actor=of(firm, 0).user, at=NOON)
    assert (of(firm, 0).status, of(firm, 0).administers) == (S.APPROVED, True)
    assert recorded() == []


def test_administrators_elsewhere_do_not_count(firm):
    make_member()
    with pytest.raises(Refused, match="last administrator"):
        memberships.end(of(firm, 0), actor=of(firm, 0).user, at=NOON)


def test_a_removed_member_acts_no_more(firm):
    memberships.end(of(firm, 1), actor=of(firm, 0).user, at=NOON)
    assert of(firm, 1).status is S.ENDED
    assert of(firm, 1).user.organization_ids == frozenset()
    assert recorded(of(firm, 1)) == ["membership.ended"]
    assert messages()[-1].recipient_id == of(firm, 1).user_id


def test_a_removed_administrator_is_none_any_more(firm):
    memberships.appoint(of(firm, 1), actor=of(firm, 0).user, at=NOON)
    memberships.end(of(firm, 0), actor=of(firm, 1).user, at=NOON)
    assert firm.administrators == [of(firm, 1).user]


def test_one_of_two_administrators_may_leave(firm):
    boss = of(firm, 0).user
    memberships.appoint(of(firm, 1), actor=boss, at=NOON)
    memberships.end(of(firm, 0), actor=boss, at=NOON)
    assert (firm.members, firm.administrators) == ([of(firm, 1).user], [of(firm, 1).user])


VERBS = [memberships.appoint, memberships.dismiss, memberships.end]


@pytest.mark.parametrize("verb", VERBS)
def test_a_colleague_decides_on_nobody(firm, verb):
    colleague = of(firm, 1).user
    for membership in firm.memberships:
        with pytest.raises(Refused, match="may not take this step"):
            verb(membership, actor=colleague, at=NOON)
    assert firm.administrators == [of(firm, 0).user]


@pytest.mark.parametrize("verb", VERBS)
def test_an_administrator_elsewhere_decides_on_nobody(firm, verb):
    stranger = make_member()[0]
    with pytest.raises(Refused, match="may not take this step"):
        verb(of(firm, 1), actor=stranger, at=NOON)


@pytest.mark.parametrize("role", Role)
def test_no_officer_decides_who_belongs_to_a_firm(firm, role):
    with pytest.raises(Refused, match="may not take this step"):
        memberships.approve(ask(firm), actor=make_user(role), at=NOON)


def test_time_alone_decides_on_nobody(firm):
    with pytest.raises(Refused, match="may not take this step"):
        memberships.end(of(firm, 1), actor=SYSTEM, at=NOON)


def test_two_decisions_at_once_collide(firm):
    membership = ask(firm)
    db.session.flush()
    db.session.execute(db.update(Membership).where(Membership.id == membership.id)
                       .values(version=membership.version + 1)
                       .execution_options(synchronize_session=False))
    with pytest.raises(StaleDataError):
        memberships.approve(membership, actor=of(firm, 0).user, at=NOON)
