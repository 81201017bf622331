"""The way of an application: a table of steps for every end that it may come to."""

from broker_admin.accounts.models import User
from broker_admin.applications import decisions, filing, intake, queries, review, time_limits
from broker_admin.applications.review import Outcome
from broker_admin.clock import now
from broker_admin.demo.brokers import Plan, Venture, found, venture_of
from broker_admin.demo.fates import FATES, SHORT
from broker_admin.demo.offices import officer
from broker_admin.demo.papers import answer_all
from broker_admin.demo.timeline import Life, Step, play
from broker_admin.rules.calendar import SHIPPED

GRANTED, REFUSED, DECLINED, WITHDRAWN, LAPSED = "granted", "refused", "declined", "withdrawn", "lapsed"
DRAFT, SUBMITTED, CORRECTING, REVIEW, EXPERTS, PROPOSED, EXTENDED, RETURNED, FORGOTTEN = (
    "draft", "submitted", "correcting", "review", "experts", "proposed", "extended", "returned",
    "forgotten")

# A bad firm fails the criterion that its written rules are whole.
_FAILED = "G5"


def live(plan: Plan) -> Life:
    """From signing up to wherever the plan leads."""
    yield from found(plan)
    venture = venture_of(plan)
    yield from play(venture, way_of(plan))
    yield from play(venture, FATES.get(plan.fate, ()))


def way_of(plan: Plan) -> list[Step[Venture]]:
    """The steps to the end that was planned; some firms go by a detour."""
    steps = list(_WAYS[plan.outcome])
    if plan.index % 3 == 0:
        _detour(steps, _SUBMIT, (_DEMAND, _CORRECT))
    if plan.index % 4 == 0:
        _detour(steps, _CHECK, (_ASK_EXPERTS, _HEAR_EXPERTS))
    return steps


def _detour(steps: list[Step[Venture]], after: Step[Venture], detour: tuple[Step[Venture], ...]) -> None:
    """Only on the way on: whoever stops there, or goes this way anyhow, takes none."""
    if after in steps[:-1] and detour[0] not in steps:
        place = steps.index(after) + 1
        steps[place:place] = detour


def _answer(venture: Venture) -> None:
    answer_all(venture.application, venture.founder, venture.plan.index)


def _submit(venture: Venture) -> None:
    filing.submit(venture.application, attached=queries.attached_codes(venture.application),
                  actor=venture.founder, at=now())


def _demand(venture: Venture) -> None:
    """One notice for everything that is missing."""
    intake.require_correction(
        venture.application, calendar=SHIPPED, actor=officer("intake"), at=now(),
        items=[{"task": "technology", "sentence": "请补充平台的主要功能和部署位置。"}])


def _correct(venture: Venture) -> None:
    answer_all(venture.application, venture.founder, venture.plan.index,
               only=("technology", "commitments"))
    _submit(venture)


def _decline(venture: Venture) -> None:
    intake.decline(venture.application, ground="NOT_NEEDED", actor=officer("intake"), at=now(),
                   explanation="所述业务不属于数据经纪，不需要取得资格认定。")


def _accept(venture: Venture) -> None:
    intake.accept(venture.application, calendar=SHIPPED, actor=officer("intake"), at=now())


def _withdraw(venture: Venture) -> None:
    filing.withdraw(venture.application, reason="业务计划调整。", actor=venture.founder, at=now())


def _check(venture: Venture) -> None:
    for criterion in time_limits.regime_of(venture.application).criteria:
        met = venture.plan.outcome != REFUSED or criterion.code != _FAILED
        note = "材料齐全，与核查情况一致。" if met else "书面制度缺少交易双方身份审核的内容。"
        review.check(venture.application, criterion=criterion.code, met=met, note=note,
                     actor=_reviewer(venture), at=now())


def _reviewer(venture: Venture) -> User:
    return officer("reviewer" if venture.plan.index % 2 else "reviewer2")


def _ask_experts(venture: Venture) -> None:
    review.begin_expert_review(venture.application, reason="按评估模型组织专家评分。",
                               actor=_reviewer(venture), at=now())


def _hear_experts(venture: Venture) -> None:
    review.end_expert_review(venture.application, calendar=SHIPPED, actor=_reviewer(venture), at=now())


def _extend(venture: Venture) -> None:
    decisions.extend(venture.application, reason="需要进一步核实技术能力。", calendar=SHIPPED,
                     actor=officer("decider"), at=now())


def _propose(venture: Venture) -> None:
    review.propose(venture.application, outcome_of(venture), actor=_reviewer(venture), at=now())


def _return(venture: Venture) -> None:
    decisions.send_back(venture.application, reason="请补充对技术能力的说明。",
                        actor=officer("decider"), at=now())


def _grant(venture: Venture) -> None:
    decisions.grant(venture.application, outcome_of(venture), calendar=SHIPPED,
                    actor=officer("decider"), at=now())


def _refuse(venture: Venture) -> None:
    decisions.refuse(venture.application, outcome_of(venture), calendar=SHIPPED,
                     actor=officer("decider"), at=now())


def outcome_of(venture: Venture) -> Outcome:
    """What the reviewer proposes, and the decider follows."""
    if venture.plan.outcome == REFUSED:
        return Outcome(granted=False, grounds=("DUTIES_UNWRITTEN",),
                       reasons="申请人的书面制度没有规定审核交易双方的身份，不符合认定条件。")
    asked = venture.application.answers_of("matter")
    return Outcome(
        granted=True, broker_type=asked["broker_type"], grade=int(asked["grade_applied"]),
        scope=tuple(asked["scope"]), term_years=2 if venture.plan.fate == SHORT else 3,
        reasons="经审查，各项条件均已达到，准予认定。")


_ANSWER, _SUBMIT = Step(1, _answer), Step(1, _submit, 16)
_DEMAND, _CORRECT = Step(3, _demand), Step(4, _correct)
_CHECK = Step(3, _check, 14)
_ASK_EXPERTS, _HEAR_EXPERTS = Step(0, _ask_experts, 14, 30), Step(5, _hear_experts)

_FILED = (_ANSWER, _SUBMIT)
_ACCEPTED = (*_FILED, Step(2, _accept, 11))
_CHECKED = (*_ACCEPTED, _CHECK)
_PROPOSED = (*_CHECKED, Step(3, _propose))

_WAYS: dict[str, tuple[Step[Venture], ...]] = {
    DRAFT: (),
    SUBMITTED: _FILED,
    CORRECTING: (*_FILED, _DEMAND),
    # Nobody answers the notice; the law ends the matter one night.
    LAPSED: (*_FILED, _DEMAND),
    # Nobody at the authority answers in time: accepted by law, the same night (许可法 32).
    FORGOTTEN: _FILED,
    DECLINED: (*_FILED, Step(2, _decline, 11)),
    WITHDRAWN: (*_ACCEPTED, Step(4, _withdraw)),
    REVIEW: _CHECKED,
    EXPERTS: (*_CHECKED, _ASK_EXPERTS),
    EXTENDED: (*_CHECKED, Step(8, _extend)),
    PROPOSED: _PROPOSED,
    RETURNED: (*_PROPOSED, Step(2, _return)),
    REFUSED: (*_PROPOSED, Step(2, _refuse, 9, 30)),
    GRANTED: (*_PROPOSED, Step(2, _grant, 9, 30)),
}
