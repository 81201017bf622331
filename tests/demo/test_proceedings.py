import pytest
from sqlalchemy import select

from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.demo import proceedings
from broker_admin.enforcement.models import Case
from broker_admin.enforcement.workflow import CaseStatus as S
from broker_admin.licenses.workflow import LicenseStatus
from tests.conftest import NOON


@pytest.fixture
def cases(app):
    return db.session.scalars(select(Case).order_by(Case.id)).all()


def of(cases, *states):
    return [case for case in cases if case.status in states]


def acts(stage):
    return [step.act.__name__.strip("_") for step in proceedings.CASES[stage]]


def test_every_case_has_a_source(cases):
    assert {case.source.split("-")[0] for case in cases} <= {"TS", "JB", "JC"}
    assert all(case.organization is not None for case in cases)


def test_two_investigators_stand_behind_every_notice(cases):
    noticed = [case for case in cases if case.notice]
    assert noticed
    assert all(case.investigator_id != case.second_investigator_id for case in noticed)


def test_a_hearing_was_asked_for_called_and_held(cases):
    hearings = [case.notice for case in cases if case.notice and case.notice.hearing_asked]
    assert len(hearings) == 3
    assert sum(notice.hearing_on is not None for notice in hearings) == 2
    assert sum(notice.hearing_minutes is not None for notice in hearings) == 1


def test_a_hearing_that_was_called_lies_ahead(cases):
    called = [case.notice for case in cases if case.notice and case.notice.hearing_on
              and not case.notice.hearing_minutes]
    assert all(notice.hearing_on >= day_of(NOON) or notice.hearing_called_on < notice.hearing_on
               for notice in called)


def test_whoever_chaired_a_hearing_did_not_investigate(cases):
    for case in cases:
        if case.notice and case.notice.hearing_chair_id:
            investigators = {case.investigator_id, case.second_investigator_id}
            assert case.notice.hearing_chair_id not in investigators


def test_a_case_that_was_dropped_established_nothing(cases):
    dropped = of(cases, S.NOT_FILED)
    assert dropped
    assert not any(finding.established for case in dropped for finding in case.findings)


def test_a_suspension_that_was_imposed_acts_on_the_license(cases):
    running = [case for case in of(cases, S.EXECUTING) if case.measure == "PAUSE"]
    assert running
    assert all(case.license.status is LicenseStatus.SUSPENDED for case in running)


@pytest.mark.parametrize("stage", sorted(proceedings.CASES))
def test_every_case_begins_with_a_complaint(stage):
    assert acts(stage)[:3] == ["file", "accept", "open_case"]


@pytest.mark.parametrize(("stage", "end"), [
    ("case", "find"), ("case_dropped", "drop"), ("case_noticed", "give_notice"),
    ("case_stated", "state"), ("case_hearing_asked", "ask_hearing"),
    ("case_hearing_called", "call_hearing"), ("case_heard", "hold_hearing"),
    ("case_referred", "refer"), ("case_cleared", "clear"), ("case_imposed", "impose"),
    ("case_acquitted", "acquit"), ("case_closed", "close")])
def test_a_stage_ends_with_the_act_it_is_named_after(stage, end):
    assert acts(stage)[-1] == end


@pytest.mark.parametrize("wanted", ["PAUSE", "nothing such"])
def test_a_measure_always_has_something_to_rest_on(cases, wanted):
    case = of(cases, S.INVESTIGATING)[0]
    found = proceedings.terms(case, wanted)
    assert found["basis"]
    assert (found["months"] == 2) is (found["measure"] == "PAUSE")
