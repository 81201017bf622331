"""The desk: rectifications."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.audit.queries import history
from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.documents import service as documents
from broker_admin.forms import Form
from broker_admin.licenses.models import License
from broker_admin.permissions import Permission, can
from broker_admin.supervision import queries, rectifying, time_limits
from broker_admin.supervision.forms.inspections import OrderForm, ReasonForm
from broker_admin.supervision.inspection_workflow import RECTIFICATION, RECTIFICATION_STEPS
from broker_admin.supervision.models import Rectification
from broker_admin.supervision.views import bp
from broker_admin.supervision.views.holder import clock
from broker_admin.web import load, page_of, requires
from broker_admin.workdays import calendar


@bp.get("/rectifications/worklist")
@requires(Permission.RECTIFICATION_READ, by_role=True)
def rectification_worklist() -> ResponseReturnValue:
    """Those whose time runs out first on top."""
    # All at once: the last day follows from the calendar, by which no database can sort.
    cases = db.session.scalars(queries.open_rectifications()).all()
    rows = [(case, clock(case)) for case in cases]
    rows.sort(key=lambda row: (row[1] is None, row[1].days_left if row[1] else 0))
    return render_template("supervision/desk/rectifications.html", rows=rows, tab="rectifications",
                           ended=page_of(queries.verified_rectifications()))


@bp.get("/rectifications/<string:reference>/case")
@requires(Permission.RECTIFICATION_READ, by_role=True)
def rectification_case(reference: str) -> ResponseReturnValue:
    case = load(Rectification, Permission.RECTIFICATION_READ, reference=reference)
    return render_template(
        "supervision/desk/rectification.html", case=case, clock=clock(case),
        history=history(reference), files=documents.of(reference),
        steps=[t.name for t in RECTIFICATION.open_to(current_user, case)],
        may_extend=can(current_user, Permission.RECTIFICATION_ORDER, case)
        and time_limits.may_extend(case, calendar(), day_of(now())))


@bp.route("/rectifications/order/<string:number>", methods=["GET", "POST"])
@requires(Permission.RECTIFICATION_ORDER)
def order_rectification(number: str) -> ResponseReturnValue:
    """Ordered on the officer's own motion; inspections order theirs with the result."""
    license = load(License, Permission.RECTIFICATION_ORDER, number=number)
    form = OrderForm()
    if form.validate_on_submit():
        case = rectifying.order(license, source=license.number, demands=form.demands.data,
                                calendar=calendar(), actor=current_user, at=now())
        return _done(case, gettext("The rectification is ordered."))
    page = render_template("supervision/desk/order.html", license=license, form=form)
    return page, 422 if form.errors else 200


@bp.route("/rectifications/<string:reference>/extend", methods=["GET", "POST"])
@requires(Permission.RECTIFICATION_ORDER)
def extend_rectification(reference: str) -> ResponseReturnValue:
    case = load(Rectification, Permission.RECTIFICATION_ORDER, reference=reference)
    rectifying.demand_extendable(case, calendar=calendar(), at=now())
    form = ReasonForm()
    if form.validate_on_submit():
        rectifying.extend(case, reason=form.reason.data, calendar=calendar(), actor=current_user,
                          at=now())
        return _done(case, gettext("The time is extended."))
    return _ask(gettext("Extend the time"), case, form)


@bp.route("/rectifications/<string:reference>/verify", methods=["GET", "POST"])
@requires(Permission.RECTIFICATION_VERIFY)
def verify_rectification(reference: str) -> ResponseReturnValue:
    case = load(Rectification, Permission.RECTIFICATION_VERIFY, reference=reference)
    RECTIFICATION.check("verify", case, current_user)
    form = ReasonForm()
    if form.validate_on_submit():
        rectifying.verify(case, verdict=form.reason.data, actor=current_user, at=now())
        return _done(case, gettext("The rectification is verified."))
    return _ask("verify", case, form)


@bp.route("/rectifications/<string:reference>/reject", methods=["GET", "POST"])
@requires(Permission.RECTIFICATION_VERIFY)
def reject_rectification(reference: str) -> ResponseReturnValue:
    case = load(Rectification, Permission.RECTIFICATION_VERIFY, reference=reference)
    RECTIFICATION.check("reject", case, current_user)
    form = ReasonForm()
    if form.validate_on_submit():
        rectifying.reject(case, verdict=form.reason.data, calendar=calendar(), actor=current_user,
                          at=now())
        return _done(case, gettext("The holder is told what is missing."))
    return _ask("reject", case, form)


@bp.get("/rectifications/<string:reference>/case/files/<int:number>")
@requires(Permission.RECTIFICATION_READ, by_role=True)
def rectification_file(reference: str, number: int) -> ResponseReturnValue:
    load(Rectification, Permission.RECTIFICATION_READ, reference=reference)
    found = next((d for d in documents.of(reference) if d.id == number), None)
    return documents.send(found) if found else abort(404)


def _done(case: Rectification, news: str) -> ResponseReturnValue:
    flash(news, "success")
    return redirect(url_for("supervision.rectification_case", reference=case.reference))


def _ask(name: str, case: Rectification, form: Form) -> ResponseReturnValue:
    page = render_template("supervision/desk/rectification_step.html", rectification=case,
                           form=form, title=gettext(RECTIFICATION_STEPS.get(name, name)))
    return page, 422 if form.errors else 200
