"""Complaints, reports and conduct cases, stopped at every stage of their way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from broker_admin.accounts.models import User
from broker_admin.clock import day_of, now
from broker_admin.complaints import filing, reports
from broker_admin.complaints import service as complaints
from broker_admin.complaints.filing import Account, Identity
from broker_admin.db import db
from broker_admin.demo import cast
from broker_admin.demo.moments import working
from broker_admin.demo.offices import officer
from broker_admin.demo.timeline import Life
from broker_admin.enforcement import decisions, service
from broker_admin.enforcement.models import Case
from broker_admin.licenses.models import License
from broker_admin.licenses.workflow import LicenseStatus
from broker_admin.rules.calendar import SHIPPED

_STORIES = (
    (["C29"], "该机构收费未公示，结算时另收服务费，多次沟通无果。"),
    (["C34"], "公布的投诉电话长期无人接听，网站上也没有其他渠道。"),
    (["C01"], "该机构撮合的数据产品没有说明来源，询问后未得到答复。"),
    (["C27"], "该机构在宣传中称其产品经主管部门推荐，与事实不符。"),
)


@dataclass(frozen=True)
class Story:
    """One filing about one holder, and how far it gets."""

    begins: datetime
    stage: str
    index: int


def stories(until: datetime) -> list[Life]:
    """Old ones that have ended, and one that is still at each stage."""
    ended = [("settled", 500), ("closed", 420), ("declined", 360), ("case_closed", 330),
             ("report_closed", 300), ("not_filed", 260), ("case_closed", 230), ("settled", 190),
             ("case_acquitted", 170), ("case_dropped", 150)]
    open_ = [("received", 3), ("accepted", 20), ("answered", 24), ("mediating", 30),
             ("report_received", 4), ("report_verifying", 12), ("case", 40), ("case_noticed", 38),
             ("case_stated", 45), ("case_referred", 50), ("case_cleared", 60), ("case_imposed", 75)]
    return [_tell(Story(until - timedelta(days=days), stage, index))
            for index, (stage, days) in enumerate(ended + open_)]


def _tell(story: Story) -> Life:
    yield working(story.begins, 0, 9, story.index)
    license = _holder(story.index)
    if license is None:
        return
    if story.stage.startswith(("report", "not_filed")):
        yield from _report(story, license)
    else:
        yield from _complaint(story, license)


def _holder(index: int) -> License | None:
    """Somebody whose license is in force; another one for every story."""
    live = db.session.scalars(select(License).where(License.status == LicenseStatus.ACTIVE)
                              .order_by(License.id)).all()
    return live[(index * 5 + 1) % len(live)] if live else None


def _account(story: Story, license: License) -> Account:
    codes, narrative = _STORIES[story.index % len(_STORIES)]
    return Account(respondent_name=license.holder_name, respondent_number=license.number,
                   conduct_codes=codes, narrative=narrative, happened_on=day_of(now()))


def _identity(story: Story) -> Identity:
    return Identity(language="zh", name=cast.person(300 + story.index),
                    phone=f"1380000{story.index:04}", email=f"citizen{story.index}@example.org")


def _report(story: Story, license: License) -> Life:
    report, _ = filing.file_report(_account(story, license), _identity(story), at=now())
    if story.stage == "report_received":
        return
    yield working(now(), 2)
    agent = officer("enforcement2")
    reports.verify(report, actor=agent, at=now())
    complaints.identify(report, license.organization, actor=agent, at=now())
    if story.stage == "report_verifying":
        return
    yield working(now(), 6)
    reports.not_file(report, reasons="经核查，举报内容不属实。", actor=agent, at=now())
    yield working(now(), 2)
    reports.tell(report, reply="经核查，未发现所举报的行为。", actor=agent, at=now())
    reports.close(report, actor=agent, at=now())


def _complaint(story: Story, license: License) -> Life:
    complaint, _ = filing.file_complaint(
        _account(story, license), _identity(story), request="退还多收的费用并说明情况。",
        amount=3_000 + 500 * story.index, disclose=True, other_bodies=None, at=now())
    if story.stage == "received":
        return
    yield working(now(), 3)
    agent = officer("enforcement")
    if story.stage == "declined":
        complaints.decline(complaint, grounds=["NO_DISPUTE"], actor=agent, at=now(),
                           reasons="所述情况与被投诉人之间不存在争议。")
        return
    complaints.identify(complaint, license.organization, actor=agent, at=now())
    complaints.accept(complaint, told="请就收费依据作出说明。", actor=agent, at=now(),
                      answer_by=day_of(working(now(), 10)))
    if story.stage == "accepted":
        return
    if story.stage.startswith("case"):
        case = complaints.open_case(
            complaint, conduct_codes=_STORIES[story.index % len(_STORIES)][0], actor=agent,
            facts="投诉处理中发现的线索。", at=now())
        yield from _case(story, case)
        return
    yield working(now(), 4)
    complaints.answer(complaint, text="相关费用系误收，已联系投诉人退还。", at=now(),
                      actor=_member(license))
    if story.stage == "answered":
        return
    yield working(now(), 3)
    complaints.mediate(complaint, actor=agent, at=now())
    if story.stage == "mediating":
        return
    yield working(now(), 8)
    complaints.settle(complaint, outcome="双方达成一致，费用已退还。", actor=agent, at=now())
    if story.stage == "closed":
        complaints.close(complaint, actor=agent, at=now())


def _member(license: License) -> User:
    return license.organization.members[0]


def _case(story: Story, case: Case) -> Life:
    yield working(now(), 2)
    service.join(case, actor=officer("enforcement2"), at=now())
    code, lead = case.conduct_codes[0], officer("enforcement")
    dropped = story.stage == "case_dropped"
    yield working(now(), 5)
    service.find(case, conduct_code=code, established=not dropped, actor=lead, at=now(),
                 facts="经查阅合同和收费凭证。", evidence="合同三份、凭证五份、询问笔录一份。")
    if story.stage == "case":
        return
    if dropped:
        service.drop(case, reason="证据不足以认定违规行为。", actor=lead, at=now())
        return
    yield working(now(), 2)
    measure, basis = next(_measures(case))
    months = 2 if measure == "PAUSE" else None
    terms: dict[str, Any] = {"measure": measure, "months": months, "basis": basis}
    service.give_notice(case, reasons="行为属实，依据认定管理规则拟作出处理。", calendar=SHIPPED,
                        actor=lead, at=now(), **terms)
    if story.stage == "case_noticed":
        return
    yield working(now(), 3)
    service.state(case, statement="我单位已改正，请求从轻处理。", hearing_asked=False,
                  calendar=SHIPPED, actor=_member_of(case), at=now())
    if story.stage == "case_stated":
        return
    yield from _conclude(story, case, terms)


def _conclude(story: Story, case: Case, terms: dict[str, Any]) -> Life:
    yield working(now(), 3)
    service.refer(case, calendar=SHIPPED, actor=officer("enforcement"), at=now())
    if story.stage == "case_referred":
        return
    yield working(now(), 2)
    decisions.clear(case, opinion="事实清楚，程序合法，依据适当。", actor=officer("legal"), at=now())
    if story.stage == "case_cleared":
        return
    yield working(now(), 3)
    decider = officer("decider")
    if story.stage == "case_acquitted":
        decisions.acquit(case, reasons="情节轻微并及时改正，没有造成危害后果。", actor=decider, at=now())
        return
    decisions.impose(case, reasons="行为属实，依照所列依据作出处理。", calendar=SHIPPED,
                     actor=decider, at=now(), **terms)
    if story.stage == "case_closed":
        yield working(now(), 20)
        service.close(case, reason="措施已执行完毕。", actor=officer("enforcement"), at=now())


def _member_of(case: Case) -> User:
    return case.organization.members[0]


def _measures(case: Case) -> Iterator[tuple[str, str]]:
    """What the law offers for what was established: a suspension if it may be, else the first."""
    offered = service.choices_for(case)
    for code in sorted(offered, key=lambda code: code != "PAUSE"):
        for basis in service.bases_for(case, offered[code]):
            yield code, basis
