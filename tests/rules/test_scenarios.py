"""Cases as they happen, day by day, with the limits of the regime in force."""

from datetime import date, timedelta

import pytest

from broker_admin.rules.calendar import SHIPPED, parse_notice
from broker_admin.rules.deadlines import Alarm, Deadline, Direction, StepCode, Stop
from broker_admin.rules.regime import regime_on, regime_version, versions

REGIME = regime_version("guangdong/2026-04-15")


def day(text: str) -> date:
    return date.fromisoformat(text)


def running(code: str, start: str, *stops: Stop) -> Deadline:
    return Deadline(REGIME.limits[code], day(start), stops)


def due(code: str, start: str, *stops: Stop) -> date | None:
    return running(code, start, *stops).due(SHIPPED)


def review(began: str, ended: str | None = None) -> Stop:
    return Stop("expert_review", day(began), ended and day(ended), "Three experts.", "粤数经告1号")


def test_an_application_handed_in_before_the_holidays():
    # Received on Wednesday 30 September; nobody answers until the notice would be late.
    assert due("correction_notice", "2026-09-30") == day("2026-10-13")
    # Deemed accepted as of the day of receipt, so the decision has lost those days already.
    decision = running("decision", "2026-09-30")
    assert decision.due(SHIPPED) == day("2026-11-03")
    assert decision.working_days_left(SHIPPED, day("2026-10-13")) == 15


def test_corrections_asked_for_and_supplied():
    supply = running("correction_supply", "2026-09-24")

    assert supply.due(SHIPPED) == day("2026-10-15")
    assert supply.extended(day("2026-10-14"), "Auditor abroad.").due(SHIPPED) == day("2026-10-29")


def test_expert_review_stops_the_decision_but_verification_does_not():
    without = due("decision", "2026-10-12")
    reviewed = due("decision", "2026-10-12", review("2026-10-20", "2026-10-30"))

    assert without == day("2026-11-09")
    assert reviewed == day("2026-11-20")
    assert "verification" not in REGIME.clock_stops
    assert "publicity" not in REGIME.clock_stops


def test_the_head_extends_a_decision_that_was_stopped():
    decision = running("decision", "2026-10-12", review("2026-10-20", "2026-10-30"))
    extended = decision.extended(day("2026-11-18"), "Two more datasets.")

    assert extended.due(SHIPPED) == day("2026-12-04")
    assert [step.code for step in extended.explain(SHIPPED)] == [
        StepCode.START, StepCode.STOPPED, StepCode.WEEKENDS, StepCode.COUNTED,
        StepCode.EXTENDED, StepCode.WEEKENDS, StepCode.COUNTED, StepCode.DUE,
    ]


def test_a_review_that_is_still_going_on_shows_no_date():
    decision = running("decision", "2026-10-12", review("2026-10-20"))

    assert decision.due(SHIPPED) is None
    assert decision.alarm(SHIPPED, day("2027-03-01")) is Alarm.STOPPED
    assert decision.working_days_left(SHIPPED, day("2026-11-22")) == 15
    assert decision.resumed(day("2026-11-22")).due(SHIPPED) == day("2026-12-11")


def test_a_hearing_is_asked_for_held_and_announced_in_time():
    assert due("hearing_request", "2026-10-12") == day("2026-10-19")
    held_by = due("hearing_hold", "2026-10-19")
    assert held_by == day("2026-11-16")
    assert due("hearing_notice", held_by.isoformat()) == day("2026-11-05")


def test_a_certificate_is_issued_and_delivered():
    assert due("deliver", "2026-09-24") == day("2026-10-15")
    assert due("license_publication", "2026-09-24") == day("2026-10-12")


@pytest.mark.parametrize(("expires", "closes"), [
    ("2026-11-22", "2026-10-23"),
    ("2026-12-31", "2026-12-01"),
    ("2026-11-03", "2026-10-08"),  # 4 October is a holiday
    ("2026-11-09", "2026-10-10"),  # a Saturday that is worked
])
def test_renewal_closes_a_month_before_the_end(expires, closes):
    assert due("renewal_close", expires) == day(closes)


