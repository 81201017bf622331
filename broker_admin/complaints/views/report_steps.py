"""The desk: what is done with a report."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.clock import now
from broker_admin.complaints import reports, service, time_limits
from broker_admin.complaints.forms.desk import (
    CaseForm,
    QuestionForm,
    ReasonForm,
    TellForm,
)
from broker_admin.complaints.models import Report
from broker_admin.complaints.views import bp
from broker_admin.complaints.views.desk import ask_for, done
from broker_admin.complaints.workflow import REPORT
from broker_admin.enforcement.forms.desk import PartyForm
from broker_admin.forms import ConfirmForm
from broker_admin.i18n import language
from broker_admin.permissions import Permission
from broker_admin.web import load, requires
from broker_admin.workdays import calendar

P = Permission


@bp.route("/reports/<string:reference>/verify", methods=["GET", "POST"])
@requires(P.REPORT_HANDLE)
def verify(reference: str) -> ResponseReturnValue:
    report = _checked(reference, "verify")
    form = ConfirmForm()
    if form.validate_on_submit():
        reports.verify(report, actor=current_user, at=now())
        return done(report, gettext("The verification has begun."))
    return ask_for("verify", report, form)


@bp.route("/reports/<string:reference>/extend", methods=["GET", "POST"])
@requires(P.REPORT_HANDLE)
def extend(reference: str) -> ResponseReturnValue:
    report = _in_hand(reference)
    form = ReasonForm()
    if form.validate_on_submit():
        reports.extend(report, reason=form.reason.data, calendar=calendar(), actor=current_user,
                       at=now())
        return done(report, gettext("The verification is extended."))
    return ask_for("extend", report, form)


@bp.route("/reports/<string:reference>/file-case", methods=["GET", "POST"])
@requires(P.REPORT_HANDLE)
def file_case(reference: str) -> ResponseReturnValue:
    report = _checked(reference, "file_case")
    form = CaseForm()
    form.offer(time_limits.regime_of(report), language(), report.conduct_codes)
    if form.validate_on_submit():
        reports.file_case(report, conduct_codes=form.conduct_codes.data or [],
                          facts=form.facts.data, actor=current_user, at=now())
        return done(report, gettext("A case is filed on the report."))
    return ask_for("file_case", report, form)


@bp.route("/reports/<string:reference>/not-file", methods=["GET", "POST"])
@requires(P.REPORT_HANDLE)
def not_file(reference: str) -> ResponseReturnValue:
    report = _checked(reference, "not_file")
    form = ReasonForm()
    if form.validate_on_submit():
        reports.not_file(report, reasons=form.reason.data, actor=current_user, at=now())
        return done(report, gettext("No case is filed on the report."))
    return ask_for("not_file", report, form)


@bp.route("/reports/<string:reference>/tell", methods=["GET", "POST"])
@requires(P.REPORT_HANDLE)
def tell(reference: str) -> ResponseReturnValue:
    report = _checked(reference, "tell")
    form = TellForm()
    if form.validate_on_submit():
        reports.tell(report, reply=form.reply.data, actor=current_user, at=now())
        return done(report, gettext("The reporter is told."))
    return ask_for("tell", report, form)


@bp.route("/reports/<string:reference>/close", methods=["GET", "POST"])
@requires(P.REPORT_HANDLE)
def close_report(reference: str) -> ResponseReturnValue:
    report = _checked(reference, "close")
    form = ConfirmForm()
    if form.validate_on_submit():
        reports.close(report, actor=current_user, at=now())
        return done(report, gettext("The report is closed."))
    return ask_for("close_report", report, form)


@bp.route("/reports/<string:reference>/ask", methods=["GET", "POST"])
@requires(P.REPORT_HANDLE)
def ask_reporter(reference: str) -> ResponseReturnValue:
    report = _in_hand(reference)
    form = QuestionForm()
    if form.validate_on_submit():
        service.ask(report, text=form.text.data, actor=current_user, at=now())
        return done(report, gettext("The question is asked."))
    return ask_for("ask_reporter", report, form)


@bp.route("/reports/<string:reference>/identify", methods=["GET", "POST"])
@requires(P.REPORT_HANDLE)
def identify_reported(reference: str) -> ResponseReturnValue:
    report = _in_hand(reference)
    form = PartyForm()
    if form.validate_on_submit():
        service.identify(report, form.organization, actor=current_user, at=now())
        return done(report, gettext("The respondent is identified."))
    return ask_for("identify_reported", report, form)


def _checked(reference: str, step: str) -> Report:
    report = load(Report, P.REPORT_HANDLE, reference=reference)
    REPORT.check(step, report, current_user)
    return report


def _in_hand(reference: str) -> Report:
    report = load(Report, P.REPORT_HANDLE, reference=reference)
    service.demand_in_hand(report, current_user)
    return report
