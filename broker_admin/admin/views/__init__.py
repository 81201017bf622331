"""The pages of system administrators."""

from flask import Blueprint

from broker_admin.admin.words import LABELS
from broker_admin.templating import register_labels

bp = Blueprint("admin", __name__, url_prefix="/admin")
register_labels(LABELS)
