"""The holder's pages of the annual report."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.forms import ConfirmForm
from broker_admin.licenses.models import License
from broker_admin.licenses.queries import of_party as licenses_of
from broker_admin.permissions import Permission
from broker_admin.rules.regime import regime_on, regime_version
from broker_admin.supervision import queries, reporting
from broker_admin.supervision.completeness import states
from broker_admin.supervision.forms.reports import SectionForm, section_form
from broker_admin.supervision.models import AnnualReport
from broker_admin.supervision.report_fields import BY_CODE, SECTIONS
from broker_admin.supervision.time_limits import window, year_to_report
from broker_admin.supervision.views import bp
from broker_admin.web import load, page_of, requires


@bp.get("/reports")
@requires(Permission.ANNUAL_REPORT_EDIT)
def reports() -> ResponseReturnValue:
    regime = regime_on(day_of(now()))
    year = year_to_report(regime, day_of(now()))
    # Few: whoever acts for a holder acts for one license, seldom for two.
    due = [license for license in db.session.scalars(licenses_of(current_user))
           if reporting.is_due(license, year) and not queries.report_about(license, year)]
    return render_template(
        "supervision/holder/reports.html", page=page_of(queries.reports_of_party(current_user)),
        due=due, year=year, window=window(regime, year), form=ConfirmForm(),
        overdue=day_of(now()) > window(regime, year)[1])


@bp.post("/reports/start/<string:number>")
@requires(Permission.ANNUAL_REPORT_EDIT)
def start_report(number: str) -> ResponseReturnValue:
    license = load(License, Permission.ANNUAL_REPORT_EDIT, number=number)
    report = reporting.start(license, actor=current_user, at=now())
    return redirect(url_for("supervision.show_report", reference=report.reference))


@bp.get("/reports/<string:reference>")
@requires(Permission.ANNUAL_REPORT_EDIT)
def show_report(reference: str) -> ResponseReturnValue:
    report = load(AnnualReport, Permission.ANNUAL_REPORT_EDIT, reference=reference)
    late = reporting.is_late(report, now())
    return render_template(
        "supervision/holder/report.html", report=report, sections=SECTIONS, late=late,
        states=states(report.answers), writable=not (report.filed and late),
        window=window(regime_version(report.regime), report.year))


@bp.route("/reports/<string:reference>/sections/<string:code>", methods=["GET", "POST"])
@requires(Permission.ANNUAL_REPORT_EDIT)
def report_section(reference: str, code: str) -> ResponseReturnValue:
    report = load(AnnualReport, Permission.ANNUAL_REPORT_EDIT, reference=reference)
    section = BY_CODE.get(code) or abort(404)
    reporting.demand_open(report, current_user, now())
    form = section_form(section, report.answers.get(code, {}))
    if _may_be_saved(form):
        reporting.answer(report, code, given=form.given(), actor=current_user, at=now())
        flash(gettext("Saved."), "success")
        return redirect(url_for("supervision.show_report", reference=reference))
    page = render_template("supervision/holder/section.html", report=report, section=section,
                           form=form)
    return page, 422 if form.errors else 200


def _may_be_saved(form: SectionForm) -> bool:
    # "Save and come back later" keeps what is right so far; it may be incomplete.
    return form.validate_on_submit() and ("later" in request.form or form.is_complete())


@bp.route("/reports/<string:reference>/file", methods=["GET", "POST"])
@requires(Permission.ANNUAL_REPORT_EDIT)
def file_report(reference: str) -> ResponseReturnValue:
    """Check the answers, then file; again for a correction."""
    report = load(AnnualReport, Permission.ANNUAL_REPORT_EDIT, reference=reference)
    reporting.demand_open(report, current_user, now())
    form = ConfirmForm()
    if form.validate_on_submit():
        # Two clicks at once must not file the same answers as two versions.
        db.session.refresh(report, with_for_update=True)
        reporting.file(report, actor=current_user, at=now())
        flash(gettext("The report is filed."), "success")
        return redirect(url_for("supervision.show_report", reference=reference))
    complete = set(states(report.answers).values()) == {"completed"}
    return render_template("supervision/holder/file.html", report=report, form=form,
                           complete=complete, late=reporting.is_late(report, now()))