def test_a_refused_applicant_has_two_ways():
    reconsideration, litigation = REGIME.remedy_limits()

    assert Deadline(reconsideration, day("2026-08-03")).due(SHIPPED) == day("2026-10-08")
    assert Deadline(litigation, day("2026-08-31")).due(SHIPPED) == day("2027-03-01")
    assert Deadline(litigation, day("2026-08-31")).is_provisional(SHIPPED)


def test_a_penalty_case_from_filing_to_payment():
    assert due("penalty_decision", "2026-07-03") == day("2026-10-08")
    assert due("penalty_hearing_request", "2026-09-18") == day("2026-09-24")
    assert due("penalty_service", "2026-10-08") == day("2026-10-16")
    assert due("fine_payment", "2026-09-21") == day("2026-10-08")
    assert due("decision_retraction", "2026-09-30") == day("2026-10-10")


@pytest.mark.parametrize(("accepted", "ends"), [
    ("2026-04-14", "2026-06-18"),  # forty-five working days; Friday 19 June is a holiday
    ("2026-04-15", "2026-06-15"),  # sixty calendar days, the last of them a Sunday
])
def test_a_complaint_keeps_the_rule_of_the_day_it_came(accepted, ends):
    limit = regime_on(day(accepted)).limits["mediation"]

    assert Deadline(limit, day(accepted)).due(SHIPPED) == day(ends)


def test_a_named_reporter_hears_within_five_working_days():
    assert due("report_verify", "2026-04-28") == day("2026-05-21")
    assert due("report_tell", "2026-04-30") == day("2026-05-11")


def test_an_exam_is_booked_and_answered():
    assert due("exam_registration_close", "2026-10-17") == day("2026-09-15")
    assert due("exam_ticket", "2026-10-17") == day("2026-10-12")
    assert due("exam_results", "2026-10-17") == day("2026-11-13")
    assert due("score_review_request", "2026-11-13") == day("2026-11-27")


def test_a_new_notice_moves_a_provisional_day():
    decision = running("decision", "2027-01-18")
    notice = parse_notice(
        'year = 2027\nsource = "made up"\n'
        "off_weekdays = [2027-01-01, 2027-02-05, 2027-02-08, 2027-02-09, 2027-02-10,"
        " 2027-02-11, 2027-02-12]\nwork_weekends = [2027-01-30, 2027-02-20]"
    )
    calendar = SHIPPED.with_notice(notice)

    assert (decision.due(SHIPPED), decision.is_provisional(SHIPPED)) == (day("2027-02-17"), True)
    assert (decision.due(calendar), decision.is_provisional(calendar)) == (
        day("2027-02-20"), False,
    )


@pytest.mark.parametrize("regime", versions(), ids=lambda regime: regime.version)
def test_every_limit_of_the_law_ends_on_a_working_day(regime):
    first = day("2025-12-01")
    starts = [first + timedelta(days=offset) for offset in range(0, 366, 7)]
    for limit in regime.limits:
        for deadline in (Deadline(limit, start) for start in starts):
            end = deadline.due(SHIPPED)
            assert SHIPPED.is_working(end), deadline
            assert (end > deadline.start) is (limit.direction is Direction.AFTER), deadline


@pytest.mark.parametrize("limit", list(REGIME.limits), ids=lambda limit: limit.code)
def test_every_limit_of_the_law_can_be_told(limit):
    first, *_, last = Deadline(limit, day("2026-09-24")).explain(SHIPPED)

    assert first.code in {StepCode.START, StepCode.EVENT}
    assert last.code is StepCode.DUE


@pytest.mark.parametrize("limit", list(REGIME.limits), ids=lambda limit: limit.code)
def test_an_extension_of_the_law_adds_time(limit):
    deadline = Deadline(limit, day("2026-09-24"))
    if limit.extension is None:
        assert not deadline.can_be_extended(SHIPPED, deadline.start)
    else:
        extended = deadline.extended(deadline.start, "Complex.")
        assert extended.due(SHIPPED) > deadline.due(SHIPPED)
