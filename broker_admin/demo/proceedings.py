"""The steps of a conduct case, from the lead in a complaint to the end of its measure."""

from collections.abc import Iterator
from typing import Any

from broker_admin.clock import day_of, now
from broker_admin.demo.complaining import OPENED
from broker_admin.demo.filings import Story
from broker_admin.demo.moments import working
from broker_admin.demo.offices import officer
from broker_admin.demo.timeline import Step
from broker_admin.enforcement import decisions, hearings, legality, service
from broker_admin.enforcement.models import Case
from broker_admin.rules.calendar import SHIPPED

# The party must hear of the day seven working days before; the hearing is the day after those.
_HEARING_AHEAD = 9
_MONTHS = {"PAUSE": 2}


def _join(story: Story) -> None:
    service.join(story.case, actor=officer("enforcement2"), at=now())


def _find(story: Story) -> None:
    _note(story, established=True)


def _clear_of_it(story: Story) -> None:
    _note(story, established=False)


def _note(story: Story, *, established: bool) -> None:
    service.find(story.case, conduct_code=story.conduct_codes[0], established=established,
                 actor=officer("enforcement"), at=now(), facts="经查阅合同和收费凭证。",
                 evidence="合同三份、凭证五份、询问笔录一份。")


def _drop(story: Story) -> None:
    service.drop(story.case, reason="证据不足以认定违规行为。", actor=officer("enforcement"), at=now())


def _give_notice(story: Story) -> None:
    service.give_notice(story.case, reasons="行为属实，依据认定管理规则拟作出处理。",
                        calendar=SHIPPED, actor=officer("enforcement"), at=now(),
                        **terms(story.case, "PAUSE"))


def _give_grave_notice(story: Story) -> None:
    """A measure before which the party may ask for a hearing (处罚法 63)."""
    offered = legality.choices_for(story.case)
    grave = next(code for code, choice in offered.items() if choice.hearing
                 and list(legality.bases_for(story.case, choice)))
    service.give_notice(story.case, reasons="行为属实，情节严重，拟给予行政处罚。", calendar=SHIPPED,
                        actor=officer("enforcement"), at=now(), **terms(story.case, grave))


def _state(story: Story) -> None:
    _say(story, hearing_asked=False)


def _ask_hearing(story: Story) -> None:
    _say(story, hearing_asked=True)


def _say(story: Story, *, hearing_asked: bool) -> None:
    service.state(story.case, statement="我单位已改正，请求从轻处理。", hearing_asked=hearing_asked,
                  calendar=SHIPPED, actor=story.member, at=now())


def _call_hearing(story: Story) -> None:
    hearings.call_hearing(story.case, on=day_of(working(now(), _HEARING_AHEAD)), calendar=SHIPPED,
                          actor=officer("legal"), at=now())


def _hold_hearing(story: Story) -> None:
    hearings.hold_hearing(story.case, minutes="听取了当事人的陈述和申辩，双方进行了质证。",
                          actor=officer("legal"), at=now())


def _refer(story: Story) -> None:
    service.refer(story.case, calendar=SHIPPED, actor=officer("enforcement"), at=now())


def _clear(story: Story) -> None:
    decisions.clear(story.case, opinion="事实清楚，程序合法，依据适当。", actor=officer("legal"), at=now())


def _acquit(story: Story) -> None:
    decisions.acquit(story.case, reasons="情节轻微并及时改正，没有造成危害后果。",
                     actor=officer("decider"), at=now())


def _impose(story: Story) -> None:
    decisions.impose(story.case, reasons="行为属实，依照所列依据作出处理。", calendar=SHIPPED,
                     actor=officer("decider"), at=now(), **terms(story.case, "PAUSE"))


def _close(story: Story) -> None:
    service.close(story.case, reason="措施已执行完毕。", actor=officer("enforcement"), at=now())


def terms(case: Case, wanted: str) -> dict[str, Any]:
    """The measure that is wanted, or else the first that has something to rest on."""
    measure, basis = next(_offers(case, wanted))
    return {"measure": measure, "months": _MONTHS.get(measure), "basis": basis}


def _offers(case: Case, wanted: str) -> Iterator[tuple[str, str]]:
    offered = legality.choices_for(case)
    for code in sorted(offered, key=lambda code: code != wanted):
        for basis in legality.bases_for(case, offered[code]):
            yield code, basis


_JOINED = (*OPENED, Step(2, _join))
_FOUND = (*_JOINED, Step(5, _find))
_NOTICED = (*_FOUND, Step(2, _give_notice))
_STATED = (*_NOTICED, Step(3, _state))
_HEARING_ASKED = (*_FOUND, Step(2, _give_grave_notice), Step(3, _ask_hearing))
_HEARING_CALLED = (*_HEARING_ASKED, Step(1, _call_hearing))
_REFERRED = (*_STATED, Step(3, _refer))
_CLEARED = (*_REFERRED, Step(2, _clear))
_IMPOSED = (*_CLEARED, Step(3, _impose))

CASES: dict[str, tuple[Step[Story], ...]] = {
    "case": _FOUND,
    "case_dropped": (*_JOINED, Step(5, _clear_of_it), Step(0, _drop, 15)),
    "case_noticed": _NOTICED,
    "case_stated": _STATED,
    "case_hearing_asked": _HEARING_ASKED,
    "case_hearing_called": _HEARING_CALLED,
    "case_heard": (*_HEARING_CALLED, Step(_HEARING_AHEAD, _hold_hearing, 14)),
    "case_referred": _REFERRED,
    "case_cleared": _CLEARED,
    "case_imposed": _IMPOSED,
    "case_acquitted": (*_CLEARED, Step(3, _acquit)),
    "case_closed": (*_IMPOSED, Step(20, _close)),
}
