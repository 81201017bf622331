"""The steps of a complaint, and which of them lead to each stage."""

from broker_admin.clock import day_of, now
from broker_admin.complaints import filing
from broker_admin.complaints import service as complaints
from broker_admin.demo.filings import Story, account_of, holder, identity_of
from broker_admin.demo.moments import working
from broker_admin.demo.offices import officer
from broker_admin.demo.timeline import Step
from broker_admin.permissions import CodeHolder


def _file(story: Story) -> None:
    story.complaint, _ = filing.file_complaint(
        account_of(story, holder(story.index)), identity_of(story),
        request="退还多收的费用并说明情况。", amount=3_000 + 500 * story.index, disclose=True,
        other_bodies=None, at=now())


def _decline(story: Story) -> None:
    complaints.decline(story.complaint, grounds=["NO_DISPUTE"], actor=officer("enforcement"),
                       at=now(), reasons="所述情况与被投诉人之间不存在争议。")


def _accept(story: Story) -> None:
    complaints.accept(story.complaint, told="请就收费依据作出说明。", actor=officer("enforcement"),
                      at=now(), answer_by=day_of(working(now(), 10)))


def _withdraw(story: Story) -> None:
    """By the code that was shown once, as nobody who complains has an account."""
    filing.withdraw(story.complaint, actor=CodeHolder(story.complaint.reference), at=now())


def _ask(story: Story) -> None:
    complaints.ask(story.complaint, text="请补充付款日期和付款凭证。", actor=officer("enforcement"), at=now())


def _answer(story: Story) -> None:
    organization = story.complaint.organization
    if organization is None:
        raise LookupError(f"{story.complaint.reference} names nobody who could answer")
    complaints.answer(story.complaint, text="相关费用系误收，已联系投诉人退还。", at=now(),
                      actor=organization.members[0])


def _mediate(story: Story) -> None:
    complaints.mediate(story.complaint, actor=officer("enforcement"), at=now())


def _settle(story: Story) -> None:
    complaints.settle(story.complaint, outcome="双方达成一致，费用已退还。",
                      actor=officer("enforcement"), at=now())


def _terminate(story: Story) -> None:
    complaints.terminate(story.complaint, outcome="双方未能达成一致，投诉人可向人民法院起诉。",
                         actor=officer("enforcement"), at=now())


def _close(story: Story) -> None:
    complaints.close(story.complaint, actor=officer("enforcement"), at=now())


def _open_case(story: Story) -> None:
    story.case = complaints.open_case(
        story.complaint, conduct_codes=story.conduct_codes, actor=officer("enforcement"),
        facts="投诉处理中发现的线索。", at=now())


_FILED = (Step(0, _file, 9),)
_ACCEPTED = (*_FILED, Step(3, _accept))
_ANSWERED = (*_ACCEPTED, Step(4, _answer))
_MEDIATING = (*_ANSWERED, Step(3, _mediate))
_SETTLED = (*_MEDIATING, Step(8, _settle))
OPENED = (*_ACCEPTED, Step(0, _open_case, 11))

COMPLAINTS: dict[str, tuple[Step[Story], ...]] = {
    "received": _FILED,
    "declined": (*_FILED, Step(3, _decline)),
    "accepted": _ACCEPTED,
    "asked": (*_ACCEPTED, Step(1, _ask)),
    "withdrawn": (*_ACCEPTED, Step(3, _withdraw)),
    "answered": _ANSWERED,
    "mediating": _MEDIATING,
    "settled": _SETTLED,
    "terminated": (*_MEDIATING, Step(9, _terminate)),
    "closed": (*_SETTLED, Step(1, _close)),
}
