import pytest

from broker_admin.clock import day_of, now
from broker_admin.complaints import queries, receipts, service
from broker_admin.complaints.workflow import ComplaintStatus as S
from broker_admin.complaints.workflow import ReportStatus as R
from broker_admin.db import db
from broker_admin.rules.calendar import SHIPPED
from tests.complaints.factories import (
    Scene,
    account,
    make_accepted,
    make_answered,
    make_complaint,
    make_not_filed,
    make_report,
)
from tests.factories import make_user


def rows(query):
    return set(db.session.scalars(query))


def test_the_worklists_show_what_is_open(scene):
    complaint, report = make_complaint(scene), make_report(scene)
    assert rows(queries.complaints_for(scene.officer)) == {complaint}
    assert rows(queries.reports_for(scene.officer)) == {report}


def test_a_state_may_be_asked_for(scene):
    accepted, _received = make_accepted(scene), make_complaint(scene)
    not_filed, _report = make_not_filed(scene), make_report(scene)
    assert rows(queries.complaints_for(scene.officer, status=S.ACCEPTED)) == {accepted}
    assert rows(queries.reports_for(scene.officer, status=R.NOT_FILED)) == {not_filed}


def test_filings_on_ones_own_house_are_hidden(scene):
    make_complaint(scene)
    make_report(scene)
    stranger = account(scene, respondent_name="某某工作室", respondent_number=None)
    unknown = make_complaint(scene, about=stranger)
    assert rows(queries.complaints_for(scene.member)) == {unknown}
    assert rows(queries.reports_for(scene.member)) == set()


@pytest.mark.parametrize("words", ["name", "reference", "receipt"])
def test_filings_are_found_by_words(scene, words):
    complaint, _other = make_complaint(scene), make_complaint(Scene())
    report = make_report(scene)
    for filing, query in ((complaint, queries.complaints_for), (report, queries.reports_for)):
        typed = {"name": scene.organization.name, "reference": filing.reference.lower(),
                 "receipt": filing.receipt_number}[words]
        assert rows(query(scene.officer, words=typed)) == {filing}


@pytest.mark.parametrize("words", ["%", "_", "' OR ''='"])
def test_words_are_no_patterns(scene, words):
    make_complaint(scene)
    make_report(scene)
    assert rows(queries.complaints_for(scene.officer, words=words)) == set()
    assert rows(queries.reports_for(scene.officer, words=words)) == set()


def test_the_party_sees_accepted_complaints_only(scene):
    make_complaint(scene)
    make_report(scene)
    accepted = make_accepted(scene)
    declined = make_complaint(scene)
    service.decline(declined, grounds=["OTHER"], reasons="No.", actor=scene.officer, at=now())
    assert rows(queries.of_party(scene.member)) == {accepted}
    assert rows(queries.of_party(make_user())) == set()


def test_both_kinds_are_ordered_by_time_left(scene):
    ended, complaint, report = make_not_filed(scene, named=False), make_complaint(scene), make_report(scene)
    mediated = make_answered(scene)
    listed = queries.by_time_left([ended, mediated, report, complaint], SHIPPED, day_of(now()))
    assert [row.filing for row in listed] == [complaint, report, mediated, ended]
    assert [row.is_report for row in listed] == [False, True, False, True]


def test_a_reference_finds_either_kind(scene):
    complaint, report = make_complaint(scene), make_report(scene)
    assert receipts.by_reference(complaint.reference) is complaint
    assert receipts.by_reference(report.reference) is report
    assert receipts.by_reference("TS-2026-999999") is None
