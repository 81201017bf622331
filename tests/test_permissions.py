from dataclasses import dataclass, field

import pytest

from broker_admin.permissions import (
    BY_ITSELF,
    CASE_ROLES,
    DECIDING,
    GRANTS,
    PARTY,
    SYSTEM,
    CodeHolder,
    Permission,
    Role,
    can,
    granted,
    is_party,
    might,
)
from broker_admin.permissions import Permission as P

# Written by hand a second time, so that a changed right must be meant.
READS = "application_read license_read practitioner_read organization_read"
CONDUCT = ("complaint_read report_read case_read annual_report_read review_read inspection_read "
           "rectification_read")
EXPECTED = {
    Role.INTAKE_OFFICER: f"{READS} application_intake",
    Role.REVIEWER: f"{READS} application_review",
    Role.DECIDER: f"{READS} {CONDUCT} application_decide license_decide case_decide "
                  "review_finalise",
    Role.LEGAL_REVIEWER: f"{READS} case_read case_review",
    Role.ENFORCEMENT_OFFICER: f"{READS} {CONDUCT} complaint_handle report_handle case_investigate "
                              "inspection_record rectification_order rectification_verify",
    Role.SUPERVISION_OFFICER: f"{READS} annual_report_read review_read review_score "
                              "inspection_read inspection_plan rectification_read "
                              "rectification_order rectification_verify",
    Role.EXAM_ADMIN: "sitting_administer item_read item_approve result_release practitioner_read "
                     "practitioner_administer",
    Role.QUESTION_AUTHOR: "item_read item_write",
    Role.AUDITOR: f"{READS} {CONDUCT} audit_read system_read",
    Role.ADMINISTRATOR: "user_administer calendar_import system_read",
}
WRITES = [p for p in P if not p.endswith("_read")]


@dataclass
class Someone:
    id: int = 1
    roles: frozenset = frozenset()
    organization_ids: frozenset = frozenset()


@dataclass
class Matter:
    party_ids: frozenset = frozenset()
    party_organization_ids: frozenset = frozenset()
    barred_ids: frozenset = frozenset()


@dataclass
class Officer(Someone):
    roles: frozenset = field(default_factory=lambda: frozenset(Role))


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", Role)
def test_each_role_has_exactly_its_permissions(role, permission):
    actor = Someone(roles=frozenset({role}))
    assert can(actor, permission, Matter()) is (permission.value in EXPECTED[role].split())


@pytest.mark.parametrize("permission", Permission)
def test_a_stranger_may_do_nothing(permission):
    assert not can(Someone(), permission, Matter(party_ids=frozenset({2})))


@pytest.mark.parametrize("permission", Permission)
def test_a_party_may_do_what_parties_may(permission):
    assert can(Someone(), permission, Matter(party_ids=frozenset({1}))) is (permission in PARTY)


@pytest.mark.parametrize("permission", Permission)
def test_staff_who_are_party_are_outsiders(permission):
    matter = Matter(party_ids=frozenset({1}))
    assert can(Officer(), permission, matter) is (permission in PARTY)


def test_staff_of_a_party_organisation_are_outsiders():
    officer = Officer(organization_ids=frozenset({7}))
    matter = Matter(party_organization_ids=frozenset({7}))
    assert not can(officer, P.APPLICATION_DECIDE, matter)
    assert not can(officer, P.APPLICATION_INTAKE, matter)


@pytest.mark.parametrize("permission", Permission)
def test_whoever_prepared_a_case_does_not_decide_it(permission):
    allowed = can(Officer(), permission, Matter(barred_ids=frozenset({1})))
    assert allowed is (permission in granted(Officer()) and permission not in DECIDING)


def test_somebody_else_may_decide_what_one_prepared():
    matter = Matter(barred_ids=frozenset({1}))
    assert can(Officer(id=2), P.APPLICATION_DECIDE, matter)


@pytest.mark.parametrize("permission", Permission)
def test_time_alone_does_only_what_the_law_lets_it(permission):
    assert can(SYSTEM, permission, Matter()) is (permission in BY_ITSELF)
    assert might(SYSTEM, permission) is (permission in BY_ITSELF)


@pytest.mark.parametrize("permission", Permission)
def test_a_visitor_with_an_account_might_only_be_a_party(permission):
    assert might(Someone(), permission) is (permission in PARTY)


def test_membership_makes_a_party():
    member = Someone(organization_ids=frozenset({3, 4}))
    assert is_party(member, Matter(party_organization_ids=frozenset({4, 5})))
    assert not is_party(member, Matter(party_organization_ids=frozenset({5})))


