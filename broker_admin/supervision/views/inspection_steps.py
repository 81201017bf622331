"""The steps of an inspection, by the two officers who were drawn."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.clock import day_of, now
from broker_admin.documents.forms import UploadForm
from broker_admin.forms import ConfirmForm, Form
from broker_admin.i18n import language
from broker_admin.permissions import Permission
from broker_admin.rules.regime import regime_on
from broker_admin.supervision import inspecting, recusal
from broker_admin.supervision.forms.inspections import (
    ConcludeForm,
    NotifyForm,
    RecuseForm,
    record_form,
)
from broker_admin.supervision.inspection_workflow import INSPECTION_STEPS, InspectionResult
from broker_admin.supervision.models import Inspection
from broker_admin.supervision.views import bp
from broker_admin.web import load, requires
from broker_admin.workdays import calendar

EVIDENCE = "evidence"


@bp.route("/inspections/<string:reference>/recuse", methods=["GET", "POST"])
@requires(Permission.INSPECTION_PLAN)
def recuse_officer(reference: str) -> ResponseReturnValue:
    inspection = load(Inspection, Permission.INSPECTION_PLAN, reference=reference)
    recusal.demand_open(inspection)
    form = RecuseForm()
    form.officer.choices = {o.id: o.name for o in (inspection.first_officer, inspection.second_officer)}
    if form.validate_on_submit():
        recusal.recuse(inspection, form.officer.data, reason=form.reason.data,
                       actor=current_user, at=now())
        return _done(inspection, gettext("The next officer of the draw comes in."))
    return _ask(gettext("Replace an officer"), inspection, form)


@bp.route("/inspections/<string:reference>/notify", methods=["GET", "POST"])
@requires(Permission.INSPECTION_RECORD)
def notify_inspection(reference: str) -> ResponseReturnValue:
    inspection, form = _own("notify", reference), NotifyForm()
    if form.validate_on_submit() and form.visit_on.data:
        inspecting.notify(inspection, visit_on=form.visit_on.data, actor=current_user, at=now())
        return _done(inspection, gettext("The holder is notified."))
    return _ask("notify", inspection, form)


@bp.route("/inspections/<string:reference>/record", methods=["GET", "POST"])
@requires(Permission.INSPECTION_RECORD)
def record_inspection(reference: str) -> ResponseReturnValue:
    inspection = _own("record", reference)
    # The plan's items and not the checklist of today: what was published binds.
    form = record_form(inspection.draw.plan.items)
    if form.validate_on_submit():
        inspecting.record_visit(inspection, found=form.found(), facts=form["facts"].data,
                                actor=current_user, at=now())
        return _done(inspection, gettext("The visit is recorded."))
    return _ask("record", inspection, form)


@bp.route("/inspections/<string:reference>/conclude", methods=["GET", "POST"])
@requires(Permission.INSPECTION_RECORD)
def conclude_inspection(reference: str) -> ResponseReturnValue:
    inspection, form = _own("conclude", reference), ConcludeForm()
    form.prepare(regime_on(day_of(now())), language())
    if form.validate_on_submit():
        inspecting.conclude(
            inspection, result=InspectionResult(form.result.data), conclusion=form.conclusion.data,
            conduct_codes=form.conduct_codes.data or (), actor=current_user, at=now())
        return _done(inspection, gettext("The inspection is concluded."))
    return _ask("conclude", inspection, form)


@bp.route("/inspections/<string:reference>/tell", methods=["GET", "POST"])
@requires(Permission.INSPECTION_RECORD)
def tell_inspection(reference: str) -> ResponseReturnValue:
    inspection, form = _own("tell", reference), ConfirmForm()
    if form.validate_on_submit():
        inspecting.tell(inspection, calendar=calendar(), actor=current_user, at=now())
        return _done(inspection, gettext("The holder is told the result."))
    return _ask("tell", inspection, form)


@bp.route("/inspections/<string:reference>/publish", methods=["GET", "POST"])
@requires(Permission.INSPECTION_RECORD)
def publish_inspection(reference: str) -> ResponseReturnValue:
    inspection, form = _own("publish", reference), ConfirmForm()
    if form.validate_on_submit():
        inspecting.publish(inspection, actor=current_user, at=now())
        return _done(inspection, gettext("The result is public."))
    return _ask("publish", inspection, form)


@bp.route("/inspections/<string:reference>/evidence", methods=["GET", "POST"])
@requires(Permission.INSPECTION_RECORD)
def attach_evidence(reference: str) -> ResponseReturnValue:
    """Files of the visit, as long as it is being recorded."""
    inspection, form = _own("record", reference), UploadForm()
    if form.validate_on_submit() and form.attach(
            subject=reference, slot=EVIDENCE, actor=current_user, at=now()):
        return _done(inspection, gettext("The file is attached."))
    return _ask(gettext("Attach evidence"), inspection, form)


def _own(name: str, reference: str) -> Inspection:
    inspection = load(Inspection, Permission.INSPECTION_RECORD, reference=reference)
    inspecting.demand_own(name, inspection, current_user)
    return inspection


def _done(inspection: Inspection, news: str) -> ResponseReturnValue:
    flash(news, "success")
    return redirect(url_for("supervision.inspection_case", reference=inspection.reference))


def _ask(name: str, inspection: Inspection, form: Form) -> ResponseReturnValue:
    page = render_template("supervision/desk/inspection_step.html", inspection=inspection,
                           form=form, title=gettext(INSPECTION_STEPS.get(name, name)))
    return page, 422 if form.errors else 200
