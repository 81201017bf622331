"""Finding a license, and one sentence about it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from flask import Response, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from broker_admin.accounts.forms import REGIONS
from broker_admin.clock import day_of, now
from broker_admin.forms import plain
from broker_admin.i18n import language
from broker_admin.licenses import validity
from broker_admin.licenses.models import License
from broker_admin.licenses.workflow import LicenseStatus as S
from broker_admin.register import answers, queries
from broker_admin.register.export import lines
from broker_admin.register.queries import Counts, Wanted
from broker_admin.register.views import bp
from broker_admin.rules.numbering import parse_license_number, parse_practitioner_number
from broker_admin.rules.regime import Regime, regime_on, regime_version
from broker_admin.templating import label

# Longer than any name; what is longer is not searched for at all.
LONGEST = 100

Choice = TypeVar("Choice")
Nothing = TypeVar("Nothing")

# Words, address, and whether it is where the reader is.
Chip = tuple[str, str, bool]


@bp.get("/register")
def search() -> ResponseReturnValue:
    at, wanted = now(), _wanted()
    if len(wanted.words) > LONGEST:
        return render_template("register/search.html", wanted=wanted, too_long=LONGEST, at=at), 422
    today = day_of(at)
    found, more = queries.page(wanted, today, _machine(request.args.get("after", "")))
    counts = queries.counts(wanted, today)
    return render_template(
        "register/search.html", wanted=wanted, found=found, more=more, at=at,
        total=counts.statuses[wanted.status] if wanted.status else counts.all,
        status_chips=_status_chips(wanted, counts), type_chips=_type_chips(wanted, counts, today),
        address=_address, regions=REGIONS, grades=regime_on(today).grades,
        stands=lambda license: validity.of(license, today),
        regime_of=_regime_of)


@bp.get("/register.csv")
def download() -> ResponseReturnValue:
    """What the search finds, all of it, as a table."""
    today, wanted = day_of(now()), _wanted()
    table = lines(queries.in_chunks(wanted, today), today, language())
    answer = Response(stream_with_context(table), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f"attachment; filename=register-{today}.csv"
    return answer


@bp.get("/check")
def check() -> ResponseReturnValue:
    """May I do business with them?"""
    at, words = now(), _words()
    if len(words) > LONGEST:
        return render_template("register/check.html", words=words, at=at, too_long=LONGEST), 422
    answer, license = _answer(queries.exact(words), at) if words else (None, None)
    return render_template(
        "register/check.html", words=words, at=at, answer=answer, license=license,
        person=parse_practitioner_number(words) is not None, regime_of=_regime_of)


def _answer(found: list[License], at: datetime) -> tuple[answers.Answer, License | None]:
    """The sentence, and the license that it speaks of, where it is one."""
    if not found:
        return answers.UNKNOWN, None
    if len({license.uscc for license in found}) > 1:
        return answers.SEVERAL, None
    return answers.answer_for(found[0], validity.of(found[0], day_of(at))), found[0]


def _words() -> str:
    return plain(request.args.get("q", "")) or ""


def _wanted() -> Wanted:
    """What the address asks for; a filter that makes no sense is left out."""
    regime = regime_on(day_of(now()))
    return Wanted(
        words=_words(), status=_chosen("status", S, None),
        broker_type=_chosen("type", (kind.code for kind in regime.types), ""),
        grade=_chosen("grade", (grade.code for grade in regime.grades), None),
        region=_chosen("region", REGIONS, ""))


def _chosen(name: str, offered: Iterable[Choice], nothing: Nothing) -> Choice | Nothing:
    asked = request.args.get(name)
    return next((choice for choice in offered if str(choice) == asked), nothing)


def _address(wanted: Wanted, endpoint: str = "register.search", after: str = "") -> str:
    """The address of this search; of its table, with another endpoint."""
    asked: dict[str, Any] = {
        "q": wanted.words, "type": wanted.broker_type, "status": wanted.status,
        "grade": wanted.grade, "region": wanted.region, "after": after}
    return url_for(endpoint, **{name: value for name, value in asked.items() if value})


def _status_chips(wanted: Wanted, counts: Counts) -> list[Chip]:
    """All, and each state in which there is a license or that is chosen."""
    shown = [state for state in S if counts.statuses[state] or wanted.status is state]
    return [
        (f"{gettext('All')} {counts.all}", _address(replace(wanted, status=None)), not wanted.status),
        *((f"{label(state)} {counts.statuses[state]}", _address(replace(wanted, status=state)),
           wanted.status is state) for state in shown),
    ]


def _type_chips(wanted: Wanted, counts: Counts, today: date) -> list[Chip]:
    chosen = wanted.broker_type
    shown = [kind for kind in regime_on(today).types if counts.types[kind.code] or chosen == kind.code]
    return [
        (gettext("All types"), _address(replace(wanted, broker_type="")), not chosen),
        *((f"{kind.name(language())} {counts.types[kind.code]}",
           _address(replace(wanted, broker_type=kind.code)), chosen == kind.code) for kind in shown),
    ]


def _machine(number: str) -> str:
    """The number in the form in which it is stored; empty for anything else."""
    parsed = parse_license_number(number)
    return str(parsed) if parsed else ""


def _regime_of(license: License) -> Regime:
    return regime_version(license.regime)
