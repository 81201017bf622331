"""The pages: outside to apply and follow, inside to assess and decide."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from broker_admin.applications.checklist import DOCUMENT_BY_CODE
from broker_admin.applications.wording import grade_of, grounds_of, limits_of, remedies_of
from broker_admin.applications.workflow import COLOURS, LABELS, STEPS
from broker_admin.forms import Form
from broker_admin.templating import register_labels

bp = Blueprint("applications", __name__, url_prefix="/applications")
register_labels(LABELS)


def shown(page: str, form: Form) -> ResponseReturnValue:
    """A page with its form; 422 where something in it needs another look."""
    return page, 422 if form.errors else 200


@bp.context_processor
def _words() -> dict[str, object]:
    return {
        "colours": COLOURS, "step_names": STEPS, "limits_of": limits_of, "grounds_of": grounds_of,
        "remedies_of": remedies_of, "grade_of": grade_of,
        "document_titles": {code: kind.title for code, kind in DOCUMENT_BY_CODE.items()},
    }
