"""The holder's pages of inspections and rectifications."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.clock import day_of, now
from broker_admin.documents import service as documents
from broker_admin.documents.forms import UploadForm
from broker_admin.forms import Form
from broker_admin.permissions import Permission
from broker_admin.supervision import queries, rectifying, time_limits
from broker_admin.supervision.checklist import BY_CODE
from broker_admin.supervision.forms.inspections import AnswerOrderForm
from broker_admin.supervision.inspection_workflow import KNOWN, RECTIFICATION
from broker_admin.supervision.models import Inspection, Rectification
from broker_admin.supervision.views import bp
from broker_admin.time_words import Clock, clock_of
from broker_admin.web import load, page_of, requires
from broker_admin.workdays import calendar

ANSWER = "answer"


@bp.get("/")
@requires(Permission.RECTIFICATION_ANSWER)
def index() -> ResponseReturnValue:
    """Everything that the authority's supervision wants of the organisation, or tells it."""
    return render_template(
        "supervision/holder/index.html", reviews=page_of(queries.reviews_of_party(current_user)),
        inspections=page_of(queries.inspections_of_party(current_user)),
        rectifications=page_of(queries.rectifications_of_party(current_user)))


@bp.get("/inspections/<string:reference>")
@requires(Permission.INSPECTION_FOLLOW)
def show_inspection(reference: str) -> ResponseReturnValue:
    inspection = load(Inspection, Permission.INSPECTION_FOLLOW, reference=reference)
    # Not 403: until the notice even its existence is secret.
    if inspection.status not in KNOWN:
        abort(404)
    return render_template("supervision/holder/inspection.html", inspection=inspection,
                           items=[BY_CODE[code] for code in inspection.draw.plan.items],
                           told=inspection.told_at is not None)


@bp.get("/rectifications/<string:reference>")
@requires(Permission.RECTIFICATION_ANSWER)
def show_rectification(reference: str) -> ResponseReturnValue:
    case = load(Rectification, Permission.RECTIFICATION_ANSWER, reference=reference)
    return render_template(
        "supervision/holder/rectification.html", case=case, clock=clock(case),
        files=documents.of(reference), may_answer=_open(case))


@bp.route("/rectifications/<string:reference>/answer", methods=["GET", "POST"])
@requires(Permission.RECTIFICATION_ANSWER)
def answer_rectification(reference: str) -> ResponseReturnValue:
    case = load(Rectification, Permission.RECTIFICATION_ANSWER, reference=reference)
    RECTIFICATION.check("answer", case, current_user)
    form = AnswerOrderForm()
    if form.validate_on_submit():
        rectifying.answer(case, text=form.text.data, actor=current_user, at=now())
        flash(gettext("Your answer is received; an officer verifies it."), "success")
        return redirect(url_for("supervision.show_rectification", reference=reference))
    return _ask(gettext("Answer the order"), case, form)


@bp.route("/rectifications/<string:reference>/attach", methods=["GET", "POST"])
@requires(Permission.RECTIFICATION_ANSWER)
def attach_answer(reference: str) -> ResponseReturnValue:
    """Files that prove what has been done, before the answer is sent."""
    case = load(Rectification, Permission.RECTIFICATION_ANSWER, reference=reference)
    RECTIFICATION.check("answer", case, current_user)
    form = UploadForm()
    if form.validate_on_submit() and form.attach(
            subject=reference, slot=ANSWER, actor=current_user, at=now()):
        flash(gettext("The file is attached."), "success")
        return redirect(url_for("supervision.show_rectification", reference=reference))
    return _ask(gettext("Attach a file"), case, form)


@bp.get("/rectifications/<string:reference>/files/<int:number>")
@requires(Permission.RECTIFICATION_ANSWER)
def answer_file(reference: str, number: int) -> ResponseReturnValue:
    load(Rectification, Permission.RECTIFICATION_ANSWER, reference=reference)
    found = next((d for d in documents.of(reference) if d.id == number), None)
    return documents.send(found) if found else abort(404)


def clock(case: Rectification) -> Clock | None:
    """The time to answer, in words."""
    deadline = time_limits.rectification(case, calendar())
    return clock_of(deadline, calendar(), day_of(now())) if deadline else None


def _open(case: Rectification) -> bool:
    return "answer" in {t.name for t in RECTIFICATION.open_to(current_user, case)}


def _ask(title: str, case: Rectification, form: Form) -> ResponseReturnValue:
    page = render_template("supervision/holder/rectification_step.html", rectification=case,
                           form=form, title=title)
    return page, 422 if form.errors else 200
