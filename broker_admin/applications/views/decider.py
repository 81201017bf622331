"""The desk: what the decider does, who is never the one who proposed."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.applications import decisions
from broker_admin.applications.forms.outcomes import GrantForm
from broker_admin.applications.forms.steps import ReasonForm
from broker_admin.applications.views import bp
from broker_admin.applications.views.desk import ask, done, filed, opened
from broker_admin.applications.views.reviewer import outcome_form, terms_form
from broker_admin.clock import now
from broker_admin.permissions import Permission
from broker_admin.web import requires
from broker_admin.workdays import calendar


@bp.route("/<string:reference>/extend", methods=["GET", "POST"])
@requires(Permission.APPLICATION_DECIDE)
def extend(reference: str) -> ResponseReturnValue:
    application = filed(reference, Permission.APPLICATION_DECIDE)
    decisions.demand_extendable(application, calendar=calendar(), actor=current_user, at=now())
    form = ReasonForm()
    if form.validate_on_submit():
        decisions.extend(application, reason=form.reason.data, calendar=calendar(),
                         actor=current_user, at=now())
        return done(application, gettext("The period is extended; the applicant is told why."))
    return ask(gettext("Extend the decision period"), application, form, button=gettext("Extend"))


@bp.route("/<string:reference>/send-back", methods=["GET", "POST"])
@requires(Permission.APPLICATION_DECIDE)
def send_back(reference: str) -> ResponseReturnValue:
    application = opened("send_back", reference)
    form = ReasonForm()
    if form.validate_on_submit():
        decisions.send_back(application, reason=form.reason.data, actor=current_user, at=now())
        return done(application, gettext("The application is back with the reviewer."))
    return ask("send_back", application, form, button=gettext("Send back"))


@bp.route("/<string:reference>/grant", methods=["GET", "POST"])
@requires(Permission.APPLICATION_DECIDE)
def grant(reference: str) -> ResponseReturnValue:
    application = opened("grant", reference)
    decisions.demand_proposed(application, granted=True)
    form = terms_form(application, GrantForm)
    form.application = application
    if form.validate_on_submit():
        decisions.grant(application, form.outcome(), calendar=calendar(), actor=current_user,
                        at=now())
        return done(application, gettext("The license is granted and its certificate is being made."))
    return ask("grant", application, form, button=gettext("Grant the license"),
               warning=gettext("A decision cannot be edited afterwards."))


@bp.route("/<string:reference>/refuse", methods=["GET", "POST"])
@requires(Permission.APPLICATION_DECIDE)
def refuse(reference: str) -> ResponseReturnValue:
    application = opened("refuse", reference)
    decisions.demand_proposed(application, granted=False)
    form = outcome_form(application, refusal=True)
    if form.validate_on_submit():
        decisions.refuse(application, form.outcome(), calendar=calendar(), actor=current_user,
                         at=now())
        return done(application, gettext("The application is refused."))
    return ask("refuse", application, form, button=gettext("Refuse the application"),
               variant="warning", warning=gettext("A decision cannot be edited afterwards."))
