"""The life of one organisation: its people, its application, its license."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from broker_admin.accounts import service as accounts
from broker_admin.accounts.models import Organization, User
from broker_admin.applications import decisions, filing, intake, queries, review, time_limits
from broker_admin.applications.models import Application
from broker_admin.applications.review import Outcome
from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.demo import cast
from broker_admin.demo.moments import later, working
from broker_admin.demo.offices import DOMAIN, officer
from broker_admin.demo.papers import answer_all
from broker_admin.demo.timeline import Life
from broker_admin.licenses import service as licenses
from broker_admin.licenses.queries import current_of
from broker_admin.practitioners import service as practitioners
from broker_admin.rules.calendar import SHIPPED
from broker_admin.rules.regime import regime_on

# How far an application gets, and what becomes of the license.
GRANTED, REFUSED, DECLINED, WITHDRAWN, LAPSED = "granted", "refused", "declined", "withdrawn", "lapsed"
DRAFT, SUBMITTED, CORRECTING, REVIEW, EXPERTS, PROPOSED = (
    "draft", "submitted", "correcting", "review", "experts", "proposed")
SUSPENDED, PAUSED, REVOKED, SURRENDERED, SHORT = (
    "suspended", "paused", "revoked", "surrendered", "short")


@dataclass(frozen=True)
class Plan:
    """What will become of one organisation, and when it begins."""

    firm: cast.Firm
    index: int
    begins: datetime
    outcome: str
    fate: str = ""
    staff: int = 5
    password_hash: str = ""


def live(plan: Plan) -> Life:
    """From signing up to wherever the plan leads."""
    yield plan.begins
    founder = _found(plan)
    organization = founder.approved_memberships[0].organization
    moment = later(plan.begins, 3)
    for number in range(plan.staff):
        yield moment + timedelta(minutes=number)
        _hire(plan, organization, founder, number)
    yield working(moment, 2)
    application = filing.start(organization, regime=regime_on(day_of(now())), actor=founder,
                               at=now())
    if plan.outcome == DRAFT:
        return
    yield working(moment, 3)
    answer_all(application, founder, plan.index)
    yield from _file(plan, application, founder)


def _found(plan: Plan) -> User:
    user = User(email=f"{plan.firm.mailbox}@{DOMAIN}", name=cast.person(plan.index), language="zh",
                password_hash=plan.password_hash, created_at=now(), email_verified_at=now())
    db.session.add(user)
    db.session.flush()  # for the number that the membership carries
    accounts.create_organization(
        uscc=plan.firm.uscc, name=plan.firm.name, name_en=plan.firm.name_en,
        region_code=plan.firm.region_code, address=plan.firm.address, founder=user, at=now(),
        contact_email=f"service@{plan.firm.mailbox}.example.org")
    return user


def _hire(plan: Plan, organization: Organization, founder: User, number: int) -> None:
    """Somebody with a certificate, named by the employer and confirming it."""
    index = 70 + plan.index * 6 + number
    user = User(email=f"person{index}@{DOMAIN}", name=cast.person(index), language="zh",
                password_hash=plan.password_hash, created_at=now(), email_verified_at=now())
    db.session.add(user)
    db.session.flush()  # for the number that the certificate's holder has
    person = practitioners.certify(
        user, name=user.name, identity=cast.identity(index), regime=regime_on(day_of(now())),
        actor=officer("exam"), at=now())
    employment = practitioners.propose(organization, person, actor=founder, at=now())
    practitioners.confirm(employment, actor=user, at=now())


def _file(plan: Plan, application: Application, founder: User) -> Life:
    submitted = working(now(), 1, 16)
    yield submitted
    filing.submit(application, attached=queries.attached_codes(application), actor=founder, at=now())
    if plan.outcome == SUBMITTED:
        return
    if plan.outcome in {CORRECTING, LAPSED} or plan.index % 3 == 0:
        yield from _correct(plan, application, founder, submitted)
        if plan.outcome in {CORRECTING, LAPSED}:
            return
    yield working(now(), 2, 11)
    if plan.outcome == DECLINED:
        intake.decline(application, ground="NOT_NEEDED", actor=officer("intake"), at=now(),
                       explanation="所述业务不属于数据经纪，不需要取得资格认定。")
        return
    intake.accept(application, calendar=SHIPPED, actor=officer("intake"), at=now())
    yield from _decide(plan, application, founder)


def _correct(plan: Plan, application: Application, founder: User, submitted: datetime) -> Life:
    """One notice for everything; the firm answers a few days later, or never."""
    yield working(submitted, 3)
    intake.require_correction(
        application, calendar=SHIPPED, actor=officer("intake"), at=now(),
        items=[{"task": "technology", "sentence": "请补充平台的主要功能和部署位置。"}])
    if plan.outcome in {CORRECTING, LAPSED}:
        return
    yield working(now(), 4)
    answer_all(application, founder, plan.index, only=("technology", "commitments"))
    filing.submit(application, attached=queries.attached_codes(application), actor=founder, at=now())


def _decide(plan: Plan, application: Application, founder: User) -> Life:
    reviewer = officer("reviewer" if plan.index % 2 else "reviewer2")
    if plan.outcome == WITHDRAWN:
        yield working(now(), 4)
        filing.withdraw(application, reason="业务计划调整。", actor=founder, at=now())
        return
    yield working(now(), 3, 14)
    _check(application, reviewer, short=plan.outcome == REFUSED)
    if plan.outcome == REVIEW:
        return
    if plan.outcome == EXPERTS or plan.index % 4 == 0:
        review.begin_expert_review(application, reason="按评估模型组织专家评分。", actor=reviewer,
                                   at=now())
        if plan.outcome == EXPERTS:
            return
        yield working(now(), 5)
        review.end_expert_review(application, calendar=SHIPPED, actor=reviewer, at=now())
    yield working(now(), 3)
    outcome = _outcome(plan, application)
    review.propose(application, outcome, actor=reviewer, at=now())
    if plan.outcome == PROPOSED:
        return
    yield working(now(), 2, 9, 30)
    verb = decisions.grant if outcome.granted else decisions.refuse
    verb(application, outcome, calendar=SHIPPED, actor=officer("decider"), at=now())
    if outcome.granted:
        yield from _after(plan, application)


def _check(application: Application, reviewer: User, *, short: bool) -> None:
    for criterion in time_limits.regime_of(application).criteria:
        met = not (short and criterion.code == "G5")
        note = "材料齐全，与核查情况一致。" if met else "书面制度缺少交易双方身份审核的内容。"
        review.check(application, criterion=criterion.code, met=met, note=note, actor=reviewer,
                     at=now())


def _outcome(plan: Plan, application: Application) -> Outcome:
    asked = application.answers_of("matter")
    if plan.outcome == REFUSED:
        return Outcome(granted=False, grounds=("DUTIES_UNWRITTEN",),
                       reasons="申请人的书面制度没有规定审核交易双方的身份，不符合认定条件。")
    return Outcome(
        granted=True, broker_type=asked["broker_type"], grade=int(asked["grade_applied"]),
        scope=tuple(asked["scope"]), term_years=2 if plan.fate == SHORT else 3,
        reasons="经审查，各项条件均已达到，准予认定。")


def _after(plan: Plan, application: Application) -> Life:
    """What becomes of the license."""
    if plan.fate not in {SUSPENDED, PAUSED, REVOKED, SURRENDERED}:
        return
    yield working(now(), 90 + plan.index)
    license = current_of(application.organization)
    if license is None:
        return
    if plan.fate == SURRENDERED:
        founder = db.session.scalars(select(User).where(
            User.email == f"{plan.firm.mailbox}@{DOMAIN}")).one()
        licenses.surrender(license, reason="公司停止数据经纪业务。", actor=founder, at=now())
        return
    decider = officer("decider")
    if plan.fate == REVOKED:
        licenses.revoke(license, basis="数据安全法第47条", case="", actor=decider, at=now(),
                        reason="未要求数据提供方说明数据来源，情节严重。")
        return
    until = day_of(now()) + timedelta(days=60) if plan.fate == PAUSED else None
    licenses.suspend(license, basis="PAUSE", case="", until=until, actor=decider, at=now(),
                     reason="未按期报送年度报告，逾期未改正。")


def opening_day(index: int, first: date, last: date, number: int) -> date:
    """The day on which this organisation begins: spread evenly over the history."""
    return first + (last - first) * index // max(number - 1, 1)
