"""What is asked of people who follow what they filed."""

from flask_babel import lazy_gettext as _l

from broker_admin.forms import CodeField, Form, required, text


class FollowForm(Form):
    receipt = CodeField(_l("Receipt number"), validators=required(_l("Enter the receipt number.")))
    code = CodeField(_l("Query code"), validators=required(_l("Enter the query code.")),
                     description=_l("24 letters and digits, shown when you filed."))


class ReplyForm(Form):
    text = text(_l("Your answer"), needed=_l("Write your answer."))
