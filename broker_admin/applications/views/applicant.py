"""The outside: start, follow, submit, withdraw."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.applications import checklist, copies, filing, queries, time_limits
from broker_admin.applications.forms.steps import StartForm, WithdrawForm
from broker_admin.applications.models import Application
from broker_admin.applications.views import bp, shown
from broker_admin.applications.workflow import WORKFLOW
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.documents import service as documents
from broker_admin.forms import ConfirmForm, refusal_at
from broker_admin.permissions import Permission
from broker_admin.rules.regime import regime_on
from broker_admin.time_words import Clock, clock_of
from broker_admin.web import load, page_of, requires
from broker_admin.workdays import calendar


@bp.get("/")
@requires(Permission.APPLICATION_EDIT)
def index() -> ResponseReturnValue:
    return render_template("applications/applicant/index.html",
                           page=page_of(queries.of_party(current_user)))


@bp.route("/start", methods=["GET", "POST"])
@requires(Permission.APPLICATION_EDIT)
def start() -> ResponseReturnValue:
    organizations = {m.organization_id: m.organization for m in current_user.approved_memberships}
    form = StartForm(organization=next(iter(organizations), None))
    form.prepare(organizations.values())
    if organizations and form.validate_on_submit():
        with refusal_at(form.organization):
            application = filing.start(
                organizations[form.organization.data], regime=regime_on(day_of(now())),
                actor=current_user, at=now())
            return redirect(url_for("applications.show", reference=application.reference))
    page = render_template("applications/applicant/start.html", form=form,
                           organizations=organizations)
    return shown(page, form)


@bp.get("/<string:reference>")
@requires(Permission.APPLICATION_EDIT)
def show(reference: str) -> ResponseReturnValue:
    application = load(Application, Permission.APPLICATION_EDIT, reference=reference)
    states = filing.task_states(application, queries.attached_codes(application))
    return render_template(
        "applications/applicant/show.html", application=application, states=states,
        tasks=checklist.TASKS, open_tasks=filing.open_tasks(application),
        clock=clock(application), copies=copies.of(application),
        transitions={t.name for t in WORKFLOW.open_to(current_user, application)},
        complete=checklist.is_complete(states),
    )


@bp.route("/<string:reference>/submit", methods=["GET", "POST"])
@requires(Permission.APPLICATION_EDIT)
def submit(reference: str) -> ResponseReturnValue:
    """Check the answers, then submit."""
    application = load(Application, Permission.APPLICATION_EDIT, reference=reference)
    WORKFLOW.check("submit", application, current_user)
    form = ConfirmForm()
    if form.validate_on_submit():
        db.session.refresh(application, with_for_update=True)
        filing.submit(application, attached=queries.attached_codes(application),
                      actor=current_user, at=now())
        copies.order(application, at=now())
        return redirect(url_for("applications.submitted", reference=reference))
    return render_template(
        "applications/applicant/submit.html", application=application, form=form,
        answers=copies.answered(application), attached=queries.attached(application),
        complete=checklist.is_complete(
            filing.task_states(application, queries.attached_codes(application))))


@bp.get("/<string:reference>/submitted")
@requires(Permission.APPLICATION_EDIT)
def submitted(reference: str) -> ResponseReturnValue:
    application = load(Application, Permission.APPLICATION_EDIT, reference=reference)
    if application.receipt_number is None:
        return redirect(url_for("applications.show", reference=reference))
    return render_template("applications/applicant/submitted.html", application=application,
                           clock=clock(application), copies=copies.of(application))


@bp.route("/<string:reference>/withdraw", methods=["GET", "POST"])
@requires(Permission.APPLICATION_EDIT)
def withdraw(reference: str) -> ResponseReturnValue:
    application = load(Application, Permission.APPLICATION_EDIT, reference=reference)
    WORKFLOW.check("withdraw", application, current_user)
    form = WithdrawForm()
    if form.validate_on_submit():
        filing.withdraw(application, reason=form.reason.data or "", actor=current_user, at=now())
        flash(gettext("The application is withdrawn."), "success")
        return redirect(url_for("applications.show", reference=reference))
    page = render_template("applications/applicant/withdraw.html", application=application,
                           form=form)
    return shown(page, form)


@bp.get("/<string:reference>/copy/<int:number>")
@requires(Permission.APPLICATION_READ)
def copy(reference: str, number: int) -> ResponseReturnValue:
    """What was submitted, as a PDF, as it was then."""
    application = load(Application, Permission.APPLICATION_READ, reference=reference)
    return documents.send(copies.get(application, number))


def clock(application: Application) -> Clock | None:
    """The limit that runs now, in words."""
    deadline = None if application.status is S.DRAFT else time_limits.running(application)
    return clock_of(deadline, calendar(), day_of(now())) if deadline else None
