"""Who belongs to an organisation, and who of them decides that.  Nothing here commits."""

from datetime import datetime

from sqlalchemy import select

from broker_admin.accounts.events import (
    AdministratorAppointed,
    AdministratorDismissed,
    MembershipApproved,
    MembershipAsked,
    MembershipDeclined,
    MembershipEnded,
)
from broker_admin.accounts.models import Membership, Organization, User
from broker_admin.accounts.service import refuse_staff
from broker_admin.accounts.workflow import MEMBERSHIP
from broker_admin.accounts.workflow import MembershipStatus as S
from broker_admin.db import db
from broker_admin.events import record
from broker_admin.refusals import N_, Refused


def ask_to_join(organization: Organization, *, user: User, at: datetime) -> Membership:
    """Its administrators decide."""
    refuse_staff(user)
    if any(m.organization_id == organization.id and m.status in {S.ASKED, S.APPROVED}
           for m in user.memberships):
        raise Refused(N_("You belong to this organisation, or have already asked to join it."))
    membership = Membership(user=user, organization=organization, status=S.ASKED, asked_at=at)
    db.session.add(membership)
    db.session.flush()  # for the number in its reference
    record(MembershipAsked(case=membership, actor=user, at=at))
    return membership


def approve(membership: Membership, *, actor: User, at: datetime) -> None:
    MEMBERSHIP.check("approve", membership, actor)
    # Again, since the person may have joined the authority while the request was waiting.
    refuse_staff(membership.user)
    MEMBERSHIP.fire("approve", membership, actor)
    membership.decided_at, membership.decided_by_id = at, actor.id
    record(MembershipApproved(case=membership, actor=actor, at=at))


def decline(membership: Membership, *, actor: User, at: datetime) -> None:
    MEMBERSHIP.fire("decline", membership, actor)
    membership.decided_at, membership.decided_by_id = at, actor.id
    record(MembershipDeclined(case=membership, actor=actor, at=at))


def end(membership: Membership, *, actor: User, at: datetime) -> None:
    """The person no longer acts for it; the last administrator stays, or nobody could decide."""
    # First whether, then what follows: a stranger must not learn how many administrators there are.
    MEMBERSHIP.check("end", membership, actor)
    if membership.administers:
        _refuse_the_last(membership)
    MEMBERSHIP.fire("end", membership, actor)
    membership.administers = False
    membership.decided_at, membership.decided_by_id = at, actor.id
    record(MembershipEnded(case=membership, actor=actor, at=at))


def appoint(membership: Membership, *, actor: User, at: datetime) -> None:
    """One more administrator, so that an illness does not close the organisation."""
    MEMBERSHIP.fire("appoint", membership, actor)
    if membership.administers:
        raise Refused(N_("This person is an administrator already."))
    membership.administers = True
    record(AdministratorAppointed(case=membership, actor=actor, at=at))


def dismiss(membership: Membership, *, actor: User, at: datetime) -> None:
    """The person goes on acting for the organisation, but decides no more who does."""
    MEMBERSHIP.fire("dismiss", membership, actor)
    if not membership.administers:
        raise Refused(N_("This person is not an administrator."))
    _refuse_the_last(membership)
    membership.administers = False
    record(AdministratorDismissed(case=membership, actor=actor, at=at))


def _refuse_the_last(membership: Membership) -> None:
    # Locked, since two administrators who end each other at once would each count two.
    rows = select(Membership.id).where(
        Membership.organization_id == membership.organization_id, Membership.administers
    ).order_by(Membership.id).with_for_update()
    if len(db.session.scalars(rows).all()) == 1:
        raise Refused(N_("This is the last administrator of the organisation."))
