"""The desk: the worklist, the case, and what the intake officer does."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.applications import copies, decisions, filing, intake, queries, review, time_limits
from broker_admin.applications.forms.steps import CorrectionForm, DeclineForm
from broker_admin.applications.models import Application
from broker_admin.applications.views import bp
from broker_admin.applications.views.applicant import clock
from broker_admin.applications.views.desk import ask, done, filed, opened, steps
from broker_admin.applications.workflow import OPEN
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.audit.queries import history
from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.forms import ConfirmForm, plain
from broker_admin.i18n import language
from broker_admin.permissions import Permission, is_party
from broker_admin.web import page_of, requires
from broker_admin.workdays import calendar


@bp.get("/worklist")
@requires(Permission.APPLICATION_READ, by_role=True)
def worklist() -> ResponseReturnValue:
    status = request.args.get("status", "")
    chosen = S(status) if status in set(S) - {S.DRAFT} else None
    words = (plain(request.args.get("q")) or "")[:100]
    mine = current_user.id if "mine" in request.args else None
    query = queries.handed_in(status=chosen, words=words, assigned_to=mine)
    running = db.session.scalars(query.where(Application.status.in_(OPEN))).all()
    return render_template(
        "applications/regulator/worklist.html", status=chosen, words=words, mine=mine,
        states=sorted(set(S) - {S.DRAFT}),
        rows=queries.by_time_left(running, calendar(), day_of(now())),
        ended=page_of(query.where(Application.status.not_in(OPEN))))


@bp.get("/<string:reference>/case")
@requires(Permission.APPLICATION_READ, by_role=True)
def case(reference: str) -> ResponseReturnValue:
    application = filed(reference, Permission.APPLICATION_READ)
    # Findings and proposals are the desk's: an officer with a stake reads what the applicant reads.
    if is_party(current_user, application):
        abort(404)
    regime = time_limits.regime_of(application)
    return render_template(
        "applications/regulator/case.html", application=application, regime=regime,
        clock=clock(application), answers=copies.answered(application),
        attached=queries.attached(application), copies=copies.of(application),
        checks=review.latest_checks(application), history=history(reference),
        transitions=steps(application),
        may_extend=decisions.may_extend(
            application, calendar=calendar(), actor=current_user, at=now()))


@bp.route("/<string:reference>/require-correction", methods=["GET", "POST"])
@requires(Permission.APPLICATION_INTAKE)
def require_correction(reference: str) -> ResponseReturnValue:
    application = opened("require_correction", reference)
    intake.demand_first_notice(application, calendar=calendar(), at=now())
    form = CorrectionForm()
    if form.validate_on_submit():
        intake.require_correction(application, items=form.items(), calendar=calendar(),
                                  actor=current_user, at=now())
        return done(application, gettext("The correction notice is sent."))
    states = filing.task_states(application, queries.attached_codes(application))
    return ask("require_correction", application, form, states=states,
               button=gettext("Send the correction notice"))


@bp.route("/<string:reference>/accept", methods=["GET", "POST"])
@requires(Permission.APPLICATION_INTAKE)
def accept(reference: str) -> ResponseReturnValue:
    application = opened("accept", reference)
    form = ConfirmForm()
    if form.validate_on_submit():
        intake.accept(application, calendar=calendar(), actor=current_user, at=now())
        return done(application, gettext("The application is accepted."))
    return ask("accept", application, form, button=gettext("Accept the application"))


@bp.route("/<string:reference>/decline", methods=["GET", "POST"])
@requires(Permission.APPLICATION_INTAKE)
def decline(reference: str) -> ResponseReturnValue:
    application = opened("decline", reference)
    form = DeclineForm()
    form.prepare(time_limits.regime_of(application), language())
    if form.validate_on_submit():
        intake.decline(application, ground=form.ground.data, explanation=form.explanation.data,
                       actor=current_user, at=now())
        return done(application, gettext("The application is not accepted."))
    return ask("decline", application, form, button=gettext("Refuse to accept"), variant="warning")
