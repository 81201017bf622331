"""The record, for auditors; and the history of a case, for the pages of all rooms."""

from collections.abc import Iterable

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from broker_admin.audit import queries
from broker_admin.audit.forms import SearchForm
from broker_admin.audit.queries import Line
from broker_admin.audit.words import words_for
from broker_admin.db import db
from broker_admin.ledger import AuditEntry
from broker_admin.permissions import Permission as P
from broker_admin.web import requires

bp = Blueprint("audit", __name__, url_prefix="/audit")


@bp.app_template_global()
def history_lines(entries: Iterable[AuditEntry]) -> list[Line]:
    """The history of a case as the current reader may see it."""
    return queries.lines(entries, current_user)


@bp.app_template_filter()
def event_words(name: str) -> str:
    return words_for(name)


@bp.get("/")
@requires(P.AUDIT_READ, by_role=True)
def search() -> ResponseReturnValue:
    form = SearchForm(formdata=request.args, meta={"csrf": False})
    valid = form.validate()
    entries, older = queries.page(queries.search(
        name=form.name.data, subject=form.subject.data, actor=form.actor.data,
        first=form.first.data, last=form.last.data, before=_before())) if valid else ([], None)
    return render_template("audit/search.html", form=form, entries=entries, older=older,
                           actors=queries.actors_of(entries)), 200 if valid else 422


@bp.get("/<int:number>")
@requires(P.AUDIT_READ, by_role=True)
def show(number: int) -> ResponseReturnValue:
    entry = db.session.get(AuditEntry, number)
    if entry is None:
        abort(404)
    return render_template("audit/show.html", entry=entry, actors=queries.actors_of([entry]))


def _before() -> int | None:
    """The key of the page, or the first page where somebody has tampered with it."""
    asked = request.args.get("before", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
