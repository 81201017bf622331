"""What the applicant does: start, answer, submit, withdraw."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from broker_admin.accounts.models import Organization
from broker_admin.applications import checklist
from broker_admin.applications.events import (
    ApplicationAnswered,
    ApplicationStarted,
    ApplicationSubmitted,
    ApplicationWithdrawn,
)
from broker_admin.applications.models import Application
from broker_admin.applications.workflow import OPEN, WORKFLOW
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.documents import service as documents
from broker_admin.events import record
from broker_admin.permissions import Actor
from broker_admin.refusals import N_, Refused
from broker_admin.rules.numbering import receipt_number
from broker_admin.rules.regime import Regime
from broker_admin.sequences import next_number, next_reference


def start(
    organization: Organization, *, regime: Regime, actor: Any, at: datetime
) -> Application:
    """Open a draft.  One unfinished application of a kind per organisation: the second is refused."""
    unfinished = select(Application.reference).where(
        Application.organization_id == organization.id, Application.status.in_(OPEN | {S.DRAFT}))
    known = db.session.scalar(unfinished)
    if known:
        raise Refused(N_("Your organisation already has the unfinished application %(reference)s."),
                      reference=known)
    application = Application(
        reference=next_reference("SQ", day_of(at).year), status=S.DRAFT, regime=regime.version,
        organization=organization, created_by_id=actor.id, created_at=at, answers={},
    )
    db.session.add(application)
    record(ApplicationStarted(case=application, actor=actor, at=at, regime=regime.version))
    return application


def answer(
    application: Application, task: str, *, public: dict[str, Any], personal: dict[str, Any],
    complete: bool, actor: Actor, at: datetime,
) -> None:
    """Save one task.  A later change of what was signed takes the signature back."""
    require_open(application, task)
    application.answer(task, {**public, "complete": complete, **_corrected(application)}, personal)
    if task != checklist.LAST and application.answers.get(checklist.LAST):
        withdraw_signature(application)
    record(ApplicationAnswered(case=application, actor=actor, at=at, task=task, complete=complete))


def attach(
    application: Application, file: FileStorage, *, slot: str, actor: Any, at: datetime
) -> None:
    """Attach a document; one of the same kind that was there before is replaced."""
    require_open(application, "documents")
    earlier = documents.of(application.reference, slot)
    # First the new one: where it is refused, what was there before stays.
    documents.attach(file, subject=application.reference, slot=slot, actor=actor, at=at)
    for document in earlier:
        documents.remove(document, actor=actor, at=at)
    _documents_changed(application)


def detach(application: Application, *, slot: str, actor: Any, at: datetime) -> None:
    """Remove what is attached of this kind; gone already is as good."""
    require_open(application, "documents")
    for document in documents.of(application.reference, slot):
        documents.remove(document, actor=actor, at=at)
    _documents_changed(application)


def _documents_changed(application: Application) -> None:
    withdraw_signature(application)
    if application.correction:
        application.answer("documents", {"corrected": True}, {})


def require_open(application: Application, task: str) -> None:
    """Refuse to change a task that is not open: a correction reopens only what it lists."""
    if task not in open_tasks(application):
        raise Refused(N_("This part of the application cannot be changed now."))


def open_tasks(application: Application) -> Collection[str]:
    if application.status is S.DRAFT:
        return frozenset(checklist.BY_CODE)
    if application.status is S.CORRECTION_REQUIRED and application.correction:
        return application.correction.tasks | {checklist.LAST}
    return frozenset()


def withdraw_signature(application: Application) -> None:
    application.answers = {k: v for k, v in application.answers.items() if k != checklist.LAST}


def task_states(
    application: Application, attached: Collection[str]
) -> dict[str, checklist.TaskState]:
    """How far each task is, for the task list and for the door of submission."""
    reopened = application.correction.tasks if application.correction else ()
    return checklist.states(application.answers, attached, reopened)


def submit(
    application: Application, *, attached: Collection[str], actor: Actor, at: datetime
) -> None:
    """Hand it in, or hand in the corrections; the day of receipt starts the authority's clock."""
    WORKFLOW.check("submit", application, actor)
    if not checklist.is_complete(task_states(application, attached)):
        raise Refused(N_("Complete every task before you submit."))
    correction = application.correction
    if correction:
        correction.answered_at = at
    else:
        application.submitted_at = at
        year = day_of(at).year
        application.receipt_number = receipt_number(f"{year}{next_number('receipt', year):08d}")
    application.received_on = day_of(at)
    WORKFLOW.fire("submit", application, actor)
    record(ApplicationSubmitted(
        case=application, actor=actor, at=at, corrected=correction is not None,
        receipt_number=application.receipt_number or "",
    ))


def withdraw(application: Application, *, reason: str, actor: Actor, at: datetime) -> None:
    """Take the application back; it stays on record, and a new one may be started."""
    WORKFLOW.fire("withdraw", application, actor)
    application.ended_reason = reason
    # No stop of the clock outlives what it stopped.
    if application.open_stop:
        application.open_stop.ended_on = day_of(at)
    record(ApplicationWithdrawn(case=application, actor=actor, at=at, reason=reason))


def _corrected(application: Application) -> dict[str, bool]:
    return {"corrected": True} if application.correction else {}
