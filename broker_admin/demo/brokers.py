"""The life of one organisation: founded, staffed, on its way to a license and beyond."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from broker_admin.accounts import service as accounts
from broker_admin.accounts.models import Organization, User
from broker_admin.applications import filing
from broker_admin.applications.models import Application
from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.demo import cast
from broker_admin.demo.moments import later, working
from broker_admin.demo.offices import DOMAIN, account
from broker_admin.demo.timeline import Life
from broker_admin.practitioners import queries as practitioners
from broker_admin.practitioners import service as employments
from broker_admin.rules.regime import regime_on

# How many cast members each firm may call its own.
MOST_STAFF = 6
FIRST_STAFF = 70


@dataclass(frozen=True)
class Plan:
    """What will become of one organisation, and when it begins."""

    firm: cast.Firm
    index: int
    begins: datetime
    outcome: str
    fate: str = ""
    staff: int = 5
    password_hash: str = field(default="", repr=False)

    @property
    def people(self) -> range:
        """Whom it will employ: they sit the exam before it is founded."""
        first = FIRST_STAFF + self.index * MOST_STAFF
        return range(first, first + self.staff)


@dataclass
class Venture:
    """An organisation on its way: what the steps of its life need to know."""

    plan: Plan
    founder: User
    application: Application

    @property
    def organization(self) -> Organization:
        return self.application.organization


def found(plan: Plan) -> Life:
    """Sign up, name the staff, and open a draft; returns through :func:`venture_of`."""
    yield plan.begins
    founder = newcomer(plan.firm.mailbox, cast.person(plan.index), plan.password_hash)
    organization = accounts.create_organization(
        uscc=plan.firm.uscc, name=plan.firm.name, name_en=plan.firm.name_en,
        region_code=plan.firm.region_code, address=plan.firm.address, founder=founder, at=now(),
        contact_email=f"service@{plan.firm.mailbox}.example.org")
    yield later(plan.begins, 3)
    for index in plan.people:
        hire(organization, founder, account(f"person{index}@{DOMAIN}"))
    yield working(now(), 2)
    filing.start(organization, regime=regime_on(day_of(now())), actor=founder, at=now())


def venture_of(plan: Plan) -> Venture:
    """The organisation as :func:`found` left it."""
    founder = account(f"{plan.firm.mailbox}@{DOMAIN}")
    organization = founder.approved_memberships[0].organization
    application = db.session.scalars(select(Application).where(
        Application.organization_id == organization.id)).one()
    return Venture(plan, founder, application)


def newcomer(mailbox: str, name: str, password_hash: str) -> User:
    """Somebody who has signed up and followed the link in the mail."""
    user = User(email=f"{mailbox}@{DOMAIN}", name=name, language="zh", password_hash=password_hash,
                created_at=now(), email_verified_at=now())
    db.session.add(user)
    db.session.flush()  # for the number that whatever comes next carries
    return user


def hire(organization: Organization, founder: User, user: User) -> None:
    """Somebody with a certificate, named by the employer and confirming it."""
    person = practitioners.of_user(user)
    if person is None:
        raise LookupError(f"{user.email} was to be hired, and has no certificate")
    employment = employments.propose(organization, person, actor=founder, at=now())
    employments.confirm(employment, actor=user, at=now())
