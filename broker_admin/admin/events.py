"""What administrators do to the system itself."""

from dataclasses import dataclass

from broker_admin.events import Event


@dataclass(frozen=True, kw_only=True)
class NoticeImported(Event):
    """The days as they were imported, so that every reckoning can be done again."""

    name = "calendar.notice_imported"

    year: int
    source: str
    off_weekdays: list[str]
    work_weekends: list[str]
