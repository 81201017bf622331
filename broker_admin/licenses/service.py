"""What is done with licenses.  One verb per function; nothing here commits."""

from datetime import date, datetime, timedelta
from typing import Any

from broker_admin.accounts.models import Organization
from broker_admin.clock import day_of
from broker_admin.db import db, one_by_one
from broker_admin.events import enqueue, record
from broker_admin.licenses import validity
from broker_admin.licenses.events import (
    LicenseCancelled,
    LicenseEnded,
    LicenseExpired,
    LicenseIssued,
    LicenseSurrendered,
    LicenseSuspended,
    SuspensionEnded,
    SuspensionLifted,
)
from broker_admin.licenses.models import License, Standing
from broker_admin.licenses.queries import due_to_expire, due_to_resume
from broker_admin.licenses.search import searchable
from broker_admin.licenses.workflow import WORKFLOW
from broker_admin.licenses.workflow import LicenseStatus as S
from broker_admin.permissions import SYSTEM, Actor
from broker_admin.refusals import N_, Refused
from broker_admin.rules.numbering import LicenseNumber
from broker_admin.sequences import next_number

ONE_DAY = timedelta(days=1)


def issue(
    organization: Organization, *, broker_type: str, grade: int, scope: list[str],
    valid_from: date, term_years: int, regime: str, decision: str, actor: Actor, at: datetime,
    legal_representative: str | None = None,
) -> License:
    """Issue under the decision of an application; the certificate is made after the commit."""
    year = day_of(at).year
    serial = next_number(f"license-{broker_type}", year)
    license = License(
        number=str(LicenseNumber("440000", broker_type, year, serial)), status=S.ACTIVE,
        regime=regime, organization=organization, decision=decision,
        holder_name=organization.name, holder_name_en=organization.name_en,
        uscc=organization.uscc, address=organization.address,
        legal_representative=legal_representative,
        region_code=organization.region_code, broker_type=broker_type, grade=grade, scope=scope,
        issued_at=at, issued_on=day_of(at), valid_from=valid_from,
        valid_to=validity.last_day(valid_from, term_years),
        search_text=searchable(organization.name, organization.name_en),
    )
    db.session.add(license)
    # In force from the first day of its term, which may lie after this day.
    _stand(license, "issue", reason="", actor=actor, at=at, case=decision, true_from=valid_from)
    record(LicenseIssued(case=license, actor=actor, at=at, decision=decision,
                         valid_to=str(license.valid_to)))
    order_certificate(license, at=at)
    return license


def order_certificate(license: License, *, at: datetime) -> None:
    """Queue the making of this edition's certificate; a crash in between repeats the job."""
    enqueue("make_certificate", key=f"{license.number}:{license.edition}", at=at,
            number=license.number, edition=license.edition)


def suspend(
    license: License, *, basis: str, reason: str, case: str, until: date | None, actor: Actor,
    at: datetime,
) -> None:
    """No new business from today; until a day, or until lifted."""
    if until is not None and until <= day_of(at):
        raise Refused(N_("A suspension must end on a later day."))
    WORKFLOW.fire("suspend", license, actor)
    license.suspended_until = until
    _stand(license, "suspend", reason=reason, basis=basis, case=case, until=until,
           actor=actor, at=at)
    record(LicenseSuspended(case=license, actor=actor, at=at, basis=basis, reason=reason,
                            proceeding=case, until=str(until) if until else None))


def lift(license: License, *, reason: str, case: str, actor: Actor, at: datetime) -> None:
    """The holder may work again from today."""
    WORKFLOW.fire("lift", license, actor)
    license.suspended_until = None
    _stand(license, "lift", reason=reason, case=case, actor=actor, at=at)
    record(SuspensionLifted(case=license, actor=actor, at=at, reason=reason, proceeding=case))


def resume(license: License, *, at: datetime) -> None:
    """The time of the suspension is over: valid again by itself, from the day after its end."""
    ended = license.suspended_until
    if ended is None or day_of(at) <= ended:
        raise Refused(N_("The suspension has not ended yet."))
    WORKFLOW.fire("resume", license, SYSTEM)
    license.suspended_until = None
    # From the day after its end, however late the job comes.
    _stand(license, "resume", reason="", actor=SYSTEM, at=at, true_from=ended + ONE_DAY)
    record(SuspensionEnded(case=license, actor=SYSTEM, at=at))


