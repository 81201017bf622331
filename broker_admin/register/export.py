"""The register as a table for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date

from flask_babel import gettext

from broker_admin.licenses import validity
from broker_admin.licenses.models import License
from broker_admin.refusals import N_
from broker_admin.rules.regime import regime_version
from broker_admin.templating import label

# Without it Excel takes UTF-8 for the machine's own encoding.
_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")

COLUMNS = (
    N_("License number"), N_("Printed number"), N_("Holder"), N_("Name in English"),
    N_("Unified social credit code"), N_("Type"), N_("Grade"), N_("Scope of business"),
    N_("Valid from"), N_("Valid until"), N_("Status"), N_("Since"), N_("First issued"),
    N_("Issuing authority"),
)


def lines(chunks: Iterable[list[License]], today: date, language: str) -> Iterator[str]:
    """Line by line, with a header; cells that a spreadsheet would run are made plain text."""
    yield _BYTE_ORDER_MARK + _line([gettext(column) for column in COLUMNS])
    for chunk in chunks:
        yield "".join(_line(_cells(license, today, language)) for license in chunk)


def plain_cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _line(cells: list[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(map(plain_cell, cells))
    return buffer.getvalue()


def _cells(license: License, today: date, language: str) -> list[str]:
    regime = regime_version(license.regime)
    return [
        license.number, license.display_number, license.holder_name,
        license.holder_name_en or "", license.uscc, regime.types[license.broker_type].name(language),
        regime.grades[license.grade].name(language),
        "; ".join(regime.scopes[code].name(language) for code in license.scope),
        license.valid_from.isoformat(), license.valid_to.isoformat(),
        *_standing(license, today), license.issued_on.isoformat(), regime.authority.name(language),
    ]


def _standing(license: License, today: date) -> tuple[str, str]:
    """The status and since when it is so; no day where the license is not in force yet."""
    standing = validity.of(license, today)
    if standing is None:
        return label(license.status), ""
    return label(standing.status), standing.since.isoformat()
