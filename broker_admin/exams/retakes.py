"""When the exam may be sat again, from the law's three numbers.  Pure."""

from collections.abc import Iterable
from datetime import date, timedelta

from broker_admin.refusals import N_, Refused
from broker_admin.rules.provisions import Exam


def check(day: date, sat_on: Iterable[date], exam: Exam) -> None:
    """Raises Refused where a sitting on this day comes too soon, or is one too many in its year."""
    days = sorted(sat_on)
    # Also towards later days: somebody may hold a seat behind the one that is asked for.
    near = [d for d in days if abs(day - d) < timedelta(days=exam.retake_days)]
    if near:
        raise Refused(
            N_("Between two attempts at a subject there must be %(days)s days; yours is on %(other)s."),
            days=exam.retake_days, other=near[-1].isoformat())
    if sum(d.year == day.year for d in days) >= exam.attempts_per_year:
        raise Refused(N_("A subject may be attempted %(times)s times in a year."),
                      times=exam.attempts_per_year)


def check_age(born: date | None, day: date, exam: Exam) -> None:
    """Raises Refused for somebody who is too young on this day."""
    if born is None or _age(born, day) < exam.least_age:
        raise Refused(N_("You must be %(age)s or older to sit the exam."), age=exam.least_age)


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
