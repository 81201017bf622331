"""One task of the form per page, and the documents."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.applications import checklist, filing, queries, time_limits
from broker_admin.applications.forms.steps import UploadForm
from broker_admin.applications.forms.task_form import TaskForm
from broker_admin.applications.forms.tasks import FORMS
from broker_admin.applications.models import Application
from broker_admin.applications.views import bp, shown
from broker_admin.applications.views.desk import filed
from broker_admin.clock import day_of, now
from broker_admin.documents import service as documents
from broker_admin.forms import ConfirmForm, refusal_at
from broker_admin.i18n import language
from broker_admin.permissions import Permission
from broker_admin.practitioners.queries import certified_staff
from broker_admin.web import load, requires


@bp.route("/<string:reference>/tasks/<string:code>", methods=["GET", "POST"])
@requires(Permission.APPLICATION_EDIT)
def task(reference: str, code: str) -> ResponseReturnValue:
    application = load(Application, Permission.APPLICATION_EDIT, reference=reference)
    if code not in FORMS:
        abort(404)
    filing.require_open(application, code)
    form = _form(application, code)
    complete = form.validate_on_submit()
    # "Save and come back later" keeps what is right so far; it may be incomplete.
    if complete or (form.is_submitted() and "later" in request.form):
        return _save(application, code, form, complete)
    page = render_template("applications/applicant/task.html", application=application, form=form,
                           task=checklist.BY_CODE[code], correction=_correction_of(application, code))
    return shown(page, form)


def _form(application: Application, code: str) -> TaskForm:
    kind = FORMS[code]
    form = kind(data=kind.read(application.answers_of(code)))
    choices = {"language": language()}
    if code == "staff":
        staff = certified_staff(application.organization, day_of(now()))
        choices |= {p.reference: p.title for p in staff}
    form.prepare(time_limits.regime_of(application), choices)
    return form


def _save(
    application: Application, code: str, form: TaskForm, complete: bool
) -> ResponseReturnValue:
    public, personal = form.given()
    filing.answer(application, code, public=public, personal=personal, complete=complete,
                  actor=current_user, at=now())
    flash(gettext("Saved.") if complete else gettext("Saved so far. This part is not complete yet."),
          "success")
    return redirect(url_for("applications.show", reference=application.reference))


def _correction_of(application: Application, code: str) -> str | None:
    """What the correction notice says about this task."""
    items = application.correction.items if application.correction else []
    return next((item["sentence"] for item in items if item["task"] == code), None)


@bp.get("/<string:reference>/documents")
@requires(Permission.APPLICATION_EDIT)
def document_list(reference: str) -> ResponseReturnValue:
    application = load(Application, Permission.APPLICATION_EDIT, reference=reference)
    filing.require_open(application, "documents")
    attached = {document.slot: document for document in queries.attached(application)}
    return render_template(
        "applications/applicant/document_list.html", application=application, attached=attached,
        types=checklist.documents_for(application.answers), form=ConfirmForm(),
        missing=checklist.missing_documents(application.answers, attached),
        correction=_correction_of(application, "documents"))


@bp.route("/<string:reference>/documents/<string:slot>", methods=["GET", "POST"])
@requires(Permission.APPLICATION_EDIT)
def upload(reference: str, slot: str) -> ResponseReturnValue:
    application = load(Application, Permission.APPLICATION_EDIT, reference=reference)
    filing.require_open(application, "documents")
    kind = _type_of(slot)
    form = UploadForm()
    if form.validate_on_submit():
        with refusal_at(form.file):
            filing.attach(application, form.file.data, slot=slot, actor=current_user, at=now())
            flash(gettext("The document is attached."), "success")
            return redirect(url_for("applications.document_list", reference=reference))
    page = render_template("applications/applicant/upload.html", application=application,
                           form=form, kind=kind)
    return shown(page, form)


@bp.post("/<string:reference>/documents/<string:slot>/remove")
@requires(Permission.APPLICATION_EDIT)
def remove_document(reference: str, slot: str) -> ResponseReturnValue:
    application = load(Application, Permission.APPLICATION_EDIT, reference=reference)
    filing.require_open(application, "documents")
    filing.detach(application, slot=_type_of(slot).code, actor=current_user, at=now())
    flash(gettext("The document is removed."), "success")
    return redirect(url_for("applications.document_list", reference=reference))


def _type_of(slot: str) -> checklist.DocumentType:
    return checklist.DOCUMENT_BY_CODE.get(slot) or abort(404)


@bp.get("/<string:reference>/file/<int:number>")
@requires(Permission.APPLICATION_READ)
def document(reference: str, number: int) -> ResponseReturnValue:
    """A document of this application, for both sides."""
    application = filed(reference, Permission.APPLICATION_READ)
    found = {document.id: document for document in queries.attached(application)}
    return documents.send(found[number]) if number in found else abort(404)
