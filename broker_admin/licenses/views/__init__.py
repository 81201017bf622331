"""The pages: the holder's wallet, and the desk."""

from flask import Blueprint
from flask_babel import gettext

from broker_admin import pdf
from broker_admin.clock import day_of
from broker_admin.licenses.models import Standing
from broker_admin.licenses.remedies import remedies
from broker_admin.licenses.workflow import ACTS, COLOURS, CONTESTABLE, LABELS, STEPS
from broker_admin.rules.regime import regime_version
from broker_admin.templating import register_labels

bp = Blueprint("licenses", __name__, url_prefix="/licenses")
register_labels(LABELS)


@bp.context_processor
def _words() -> dict[str, object]:
    return {"acts": ACTS, "colours": COLOURS, "step_names": STEPS, "pdf_trouble": _pdf_trouble,
            "remedies_of": remedies_of}


def remedies_of(standing: Standing) -> str:
    """What the holder may do against this act; nothing for one that was in its favour."""
    if standing.act not in CONTESTABLE:
        return ""
    return remedies(regime_version(standing.license.regime), day_of(standing.known_at))


def _pdf_trouble() -> str:
    """Why certificates cannot be made here, with the cure; empty where they can."""
    return "" if pdf.available() else str(gettext(pdf.PdfUnavailable().sentence))
