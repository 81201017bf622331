from dataclasses import dataclass, field

import pytest

from broker_admin.permissions import (
    BY_ITSELF,
    CASE_ROLES,
    DECIDING,
    GRANTS,
    PARTY,
    SYSTEM,
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
