"""The public pages: nobody signs in, nothing is changed."""

from flask import Blueprint

from broker_admin.licenses.workflow import ACTS, COLOURS, LABELS
from broker_admin.register.covering import covered
from broker_admin.rules.identifiers import mask_name
from broker_admin.templating import register_labels

bp = Blueprint("register", __name__)
register_labels(LABELS)
bp.add_app_template_filter(covered, "covered")
bp.add_app_template_filter(mask_name, "masked_name")


@bp.context_processor
def _words() -> dict[str, object]:
    return {"acts": ACTS, "colours": COLOURS}
