"""Made-up reports and reviews, valid unless a test says otherwise."""

from datetime import UTC, date, datetime, timedelta

from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.permissions import Role
from broker_admin.rules.calendar import SHIPPED
from broker_admin.supervision import drawing, inspecting, rectifying, reporting, reviewing
from broker_admin.supervision.inspecting import Found
from broker_admin.supervision.inspection_workflow import InspectionResult
from broker_admin.supervision.inspection_workflow import InspectionStatus as J
from broker_admin.supervision.report_fields import SECTIONS, Kind
from broker_admin.supervision.reviewing import Assessment
from broker_admin.supervision.workflow import ReviewStatus as V
from tests.factories import make_member, make_user
from tests.licenses.factories import make_license

# In the window of the report about 2025.
FEBRUARY = datetime(2026, 2, 10, 4, 0, tzinfo=UTC)
# The day after that window has closed.
APRIL = datetime(2026, 4, 1, 4, 0, tzinfo=UTC)
JUNE = datetime(2026, 6, 8, 4, 0, tzinfo=UTC)
# The Thursday before the days off of Mid-Autumn and, soon after, of the National Day.
SEPTEMBER = datetime(2026, 9, 24, 4, 0, tzinfo=UTC)
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


class MadeInspection:
    """A plan with one draw of the one holder, and everybody around it."""

    def __init__(self, at=JUNE, officers=3, items=("I01", "I07")):
        self.at = at
        self.planner = make_user(Role.SUPERVISION_OFFICER)
        self.officers = [make_user(Role.ENFORCEMENT_OFFICER) for _ in range(officers)]
        self.holder, self.license = make_holder()
        self.plan = drawing.publish_plan(title="2026 plan", items=items, actor=self.planner, at=at)
        self.draw = drawing.commit_seed(self.plan, actor=self.planner, at=at)
        db.session.flush()

    def make(self):
        drawing.make(self.draw, actor=self.planner, at=self.at)
        db.session.flush()
        return self

    @property
    def inspection(self):
        return self.draw.inspections[0]

    def notify(self):
        inspecting.notify(self.inspection, visit_on=day_of(self.at), at=self.at,
                          actor=self.inspection.first_officer)

    def record(self, answer="Y"):
        found = {code: Found(answer, "Seen.") for code in self.plan.items}
        inspecting.record_visit(self.inspection, found=found, facts="We came and saw.", at=self.at,
                                actor=self.inspection.first_officer)

    def conclude(self, result=InspectionResult.NO_ISSUE, codes=()):
        inspecting.conclude(self.inspection, result=result, conclusion="Keep records.",
                            conduct_codes=codes, actor=self.inspection.second_officer, at=self.at)

    def tell(self):
        inspecting.tell(self.inspection, calendar=SHIPPED, at=self.at,
                        actor=self.inspection.first_officer)

    def publish(self):
        inspecting.publish(self.inspection, actor=self.inspection.first_officer, at=self.at)


_VISIT = ("make", "notify", "record", "conclude", "tell", "publish")


def make_inspection(status=J.DRAWN, *, at=JUNE, **changes):
    """An inspection that has come as far as this state by the steps that lead there."""
    made = MadeInspection(at, **changes)
    for step in _VISIT[:list(J).index(status) + 1]:
        getattr(made, step)()
    db.session.flush()
    return made


class MadeRectification:
    """An order and the people around it, moved on by its steps."""

    def __init__(self, at=SEPTEMBER):
        self.at = at
        self.officer = make_user(Role.ENFORCEMENT_OFFICER)
        self.other = make_user(Role.SUPERVISION_OFFICER)
        self.holder, self.license = make_holder()
        self.case = rectifying.order(self.license, source="JC-2026-000009", demands="Keep records.",
                                     calendar=SHIPPED, actor=self.officer, at=at)

    def answer(self):
        rectifying.answer(self.case, text="Done.", actor=self.holder, at=self.at)

    def verify(self, actor=None):
        rectifying.verify(self.case, verdict="Seen.", actor=actor or self.other, at=self.at)

    def reject(self):
        rectifying.reject(self.case, verdict="Two are missing.", calendar=SHIPPED,
                          actor=self.other, at=self.at)

    def extend(self):
        rectifying.extend(self.case, reason="The supplier is late.", calendar=SHIPPED,
                          actor=self.officer, at=self.at)

    def lapse(self):
        rectifying.lapse(self.case, calendar=SHIPPED, at=self.at)

    def wait(self, **time):
        self.at += timedelta(**time)
        return self


def make_rectification(*steps, at=SEPTEMBER):
    made = MadeRectification(at)
    for step in steps:
        getattr(made, step)()
    db.session.flush()
    return made
