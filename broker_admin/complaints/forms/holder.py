"""What is asked of respondents."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField

from broker_admin.enforcement.forms.party import AnsweringForm
from broker_admin.forms import text

_FILES = {"accept": ".pdf,.png,.jpg,.jpeg"}


class AnswerForm(AnsweringForm):
    text = text(_l("Your answer to the complaint"), needed=_l("Write your answer."),
                description=_l("Your view of the facts, and what you offer."))
    file = FileField(_l("A document for it"), render_kw=_FILES)
