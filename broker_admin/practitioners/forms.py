"""What is asked about practitioners."""

from flask_babel import lazy_gettext as _l

from broker_admin.forms import CodeField, Form, no_identifiers, required, text


class ProposeForm(Form):
    certificate_number = CodeField(
        _l("Number of the practitioner's certificate"),
        description=_l("It begins with SJP. The person confirms afterwards."),
        validators=required(_l("Enter the number of the certificate.")))


class VoidForm(Form):
    reason = text(_l("Reasons"), most=1000, needed=_l("Give the reasons."),
                  validators=[no_identifiers])
