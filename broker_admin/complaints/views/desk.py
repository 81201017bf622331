"""The desk: both kinds in one list, each with its own page."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.audit.queries import history
from broker_admin.clock import day_of, now
from broker_admin.complaints import queries, receipts, steps, time_limits
from broker_admin.complaints.models import Complaint, Filing, Report
from broker_admin.complaints.queries import ANSWER, EVIDENCE
from broker_admin.complaints.views import bp
from broker_admin.complaints.workflow import REPORT_STEPS, STEPS, ComplaintStatus, ReportStatus
from broker_admin.db import db
from broker_admin.documents import service as documents
from broker_admin.forms import Form, plain
from broker_admin.permissions import Permission, can
from broker_admin.time_words import clock_of
from broker_admin.web import load, requires
from broker_admin.workdays import calendar

P = Permission
# More than an office has open; beyond it the filters find the rest.
MOST = 500


@bp.get("/worklist")
@requires(P.COMPLAINT_READ, by_role=True)
def worklist() -> ResponseReturnValue:
    asked = request.args
    kind, status = asked.get("kind", ""), asked.get("status", "")
    words = (plain(asked.get("q")) or "")[:100]
    # Both in one list: an officer's day does not ask which procedure a limit belongs to.
    found: list[Filing] = [*(_complaints(words, status) if kind != "report" else ()),
                           *(_reports(words, status) if kind != "complaint" else ())]
    rows = queries.by_time_left(found, calendar(), day_of(now()))
    return render_template("complaints/desk/worklist.html", rows=rows, chosen={
        "kind": kind if kind in {"complaint", "report"} else "", "status": status, "words": words})


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
    return _page("complaints/desk/complaint.html",
                 load(Complaint, P.COMPLAINT_READ, reference=reference))


@bp.get("/reports/<string:reference>/case")
@requires(P.REPORT_READ, by_role=True)
def report_case(reference: str) -> ResponseReturnValue:
    return _page("complaints/desk/report.html", load(Report, P.REPORT_READ, reference=reference))


@bp.get("/<string:reference>/files/<int:number>")
@requires(P.COMPLAINT_READ, by_role=True)
def file(reference: str, number: int) -> ResponseReturnValue:
    """A file of a complaint or a report, for the officers who may read that kind."""
    found = receipts.by_reference(reference)
    if found is None or not can(current_user, found.read_by, found):
        abort(404)
    return documents.send_of(reference, number, {EVIDENCE, ANSWER})


def done(filing: Filing, news: str) -> ResponseReturnValue:
    flash(news, "success")
    return redirect(home_of(filing))


def home_of(filing: Filing) -> str:
    """The page of the filing at the desk."""
    endpoint = "report_case" if filing.is_report else "case"
    return url_for(f"complaints.{endpoint}", reference=filing.reference)


def ask_for(name: str, filing: Filing, form: Form, **words: Any) -> ResponseReturnValue:
    title = gettext((STEPS | REPORT_STEPS)[name])
    page = render_template("complaints/desk/step.html", filing=filing, form=form, title=title,
                           home=home_of(filing), **words)
    return page, 422 if form.errors else 200


def _page(template: str, filing: Filing) -> ResponseReturnValue:
    deadline = time_limits.running(filing)
    names = STEPS | REPORT_STEPS
    return render_template(
        template, filing=filing, regime=time_limits.regime_of(filing),
        actions=[(gettext(names[step]), url_for(f"complaints.{step}", reference=filing.reference))
                 for step in steps.open_to(current_user, filing)],
        # Others who may read a filing need not know whose it is (投诉举报处理办法 33).
        shows_informant=can(current_user, filing.handled_by, filing),
        questions=queries.questions_of(filing.reference), history=history(filing.reference),
        files=documents.of(filing.reference),
        clock=clock_of(deadline, calendar(), day_of(now())) if deadline else None)
