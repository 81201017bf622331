"""The pages: signing up and in, one's own account, organisations."""

from flask import Blueprint

from broker_admin.accounts.workflow import LABELS
from broker_admin.templating import register_labels

bp = Blueprint("accounts", __name__, url_prefix="/account")
register_labels(LABELS)
