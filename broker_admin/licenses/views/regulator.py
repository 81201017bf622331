"""The desk: every license, and the steps against one.

Revoking is none of them: it is a penalty, and decided in a conduct case alone.
"""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.audit.queries import history
from broker_admin.clock import day_of, now
from broker_admin.forms import Form
from broker_admin.i18n import language
from broker_admin.licenses import queries, service, validity
from broker_admin.licenses.forms import FilterForm, MeasureForm, ReasonForm, SuspendForm
from broker_admin.licenses.models import License
from broker_admin.licenses.views import bp
from broker_admin.licenses.workflow import STEPS, WORKFLOW
from broker_admin.permissions import Permission
from broker_admin.rules.regime import regime_on, regime_version
from broker_admin.web import load, page_of, requires


@bp.get("/worklist")
@requires(Permission.LICENSE_READ, by_role=True)
def worklist() -> ResponseReturnValue:
    today = day_of(now())
    regime, form = regime_on(today), FilterForm(request.args)
    form.prepare(regime, language())
    near = queries.near_expiry(today, regime.term.near_expiry_days)
    rows = queries.worklist(**form.chosen(), expiring_by=near if form.ends.data == "soon" else None)
    return render_template("licenses/regulator/worklist.html", page=page_of(rows), form=form,
                           regime=regime)


@bp.get("/<string:number>/case")
@requires(Permission.LICENSE_READ, by_role=True)
def case(number: str) -> ResponseReturnValue:
    license = load(License, Permission.LICENSE_READ, number=number)
    steps = [t for t in WORKFLOW.open_to(current_user, license) if t.name in STEPS]
    return render_template(
        "licenses/regulator/case.html", license=license, regime=regime_version(license.regime),
        standing=validity.of(license, day_of(now())), transitions=steps, history=history(number))


@bp.route("/<string:number>/suspend", methods=["GET", "POST"])
@requires(Permission.LICENSE_DECIDE)
def suspend(number: str) -> ResponseReturnValue:
    license = load(License, Permission.LICENSE_DECIDE, number=number)
    form = SuspendForm()
    form.prepare(regime_on(day_of(now())), language())
    if form.validate_on_submit():
        service.suspend(license, until=form.until.data, **_given(form))
        return _done(license, gettext("The license is suspended."))
    return _ask("suspend", license, form)


@bp.route("/<string:number>/lift", methods=["GET", "POST"])
@requires(Permission.LICENSE_DECIDE)
def lift(number: str) -> ResponseReturnValue:
    license = load(License, Permission.LICENSE_DECIDE, number=number)
    form = ReasonForm()
    if form.validate_on_submit():
        service.lift(license, reason=form.reason.data, case="", actor=current_user, at=now())
        return _done(license, gettext("The suspension is lifted."))
    return _ask("lift", license, form)


@bp.route("/<string:number>/annul", methods=["GET", "POST"])
@requires(Permission.LICENSE_DECIDE)
def annul(number: str) -> ResponseReturnValue:
    license = load(License, Permission.LICENSE_DECIDE, number=number)
    form = MeasureForm()
    # One article alone allows it, so nobody is asked to choose.
    form.rest_on("行政许可法第69条")
    if form.validate_on_submit():
        service.annul(license, **_given(form))
        return _done(license, gettext("The license is annulled."))
    return _ask("annul", license, form)


@bp.route("/<string:number>/withdraw", methods=["GET", "POST"])
@requires(Permission.LICENSE_DECIDE)
def withdraw(number: str) -> ResponseReturnValue:
    license = load(License, Permission.LICENSE_DECIDE, number=number)
    form = MeasureForm()
    form.rest_on("行政许可法第8条")
    if form.validate_on_submit():
        service.withdraw(license, **_given(form))
        return _done(license, gettext("The license is withdrawn."))
    return _ask("withdraw", license, form)


@bp.route("/<string:number>/cancel", methods=["GET", "POST"])
@requires(Permission.LICENSE_DECIDE)
def cancel(number: str) -> ResponseReturnValue:
    license = load(License, Permission.LICENSE_DECIDE, number=number)
    form = ReasonForm()
    if form.validate_on_submit():
        service.cancel(license, reason=form.reason.data, actor=current_user, at=now())
        return _done(license, gettext("The license is cancelled in the register."))
    return _ask("cancel", license, form)


def _given(form: MeasureForm) -> dict[str, Any]:
    return {"basis": form.basis.data, "reason": form.reason.data,
            "case": form.proceeding.data or "", "actor": current_user, "at": now()}


def _done(license: License, news: str) -> ResponseReturnValue:
    flash(news, "success")
    return redirect(url_for("licenses.case", number=license.number))


def _ask(name: str, license: License, form: Form) -> ResponseReturnValue:
    WORKFLOW.check(name, license, current_user)
    page = render_template("licenses/regulator/step.html", license=license, form=form,
                           title=gettext(STEPS[name]))
    return page, 422 if form.errors else 200
