from datetime import timedelta

import pytest

from broker_admin.clock import day_of, now
from broker_admin.complaints import reports, time_limits
from broker_admin.complaints.workflow import ReportStatus as R
from broker_admin.permissions import SYSTEM, CodeHolder, Role
from broker_admin.refusals import Refused
from broker_admin.rules.calendar import SHIPPED
from broker_admin.workflow import TransitionRefused
from tests.complaints.factories import (
    make_case_filed,
    make_closed_report,
    make_not_filed,
    make_report,
    make_told,
    make_verified,
    recorded,
)
from tests.factories import make_user

CASE = {"conduct_codes": ["C06"], "facts": "A lead."}
VERBS = {
    reports.verify: (make_report, {}),
    reports.extend: (make_verified, {"reason": "Far.", "calendar": SHIPPED}),
    reports.file_case: (make_verified, CASE),
    reports.not_file: (make_verified, {"reasons": "Nothing."}),
    reports.tell: (make_not_filed, {"reply": "No case."}),
    reports.close: (make_told, {}),
}


@pytest.mark.parametrize("verb", list(VERBS))
def test_nobody_without_the_office_acts_on_a_report(scene, verb):
    make, words = VERBS[verb]
    report = make(scene)
    before = (report.status, recorded(report))
    for actor in (make_user(), scene.member, make_user(Role.DECIDER), SYSTEM,
                  CodeHolder(report.reference)):
        with pytest.raises(TransitionRefused):
            verb(report, **words, actor=actor, at=now())
    assert (report.status, recorded(report)) == before


@pytest.mark.parametrize("verb", list(VERBS))
def test_no_verb_touches_a_closed_report(scene, verb):
    report = make_closed_report(scene)
    before = recorded(report)
    with pytest.raises(Refused):
        verb(report, **VERBS[verb][1], actor=scene.officer, at=now())
    assert (report.status, recorded(report)) == (R.CLOSED, before)


def test_whoever_begins_is_in_charge(scene):
    assert make_verified(scene).officer_id == scene.officer.id


def test_an_obvious_report_needs_no_verification(scene):
    report = make_report(scene)
    reports.not_file(report, reasons="Not of data.", actor=scene.officer, at=now())
    assert (report.status, report.officer_id) == (R.NOT_FILED, scene.officer.id)


def test_another_officer_may_decide_but_not_take_over(scene):
    report, other = make_verified(scene), make_user(Role.ENFORCEMENT_OFFICER)
    reports.not_file(report, reasons="Nothing.", actor=other, at=now())
    assert report.officer_id == scene.officer.id


def test_a_decision_is_dated_in_guangdong(scene):
    for make in (make_not_filed, make_case_filed):
        assert make(scene).decided_on == day_of(now())


@pytest.mark.parametrize("codes", [[], ["C99"]])
def test_a_refused_case_leaves_the_report_alone(scene, codes):
    report = make_verified(scene)
    with pytest.raises(Refused, match="which conduct"):
        reports.file_case(report, conduct_codes=codes, facts="It.", actor=scene.officer, at=now())
    assert (report.status, report.case_reference, report.decided_on) == (R.VERIFYING, None, None)


def test_an_extension_runs_on_from_the_first_period(scene):
    report = make_verified(scene)
    before = time_limits.verification(report).due(SHIPPED)
    reports.extend(report, reason="Two cities.", calendar=SHIPPED, actor=scene.officer, at=now())
    assert (report.extended_on, report.extension_reason) == (day_of(now()), "Two cities.")
    assert time_limits.verification(report).due(SHIPPED) > before + timedelta(days=14)


@pytest.mark.parametrize("make", [make_not_filed, make_case_filed])
def test_a_decided_report_is_not_extended(scene, make):
    report = make(scene)
    with pytest.raises(Refused, match="only before it ends"):
        reports.extend(report, reason="Late.", calendar=SHIPPED, actor=scene.officer, at=now())
    assert report.extended_on is None


@pytest.mark.parametrize("days", [0, 1])
def test_the_last_day_still_allows_an_extension(scene, days):
    report = make_verified(scene)
    last = time_limits.verification(report).due(SHIPPED)
    at = now() + timedelta(days=(last - day_of(now())).days + days)
    if days:
        with pytest.raises(Refused):
            reports.extend(report, reason="It.", calendar=SHIPPED, actor=scene.officer, at=at)
    else:
        reports.extend(report, reason="It.", calendar=SHIPPED, actor=scene.officer, at=at)
    assert (report.extended_on is None) is bool(days)


@pytest.mark.parametrize("make", [make_not_filed, make_case_filed])
def test_the_reporter_is_told_what_the_officer_wrote(scene, make):
    report = make(scene)
    reports.tell(report, reply="This far.", actor=scene.officer, at=now())
    assert (report.status, report.reply, report.replied_on) == (R.REPLIED, "This far.", day_of(now()))


@pytest.mark.parametrize("make", [make_not_filed, make_case_filed])
def test_an_anonymous_report_ends_untold(scene, make):
    report = make(scene, named=False)
    reports.close(report, actor=scene.officer, at=now())
    assert (report.status, report.reply) == (R.CLOSED, None)
