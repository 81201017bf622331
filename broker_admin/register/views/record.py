"""The record of one license, and the address that its printed code leads to."""

from datetime import date, datetime
from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from broker_admin.clock import day_of, now
from broker_admin.enforcement.publication import published
from broker_admin.licenses import queries as licenses
from broker_admin.licenses import validity
from broker_admin.licenses.models import License
from broker_admin.practitioners.queries import certified_staff
from broker_admin.practitioners.service import is_valid
from broker_admin.register import answers, queries
from broker_admin.register.forms import DayForm
from broker_admin.register.freshness import tag_of
from broker_admin.register.views import bp
from broker_admin.rules.numbering import parse_practitioner_number
from broker_admin.rules.regime import regime_version
from broker_admin.supervision.queries import published_grade, published_report


@bp.get("/register/<string:number>")
def show(number: str) -> ResponseReturnValue:
    license, at = queries.numbered(number), now()
    if license is None:
        return _unknown(at)
    # One address for a record, whatever notation led to it.
    if license.number != number:
        return redirect(url_for("register.show", number=license.number), 301)
    known = _known(license, day_of(at))
    if "on" in request.args or current_user.is_authenticated:
        return _record(license, at, known)
    if request.if_none_match.contains(tag_of(license, known)):
        return "", 304, {"ETag": f'"{tag_of(license, known)}"'}
    answer = make_response(_record(license, at, known))
    # Reckoned again: making the page may have begun the session that its forms belong to.
    answer.set_etag(tag_of(license, known))
    answer.cache_control.no_cache = True
    return answer


def _known(license: License, today: date) -> dict[str, Any]:
    """What the page tells beside the license itself."""
    return {
        "answer": answers.answer_for(license, validity.of(license, today)),
        "current": licenses.current_of(license.organization),
        "staff": len(certified_staff(license.organization, today)),
        "credit": published_grade(license),
        "report": published_report(license.number),
        "decisions": published(license.number, today),
    }


def _record(license: License, at: datetime, known: dict[str, Any]) -> ResponseReturnValue:
    form = DayForm(request.args)
    asked = form.on.data if "on" in request.args and form.validate() else None
    page = render_template(
        "register/show.html", license=license, at=at, form=form, asked=asked,
        then=validity.of(license, asked) if asked else None,
        regime=regime_version(license.regime), **known)
    return page, 422 if form.errors else 200


@bp.get("/v/<string:number>")
def verify(number: str) -> ResponseReturnValue:
    """Where the code on a certificate leads: of an institution, or of a person."""
    license, at = queries.numbered(number), now()
    if license is None:
        return _person(number, at) or _unknown(at)
    return render_template(
        "register/check.html", words=license.number, at=at, license=license, person=False,
        answer=answers.answer_for(license, validity.of(license, day_of(at))),
        regime_of=lambda license: regime_version(license.regime))


def _person(number: str, at: datetime) -> str | None:
    parsed = parse_practitioner_number(number)
    person = queries.person(str(parsed)) if parsed else None
    return render_template("register/person.html", person=person, at=at,
                           valid=is_valid(person, day_of(at))) if person else None


def _unknown(at: datetime) -> ResponseReturnValue:
    """The same page for a number that is mistyped and one that was never given."""
    return render_template("register/unknown.html", answer=answers.UNKNOWN, at=at), 404
