"""The applicant's copy of what was submitted: fixed at that moment, printed by a job, kept for ever."""

from datetime import datetime
from typing import Any

from flask import abort
from flask_babel import force_locale, gettext

from broker_admin import pdf
from broker_admin.accounts.forms import REGIONS
from broker_admin.applications import checklist, queries, time_limits
from broker_admin.applications.forms.tasks import FORMS, LEGAL_FORMS
from broker_admin.applications.models import Application
from broker_admin.documents import service as documents
from broker_admin.documents.models import Document
from broker_admin.events import enqueue
from broker_admin.i18n import TAGS, language
from broker_admin.letters import letter_page
from broker_admin.permissions import SYSTEM
from broker_admin.rules.identifiers import mask_identity, mask_mobile

SLOT = "copy"
_MASKS = {"legal_rep_identity": mask_identity, "legal_rep_mobile": mask_mobile}


def order(application: Application, *, at: datetime) -> None:
    """Fix what was submitted as a letter; the job prints it after the commit."""
    reader = application.created_by.language
    with force_locale(reader):
        title = gettext("Application %(reference)s", reference=application.reference)
        letter = letter_page(
            "letters/applications/submission.html", title=title, lang=reader,
            application=application, answers=answered(application), at=at,
            attached=queries.attached(application), authority=authority_name(application, reader))
    enqueue("print_submission", key=f"{application.reference}:{at.isoformat()}", at=at,
            subject=application.reference, html=letter, title=title, language=reader)


def print_submission(payload: dict[str, Any], at: datetime) -> None:
    """The job: safe to repeat, as the same letter gives the same bytes, kept once."""
    printed = pdf.render(payload["html"], title=payload["title"], lang=TAGS[payload["language"]])
    documents.keep(printed, name=f"{payload['subject']}.pdf", media_type="application/pdf",
                   subject=f"{payload['subject']}/{SLOT}", slot=SLOT, actor=SYSTEM, at=at)


def authority_name(application: Application, reader: str) -> str:
    return time_limits.regime_of(application).authority.name(reader)


def of(application: Application) -> list[Document]:
    return documents.of(f"{application.reference}/{SLOT}")


def get(application: Application, number: int) -> Document:
    return next((d for d in of(application) if d.id == number), None) or abort(404)


def answered(application: Application) -> list[tuple[checklist.Task, list[tuple[str, str]]]]:
    """Every task with its questions and answers in words; identifiers masked."""
    return [(task, _rows(application, task.code)) for task in checklist.TASKS if task.code in FORMS]


def _rows(application: Application, code: str) -> list[tuple[str, str]]:
    given = application.answers_of(code)
    form = FORMS[code](formdata=None, data=FORMS[code].read(given), meta={"csrf": False})
    return [(str(field.label.text), _words(application, field.name, given.get(field.name)))
            for field in form.shown]


def _words(application: Application, name: str, value: Any) -> str:
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return str(gettext("Yes") if value else gettext("No"))
    if isinstance(value, list):
        return "、".join(_name_of(application, name, str(item)) for item in value)
    if name in _MASKS:
        return _MASKS[name](str(value))
    return _name_of(application, name, str(value))


def _name_of(application: Application, name: str, value: str) -> str:
    """The word for a code of the form: of the law in force, of a region, of a legal form."""
    regime = time_limits.regime_of(application)
    named = {
        "broker_type": {t.code: t.name(language()) for t in regime.types},
        "grade_applied": {str(g.code): g.name(language()) for g in regime.grades},
        "scope": {s.code: s.name(language()) for s in regime.scopes},
        "region_code": REGIONS, "legal_form": LEGAL_FORMS,
    }
    return str(named.get(name, {}).get(value, value))
