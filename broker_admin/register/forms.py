"""What the public is asked."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired

from broker_admin.forms import DateField, Form


class CertificateForm(Form):
    file = FileField(_l("The certificate as a PDF file"),
                     [FileRequired(_l("Choose the PDF file of the certificate."))],
                     description=_l("It is only compared, and not kept."),
                     render_kw={"accept": ".pdf"})


class DayForm(Form):
    """For the address line: it changes nothing, so it needs neither token nor key."""

    class Meta(Form.Meta):
        csrf = False

    # Nothing is handed in here, so nothing can be handed in twice.
    once = None
    on = DateField(_l("How did it stand on this day?"))
