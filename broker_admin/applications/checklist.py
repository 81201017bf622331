"""What a complete application contains: the tasks of the form and the documents.  Pure."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any

from broker_admin.refusals import N_

Answers = Mapping[str, Mapping[str, Any]]


class TaskState(StrEnum):
    COMPLETED = auto()
    IN_PROGRESS = auto()
    NOT_STARTED = auto()
    CANNOT_START = auto()
    PROBLEM = auto()


@dataclass(frozen=True)
class Task:
    code: str
    title: str
    group: str


PREPARE, FILL_IN, ATTACH, SIGN = (
    N_("Prepare the application"), N_("Fill in the application"),
    N_("Attach documents"), N_("Sign"),
)
TASKS = (
    Task("matter", N_("What you apply for"), PREPARE),
    Task("organization", N_("The organisation"), FILL_IN),
    Task("people", N_("Legal representative and officers"), FILL_IN),
    Task("staff", N_("Certified practitioners"), FILL_IN),
    Task("technology", N_("Technical conditions"), FILL_IN),
    Task("documents", N_("Supporting documents"), ATTACH),
    Task("commitments", N_("Commitments and signature"), SIGN),
)
BY_CODE = {task.code: task for task in TASKS}
# The signature covers what stands above it, so it is given last and falls when that changes.
LAST = "commitments"


@dataclass(frozen=True)
class DocumentType:
    """A document of domain list 2.2; ``main`` ones are needed before the application counts as complete."""

    code: str
    title: str
    main: bool = True
    needed: Callable[[Answers], bool] = lambda answers: True


def _claims_dcmm(answers: Answers) -> bool:
    return int(answers.get("technology", {}).get("dcmm_level") or 0) > 0


def _has_agent(answers: Answers) -> bool:
    return bool(answers.get("people", {}).get("agent_name"))


DOCUMENTS = (
    DocumentType("BIZ_LICENSE", N_("Business license")),
    DocumentType("POA", N_("Power of attorney"), needed=_has_agent),
    DocumentType("AUDIT_REPORT", N_("Audit report of the last financial year")),
    DocumentType("DCMM_CERT", N_("DCMM certificate"), needed=_claims_dcmm),
    DocumentType("MLPS_FILING", N_("Multi-level protection filing certificate")),
    DocumentType("MLPS_REPORT", N_("Multi-level protection assessment report")),
    DocumentType("SOURCE_PROOF", N_("Statement on the lawfulness of data sources")),
    DocumentType("POLICIES", N_("Internal rules: sources, identity checks, records, incidents")),
    DocumentType("BUSINESS_PLAN", N_("Business plan")),
    DocumentType("SHAREHOLDING", N_("Shareholding chart"), main=False),
    DocumentType("SOCIAL_SECURITY", N_("Social security records of the staff"), main=False),
    DocumentType("CASES", N_("Contracts that show experience"), main=False),
)
DOCUMENT_BY_CODE = {document.code: document for document in DOCUMENTS}


def documents_for(answers: Answers) -> list[DocumentType]:
    """The documents that these answers call for."""
    return [document for document in DOCUMENTS if document.needed(answers)]


def missing_documents(answers: Answers, attached: Collection[str]) -> list[DocumentType]:
    """The main documents that are called for and not attached."""
    return [d for d in documents_for(answers) if d.main and d.code not in attached]


def states(
    answers: Answers, attached: Collection[str], reopened: Collection[str] = (),
) -> dict[str, TaskState]:
    """How far each task is; a task that a correction notice reopened is a problem until saved again."""
    found = {task.code: _state(answers.get(task.code, {})) for task in TASKS}
    found["documents"] = _state_of_documents(answers, attached)
    found |= {code: TaskState.PROBLEM for code in reopened
              if not answers.get(code, {}).get("corrected")}
    if not is_complete({code: state for code, state in found.items() if code != LAST}):
        found[LAST] = TaskState.CANNOT_START
    return found


def is_complete(found: Mapping[str, TaskState]) -> bool:
    return all(state is TaskState.COMPLETED for state in found.values())


def _state(given: Mapping[str, Any]) -> TaskState:
    if given.get("complete"):
        return TaskState.COMPLETED
    return TaskState.IN_PROGRESS if given else TaskState.NOT_STARTED


def _state_of_documents(answers: Answers, attached: Collection[str]) -> TaskState:
    if not missing_documents(answers, attached):
        return TaskState.COMPLETED
    return TaskState.IN_PROGRESS if attached else TaskState.NOT_STARTED
