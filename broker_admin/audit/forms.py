from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from broker_admin.audit.words import WORDS, words_for
from broker_admin.forms import DateField, Form, line


class SearchForm(Form):
    """What an auditor looks for; every field may stay empty."""

    name = SelectField(_l("Event"), [Optional()])
    subject = line(_l("Matter"), most=80, description=_l("Its reference, for example SQ-2026-000123."))
    actor = line(_l("Who"), most=254, description=_l("The e-mail address that the person signs in with."))
    first = DateField(_l("From"), description=_l("A day, such as 2026-11-22."))
    last = DateField(_l("Until"), description=_l("A day, such as 2026-11-22."))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # Here and not on the class: the words are those of this reader's language.
        self.name.choices = [SelectChoice("", _l("Any event")),
                             *(SelectChoice(name, words_for(name)) for name in WORDS)]
