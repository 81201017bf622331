"""The desk: what the legal reviewer and the decider do."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.clock import now
from broker_admin.enforcement import decisions, hearings
from broker_admin.enforcement.forms.desk import (
    HearingForm,
    MinutesForm,
    OpinionForm,
    ReasonForm,
)
from broker_admin.enforcement.forms.measures import DecisionForm
from broker_admin.enforcement.models import Case
from broker_admin.enforcement.views import bp
from broker_admin.enforcement.views.desk import ask, done
from broker_admin.enforcement.workflow import WORKFLOW
from broker_admin.i18n import language
from broker_admin.permissions import Permission
from broker_admin.web import load, requires
from broker_admin.workdays import calendar

P = Permission


@bp.route("/<string:reference>/call-hearing", methods=["GET", "POST"])
@requires(P.CASE_REVIEW)
def call_hearing(reference: str) -> ResponseReturnValue:
    case = load(Case, P.CASE_REVIEW, reference=reference)
    hearings.demand_asked(case, current_user)
    form = HearingForm()
    if form.validate_on_submit() and form.on.data:
        hearings.call_hearing(case, on=form.on.data, calendar=calendar(), actor=current_user,
                              at=now())
        return done(case, gettext("The party is told the day of the hearing."))
    return ask("call_hearing", case, form)


@bp.route("/<string:reference>/hold-hearing", methods=["GET", "POST"])
@requires(P.CASE_REVIEW)
def hold_hearing(reference: str) -> ResponseReturnValue:
    case = load(Case, P.CASE_REVIEW, reference=reference)
    hearings.demand_asked(case, current_user)
    form = MinutesForm()
    if form.validate_on_submit():
        hearings.hold_hearing(case, minutes=form.minutes.data, actor=current_user, at=now())
        return done(case, gettext("The minutes are recorded."))
    return ask("hold_hearing", case, form)


@bp.route("/<string:reference>/clear", methods=["GET", "POST"])
@requires(P.CASE_REVIEW)
def clear(reference: str) -> ResponseReturnValue:
    case = load(Case, P.CASE_REVIEW, reference=reference)
    WORKFLOW.check("clear", case, current_user)
    form = OpinionForm()
    if form.validate_on_submit():
        decisions.clear(case, opinion=form.opinion.data, actor=current_user, at=now())
        return done(case, gettext("The case is with the decider."))
    return ask("clear", case, form)


@bp.route("/<string:reference>/reopen", methods=["GET", "POST"])
@requires(P.CASE_REVIEW)
def reopen(reference: str) -> ResponseReturnValue:
    case = load(Case, P.CASE_REVIEW, reference=reference)
    WORKFLOW.check("reopen", case, current_user)
    form = OpinionForm()
    if form.validate_on_submit():
        decisions.reopen(case, opinion=form.opinion.data, actor=current_user, at=now())
        return done(case, gettext("The case is back with the investigators."))
    return ask("reopen", case, form, explanation=gettext(
        "A new prior notice will be needed before the case comes back."))


@bp.route("/<string:reference>/impose", methods=["GET", "POST"])
@requires(P.CASE_DECIDE)
def impose(reference: str) -> ResponseReturnValue:
    case = load(Case, P.CASE_DECIDE, reference=reference)
    WORKFLOW.check("impose", case, current_user)
    form = DecisionForm()
    form.offer(case, decisions.lighter_choices(case), language())
    if form.validate_on_submit():
        decisions.impose(
            case, measure=form.measure.data, months=form.months.data, basis=form.basis.data,
            reasons=form.reasons.data, calendar=calendar(), actor=current_user, at=now())
        return done(case, gettext("The decision is made, and acts on the license at once."))
    if not form.is_submitted():
        form.announce()
    return ask("impose", case, form, variant="warning",
               warning=gettext("A decision cannot be edited afterwards. The party is told at once."))


@bp.route("/<string:reference>/acquit", methods=["GET", "POST"])
@requires(P.CASE_DECIDE)
def acquit(reference: str) -> ResponseReturnValue:
    case = load(Case, P.CASE_DECIDE, reference=reference)
    WORKFLOW.check("acquit", case, current_user)
    form = ReasonForm()
    if form.validate_on_submit():
        decisions.acquit(case, reasons=form.reason.data, actor=current_user, at=now())
        return done(case, gettext("The case ends without a measure; the party is told."))
    return ask("acquit", case, form)
