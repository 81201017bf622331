"""What templates call: dates in words, labels of states, masked identifiers."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask import Flask, request
from flask_babel import format_date, format_datetime, format_decimal, gettext
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from broker_admin.i18n import language
from broker_admin.permissions import Permission, can, might
from broker_admin.rules.citations import cited
from broker_admin.web import public_url

_UNBROKEN = Markup('<span class="app-nowrap">%s</span>')
# Neither part of a longer number nor marked already.
_DATE = re.compile(r"(?<![\w>-])\d{4}-\d\d-\d\d( \d\d:\d\d)?(?![\w-])", re.ASCII)


def day(value: date | datetime | None) -> str:
    """The day in Guangdong, as 2026-11-22: the same in both languages, and it sorts."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        # Through Babel, which knows the zone: a moment after 16:00 UTC is tomorrow in Guangdong.
        return str(format_datetime(value, "yyyy-MM-dd"))
    return value.isoformat()


def unbroken(words: Callable[[Any], str]) -> Callable[[EvalContext, Any], str]:
    """The filter that keeps these words in one line of a page: telephones break dates at their hyphens."""

    @pass_eval_context
    def kept(context: EvalContext, value: Any) -> str:
        said = words(value)
        # Letters without markup, such as mails, go by the words alone.
        return _UNBROKEN % said if said and context.autoescape else said

    return kept


def dated(sentence: str) -> Markup:
    """A sentence that is written already, with each date in it kept in one line."""
    safe, pieces, end = escape(sentence), [], 0
    for found in _DATE.finditer(safe):
        pieces += [safe[end:found.start()], _UNBROKEN % safe[found.start():found.end()]]
        end = found.end()
    return Markup("").join([*pieces, safe[end:]])


def long_day(value: date) -> str:
    """The day in words: 2026年11月22日, 22 November 2026."""
    return str(format_date(value, "long"))


def moment(value: datetime | None) -> str:
    """The moment in Guangdong, to the minute."""
    return "" if value is None else str(format_datetime(value, "yyyy-MM-dd HH:mm"))


def number(value: int | None) -> str:
    """A sum or a count with its thousands set apart, as the reader's language does."""
    return "" if value is None else str(format_decimal(value))


LABELS: dict[tuple[str, str], str] = {}


def register_labels(words: Mapping[StrEnum, str]) -> None:
    """The words for the states or kinds of a room; called where its views are imported."""
    # By type and value, since members of two enumerations with one value are equal as keys.
    LABELS.update({(type(member).__name__, member.value): word for member, word in words.items()})


def label(member: StrEnum | None) -> str:
    """The word for a state or a kind, in the reader's language."""
    return "" if member is None else str(gettext(LABELS[type(member).__name__, member.value]))


def paragraphs(text: str | None) -> Markup:
    """Plain text with its line breaks kept; everything in it escaped."""
    blocks = (text or "").split("\n\n")
    return Markup("").join(
        Markup("<p>%s</p>") % Markup("<br>").join(escape(line) for line in block.splitlines())
        for block in blocks if block.strip()
    )


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        day=unbroken(day), long_day=long_day, moment=unbroken(moment), number=number, label=label,
        paragraphs=paragraphs, dated=dated, cited=lambda provision: cited(provision, language()),
    )
    app.jinja_env.globals.update(can=can, might=might, P=Permission, public_url=public_url)
    # The frame of every page links to rooms that an installation may do without.
    app.jinja_env.tests["served"] = app.view_functions.__contains__
    app.jinja_env.trim_blocks = True
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.lstrip_blocks = True
    app.context_processor(lambda: _site(app))


def _site(app: Flask) -> dict[str, Any]:
    return {
        "demo": app.config["ENVIRONMENT"] == "demo",
        "contact_phone": app.config["CONTACT_PHONE"],
        "preferences": {
            "elder": request.cookies.get("elder") == "1",
            "contrast": request.cookies.get("contrast") == "1",
            "theme": request.cookies.get("theme", "auto"),
        },
    }
