from datetime import date

import pytest

from broker_admin.accounts.models import Membership
from broker_admin.accounts.workflow import MembershipStatus
from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.licenses.workflow import LIVE, LicenseStatus
from broker_admin.permissions import Role
from broker_admin.rules.calendar import SHIPPED
from broker_admin.rules.regime import regime_on
from broker_admin.supervision import drawing, rectifying
from broker_admin.supervision.pools import pool_of
from broker_admin.supervision.workflow import ReviewStatus as V
from tests.factories import make_user
from tests.supervision.factories import (
    JUNE,
    MadeReport,
    make_holder,
    make_inspection,
    make_rectification,
    make_review,
)

REGIME = regime_on(day_of(JUNE))


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


@pytest.fixture
def plan():
    return drawing.publish_plan(title="2026 plan", items=["I01"], at=JUNE,
                                actor=make_user(Role.SUPERVISION_OFFICER))


def pool(plan):
    db.session.flush()
    return pool_of(plan, REGIME)


def entry(plan, license):
    return next(h for h in pool(plan).holders if h.license == license.number)


@pytest.mark.parametrize(("holders", "places"), [(0, {}), (1, {"B": 1}), (5, {"B": 1}), (6, {"B": 2})])
def test_a_fifth_of_the_ungraded_is_due(plan, holders, places):
    for _ in range(holders):
        make_holder()
    assert pool(plan).places == places


@pytest.mark.parametrize(("grade", "rate", "visits"), [
    ("A", 0.05, 1), ("B", 0.2, 1), ("C", 0.5, 2), ("D", 1.0, 4)])
def test_rates_and_caps_follow_the_grade(grade, rate, visits):
    known = REGIME.supervision.grades[grade]
    assert (known.inspection_rate, known.visits_per_year) == (rate, visits)


def test_a_published_grade_decides_the_stratum(plan):
    graded, _ = make_review(V.PUBLISHED), make_holder()
    assert entry(plan, graded.license).grade == "A"
    assert pool(plan).places == {"A": 1, "B": 1}


def test_a_grade_that_is_not_published_does_not_count(plan):
    graded = make_review(V.FINAL)
    assert entry(plan, graded.license).grade == "B"


@pytest.mark.parametrize("status", sorted(LicenseStatus))
def test_only_licenses_in_force_are_in_the_pool(plan, status):
    _, license = make_holder()
    license.status = status
    if status not in LIVE:
        license.ended_on = date(2026, 5, 1)
    db.session.flush()
    assert [h.license for h in pool(plan).holders] == ([license.number] if status in LIVE else [])


def test_whoever_was_inspected_this_year_is_left_out():
    made = make_inspection()
    assert pool(made.plan).holders == ()
    assert pool(made.plan).places == {"B": 0}


def test_a_visit_takes_a_place_of_its_stratum():
    made = make_inspection()
    for _ in range(5):
        make_holder()
    assert pool(made.plan).places == {"B": 1}
    assert made.license.number not in {h.license for h in pool(made.plan).holders}


def test_a_new_year_opens_the_pool_again():
    made = make_inspection()
    later = drawing.publish_plan(title="2027", items=["I01"], actor=made.planner,
                                 at=JUNE.replace(year=2027))
    assert [h.license for h in pool(later).holders] == [made.license.number]
    assert pool(later).places == {"B": 1}


def test_the_last_pair_is_remembered_over_the_year():
    made = make_inspection()
    later = drawing.publish_plan(title="2027", items=["I01"], actor=made.planner,
                                 at=JUNE.replace(year=2027))
    assert set(entry(later, made.license).last_pair) == made.inspection.officer_ids


def test_nothing_of_concern_weighs_one(plan):
    _, license = make_holder()
    assert entry(plan, license).weight == 1


def test_a_late_report_weighs(plan):
    made = MadeReport(at=JUNE).fill_in().file()
    assert made.report.late
    assert entry(plan, made.license).weight == 2


@pytest.mark.parametrize(("steps", "weight"), [
    ((), 1), (("answer",), 1), (("answer", "verify"), 1), (("answer", "reject"), 2)])
def test_an_order_that_fell_short_weighs(plan, steps, weight):
    made = make_rectification(*steps)
    assert entry(plan, made.license).weight == weight


def test_an_overdue_order_weighs_until_it_is_answered(plan):
    made = make_rectification().wait(days=40)
    made.lapse()
    assert entry(plan, made.license).weight == 2
    made.answer()
    assert entry(plan, made.license).weight == 1


def test_concerns_add_up(plan):
    made = MadeReport(at=JUNE).fill_in().file()
    order = rectifying.order(made.license, source="x", demands="x", calendar=SHIPPED, at=JUNE,
                             actor=make_user(Role.ENFORCEMENT_OFFICER))
    rectifying.lapse(order, calendar=SHIPPED, at=JUNE.replace(month=9))
    assert entry(plan, made.license).weight == 3


@pytest.mark.parametrize(("status", "barred"), [
    (MembershipStatus.ASKED, True), (MembershipStatus.APPROVED, True),
    (MembershipStatus.ENDED, True), (MembershipStatus.DECLINED, False)])
def test_whoever_belonged_to_the_holder_is_barred(plan, status, barred):
    holder, license = make_holder()
    officer = make_user(Role.ENFORCEMENT_OFFICER)
    decided = None if status is MembershipStatus.ASKED else JUNE
    license.organization.memberships.append(
        Membership(user=officer, status=status, asked_at=JUNE, decided_at=decided))
    expected = {holder.id, officer.id} if barred else {holder.id}
    assert set(entry(plan, license).barred) == expected


@pytest.mark.parametrize("role", sorted(Role))
def test_enforcement_officers_alone_inspect(plan, role):
    officer = make_user(role)
    assert pool(plan).officers == ((officer.id,) if role is Role.ENFORCEMENT_OFFICER else ())


def test_whose_account_is_closed_does_not_inspect(plan):
    make_user(Role.ENFORCEMENT_OFFICER, disabled_at=JUNE)
    assert pool(plan).officers == ()


def test_an_officer_with_two_roles_stands_once(plan):
    officer = make_user(Role.ENFORCEMENT_OFFICER, Role.REVIEWER)
    assert pool(plan).officers == (officer.id,)


def test_a_conflicted_officer_is_never_drawn():
    _, license = make_holder()
    officer = make_user(Role.ENFORCEMENT_OFFICER)
    license.organization.memberships.append(Membership(
        user=officer, status=MembershipStatus.ENDED, asked_at=JUNE, decided_at=JUNE))
    db.session.flush()
    made = make_inspection(officers=2)
    for inspection in made.draw.inspections:
        assert (officer.id in inspection.officer_ids) <= (inspection.license_id != license.id)
