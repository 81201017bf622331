"""The whole made-up history, and who may sign in to look at it."""

from datetime import date, datetime, timedelta

from broker_admin.accounts.passwords import hash_password
from broker_admin.clock import now, start_of
from broker_admin.demo import (
    annual_reports,
    annual_reviews,
    applications,
    cast,
    conduct,
    examinations,
    fates,
    inspections,
    people,
    seasons,
)
from broker_admin.demo.brokers import Plan
from broker_admin.demo.offices import DOMAIN, OFFICERS, appoint, nights
from broker_admin.demo.timeline import Life, Progress, tell

PASSWORD = "three grey herons wade"  # noqa: S105 (printed at every start; the people are invented)
FIRST_DAY = date(2024, 1, 2)
_OPENING_HOUR = timedelta(hours=9)
# The first exam must be held and marked before anybody can employ whom the law asks for.
_FIRST_FIRM = timedelta(days=75, hours=10)
_LAST_ENDED = timedelta(days=150)

# What became of those whose application has ended: the pages show one of each kind at least.
ENDED = (
    *[(applications.GRANTED, "")] * 25, *[(applications.GRANTED, fates.SHORT)] * 4,
    *[(applications.GRANTED, fates.SUSPENDED)] * 3, *[(applications.GRANTED, fates.PAUSED)] * 2,
    *[(applications.GRANTED, fates.REVOKED)] * 2, *[(applications.GRANTED, fates.SURRENDERED)] * 2,
    (applications.GRANTED, fates.ANNULLED), (applications.GRANTED, fates.TAKEN_BACK),
    (applications.GRANTED, fates.CANCELLED),
    *[(applications.REFUSED, "")] * 3, *[(applications.DECLINED, "")] * 2,
    *[(applications.WITHDRAWN, "")] * 2, (applications.LAPSED, ""),
)
# Days before today on which those begin whose application is still open.
OPEN = (
    (applications.DRAFT, 40), (applications.DRAFT, 12), (applications.SUBMITTED, 15),
    (applications.SUBMITTED, 14), (applications.CORRECTING, 20), (applications.CORRECTING, 18),
    (applications.REVIEW, 60), (applications.REVIEW, 55), (applications.REVIEW, 24),
    (applications.EXPERTS, 40), (applications.EXPERTS, 30), (applications.PROPOSED, 46),
    (applications.PROPOSED, 44), (applications.SUBMITTED, 13), (applications.REVIEW, 26),
    (applications.EXTENDED, 48), (applications.RETURNED, 50), (applications.FORGOTTEN, 28),
)

SIGN_INS = {
    f"firm01@{DOMAIN}": "broker with a license",
    f"firm50@{DOMAIN}": "applicant with a draft",
    f"person70@{DOMAIN}": "practitioner",
    f"candidate01@{DOMAIN}": "candidate with results",
    f"examinee05@{DOMAIN}": "candidate whose exam can begin now",
    **{f"{mailbox}@{DOMAIN}": roles[0].value.replace("_", " ") for mailbox, _, roles in OFFICERS},
}


def fill(progress: Progress) -> None:
    """Tell everything up to now, by the verbs that the pages call, under a moving clock."""
    until = now()
    tell(lives(until, hash_password(PASSWORD)), until, progress)


def lives(until: datetime, password_hash: str) -> list[Life]:
    """Everybody's life; those named first act first where two share a moment."""
    opening = start_of(FIRST_DAY) + _OPENING_HOUR
    planned = plans(until, password_hash)
    past = seasons.staffed(seasons.past(opening, until, password_hash), planned)
    return [
        appoint(opening, password_hash), nights(start_of(FIRST_DAY) + timedelta(minutes=10)),
        examinations.open_bank(opening), *map(examinations.hold, past),
        *seasons.around(until, len(past), password_hash), *conduct.stories(until),
        *inspections.lives(until),
        *people.requests(until, password_hash), *_years(until), *map(applications.live, planned),
    ]


def _years(until: datetime) -> list[Life]:
    years = range(FIRST_DAY.year + 1, until.year + 1)
    return [life for year in years
            for life in (*annual_reports.reports(year), *annual_reviews.reviews(year, until))]


def plans(until: datetime, password_hash: str) -> list[Plan]:
    """What is to become of every firm."""
    firms = cast.firms(len(ENDED) + len(OPEN))
    first = start_of(FIRST_DAY) + _FIRST_FIRM
    span = (until - _LAST_ENDED) - first
    # Spread by a step that has no common factor with their number, so that fates are mixed.
    ended = [Plan(firm, i, first + span * (i * 19 % len(ENDED)) / len(ENDED), outcome, fate,
                  staff=5, password_hash=password_hash)
             for i, (firm, (outcome, fate)) in enumerate(zip(firms, ENDED, strict=False))]
    open_ = [Plan(firms[len(ENDED) + i], len(ENDED) + i, until - timedelta(days=days), outcome,
                  staff=4, password_hash=password_hash)
             for i, (outcome, days) in enumerate(OPEN)]
    return ended + open_
