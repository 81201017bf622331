"""The desk: both kinds in one list, each with its own page."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.accounts.models import Organization
from broker_admin.audit.queries import history
from broker_admin.clock import day_of, now
from broker_admin.complaints import queries, time_limits
from broker_admin.complaints.forms import IdentifyForm
from broker_admin.complaints.models import Complaint, Filing, Report
from broker_admin.complaints.queries import ANSWER, EVIDENCE
from broker_admin.complaints.views import bp
from broker_admin.complaints.views.holder import file_of
from broker_admin.complaints.workflow import (
    COMPLAINT,
    OPEN_COMPLAINTS,
    REPORT,
    REPORT_STEPS,
    STEPS,
    UNDECIDED_REPORTS,
    ComplaintStatus,
    ReportStatus,
)
from broker_admin.db import db
from broker_admin.documents import service as documents
from broker_admin.forms import Form, plain
from broker_admin.permissions import Permission, can
from broker_admin.time_words import clock_of
from broker_admin.web import load, requires
from broker_admin.workdays import calendar

P = Permission
MOST = 500


@bp.get("/worklist")
@requires(P.COMPLAINT_READ, by_role=True)
def worklist() -> ResponseReturnValue:
    asked = request.args
    kind = asked.get("kind", "") if asked.get("kind") in {"complaint", "report"} else ""
    status = asked.get("status", "")
    words = (plain(asked.get("q")) or "")[:100]
    found: list[Filing] = []
    if kind != "report":
        found += _complaints(words, status)
    if kind != "complaint":
        found += _reports(words, status)
    rows = queries.by_time_left(found, calendar(), day_of(now()))
    return render_template("complaints/desk/worklist.html", rows=rows,
                           chosen={"kind": kind, "status": status, "words": words})


def _complaints(words: str, status: str) -> list[Complaint]:
    """None, where the state asked for is one that only reports have."""
    if status and status not in set(ComplaintStatus):
        return []
    return list(db.session.scalars(queries.complaints_for(
        current_user, words=words, status=ComplaintStatus(status) if status else None).limit(MOST)))


def _reports(words: str, status: str) -> list[Report]:
    if status and status not in set(ReportStatus):
        return []
    return list(db.session.scalars(queries.reports_for(
        current_user, words=words, status=ReportStatus(status) if status else None).limit(MOST)))


@bp.get("/<string:reference>/case")
@requires(P.COMPLAINT_READ, by_role=True)
def case(reference: str) -> ResponseReturnValue:
    complaint = load(Complaint, P.COMPLAINT_READ, reference=reference)
    names = {t.name for t in COMPLAINT.open_to(current_user, complaint)} & set(STEPS)
    if complaint.status in OPEN_COMPLAINTS and can(current_user, P.COMPLAINT_HANDLE, complaint):
        names |= {"ask", "identify"} | (set() if complaint.case_reference else {"open_case"})
    return _page("complaints/desk/complaint.html", complaint, [name for name in STEPS if name in names])


@bp.get("/reports/<string:reference>/case")
@requires(P.REPORT_READ, by_role=True)
def report_case(reference: str) -> ResponseReturnValue:
    report = load(Report, P.REPORT_READ, reference=reference)
    named = {"close": "close_report"}
    names = {named.get(t.name, t.name) for t in REPORT.open_to(current_user, report)}
    if report.status in UNDECIDED_REPORTS and can(current_user, P.REPORT_HANDLE, report):
        names |= {"ask_reporter", "identify_reported"} | (
            set() if report.extended_on else {"extend"})
    if report.anonymous:
        names.discard("tell")
    return _page("complaints/desk/report.html", report, [name for name in REPORT_STEPS if name in names])


@bp.get("/<string:reference>/files/<int:number>")
@requires(P.COMPLAINT_READ, by_role=True)
def file(reference: str, number: int) -> ResponseReturnValue:
    """A file of a complaint or a report, for the officers who may read that kind."""
    found = queries.by_reference(reference)
    needed = P.REPORT_READ if isinstance(found, Report) else P.COMPLAINT_READ
    if found is None or not can(current_user, needed, found):
        abort(404)
    return documents.send(file_of(reference, number, {EVIDENCE, ANSWER}))


def done(filing: Filing, news: str) -> ResponseReturnValue:
    flash(news, "success")
    return redirect(home_of(filing))


def home_of(filing: Filing) -> str:
    """The page of the filing at the desk."""
    endpoint = "report_case" if isinstance(filing, Report) else "case"
    return url_for(f"complaints.{endpoint}", reference=filing.reference)


def ask_for(name: str, filing: Filing, form: Form, **words: Any) -> ResponseReturnValue:
    title = gettext((STEPS | REPORT_STEPS)[name])
    page = render_template("complaints/desk/step.html", filing=filing, form=form, title=title,
                           home=home_of(filing), **words)
    return page, 422 if form.errors else 200


def organization_of(form: IdentifyForm) -> Organization | None:
    by_code = db.select(Organization).where(Organization.uscc == form.uscc.data)
    found: Organization | None = db.session.scalar(by_code)
    if found is None:
        form.uscc.errors = [gettext("No organisation with this credit code is known here.")]
    return found


def _page(template: str, filing: Filing, steps: list[str]) -> ResponseReturnValue:
    deadline = time_limits.running(filing)
    names = STEPS | REPORT_STEPS
    return render_template(
        template, filing=filing, regime=time_limits.regime_of(filing),
        actions=[(gettext(names[step]), url_for(f"complaints.{step}", reference=filing.reference))
                 for step in steps],
        questions=queries.questions_of(filing.reference), history=history(filing.reference),
        files=documents.of(filing.reference),
        clock=clock_of(deadline, calendar(), day_of(now())) if deadline else None)
