"""Whether a page that a browser kept is still right: told without making the page again."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from flask import request, session

from broker_admin.clock import day_of, now
from broker_admin.i18n import language
from broker_admin.licenses.models import License

_PREFERENCES = ("elder", "contrast", "theme")


def tag_of(license: License, known: Mapping[str, Any]) -> str:
    """Of everything that the record is made from, the reader's language, colours and forms included."""
    current, report = known["current"], known["report"]
    made_from = (
        license.number, license.version, len(license.standings), len(license.certificates),
        known["answer"], known["staff"], known["credit"], known["decisions"],
        current and current.number, report and report.year,
        day_of(now()), language(), request.script_root,
        [request.cookies.get(name) for name in _PREFERENCES], session.get("csrf_token"))
    return sha256(repr(made_from).encode()).hexdigest()[:32]
