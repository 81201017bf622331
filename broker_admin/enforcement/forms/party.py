"""What the party is asked."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField

from broker_admin.documents.forms import UploadForm
from broker_admin.forms import choices, required, text

_FILES = {"accept": ".pdf,.png,.jpg,.jpeg"}


class AnsweringForm(UploadForm):
    """What the party says in its own words, and a document for them if it has one."""

    file = FileField(_l("A document for it"), render_kw=_FILES)

    def keep_file(self, **place: Any) -> bool:
        """False where there is a file that is refused; its field says why."""
        return not self.file.data or self.attach(**place) is not None


class StatementForm(AnsweringForm):
    statement = text(_l("Your statement and defence"), needed=_l("Write your statement."),
                     description=_l("Facts, reasons and evidence in your favour. A statement "
                                    "never leads to a heavier measure."))
    file = FileField(_l("A document for it"), render_kw=_FILES)
    hearing = RadioField(_l("Do you ask for a hearing?"),
                         choices=choices({"yes": _l("Yes, we ask for a hearing"),
                                          "no": _l("No, our statement is enough")}),
                         validators=required(_l("Say whether you ask for a hearing.")))
    sure = BooleanField(_l("This statement is complete; it can be made once."),
                        validators=required(_l("Confirm that the statement is complete.")))

    @property
    def asks_for_hearing(self) -> bool:
        # The question is taken out of the form where the law gives no hearing, or not any more.
        return "hearing" in self and self.hearing.data == "yes"