def test_nobody_without_an_account_is_party():
    assert not is_party(Someone(id=None), Matter(party_ids=frozenset({1})))


@pytest.mark.parametrize("permission", WRITES)
def test_auditors_change_nothing(permission):
    assert permission not in GRANTS[Role.AUDITOR]


@pytest.mark.parametrize("permission", sorted(DECIDING))
def test_administrators_decide_nothing(permission):
    assert permission not in GRANTS[Role.ADMINISTRATOR]


def test_overseers_are_no_case_roles():
    assert set(Role) - CASE_ROLES == {Role.AUDITOR, Role.ADMINISTRATOR}


def test_every_permission_is_held_by_somebody():
    held = frozenset().union(*GRANTS.values()) | PARTY | BY_ITSELF | {Permission.FILING_FOLLOW}
    assert set(Permission) == held


@dataclass
class Filing(Matter):
    reference: str = "C-2026-000001"


@pytest.mark.parametrize("permission", Permission)
def test_a_code_opens_only_following_its_own_filing(permission):
    holder = CodeHolder("C-2026-000001")
    assert can(holder, permission, Filing()) is (permission is P.FILING_FOLLOW)
    assert not can(holder, permission, Filing(reference="C-2026-000002"))
    assert not can(holder, permission, Matter())


@pytest.mark.parametrize("role", Role)
def test_no_role_follows_a_filing_without_its_code(role):
    assert not can(Someone(roles=frozenset({role})), P.FILING_FOLLOW, Filing())


# Who prepares a matter does not decide it (许可法 and 处罚法 54, 58): not even by one role for both.
APART = [
    (P.APPLICATION_INTAKE, P.APPLICATION_DECIDE), (P.APPLICATION_REVIEW, P.APPLICATION_DECIDE),
    (P.APPLICATION_INTAKE, P.APPLICATION_REVIEW), (P.CASE_INVESTIGATE, P.CASE_REVIEW),
    (P.CASE_INVESTIGATE, P.CASE_DECIDE), (P.CASE_REVIEW, P.CASE_DECIDE),
    (P.REVIEW_SCORE, P.REVIEW_FINALISE), (P.ITEM_WRITE, P.ITEM_APPROVE),
    (P.USER_ADMINISTER, P.AUDIT_READ), (P.INSPECTION_PLAN, P.INSPECTION_RECORD),
]


@pytest.mark.parametrize(("one", "other"), APART, ids=lambda permission: permission.value)
def test_no_role_holds_both_powers(one, other):
    assert [role for role in Role if {one, other} <= GRANTS[role]] == []


@pytest.mark.parametrize("role", sorted(CASE_ROLES))
def test_no_case_role_administers_users(role):
    assert not {P.USER_ADMINISTER, P.CALENDAR_IMPORT} & GRANTS[role]


@pytest.mark.parametrize("role", [Role.QUESTION_AUTHOR, Role.EXAM_ADMIN, Role.ADMINISTRATOR])
def test_exam_and_system_staff_read_no_conduct(role):
    conduct = {P.COMPLAINT_READ, P.REPORT_READ, P.CASE_READ, P.APPLICATION_READ}
    assert not conduct & GRANTS[role]


@pytest.mark.parametrize("permission", sorted(PARTY))
def test_a_party_may_do_nothing_in_a_matter_of_others(permission):
    stranger = Someone(id=9, organization_ids=frozenset({9}))
    matter = Matter(party_ids=frozenset({1}), party_organization_ids=frozenset({1}))
    assert not can(stranger, permission, matter)


@pytest.mark.parametrize("permission", sorted(DECIDING))
def test_a_barred_officer_stays_barred_with_every_role(permission):
    assert not can(Officer(id=5), permission, Matter(barred_ids=frozenset({5, 6})))


def test_roles_add_up():
    both = Someone(roles=frozenset({Role.INTAKE_OFFICER, Role.AUDITOR}))
    assert granted(both) == GRANTS[Role.INTAKE_OFFICER] | GRANTS[Role.AUDITOR]
    assert granted(Someone()) == frozenset()


def test_the_system_is_nobody_and_holds_no_role():
    assert (SYSTEM.id, SYSTEM.roles, SYSTEM.organization_ids) == (None, frozenset(), frozenset())
    assert not is_party(SYSTEM, Matter(party_ids=frozenset({1})))



def test_what_time_does_no_party_does():
    assert not BY_ITSELF & PARTY
