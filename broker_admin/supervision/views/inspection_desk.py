"""The desk: inspections, what each shows, and its files."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from broker_admin.audit.queries import history
from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.documents import service as documents
from broker_admin.permissions import Permission, can
from broker_admin.supervision import inspecting, queries, time_limits
from broker_admin.supervision.checklist import BY_CODE
from broker_admin.supervision.inspection_workflow import InspectionStatus
from broker_admin.supervision.models import Inspection
from broker_admin.supervision.views import bp
from broker_admin.time_words import clock_of
from broker_admin.web import load, page_of, requires
from broker_admin.workdays import calendar


@bp.get("/inspections/worklist")
@requires(Permission.INSPECTION_READ, by_role=True)
def inspection_worklist() -> ResponseReturnValue:
    mine = current_user.id if "mine" in request.args else None
    return render_template(
        "supervision/desk/inspections.html", tab="inspections", mine=mine,
        rows=db.session.scalars(queries.inspections(officer=mine)).all(),
        ended=page_of(queries.published_inspections()))


@bp.get("/inspections/<string:reference>/case")
@requires(Permission.INSPECTION_READ, by_role=True)
def inspection_case(reference: str) -> ResponseReturnValue:
    inspection = load(Inspection, Permission.INSPECTION_READ, reference=reference)
    deadline = time_limits.publication(inspection)
    return render_template(
        "supervision/desk/inspection.html", inspection=inspection, items=BY_CODE,
        history=history(reference), files=documents.of(reference),
        steps=inspecting.open_to(current_user, inspection),
        clock=clock_of(deadline, calendar(), day_of(now())) if deadline else None,
        may_recuse=inspection.status is InspectionStatus.DRAWN
        and can(current_user, Permission.INSPECTION_PLAN, inspection))


@bp.get("/inspections/<string:reference>/files/<int:number>")
@requires(Permission.INSPECTION_READ, by_role=True)
def inspection_file(reference: str, number: int) -> ResponseReturnValue:
    load(Inspection, Permission.INSPECTION_READ, reference=reference)
    found = next((d for d in documents.of(reference) if d.id == number), None)
    return documents.send(found) if found else abort(404)
