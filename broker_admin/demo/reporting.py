"""The steps of a report by a citizen (举报), and which of them lead to each stage."""

from broker_admin.clock import now
from broker_admin.complaints import filing, reports
from broker_admin.demo.filings import Story, account_of, holder, identity_of
from broker_admin.demo.offices import officer
from broker_admin.demo.timeline import Step


def _file(story: Story) -> None:
    story.report, _ = filing.file_report(account_of(story, holder(story.index)), identity_of(story),
                                         at=now())


def _verify(story: Story) -> None:
    reports.verify(story.report, actor=officer("enforcement2"), at=now())


def _file_case(story: Story) -> None:
    reports.file_case(story.report, conduct_codes=story.conduct_codes, actor=officer("enforcement2"),
                      facts="经核查，举报线索属实。", at=now())


def _not_file(story: Story) -> None:
    reports.not_file(story.report, reasons="经核查，举报内容不属实。", actor=officer("enforcement2"),
                     at=now())


def _tell(story: Story) -> None:
    reports.tell(story.report, reply="举报已核查完毕，感谢您的监督。", actor=officer("enforcement2"),
                 at=now())


def _close(story: Story) -> None:
    reports.close(story.report, actor=officer("enforcement2"), at=now())


_FILED = (Step(0, _file, 9),)
_VERIFYING = (*_FILED, Step(2, _verify))
_NOT_FILED = (*_VERIFYING, Step(6, _not_file))
_REPLIED = (*_NOT_FILED, Step(2, _tell))

REPORTS: dict[str, tuple[Step[Story], ...]] = {
    "report_received": _FILED,
    "report_verifying": _VERIFYING,
    "report_case_filed": (*_VERIFYING, Step(6, _file_case)),
    "report_not_filed": _NOT_FILED,
    "report_replied": _REPLIED,
    "report_closed": (*_REPLIED, Step(1, _close)),
}
