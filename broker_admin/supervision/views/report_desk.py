"""One annual report with every version of it: all of it at the desk, the public part for everybody."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from broker_admin.audit.queries import history
from broker_admin.permissions import Permission
from broker_admin.supervision import queries
from broker_admin.supervision.models import AnnualReport, ReportVersion
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
    shown = _edition(report)
    return render_template("supervision/desk/report.html", report=report, shown=shown,
                           history=history(reference), changed=_changed(report, shown))


# A holder is known to the public by its license; the report's reference is in nobody's hands.
@bp.get("/licenses/<string:number>/report")
def public_report(number: str) -> ResponseReturnValue:
    """What everybody may read of the report that the holder filed last."""
    report = queries.published_report(number) or abort(404)
    shown = _edition(report)
    return render_template("supervision/public/report.html", report=report, shown=shown,
                           changed=_changed(report, shown))


def _edition(report: AnnualReport) -> ReportVersion:
    """The version that the address asks for; the last one where it asks for none that exists."""
    asked = request.args.get("edition", "")
    return next((v for v in report.versions if str(v.number) == asked), report.versions[-1])


def _changed(report: AnnualReport, shown: ReportVersion) -> list[str]:
    before = next((v for v in report.versions if v.number == shown.number - 1), None)
    return changed(before.answers, shown.answers) if before else []