def expire_due(day: date, *, actor: Actor, at: datetime) -> int:
    """The nightly job: each license in a transaction of its own; returns how many expired."""
    return one_by_one(db.session.scalars(due_to_expire(day)),
                      lambda key: expire(db.session.get_one(License, key), at=at))


def resume_due(day: date, *, actor: Actor, at: datetime) -> int:
    """The same for suspensions whose time is over."""
    return one_by_one(db.session.scalars(due_to_resume(day)),
                      lambda key: resume(db.session.get_one(License, key), at=at))


def revoke(
    license: License, *, basis: str, reason: str, case: str, actor: Actor, at: datetime
) -> None:
    """The penalty for misconduct (吊销): needs a statutory basis."""
    _end(license, "revoke", basis=basis, reason=reason, case=case, actor=actor, at=at)


def annul(
    license: License, *, basis: str, reason: str, case: str, actor: Actor, at: datetime
) -> None:
    """It was wrong from the start (撤销, 许可法 69)."""
    _end(license, "annul", basis=basis, reason=reason, case=case, actor=actor, at=at)


def withdraw(
    license: License, *, basis: str, reason: str, case: str, actor: Actor, at: datetime
) -> None:
    """It was lawful, and ends for the public interest, against compensation (撤回, 许可法 8)."""
    _end(license, "withdraw", basis=basis, reason=reason, case=case, actor=actor, at=at)


def surrender(license: License, *, reason: str, actor: Actor, at: datetime) -> None:
    """The holder gives it up (申请注销); it cannot be taken back."""
    # Cancelled at once: nothing is left to be decided about it.
    WORKFLOW.fire("surrender", license, actor)
    _close(license, at)
    _stand(license, "surrender", reason=reason, actor=actor, at=at)
    record(LicenseSurrendered(case=license, actor=actor, at=at, reason=reason))


def expire(license: License, *, at: datetime) -> None:
    """Its last day has passed: noted by the nightly job, true by itself since the day after."""
    if day_of(at) <= license.valid_to:
        raise Refused(N_("The license is valid until %(day)s."), day=license.valid_to)
    WORKFLOW.fire("expire", license, SYSTEM)
    license.suspended_until, license.ended_on = None, license.valid_to
    _stand(license, "expire", reason="", actor=SYSTEM, at=at, true_from=license.valid_to + ONE_DAY)
    record(LicenseExpired(case=license, actor=SYSTEM, at=at, valid_to=str(license.valid_to)))


def cancel(license: License, *, reason: str, actor: Actor, at: datetime) -> None:
    """The last act in the register (注销, 许可法 70), after the license has ended otherwise."""
    WORKFLOW.fire("cancel", license, actor)
    _stand(license, "cancel", reason=reason, actor=actor, at=at)
    record(LicenseCancelled(case=license, actor=actor, at=at, reason=reason))


def _end(
    license: License, act: str, *, basis: str, reason: str, case: str, actor: Actor, at: datetime
) -> None:
    # 行政处罚法 4: what no law provides for cannot be imposed.
    if not basis.strip():
        raise Refused(N_("Without a legal basis this cannot be done."))
    WORKFLOW.fire(act, license, actor)
    _close(license, at)
    _stand(license, act, reason=reason, basis=basis, case=case, actor=actor, at=at)
    record(LicenseEnded(case=license, actor=actor, at=at, act=act, basis=basis, reason=reason,
                        proceeding=case))


def _close(license: License, at: datetime) -> None:
    # What ran out before has ended then, whatever is decided about it afterwards.
    license.suspended_until, license.ended_on = None, min(day_of(at), license.valid_to)


def _stand(
    license: License, act: str, *, reason: str, actor: Any, at: datetime, basis: str = "",
    case: str = "", until: date | None = None, true_from: date | None = None,
) -> None:
    """Note what is true from now on; what was noted before stays."""
    license.standings.append(Standing(
        status=license.status, true_from=true_from or day_of(at), until=until, known_at=at,
        act=act, reason=reason, basis=basis, case=case, actor_id=actor.id))
