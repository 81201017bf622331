"""Who sits the exam."""

from datetime import datetime

from sqlalchemy import select

from broker_admin.accounts.models import User
from broker_admin.clock import day_of
from broker_admin.db import blind_index, db
from broker_admin.events import record
from broker_admin.exams import retakes
from broker_admin.exams.events import CandidateRegistered
from broker_admin.exams.models import Candidate
from broker_admin.exams.workflow import Qualification
from broker_admin.permissions import Actor, Permission, granted
from broker_admin.refusals import N_, Refused
from broker_admin.rules import identifiers
from broker_admin.rules.regime import regime_on


def register(
    user: User, *, name: str, identity: str, qualification: Qualification, actor: Actor,
    at: datetime,
) -> Candidate:
    """Once per person; name and number are those of the identity card and do not change here."""
    number = identifiers.normalise(identity)
    if fault := identifiers.identity_fault(number, day_of(at)):
        raise Refused(fault.sentence)
    # The birthday is read off the number: what the candidate says of their age would be a second truth.
    retakes.check_age(identifiers.birth_date(number), day_of(at), regime_on(day_of(at)).exam)
    index = blind_index(number)
    # One sentence for both, so that nobody learns whether a number of somebody else is registered.
    taken = (Candidate.user_id == user.id) | (Candidate.identity_index == index)
    if db.session.scalar(select(Candidate.id).where(taken)):
        raise Refused(N_("This account or this identity number is registered already."))
    candidate = Candidate(
        user=user, name=name, identity=number, identity_index=index,
        qualification=qualification, registered_at=at)
    db.session.add(candidate)
    db.session.flush()  # for the number in its reference
    record(CandidateRegistered(case=candidate, actor=actor, at=at, qualification=qualification))
    return candidate


def refuse_insiders(user: User) -> None:
    """Whoever may read the bank knows the questions, and the answers to them."""
    if Permission.ITEM_READ in granted(user):
        raise Refused(N_("Whoever may read the item bank cannot sit the exam."))
