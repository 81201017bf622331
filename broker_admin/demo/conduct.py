"""Which complaints, reports and conduct cases there are: old ones that ended, one at each stage."""

from datetime import datetime, timedelta

from broker_admin.demo.complaining import COMPLAINTS
from broker_admin.demo.filings import Story
from broker_admin.demo.moments import working
from broker_admin.demo.proceedings import CASES
from broker_admin.demo.reporting import REPORTS
from broker_admin.demo.timeline import Life, play

PATHS = {**COMPLAINTS, **REPORTS, **CASES}

# How far each gets, and how many days ago it began.
ENDED = (
    ("settled", 500), ("closed", 420), ("declined", 360), ("case_closed", 330),
    ("report_closed", 300), ("report_closed", 260), ("case_closed", 230), ("settled", 190),
    ("case_acquitted", 170), ("case_dropped", 150), ("terminated", 120), ("withdrawn", 90),
    ("report_replied", 80), ("report_not_filed", 70),
)
# Long enough ago that every step lies in the past, recent enough that the work is not absurdly late.
OPEN = (
    ("received", 3), ("accepted", 20), ("answered", 24), ("mediating", 30), ("asked", 16),
    ("report_received", 4), ("report_verifying", 12), ("report_case_filed", 25), ("case", 40),
    ("case_noticed", 38), ("case_stated", 45), ("case_hearing_asked", 42),
    ("case_hearing_called", 36), ("case_heard", 64), ("case_referred", 50), ("case_cleared", 60),
    ("case_imposed", 75),
)


def stories(until: datetime) -> list[Life]:
    return [_tell(Story(until - timedelta(days=days), stage, index))
            for index, (stage, days) in enumerate(ENDED + OPEN)]


def _tell(story: Story) -> Life:
    # Each in a minute of its own, so that no two are one case in the lists.
    yield working(story.begins, 0, 8, story.index)
    yield from play(story, PATHS[story.stage])
