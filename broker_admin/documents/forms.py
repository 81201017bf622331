from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired

from broker_admin.documents import service
from broker_admin.documents.content import UploadRefused
from broker_admin.documents.models import Document
from broker_admin.forms import Form
from broker_admin.permissions import Actor


class UploadForm(Form):
    """One file for one slot of a case."""

    file = FileField(_l("File"), [FileRequired(_l("Choose a file."))],
                     render_kw={"accept": ".pdf,.png,.jpg,.jpeg"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.file.description = gettext("PDF, PNG or JPEG, at most %(megabytes)s MB.",
                                        megabytes=current_app.config["MAX_UPLOAD_MEGABYTES"])

    def attach(self, *, subject: str, slot: str, actor: Actor, at: datetime) -> Document | None:
        """The file, kept; None where it is refused, and then the field says why."""
        try:
            return service.attach(self.file.data, subject=subject, slot=slot, actor=actor, at=at)
        except UploadRefused as refusal:
            self.file.errors = [gettext(refusal.sentence) % refusal.values]
            return None
