"""A running limit in the reader's words: what pages show beside every date."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext, ngettext

from broker_admin.i18n import language
from broker_admin.rules.calendar import WorkingCalendar
from broker_admin.rules.citations import cited
from broker_admin.rules.deadlines import Alarm, Deadline, Step, Unit
from broker_admin.rules.deadlines import StepCode as C


@dataclass(frozen=True)
class Clock:
    """A limit as a page shows it; ``by`` is None while the clock stands still."""

    title: str
    by: date | None
    days_left: int
    stopped: bool
    alarm: Alarm
    provisional: bool
    article: str
    steps: list[str]

    @property
    def overdue(self) -> bool:
        """On the days off after the last day too, when no working day has been missed yet."""
        return self.alarm is Alarm.RED


def clock_of(deadline: Deadline, calendar: WorkingCalendar, today: date) -> Clock:
    return Clock(
        title=deadline.limit.name(language()),
        by=deadline.due(calendar),
        days_left=deadline.working_days_left(calendar, today),
        stopped=deadline.is_stopped(today),
        alarm=deadline.alarm(calendar, today),
        provisional=deadline.is_provisional(calendar),
        article=cited(deadline.limit, language()),
        steps=[sentence(step) for step in deadline.explain(calendar)],
    )


def amount(number: int, unit: Unit | None) -> str:
    """A length of time in words: 20 working days, 60 days, 6 months."""
    if unit is Unit.WD:
        return str(ngettext("%(num)s working day", "%(num)s working days", number))
    if unit is Unit.M:
        return str(ngettext("%(num)s month", "%(num)s months", number))
    return str(ngettext("%(num)s calendar day", "%(num)s calendar days", number))


def sentence(step: Step) -> str:
    """One step of the reckoning, as a sentence."""
    values = {
        "first": step.first, "last": step.last, "amount": amount(step.amount, step.unit),
        "reason": step.reason, "document": step.document, "year": step.first.year,
        "number": step.amount,
    }
    return str(_pattern(step) % values)


def _pattern(step: Step) -> str:
    patterns = {
        C.START: lambda: gettext("Begins on %(first)s; that day itself is not counted."),
        C.EVENT: lambda: gettext("Counted back from %(first)s."),
        C.COUNTED: lambda: gettext("%(amount)s counted, from %(first)s to %(last)s."),
        C.COUNTED_BACK: lambda: gettext("%(amount)s counted back, from %(last)s to %(first)s."),
        C.EXTENDED: lambda: gettext("Extended by %(amount)s on %(first)s: %(reason)s"),
        C.HOLIDAY: lambda: gettext("Days off from %(first)s to %(last)s are not counted."),
        C.ADJUSTED_WORKDAY: lambda: gettext("%(first)s is a weekend day that was made a working "
                                            "day; it counts."),
        C.WEEKENDS: lambda: gettext("Ordinary weekend days in between, not counted: %(number)s."),
        C.STOPPED: lambda: gettext("The clock stood still from %(first)s to %(last)s (%(amount)s "
                                   "not counted; notice %(document)s): %(reason)s"),
        C.STILL_STOPPED: lambda: gettext("The clock has stood still since %(first)s (notice "
                                         "%(document)s): %(reason)s"),
        C.ROLLED: lambda: gettext("%(first)s is a day off, so the last day moves to %(last)s."),
        C.PROVISIONAL: lambda: gettext("Provisional: the holiday notice for %(year)s is not "
                                       "published yet; the day may move."),
        C.DUE: lambda: gettext("Last day: %(first)s."),
    }
    return str(patterns[step.code]())
