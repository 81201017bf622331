"""What people ask of organisations: to join them, to be employed, to be let go."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from broker_admin.accounts import memberships
from broker_admin.accounts.models import Membership, Organization, User
from broker_admin.accounts.workflow import MembershipStatus
from broker_admin.clock import now
from broker_admin.demo import cast
from broker_admin.demo.brokers import newcomer
from broker_admin.demo.moments import working
from broker_admin.demo.offices import DOMAIN, account, officer
from broker_admin.demo.timeline import Life, Step, play
from broker_admin.practitioners import queries as practitioners
from broker_admin.practitioners import service as employments
from broker_admin.practitioners.models import Employment, Practitioner

_FIRST_CLERK = 7_000
_EMPLOYER = f"firm01@{DOMAIN}"


@dataclass(frozen=True)
class Request:
    """Somebody and the organisation they want something of."""

    user: User
    founder: User

    @property
    def organization(self) -> Organization:
        return self.founder.approved_memberships[0].organization

    @property
    def practitioner(self) -> Practitioner:
        found = practitioners.of_user(self.user)
        if found is None:
            raise LookupError(f"{self.user.email} has no certificate")
        return found

    @property
    def employment(self) -> Employment:
        return self.practitioner.employments[-1]


def requests(until: datetime, password_hash: str) -> list[Life]:
    """Everything happens at the first firm, whose administrator a visitor may sign in as."""
    begins = until - timedelta(days=30)
    joining = [_join(begins, number, steps, password_hash) for number, steps in enumerate(_JOINING)]
    working_ = [_employ(begins, email, steps) for email, steps in _EMPLOYING]
    return [*joining, *working_]


def _join(begins: datetime, number: int, steps: tuple[Step[Request], ...], password_hash: str) -> Life:
    yield working(begins, number, 9)
    clerk = newcomer(f"clerk{number + 1:02}", cast.person(_FIRST_CLERK + number), password_hash)
    yield from play(Request(clerk, account(_EMPLOYER)), steps)


def _employ(begins: datetime, email: str, steps: tuple[Step[Request], ...]) -> Life:
    yield working(begins, 1, 9)
    yield from play(Request(account(email), account(_EMPLOYER)), steps)


def _ask(request: Request) -> None:
    memberships.ask_to_join(request.organization, user=request.user, at=now())


def _approve(request: Request) -> None:
    memberships.approve(_membership(request), actor=request.founder, at=now())


def _decline(request: Request) -> None:
    memberships.decline(_membership(request), actor=request.founder, at=now())


def _end(request: Request) -> None:
    memberships.end(_membership(request), actor=request.founder, at=now())


def _membership(request: Request) -> Membership:
    open_ = {MembershipStatus.ASKED, MembershipStatus.APPROVED}
    return next(m for m in request.user.memberships if m.status in open_)


def _propose(request: Request) -> None:
    employments.propose(request.organization, request.practitioner, actor=request.founder, at=now())


def _refuse(request: Request) -> None:
    employments.decline(request.employment, actor=request.user, at=now())


def _leave(request: Request) -> None:
    employments.end(request.employment, actor=request.user, at=now())


def _void(request: Request) -> None:
    employments.void(request.practitioner, reason="经查实，考试中由他人代考。", actor=officer("exam"),
                     at=now())


_ASKED = (Step(1, _ask),)
_APPROVED = (*_ASKED, Step(2, _approve))
_JOINING: tuple[tuple[Step[Request], ...], ...] = (
    _ASKED, _APPROVED, (*_ASKED, Step(1, _decline)), (*_APPROVED, Step(5, _end)), _ASKED)

# Candidates who passed without a firm, and two of the first firm's own people.
_EMPLOYING: tuple[tuple[str, tuple[Step[Request], ...]], ...] = (
    (f"candidate02@{DOMAIN}", (Step(1, _propose),)),
    (f"candidate04@{DOMAIN}", (Step(1, _propose), Step(2, _refuse))),
    (f"person74@{DOMAIN}", (Step(2, _leave),)),
    (f"candidate07@{DOMAIN}", (Step(3, _void),)),
)
