"""What is done with practitioners and employments.  Nothing here commits."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from broker_admin.accounts.models import Organization, User
from broker_admin.clock import day_of
from broker_admin.db import blind_index, db
from broker_admin.events import record
from broker_admin.permissions import SYSTEM, Actor
from broker_admin.practitioners.events import (
    EmploymentConfirmed,
    EmploymentDeclined,
    EmploymentEnded,
    EmploymentProposed,
    PractitionerCertified,
    PractitionerLapsed,
    PractitionerVoided,
)
from broker_admin.practitioners.models import Employment, Practitioner
from broker_admin.practitioners.workflow import CERTIFICATE, EMPLOYMENT
from broker_admin.practitioners.workflow import EmploymentStatus as E
from broker_admin.practitioners.workflow import PractitionerStatus as S
from broker_admin.refusals import N_, Refused
from broker_admin.rules.counting import add_months
from broker_admin.rules.numbering import PractitionerNumber
from broker_admin.rules.regime import Regime
from broker_admin.sequences import next_number, next_reference


def certify(
    user: User, *, name: str, identity: str, regime: Regime, actor: Actor, at: datetime
) -> Practitioner:
    """Certify somebody who has passed every paper, for a full term; again if that lapsed."""
    today = day_of(at)
    valid_to = add_months(today, 12 * regime.exam.certificate_years) - timedelta(days=1)
    known = db.session.scalar(select(Practitioner).where(Practitioner.user_id == user.id))
    practitioner = known or _new(user, name, identity, regime, at)
    # The number stays with the person; only its term begins anew.
    if known:
        CERTIFICATE.fire("renew", practitioner, SYSTEM)
    practitioner.valid_from, practitioner.valid_to = today, valid_to
    db.session.add(practitioner)
    record(PractitionerCertified(
        case=practitioner, actor=actor, at=at, valid_to=str(valid_to),
        certificate_number=practitioner.certificate_number))
    return practitioner


def _new(user: User, name: str, identity: str, regime: Regime, at: datetime) -> Practitioner:
    year = day_of(at).year
    # Two accounts are easily made, a second identity is not.
    index = blind_index(identity)
    if db.session.scalar(select(Practitioner.id).where(Practitioner.identity_index == index)):
        raise Refused(N_("Somebody with this identity number is certified already."))
    return Practitioner(
        reference=next_reference("CY", year), status=S.CERTIFIED, regime=regime.version, user=user,
        name=name, identity=identity, identity_index=index, certified_on=day_of(at),
        certificate_number=str(PractitionerNumber("440000", year, next_number("practitioner", year))))


def lapse(practitioner: Practitioner, *, at: datetime) -> None:
    """The certificate's last day has passed."""
    if day_of(at) <= practitioner.valid_to:
        raise Refused(N_("The certificate is valid until %(day)s."), day=practitioner.valid_to)
    CERTIFICATE.fire("lapse", practitioner, SYSTEM)
    record(PractitionerLapsed(case=practitioner, actor=SYSTEM, at=at,
                              valid_to=str(practitioner.valid_to)))


def void(practitioner: Practitioner, *, reason: str, actor: Actor, at: datetime) -> None:
    """It was obtained by deceit, or the passes it rests on were annulled."""
    CERTIFICATE.fire("void", practitioner, actor)
    # Who is certified no more may not go on counting as staff.
    if practitioner.employment:
        _leave(practitioner.employment, "cease", actor, at)
    record(PractitionerVoided(case=practitioner, actor=actor, at=at, reason=reason))


def propose(
    organization: Organization, practitioner: Practitioner, *, actor: Any, at: datetime
) -> Employment:
    """The organisation says that this person works for it; it counts once the person confirms."""
    if practitioner.status is not S.CERTIFIED:
        raise Refused(N_("This certificate is not valid."))
    waiting = [e for e in practitioner.employments
               if e.organization_id == organization.id and e.status in {E.PROPOSED, E.CONFIRMED}]
    if waiting:
        raise Refused(N_("This person already works for you, or has not answered yet."))
    employment = Employment(
        practitioner=practitioner, organization=organization, status=E.PROPOSED, proposed_at=at,
        proposed_by_id=actor.id)
    db.session.add(employment)
    db.session.flush()  # for the number in its reference
    record(EmploymentProposed(case=employment, actor=actor, at=at))
    return employment


def confirm(employment: Employment, *, actor: Actor, at: datetime) -> None:
    """The person confirms.  One employer at a time: the one before must be ended first."""
    # The database would refuse it too, but could not name the employer.
    if employment.practitioner.employment:
        raise Refused(N_("You are still bound to %(employer)s. End that employment first."),
                      employer=employment.practitioner.employment.organization.name)
    EMPLOYMENT.fire("confirm", employment, actor)
    employment.answered_at = at
    record(EmploymentConfirmed(case=employment, actor=actor, at=at))


def decline(employment: Employment, *, actor: Actor, at: datetime) -> None:
    """The person does not work there."""
    EMPLOYMENT.fire("decline", employment, actor)
    employment.answered_at = at
    record(EmploymentDeclined(case=employment, actor=actor, at=at))


def end(employment: Employment, *, actor: Actor, at: datetime) -> None:
    """Either side ends it; the certificate stays with the person."""
    _leave(employment, "end", actor, at)


def _leave(employment: Employment, name: str, actor: Actor, at: datetime) -> None:
    EMPLOYMENT.fire(name, employment, actor)
    employment.ended_on = day_of(at)
    record(EmploymentEnded(case=employment, actor=actor, at=at, ended_on=str(day_of(at))))


def is_valid(practitioner: Practitioner, day: date) -> bool:
    """Whether the certificate is valid on this day, whatever the nightly job has noted."""
    return practitioner.status is S.CERTIFIED and practitioner.valid_from <= day <= practitioner.valid_to
