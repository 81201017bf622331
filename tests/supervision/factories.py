"""Made-up reports and reviews, valid unless a test says otherwise."""

from datetime import UTC, date, datetime, timedelta

from broker_admin.db import db
from broker_admin.permissions import Role
from broker_admin.rules.calendar import SHIPPED
from broker_admin.supervision import reporting, reviewing
from broker_admin.supervision.report_fields import SECTIONS, Kind
from broker_admin.supervision.reviewing import Assessment
from broker_admin.supervision.workflow import ReviewStatus as V
from tests.factories import make_member, make_user
from tests.licenses.factories import make_license

# In the window of the report about 2025.
FEBRUARY = datetime(2026, 2, 10, 4, 0, tzinfo=UTC)
GOOD = {"compliance": 36, "performance": 18, "security": 18, "credit": 9, "reporting": 9}
_SAMPLE = {Kind.NUMBER: 0, Kind.YUAN: 0, Kind.TEXT: "", Kind.DAY: None, Kind.YES_NO: "no",
           Kind.LEVEL: 3}
ANSWERS = {
    section.code: {a.code: _SAMPLE[a.kind] for a in section.asked} for section in SECTIONS
}
ANSWERS["contacts"] |= {"staff": 20, "certified_staff": 6}
ANSWERS["business"] |= {"deals": 12, "deals_in_exchange": 5, "deals_outside": 7, "amount": 900_000}


def assess(marks=None, vetoes=()):
    marks = marks or GOOD
    return Assessment(marks=marks, reasons=dict.fromkeys(marks, "Seen on file."), vetoes=vetoes)


def make_holder(at=FEBRUARY, **changes):
    """Somebody who acts for a holder, and the license, in force since the spring of 2025."""
    holder, organization = make_member()
    changes = {"valid_from": date(2025, 4, 1), **changes}
    license = make_license(organization, actor=holder, at=at, **changes)
    db.session.flush()
    return holder, license


class MadeReport:
    """A report and the people around it."""

    def __init__(self, at=FEBRUARY):
        self.at = at
        self.holder, self.license = make_holder()
        self.report = reporting.start(self.license, actor=self.holder, at=at)
        db.session.flush()

    def fill_in(self, **changes):
        for code, given in ANSWERS.items():
            self.answer(code, **{**given, **changes.get(code, {})})
        return self

    def answer(self, section, **given):
        reporting.answer(self.report, section, given=given, actor=self.holder, at=self.at)

    def file(self):
        reporting.file(self.report, actor=self.holder, at=self.at)
        db.session.flush()
        return self

    def wait(self, **time):
        self.at += timedelta(**time)
        return self


class MadeReview:
    """A review and the people around it, moved on by its steps."""

    def __init__(self, at=FEBRUARY):
        self.at = at
        self.officer = make_user(Role.SUPERVISION_OFFICER)
        self.decider = make_user(Role.DECIDER)
        self.holder, self.license = make_holder()
        self.review = reviewing.open_review(self.license, year=2025, actor=self.officer, at=at)
        db.session.flush()

    def score(self, marks=None, vetoes=()):
        reviewing.score(self.review, assess(marks, vetoes), actor=self.officer, at=self.at)

    def announce(self):
        reviewing.announce(self.review, calendar=SHIPPED, actor=self.officer, at=self.at)

    def object(self):
        reviewing.object_to(self.review, objection="We filed in time.", calendar=SHIPPED,
                            actor=self.holder, at=self.at)

    def answer(self, amended=None):
        reviewing.answer(self.review, answer="The file says so.", amended=amended,
                         actor=self.officer, at=self.at)

    def finalise(self, actor=None):
        reviewing.finalise(self.review, calendar=SHIPPED, actor=actor or self.decider, at=self.at)

    def publish(self):
        reviewing.publish(self.review, actor=self.decider, at=self.at)

    def wait(self, **time):
        self.at += timedelta(**time)
        return self


_OBJECTED = ("score", "announce", "object")
_STEPS = {
    V.OPEN: (), V.SCORED: ("score",), V.PRELIMINARY: ("score", "announce"), V.OBJECTED: _OBJECTED,
    V.ANSWERED: (*_OBJECTED, "answer"), V.FINAL: (*_OBJECTED, "answer", "finalise"),
    V.PUBLISHED: (*_OBJECTED, "answer", "finalise", "publish"),
}


def make_review(status=V.OPEN, *, at=FEBRUARY):
    """A review that has come as far as this state by the steps that lead there."""
    made = MadeReview(at)
    for step in _STEPS[status]:
        getattr(made, step)()
    db.session.flush()
    return made
