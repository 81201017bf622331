from itertools import product

import pytest

from broker_admin.complaints.workflow import (
    COLOURS,
    COMPLAINT,
    LABELS,
    REPORT,
    REPORT_LABELS,
)
from broker_admin.complaints.workflow import ComplaintStatus as S
from broker_admin.complaints.workflow import ReportStatus as R
from broker_admin.permissions import SYSTEM, CodeHolder, Permission, Role, can
from broker_admin.workflow import TransitionRefused

ORDER = ("accept", "decline", "answer", "mediate", "settle", "terminate", "withdraw", "close")
EXPECTED = {
    S.RECEIVED: "accepted not_accepted - - - - withdrawn -",
    S.NOT_ACCEPTED: "- - - - - - - closed",
    S.ACCEPTED: "- - answered mediating - terminated withdrawn -",
    S.ANSWERED: "- - - mediating settled terminated withdrawn -",
    S.MEDIATING: "- - - - settled terminated withdrawn -",
    S.SETTLED: "- - - - - - - closed",
    S.TERMINATED: "- - - - - - - closed",
    S.WITHDRAWN: "- - - - - - - closed",
    S.CLOSED: "- - - - - - - -",
}
REPORT_ORDER = ("verify", "file_case", "not_file", "tell", "close")
REPORT_EXPECTED = {
    R.RECEIVED: "verifying - not_filed - -",
    R.VERIFYING: "- case_filed not_filed - -",
    R.CASE_FILED: "- - - replied closed",
    R.NOT_FILED: "- - - replied closed",
    R.REPLIED: "- - - - closed",
    R.CLOSED: "- - - - -",
}


class Person:
    def __init__(self, *roles, organizations=()):
        self.id, self.roles = 1, frozenset(roles)
        self.organization_ids = frozenset(organizations)


class Made:
    party_ids = frozenset()
    party_organization_ids = frozenset({7})
    barred_ids = frozenset()
    reference = "TS-2026-000001"

    def __init__(self, status):
        self.status = status


OFFICER, MEMBER = Person(Role.ENFORCEMENT_OFFICER), Person(organizations={7})
FILER, OTHER_FILER = CodeHolder(Made.reference), CodeHolder("TS-2026-000002")
ACTORS = {"answer": MEMBER, "withdraw": FILER}


def try_out(workflow, case, name, actor, target):
    if target == "-":
        status = case.status
        with pytest.raises(TransitionRefused):
            workflow.fire(name, case, actor)
        assert case.status is status
    else:
        workflow.fire(name, case, actor)
        assert case.status == target


def test_the_tables_name_every_transition():
    assert tuple(t.name for t in COMPLAINT.transitions) == ORDER
    assert tuple(t.name for t in REPORT.transitions) == REPORT_ORDER
    assert (set(LABELS), set(REPORT_LABELS)) == (set(S), set(R))
    assert set(COLOURS) == {member.value for member in [*S, *R]}


@pytest.mark.parametrize(("status", "name"), list(product(S, ORDER)))
def test_every_step_of_a_complaint(status, name):
    target = EXPECTED[status].split()[ORDER.index(name)]
    try_out(COMPLAINT, Made(status), name, ACTORS.get(name, OFFICER), target)


@pytest.mark.parametrize(("status", "name"), list(product(R, REPORT_ORDER)))
def test_every_step_of_a_report(status, name):
    target = REPORT_EXPECTED[status].split()[REPORT_ORDER.index(name)]
    try_out(REPORT, Made(status), name, OFFICER, target)


@pytest.mark.parametrize(("status", "role"), list(product([*S, *R], sorted(Role))))
def test_only_enforcement_officers_handle_filings(status, role):
    known = (COMPLAINT, ORDER, EXPECTED) if isinstance(status, S) else (
        REPORT, REPORT_ORDER, REPORT_EXPECTED)
    workflow, order, expected = known
    steps = {t.name for t in workflow.open_to(Person(role), Made(status))}
    moves = dict(zip(order, expected[status].split(), strict=True))
    mine = {name for name, target in moves.items() if target != "-"} - set(ACTORS)
    assert steps == (mine if role is Role.ENFORCEMENT_OFFICER else set())


@pytest.mark.parametrize("status", list(S))
def test_the_respondent_may_only_answer(status):
    steps = {t.name for t in COMPLAINT.open_to(Person(*Role, organizations={7}), Made(status))}
    assert steps == ({"answer"} if status is S.ACCEPTED else set())


@pytest.mark.parametrize("status", list(R))
def test_the_reported_party_may_do_nothing(status):
    assert REPORT.open_to(Person(*Role, organizations={7}), Made(status)) == []


@pytest.mark.parametrize("status", [*S, *R])
def test_another_code_and_time_open_nothing(status):
    workflow = COMPLAINT if isinstance(status, S) else REPORT
    for actor in (OTHER_FILER, SYSTEM, Person(organizations={8})):
        assert workflow.open_to(actor, Made(status)) == []


@pytest.mark.parametrize("permission", sorted(Permission))
def test_a_code_opens_its_own_filing_only(permission):
    follows = permission is Permission.FILING_FOLLOW
    assert can(FILER, permission, Made(S.RECEIVED)) is follows
    assert can(OTHER_FILER, permission, Made(S.RECEIVED)) is False


@pytest.mark.parametrize("role", sorted(Role))
def test_no_role_follows_as_the_filer(role):
    assert can(Person(role), Permission.FILING_FOLLOW, Made(S.RECEIVED)) is False
