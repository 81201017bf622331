"""What the organisation concerned sees and does, from the prior notice on."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.audit.queries import history
from broker_admin.clock import day_of, now
from broker_admin.documents import service as documents
from broker_admin.enforcement import queries, service, time_limits
from broker_admin.enforcement.forms.party import StatementForm
from broker_admin.enforcement.measures import choices as measure_choices
from broker_admin.enforcement.models import Case
from broker_admin.enforcement.queries import STATEMENT
from broker_admin.enforcement.views import bp
from broker_admin.enforcement.workflow import WORKFLOW
from broker_admin.enforcement.workflow import CaseStatus as S
from broker_admin.permissions import Permission
from broker_admin.time_words import clock_of
from broker_admin.web import load, page_of, requires
from broker_admin.workdays import calendar


@bp.get("/")
@requires(Permission.CASE_ANSWER)
def index() -> ResponseReturnValue:
    return render_template("enforcement/party/index.html", page=page_of(queries.of_party(current_user)))


@bp.get("/<string:reference>")
@requires(Permission.CASE_ANSWER)
def show(reference: str) -> ResponseReturnValue:
    case = _notified(reference)
    return render_template(
        "enforcement/party/show.html", case=case, regime=time_limits.regime_of(case),
        measures=measure_choices(time_limits.regime_of(case), licensed=True), clock=_clock(case),
        files=documents.of(reference, STATEMENT), history=history(reference),
        may_state="state" in {t.name for t in WORKFLOW.open_to(current_user, case)})


@bp.route("/<string:reference>/state", methods=["GET", "POST"])
@requires(Permission.CASE_ANSWER)
def state(reference: str) -> ResponseReturnValue:
    case = _notified(reference)
    WORKFLOW.check("state", case, current_user)
    form = _statement_form(case)
    place = {"subject": reference, "slot": STATEMENT, "actor": current_user, "at": now()}
    if form.validate_on_submit() and form.keep_file(**place):
        service.state(case, statement=form.statement.data, calendar=calendar(), actor=current_user,
                      hearing_asked=form.asks_for_hearing, at=now())
        flash(gettext("Your statement has reached the investigators."), "success")
        return redirect(url_for("enforcement.show", reference=reference))
    page = render_template("enforcement/party/state.html", form=form, case=reference,
                           clock=_clock(case))
    return page, 422 if form.errors else 200


@bp.get("/<string:reference>/statement/<int:number>")
@requires(Permission.CASE_ANSWER)
def statement_file(reference: str, number: int) -> ResponseReturnValue:
    """A document that the party itself handed in."""
    _notified(reference)
    return documents.send_of(reference, number, {STATEMENT})


def _notified(reference: str) -> Case:
    """The party learns of its case by the prior notice, and not before."""
    case = load(Case, Permission.CASE_ANSWER, reference=reference)
    if case.noticed_on is None:
        abort(404)
    return case


def _statement_form(case: Case) -> StatementForm:
    form = StatementForm()
    notice = service.current_notice(case)
    # Not asked where the answer could only be refused.
    late = time_limits.reply_period(case, notice).is_overdue(calendar(), day_of(now()))
    if late or not notice.hearing_offered:
        del form.hearing
    return form


def _clock(case: Case) -> Any:
    """Its own time, while it runs; that of the authority is no business of the party."""
    if case.status is not S.PRIOR_NOTICE or case.notice is None:
        return None
    return clock_of(time_limits.reply_period(case, case.notice), calendar(), day_of(now()))
