"""What administrators enter."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, SelectField
from wtforms.validators import ValidationError

from broker_admin.accounts.forms import address_line
from broker_admin.admin.words import ROLES
from broker_admin.forms import Form, choices, line, no_identifiers, text
from broker_admin.i18n import LANGUAGES
from broker_admin.rules.notices import LONGEST_NOTICE, NoticeRefused, parse_notice


class StaffForm(Form):
    name = line(_l("Name"), needed=_l("Enter the name."), most=100)
    email = address_line()
    role = SelectField(_l("First role"), choices=choices(ROLES))
    language = RadioField(_l("Language of pages and mails"), choices=choices(LANGUAGES),
                          default="zh")


class RoleForm(Form):
    role = SelectField(_l("Role"), choices=choices(ROLES))


class ReasonForm(Form):
    reason = text(_l("Reason"), needed=_l("Give the reason: it is kept in the record."), most=500,
                  validators=[no_identifiers])


class NoticeForm(Form):
    text = text(_l("The notice"), needed=_l("Enter the notice."), most=LONGEST_NOTICE,
                description=_l("Four entries: year, source, off_weekdays, work_weekends, as in "
                               "the example below."))

    def validate_text(self, field: Field) -> None:
        # Here and again in the verb: a fault found here leaves the typed text in its field.
        try:
            parse_notice(field.data)
        except NoticeRefused as refusal:
            raise ValidationError(gettext(refusal.sentence) % refusal.values
                                  if refusal.values else gettext(refusal.sentence)) from None
