"""The words for roles and for kinds of accounts."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from broker_admin.permissions import Role
from broker_admin.refusals import N_

LABELS: dict[StrEnum, str] = {
    Role.INTAKE_OFFICER: N_("Intake officer"),
    Role.REVIEWER: N_("Reviewer"),
    Role.DECIDER: N_("Deciding officer"),
    Role.LEGAL_REVIEWER: N_("Legal reviewer"),
    Role.ENFORCEMENT_OFFICER: N_("Enforcement officer"),
    Role.SUPERVISION_OFFICER: N_("Supervision officer"),
    Role.EXAM_ADMIN: N_("Exam administrator"),
    Role.QUESTION_AUTHOR: N_("Question author"),
    Role.AUDITOR: N_("Auditor"),
    Role.ADMINISTRATOR: N_("System administrator"),
}
ROLES = {role.value: _l(word) for role, word in LABELS.items()}
STATES = {
    "staff": _l("Staff"), "public": _l("Applicants and candidates"), "closed": _l("Account closed"),
    "unconfirmed": _l("Address not confirmed"),
}
