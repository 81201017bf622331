"""Plans, draws, inspections and rectifications, stopped at every stage of their way."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from broker_admin.accounts.models import User
from broker_admin.clock import day_of, now, start_of
from broker_admin.db import db
from broker_admin.demo.moments import working
from broker_admin.demo.offices import officer
from broker_admin.demo.timeline import Life
from broker_admin.licenses.models import License
from broker_admin.licenses.workflow import LicenseStatus
from broker_admin.rules.calendar import SHIPPED
from broker_admin.supervision import drawing, inspecting, rectifying, recusal
from broker_admin.supervision.inspecting import Found
from broker_admin.supervision.inspection_workflow import InspectionResult as R
from broker_admin.supervision.inspection_workflow import InspectionStatus as J
from broker_admin.supervision.models import Draw, Inspection, InspectionPlan, Rectification

_FIRST_YEAR = 2025
_ITEMS = ("I01", "I02", "I04", "I07", "I09")
_LATEST_DRAW = timedelta(days=40)

# By the place in the draw; how many places there are depends on the grades of the year.
_PAST = (R.NO_ISSUE, R.RECTIFY, R.NO_ISSUE, R.ISSUE_CORRECTED, R.RECTIFY, R.UNCONTACTABLE, R.NO_ISSUE,
         R.REFUSED)
# In the latest draw: days before today on which the visit begins, and how far it gets; a week of
# holidays (春节) must not keep it from getting there.
_RECENT = (
    (36, J.PUBLISHED, R.RECTIFY), (12, J.NOTIFIED, R.NO_ISSUE), (12, J.DRAWN, R.NO_ISSUE),
    (24, J.TOLD, R.CASE), (20, J.CONCLUDED, R.ISSUE_CORRECTED), (18, J.RECORDED, R.NO_ISSUE),
    (35, J.PUBLISHED, R.NO_ISSUE), (34, J.PUBLISHED, R.UNCONTACTABLE), (33, J.PUBLISHED, R.NO_ISSUE),
)
# Days before today on which an officer orders something on their own motion, and what comes of it.
_ORDERS = (
    (300, "verified"), (240, "insisted"), (160, "late"), (70, "verified"), (45, "overdue"), (36, "overdue"),
    (22, "extended"), (21, "rejected"), (17, "answered"), (14, "answered"), (6, "issued"), (3, "issued"),
)
_BREACHES = frozenset({R.ISSUE_CORRECTED, R.RECTIFY, R.CASE})
_CONCLUSIONS = {
    R.ISSUE_CORRECTED: "个别公示信息不完整，已当场更正。",
    R.RECTIFY: "请补全交易记录，并公布有效的投诉渠道。",
    R.CASE: "公布的投诉渠道长期无人接听，涉嫌违反管理规则。",
    R.UNCONTACTABLE: "经两次上门和电话联系，在登记住所无法取得联系。",
    R.REFUSED: "被检查单位拒绝提供交易记录，检查未能进行。",
}
_DEMANDS = (
    "在经营场所和网站显著位置公布投诉渠道，并说明受理时限。",
    "补全交易记录中缺失的数据来源说明，并建立审核台账。",
    "修订数据安全管理制度，明确岗位职责和应急处置流程。",
)


@dataclass(frozen=True)
class Visit:
    """What becomes of the inspection in one place of a year's draw, and of the order it may end in."""

    begins: datetime
    place: int
    stage: J
    result: R
    course: str


def lives(until: datetime) -> list[Life]:
    """A draw in every year, the visits that follow, and orders beside them."""
    latest = until - _LATEST_DRAW
    draws = [start_of(date(year, 6, 10)) for year in range(_FIRST_YEAR, latest.year)] + [latest]
    past = [Visit(working(drawn, 4 + 9 * place), place, J.PUBLISHED, result, "verified")
            for drawn in draws[:-1] for place, result in enumerate(_PAST)]
    recent = [Visit(until - timedelta(days=days), place, stage, result, "issued")
              for place, (days, stage, result) in enumerate(_RECENT)]
    orders = [_order(until - timedelta(days=days), index, course)
              for index, (days, course) in enumerate(_ORDERS)]
    return [*map(_draw, draws), *map(_visit, past + recent), *orders]


def _draw(begins: datetime) -> Life:
    yield working(begins, 0, 9)
    planner, year = officer("supervision"), day_of(now()).year
    plan = drawing.publish_plan(title=f"{year}年度数据经纪人“双随机、一公开”抽查计划", items=_ITEMS,
                                actor=planner, at=now())
    yield now() + timedelta(minutes=20)
    draw = drawing.commit_seed(plan, actor=planner, at=now())
    yield now() + timedelta(minutes=40)
    drawing.make(draw, actor=planner, at=now())


