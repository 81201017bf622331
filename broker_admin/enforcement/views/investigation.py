"""The desk: what the investigators do."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.clock import day_of, now
from broker_admin.enforcement import legality, service, time_limits
from broker_admin.enforcement.forms.desk import FindingForm, ReasonForm, conduct_choices
from broker_admin.enforcement.forms.measures import NoticeForm
from broker_admin.enforcement.models import Case
from broker_admin.enforcement.views import bp
from broker_admin.enforcement.views.desk import ask, done
from broker_admin.enforcement.workflow import WORKFLOW
from broker_admin.forms import ConfirmForm
from broker_admin.i18n import language
from broker_admin.permissions import Permission
from broker_admin.web import load, requires
from broker_admin.workdays import calendar


@bp.route("/<string:reference>/join", methods=["GET", "POST"])
@requires(Permission.CASE_INVESTIGATE)
def join(reference: str) -> ResponseReturnValue:
    case = _case(reference)
    form = ConfirmForm()
    if form.validate_on_submit():
        service.join(case, actor=current_user, at=now())
        return done(case, gettext("You are the second investigator now."))
    return ask("join", case, form, explanation=gettext(
        "You will answer for the findings together, and may neither review nor decide the case."))


@bp.route("/<string:reference>/find", methods=["GET", "POST"])
@requires(Permission.CASE_INVESTIGATE)
def find(reference: str) -> ResponseReturnValue:
    case = _case(reference)
    service.demand_investigating(case, current_user)
    form = FindingForm()
    form.conduct_code.choices = {
        "": "", **conduct_choices(time_limits.regime_of(case), language())}
    if form.validate_on_submit():
        service.find(case, conduct_code=form.conduct_code.data,
                     established=form.established.data == "yes", facts=form.facts.data,
                     evidence=form.evidence.data, actor=current_user, at=now())
        return done(case, gettext("The finding is recorded."))
    return ask("find", case, form)


@bp.route("/<string:reference>/drop", methods=["GET", "POST"])
@requires(Permission.CASE_INVESTIGATE)
def drop(reference: str) -> ResponseReturnValue:
    case = _checked(reference, "drop")
    form = ReasonForm()
    if form.validate_on_submit():
        service.drop(case, reason=form.reason.data, actor=current_user, at=now())
        return done(case, gettext("The case is not pursued."))
    return ask("drop", case, form, warning=gettext("This ends the case."))


@bp.route("/<string:reference>/give-notice", methods=["GET", "POST"])
@requires(Permission.CASE_INVESTIGATE)
def give_notice(reference: str) -> ResponseReturnValue:
    case = _checked(reference, "give_notice")
    form = NoticeForm()
    form.offer(case, legality.choices_for(case), language())
    if form.validate_on_submit():
        service.give_notice(
            case, measure=form.measure.data, months=form.months.data, basis=form.basis.data,
            reasons=form.reasons.data, calendar=calendar(), actor=current_user, at=now())
        return done(case, gettext("The notice is given; the party may answer it."))
    return ask("give_notice", case, form, explanation=gettext(
        "The decision cannot be heavier than what the party is told here."))


@bp.route("/<string:reference>/refer", methods=["GET", "POST"])
@requires(Permission.CASE_INVESTIGATE)
def refer(reference: str) -> ResponseReturnValue:
    case = _checked(reference, "refer")
    # Said when the page is opened, and not only after somebody has confirmed.
    service.demand_heard(case, calendar(), day_of(now()))
    form = ConfirmForm()
    if form.validate_on_submit():
        service.refer(case, calendar=calendar(), actor=current_user, at=now())
        return done(case, gettext("The case is with the legal review."))
    return ask("refer", case, form)


@bp.route("/<string:reference>/close", methods=["GET", "POST"])
@requires(Permission.CASE_INVESTIGATE)
def close(reference: str) -> ResponseReturnValue:
    # By any enforcement officer: the investigators may have left before a suspension is over.
    case = _case(reference)
    WORKFLOW.check("close", case, current_user)
    form = ReasonForm()
    if form.validate_on_submit():
        service.close(case, reason=form.reason.data, actor=current_user, at=now())
        return done(case, gettext("The case is closed."))
    return ask("close", case, form)


def _case(reference: str) -> Case:
    return load(Case, Permission.CASE_INVESTIGATE, reference=reference)


def _checked(reference: str, step: str) -> Case:
    """The case, if this step is open and the officer one of its investigators."""
    case = _case(reference)
    WORKFLOW.check(step, case, current_user)
    service.demand_investigator(case, current_user)
    return case
