"""The person's own certificate, and the answers to employers."""

from datetime import date

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.audit.queries import history
from broker_admin.clock import day_of, now
from broker_admin.forms import ConfirmForm
from broker_admin.licenses.remedies import remedies
from broker_admin.permissions import Permission
from broker_admin.practitioners import queries, service
from broker_admin.practitioners.events import PractitionerVoided
from broker_admin.practitioners.models import Employment, Practitioner
from broker_admin.practitioners.views import bp
from broker_admin.practitioners.workflow import EMPLOYMENT
from broker_admin.rules.regime import regime_version
from broker_admin.web import load, requires


@bp.get("/mine")
@requires(Permission.ACCOUNT_USE)
def show() -> ResponseReturnValue:
    practitioner = queries.of_user(current_user)
    if practitioner is None:
        return render_template("practitioners/holder/none.html")
    steps = {e.id: [t.name for t in EMPLOYMENT.open_to(current_user, e)]
             for e in practitioner.employments}
    return render_template("practitioners/holder/show.html", practitioner=practitioner, steps=steps,
                           form=ConfirmForm(), voided=_voided(practitioner), remedies=remedies,
                           regime=regime_version(practitioner.regime))


def _voided(practitioner: Practitioner) -> tuple[str, date] | None:
    """Why and when the certificate was declared void, as it was put on record."""
    return next(((str(entry.facts["reason"]), day_of(entry.at)) for entry in history(practitioner.reference)
                 if entry.name == PractitionerVoided.name), None)


@bp.post("/employments/<int:number>/confirm")
@requires(Permission.EMPLOYMENT_CONFIRM)
def confirm(number: int) -> ResponseReturnValue:
    employment = load(Employment, Permission.EMPLOYMENT_CONFIRM, id=number)
    service.confirm(employment, actor=current_user, at=now())
    flash(gettext("The employment is confirmed."), "success")
    return redirect(url_for("practitioners.show"))


@bp.post("/employments/<int:number>/decline")
@requires(Permission.EMPLOYMENT_CONFIRM)
def decline(number: int) -> ResponseReturnValue:
    employment = load(Employment, Permission.EMPLOYMENT_CONFIRM, id=number)
    service.decline(employment, actor=current_user, at=now())
    flash(gettext("The employment is declined."), "success")
    return redirect(url_for("practitioners.show"))


@bp.post("/employments/<int:number>/end")
@requires(Permission.EMPLOYMENT_END)
def end(number: int) -> ResponseReturnValue:
    """Ended by the person or by the employer; each goes back to their own page."""
    employment = load(Employment, Permission.EMPLOYMENT_END, id=number)
    service.end(employment, actor=current_user, at=now())
    flash(gettext("The employment has ended."), "success")
    own = employment.practitioner.user_id == current_user.id
    return redirect(url_for("practitioners.show") if own else url_for(
        "practitioners.staff", number=employment.organization_id))
