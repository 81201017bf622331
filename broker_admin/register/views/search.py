"""Finding a license, and one sentence about it."""

from dataclasses import replace
from datetime import date, datetime

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

LONGEST = 100

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
    at, words = now(), plain(request.args.get("q")) or ""
    too_long = len(words) > LONGEST
    asked = words if not too_long else ""
    found = queries.exact(asked) if asked else []
    answer = _answer(found, at) if asked else None
    page = render_template(
        "register/check.html", words=words, at=at, answer=answer, too_long=too_long and LONGEST,
        license=found[0] if found and answer is not answers.SEVERAL else None,
        person=_is_person(words), regime_of=_regime_of)
    return page, 422 if too_long else 200


def _answer(found: list[License], at: datetime) -> answers.Answer:
    if not found:
        return answers.UNKNOWN
    if len({license.uscc for license in found}) > 1:
        return answers.SEVERAL
    return answers.answer_for(found[0], validity.of(found[0], day_of(at)))


def _wanted() -> Wanted:
    asked = request.args
    types = regime_on(day_of(now())).types
    return Wanted(
        words=plain(asked.get("q")) or "",
        status=S(asked["status"]) if asked.get("status") in set(S) else None,
        broker_type=asked["type"] if asked.get("type") in types else "",
        grade=int(asked["grade"]) if asked.get("grade") in {"1", "2", "3"} else None,
        region=asked["region"] if asked.get("region") in REGIONS else "")


def _address(wanted: Wanted, endpoint: str = "register.search", after: str = "") -> str:
    """The address of this search; of its table, with another endpoint."""
    return url_for(endpoint, q=wanted.words or None, type=wanted.broker_type or None,
                   status=wanted.status.value if wanted.status else None, grade=wanted.grade,
                   region=wanted.region or None, after=after or None)


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


def _is_person(words: str) -> bool:
    return len(words) <= LONGEST and parse_practitioner_number(words) is not None


def _regime_of(license: License) -> Regime:
    return regime_version(license.regime)
