"""Made-up conduct cases, brought to where a test wants them by the verbs themselves."""

from datetime import timedelta

from broker_admin.clock import now
from broker_admin.enforcement import decisions, service
from broker_admin.permissions import Role
from broker_admin.rules.calendar import SHIPPED
from tests.factories import make_member, make_user
from tests.licenses.factories import make_license

REGIME_BASIS = "广东省数据经纪人资格认定（试行）"
DSL47 = "数据安全法第47条"
PAUSE = {"measure": "PAUSE", "months": 3, "basis": REGIME_BASIS}
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
