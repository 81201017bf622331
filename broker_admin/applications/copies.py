"""The applicant's copy of what was submitted: fixed at that moment, printed by a job, kept for ever."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from flask import abort
from flask_babel import force_locale, format_decimal, get_locale, gettext

from broker_admin import pdf
from broker_admin.accounts.forms import REGIONS
from broker_admin.applications import checklist, queries, time_limits
from broker_admin.applications.forms.organization import LEGAL_FORMS
from broker_admin.applications.forms.tasks import FORMS
from broker_admin.applications.models import Application
from broker_admin.documents import service as documents
from broker_admin.documents.models import Document
from broker_admin.events import enqueue
from broker_admin.i18n import TAGS
from broker_admin.letters import letter_page
from broker_admin.permissions import SYSTEM
from broker_admin.practitioners.queries import names_of
from broker_admin.rules.identifiers import mask_identity, mask_mobile

SLOT = "copy"
# The copy may lie on a desk or in a mailbox: what identifies a person stays sealed in the answers.
_MASKS = {"legal_rep_identity": mask_identity, "legal_rep_mobile": mask_mobile}


class Named(Protocol):
    """A provision of the law with a code: a type, a grade, a scope."""

    @property
    def code(self) -> object: ...
    @property
    def name(self) -> Callable[[str], str]: ...


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
    """An answer as it is read: no code where there is a word, no number where there is a mask."""
    # Of the page or letter being written, which need not be the language of the request.
    regime, reader = time_limits.regime_of(application), str(get_locale())
    named: Mapping[str, Mapping[str, Any]] = {
        "broker_type": _names(regime.types, reader), "grade_applied": _names(regime.grades, reader),
        "scope": _names(regime.scopes, reader), "region_code": REGIONS, "legal_form": LEGAL_FORMS,
        # Only where people are named, as it takes a query.
        "staff": names_of(value or []) if name == "staff" else {},
    }
    said = _MASKS.get(name, str)
    return str(gettext(", ")).join(
        said(str(named.get(name, {}).get(str(item), item))) for item in _items(value))


def _names(provisions: Iterable[Named], reader: str) -> dict[str, str]:
    return {str(provision.code): provision.name(reader) for provision in provisions}


def _items(value: Any) -> list[Any]:
    """What was answered, one by one; nothing where nothing was."""
    if isinstance(value, bool):
        return [gettext("Yes") if value else gettext("No")]
    if isinstance(value, int):
        return [format_decimal(value)]
    if isinstance(value, list):
        return value
    return [] if value in (None, "") else [value]
