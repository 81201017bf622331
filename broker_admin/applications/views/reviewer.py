"""The desk: what the reviewer does."""

from typing import TypeVar

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.applications import review, time_limits
from broker_admin.applications.forms.outcomes import GroundsForm, TermsForm
from broker_admin.applications.forms.steps import CheckForm, ReasonForm
from broker_admin.applications.models import Application
from broker_admin.applications.views import bp
from broker_admin.applications.views.desk import ask, done, filed, opened
from broker_admin.applications.wording import cited
from broker_admin.clock import now
from broker_admin.forms import ConfirmForm
from broker_admin.i18n import language
from broker_admin.permissions import Permission
from broker_admin.web import requires
from broker_admin.workdays import calendar

T = TypeVar("T", bound=TermsForm)


@bp.route("/<string:reference>/check/<string:criterion>", methods=["GET", "POST"])
@requires(Permission.APPLICATION_REVIEW)
def check(reference: str, criterion: str) -> ResponseReturnValue:
    application = filed(reference, Permission.APPLICATION_REVIEW)
    review.demand_under_review(application, current_user)
    criteria = time_limits.regime_of(application).criteria
    found = criteria[criterion] if criterion in criteria else abort(404)
    form = CheckForm()
    if form.validate_on_submit():
        review.check(application, criterion=found.code, met=form.met.data == "yes",
                     note=form.note.data, actor=current_user, at=now())
        return done(application, gettext("The finding is noted."))
    return ask(gettext("Check a criterion"), application, form, button=gettext("Save"),
               explanation=cited(found))


@bp.route("/<string:reference>/begin-expert-review", methods=["GET", "POST"])
@requires(Permission.APPLICATION_REVIEW)
def begin_expert_review(reference: str) -> ResponseReturnValue:
    application = opened("begin_expert_review", reference)
    form = ReasonForm()
    if form.validate_on_submit():
        review.begin_expert_review(application, reason=form.reason.data, actor=current_user,
                                   at=now())
        return done(application, gettext("The expert review has begun; the clock stands still."))
    return ask("begin_expert_review", application, form, button=gettext("Begin expert review"))


@bp.route("/<string:reference>/end-expert-review", methods=["GET", "POST"])
@requires(Permission.APPLICATION_REVIEW)
def end_expert_review(reference: str) -> ResponseReturnValue:
    application = opened("end_expert_review", reference)
    form = ConfirmForm()
    if form.validate_on_submit():
        review.end_expert_review(application, calendar=calendar(), actor=current_user, at=now())
        return done(application, gettext("The expert review has ended; the clock runs again."))
    return ask("end_expert_review", application, form, button=gettext("End expert review"))


@bp.route("/<string:reference>/propose", methods=["GET", "POST"])
@requires(Permission.APPLICATION_REVIEW)
def propose(reference: str) -> ResponseReturnValue:
    """Propose a grant, or with ``?refusal=1`` a refusal."""
    application = opened("propose", reference)
    form = outcome_form(application, refusal="refusal" in request.args)
    if form.validate_on_submit():
        review.propose(application, form.outcome(), actor=current_user, at=now())
        return done(application, gettext("The proposal is with the decider."))
    return ask("propose", application, form, button=gettext("Hand in the proposal"))


def outcome_form(application: Application, *, refusal: bool) -> TermsForm | GroundsForm:
    """Filled with the latest proposal, or else with what was applied for."""
    if refusal:
        grounds = GroundsForm(obj=application.proposal)
        grounds.prepare(time_limits.regime_of(application), language())
        return grounds
    return terms_form(application, TermsForm)


def terms_form(application: Application, kind: type[T]) -> T:
    """The terms of a grant, filled in the same way, for whoever proposes or confirms them."""
    regime, asked = time_limits.regime_of(application), application.answers_of("matter")
    terms = kind(obj=application.proposal, data={
        "broker_type": asked.get("broker_type"), "grade": asked.get("grade_applied"),
        "scope": asked.get("scope"), "term_years": regime.term.license_years})
    terms.prepare(regime, language(), int(asked.get("grade_applied", 1)))
    return terms
