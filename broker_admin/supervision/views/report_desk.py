"""The desk: one annual report, with every version of it."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from broker_admin.audit.queries import history
from broker_admin.permissions import Permission
from broker_admin.supervision.models import AnnualReport
from broker_admin.supervision.report_fields import changed
from broker_admin.supervision.views import bp
from broker_admin.web import load, requires


@bp.get("/reports/<string:reference>/case")
@requires(Permission.ANNUAL_REPORT_READ, by_role=True)
def report_case(reference: str) -> ResponseReturnValue:
    """A draft is the holder's own: the desk sees what was filed."""
    report = load(AnnualReport, Permission.ANNUAL_REPORT_READ, reference=reference)
    if not report.versions:
        abort(404)
    asked = request.args.get("edition", "")
    shown = next((v for v in report.versions if str(v.number) == asked), report.versions[-1])
    before = report.versions[shown.number - 2] if shown.number > 1 else None
    return render_template(
        "supervision/desk/report.html", report=report, shown=shown, history=history(reference),
        changed=changed(before.answers, shown.answers) if before else [])
