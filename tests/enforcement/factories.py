"""Made-up conduct cases, brought to where a test wants them by the verbs themselves."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.enforcement import decisions, hearings, service
from broker_admin.ledger import AuditEntry, Message
from broker_admin.permissions import Role
from broker_admin.rules.calendar import SHIPPED
from tests.factories import make_member, make_user
from tests.licenses.factories import make_license

REGIME_BASIS = "广东省数据经纪人资格认定（试行）"
DSL47 = "数据安全法第47条"
PAUSE = {"measure": "PAUSE", "months": 3, "basis": REGIME_BASIS}
REMIND = {"measure": "REMIND", "months": None, "basis": REGIME_BASIS}
END = {"measure": "END_RECOGNITION", "months": None, "basis": REGIME_BASIS}
REVOKE = {"measure": "REVOCATION", "months": None, "basis": DSL47}


class Cast:
    """The people around one case, each where the law wants somebody else."""

    def __init__(self):
        # Nobody types a password here, and hashing one for each would take most of the time.
        self.first = make_user(Role.ENFORCEMENT_OFFICER, password_hash="-")
        self.second = make_user(Role.ENFORCEMENT_OFFICER, password_hash="-")
        self.lawyer = make_user(Role.LEGAL_REVIEWER, password_hash="-")
        self.decider = make_user(Role.DECIDER, password_hash="-")
        self.member, self.organization = make_member(password_hash="-")


def later(**time):
    return now() + timedelta(**time)


def open_case(cast, **changes):
    return service.open_case(**{
        "organization": cast.organization, "conduct_codes": ["C01", "C28"],
        "source": "TS-2026-000001", "facts": "Sold data without asking where it came from.",
        "actor": cast.first, "at": now(), **changes})


def find(case, cast, code="C01", *, established=True, actor=None):
    return service.find(case, conduct_code=code, established=established, facts="Seen on site.",
                        evidence="Contract 7.", actor=actor or cast.first, at=now())


def make_investigated(cast, *, licensed=True):
    """Two investigators, and a finding on C01."""
    license = make_license(cast.organization, actor=cast.first) if licensed else None
    case = open_case(cast, license=license)
    service.join(case, actor=cast.second, at=now())
    find(case, cast)
    return case


def make_notified(cast, **terms):
    case = make_investigated(cast)
    service.give_notice(case, **{**PAUSE, "reasons": "Duties of Article 33 unmet.", **terms},
                        calendar=SHIPPED, actor=cast.first, at=now())
    return case


def make_stated(cast, *, hearing_asked=False, **terms):
    case = make_notified(cast, **terms)
    service.state(case, statement="We did ask.", hearing_asked=hearing_asked, calendar=SHIPPED,
                  actor=cast.member, at=now())
    return case


def make_referred(cast, **terms):
    case = make_stated(cast, **terms)
    service.refer(case, calendar=SHIPPED, actor=cast.first, at=now())
    return case


def make_cleared(cast, **terms):
    case = make_referred(cast, **terms)
    decisions.clear(case, opinion="In order.", actor=cast.lawyer, at=now())
    return case


def make_imposed(cast, **terms):
    case = make_cleared(cast, **terms)
    decisions.impose(case, **{**PAUSE, **terms}, reasons="As announced.", calendar=SHIPPED,
                     actor=cast.decider, at=now())
    return case


def make_opened(cast, **changes):
    """One investigator, and nothing found yet."""
    return open_case(cast, license=make_license(cast.organization, actor=cast.first), **changes)


def make_asked(cast):
    """The party wants to be heard before its license is revoked."""
    return make_stated(cast, hearing_asked=True, **REVOKE)


def make_called(cast):
    case = make_asked(cast)
    hearings.call_hearing(case, on=day_of(later(days=30)), calendar=SHIPPED, actor=cast.lawyer, at=now())
    return case


def make_dropped(cast):
    case = make_investigated(cast)
    service.drop(case, reason="Nothing was found.", actor=cast.first, at=now())
    return case


def make_reopened(cast):
    case = make_referred(cast)
    decisions.reopen(case, opinion="Not enough.", actor=cast.lawyer, at=now())
    return case


def make_acquitted(cast):
    case = make_cleared(cast)
    decisions.acquit(case, reasons="Not proven.", actor=cast.decider, at=now())
    return case


def make_closed(cast):
    case = make_imposed(cast)
    service.close(case, reason="It is over.", actor=cast.first, at=now())
    return case


def recorded(case):
    """What the record tells about it, oldest first."""
    db.session.commit()
    return db.session.scalars(db.select(AuditEntry.name).where(
        AuditEntry.subject == case.reference).order_by(AuditEntry.number)).all()


def messages():
    """Those of this room; what befalls the license is told too."""
    return db.session.scalars(db.select(Message).where(
        Message.name.startswith("case.")).order_by(Message.id)).all()


def assert_refused(row, **lie):
    """The database does not take this for true, whatever the program thinks."""
    db.session.flush()
    for column, value in lie.items():
        setattr(row, column, value)
    with pytest.raises(IntegrityError):
        db.session.flush()