def _visit(visit: Visit) -> Life:
    yield working(visit.begins, 1, 9, 5 * visit.place)
    inspection = _drawn(day_of(now()).year, visit.place)
    # Chance decides how many there are: a place that nobody was drawn for stays empty.
    if inspection is None:
        return
    if visit.stage is J.DRAWN:
        recusal.recuse(inspection, inspection.first_officer_id, reason="与被检查单位负责人有亲属关系。",
                       actor=officer("supervision"), at=now())
    for days, step in _STEPS[:list(J).index(visit.stage)]:
        yield working(now(), days, 10, 5 * visit.place)
        step(inspection, visit.result)
    if inspection.result is R.RECTIFY:
        yield from _run(_followed(inspection), visit.course)


def _drawn(year: int, place: int) -> Inspection | None:
    return db.session.scalars(
        select(Inspection).join(Inspection.draw).join(Draw.plan).where(InspectionPlan.year == year)
        .order_by(Inspection.id).offset(place).limit(1)).first()


def _followed(inspection: Inspection) -> Rectification:
    return db.session.scalars(
        select(Rectification).where(Rectification.reference == inspection.follow_up)).one()


def _notify(inspection: Inspection, result: R) -> None:
    inspecting.notify(inspection, visit_on=day_of(working(now(), 2)), at=now(),
                      actor=inspection.first_officer)


def _record(inspection: Inspection, result: R) -> None:
    breach = Found("N", "现场调取的资料复印件三份。") if result in _BREACHES else Found("Y")
    found = {**dict.fromkeys(_ITEMS, Found("Y")), _ITEMS[-1]: breach}
    inspecting.record_visit(inspection, found=found, facts="检查人员出示证件后，查阅了制度文件和交易记录。",
                            actor=inspection.first_officer, at=now())


def _conclude(inspection: Inspection, result: R) -> None:
    codes = ["C34"] if result is R.CASE else []
    inspecting.conclude(inspection, result=result, conclusion=_CONCLUSIONS.get(result, "未发现问题。"),
                        conduct_codes=codes, actor=inspection.second_officer, at=now())


def _tell(inspection: Inspection, result: R) -> None:
    inspecting.tell(inspection, calendar=SHIPPED, actor=inspection.first_officer, at=now())


def _publish(inspection: Inspection, result: R) -> None:
    inspecting.publish(inspection, actor=inspection.second_officer, at=now())


# In the order of the states that they lead to, with the working days that pass before each.
_STEPS: tuple[tuple[int, Callable[[Inspection, R], None]], ...] = (
    (1, _notify), (2, _record), (1, _conclude), (1, _tell), (3, _publish))


def _order(begins: datetime, index: int, course: str) -> Life:
    yield working(begins, 0, 11, 3 * index)
    license = _holder(index)
    if license is None:
        return
    demands = _DEMANDS[index % len(_DEMANDS)]
    yield from _run(rectifying.order(license, source=license.number, demands=demands, calendar=SHIPPED,
                                     actor=officer("enforcement"), at=now()), course)


def _holder(index: int) -> License | None:
    """Somebody whose license is in force; another one for every order."""
    live = db.session.scalars(select(License).where(License.status == LicenseStatus.ACTIVE)
                              .order_by(License.id)).all()
    return live[(index * 3 + 2) % len(live)] if live else None


def _run(case: Rectification, course: str) -> Life:
    for days, step in _COURSES[course]:
        yield working(now(), days, 14, case.id % 60)
        step(case)


def _answer(case: Rectification) -> None:
    member: User = case.organization.members[0]
    rectifying.answer(case, text="已按要求整改，相关制度和截图一并报送。", actor=member, at=now())


def _extend(case: Rectification) -> None:
    rectifying.extend(case, reason="所需的系统改造尚未完成，申请延长期限。", calendar=SHIPPED,
                      actor=officer("enforcement"), at=now())


def _reject(case: Rectification) -> None:
    rectifying.reject(case, verdict="审核台账缺少近三个月的记录，请补齐。", calendar=SHIPPED,
                      actor=officer("supervision"), at=now())


def _verify(case: Rectification) -> None:
    rectifying.verify(case, verdict="经核查，已整改到位。", actor=officer("supervision"), at=now())


_COURSES: dict[str, tuple[tuple[int, Callable[[Rectification], None]], ...]] = {
    "issued": (),
    "overdue": (),
    "extended": ((7, _extend),),
    "answered": ((5, _answer),),
    "rejected": ((5, _answer), (2, _reject)),
    "verified": ((9, _answer), (3, _verify)),
    "insisted": ((5, _answer), (2, _reject), (8, _answer), (3, _verify)),
    "late": ((24, _answer), (2, _verify)),
}
