"""The whole made-up history, and who may sign in to look at it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from broker_admin.accounts.passwords import hash_password
from broker_admin.clock import now, start_of
from broker_admin.demo import brokers, cast, conduct, examinations, years
from broker_admin.demo.brokers import Plan
from broker_admin.demo.offices import DOMAIN, OFFICERS, appoint, nights
from broker_admin.demo.timeline import Life, tell

PASSWORD = "three grey herons wade"  # noqa: S105 (printed at every start; the people are invented)
FIRST_DAY = date(2024, 1, 2)
_OPENING_HOUR = timedelta(hours=9)

# What became of those whose application has ended: the pages show one of each kind at least.
_ENDED = (
    *[(brokers.GRANTED, "")] * 28, *[(brokers.GRANTED, brokers.SHORT)] * 4,
    *[(brokers.GRANTED, brokers.SUSPENDED)] * 3, *[(brokers.GRANTED, brokers.PAUSED)] * 2,
    *[(brokers.GRANTED, brokers.REVOKED)] * 2, *[(brokers.GRANTED, brokers.SURRENDERED)] * 2,
    *[(brokers.REFUSED, "")] * 3, *[(brokers.DECLINED, "")] * 2, *[(brokers.WITHDRAWN, "")] * 2,
    (brokers.LAPSED, ""),
)
# Days before today on which those begin whose application is still open.
_OPEN = (
    (brokers.DRAFT, 40), (brokers.DRAFT, 12), (brokers.SUBMITTED, 15), (brokers.SUBMITTED, 14),
    (brokers.CORRECTING, 20), (brokers.CORRECTING, 18), (brokers.REVIEW, 60), (brokers.REVIEW, 55),
    (brokers.REVIEW, 24), (brokers.EXPERTS, 40), (brokers.EXPERTS, 30), (brokers.PROPOSED, 46),
    (brokers.PROPOSED, 44), (brokers.SUBMITTED, 13), (brokers.REVIEW, 26),
)

SIGN_INS = {
    f"firm01@{DOMAIN}": "broker with a license",
    f"firm50@{DOMAIN}": "applicant with a draft",
    f"person70@{DOMAIN}": "practitioner",
    f"candidate01@{DOMAIN}": "candidate with results",
    **{f"{mailbox}@{DOMAIN}": roles[0].value.replace("_", " ") for mailbox, _, roles in OFFICERS},
}


def fill(progress: Callable[[int, int], None]) -> None:
    """Tell everything up to now, by the verbs that the pages call, under a moving clock."""
    until, hashed = now(), hash_password(PASSWORD)
    opening = start_of(FIRST_DAY) + _OPENING_HOUR
    lives: list[Life] = [appoint(opening, hashed), nights(start_of(FIRST_DAY) + timedelta(minutes=10))]
    lives.append(examinations.open_bank(opening))
    lives += examinations.seasons(opening + timedelta(days=80), until, hashed)
    lives += conduct.stories(until)
    for year in range(FIRST_DAY.year + 1, until.year + 1):
        lives += [years.reports(year), years.reviews(year, until)]
    lives += [brokers.live(plan) for plan in plans(until, hashed)]
    tell(lives, until, progress)


def plans(until: datetime, password_hash: str) -> list[Plan]:
    """What is to become of every firm."""
    firms = cast.firms(len(_ENDED) + len(_OPEN))
    first = start_of(FIRST_DAY) + timedelta(days=7, hours=10)
    span = (until - timedelta(days=150)) - first
    # Spread by a step that has no common factor with their number, so that fates are mixed.
    ended = [Plan(firm, i, first + span * (i * 19 % len(_ENDED)) / len(_ENDED), outcome, fate,
                  staff=5 + i % 2, password_hash=password_hash)
             for i, (firm, (outcome, fate)) in enumerate(zip(firms, _ENDED, strict=False))]
    open_ = [Plan(firms[len(_ENDED) + i], len(_ENDED) + i, until - timedelta(days=days), outcome,
                  staff=4, password_hash=password_hash)
             for i, (outcome, days) in enumerate(_OPEN)]
    return ended + open_
