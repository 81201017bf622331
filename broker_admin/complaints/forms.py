"""What is asked of people who complain or report, of respondents and of officers."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, MultipleFileField
from wtforms import BooleanField, RadioField
from wtforms.validators import Email, Optional, ValidationError

from broker_admin.clock import day_of, now
from broker_admin.complaints.filing import Account, Identity
from broker_admin.documents import service as documents
from broker_admin.documents.content import UploadRefused
from broker_admin.forms import (
    CodeField,
    DateField,
    Form,
    TicksField,
    WholeNumberField,
    choices,
    line,
    no_identifiers,
    plain,
    required,
    text,
)
from broker_admin.permissions import Actor
from broker_admin.rules.regime import Regime

MOST_FILES = 5
_FILES = {"accept": ".pdf,.png,.jpg,.jpeg"}


class FilingForm(Form):
    """What a complaint and a report both say."""

    respondent_name = line(_l("Name of the broker or organisation"),
                           needed=_l("Say whom it is about."))
    respondent_number = line(
        _l("License number or unified social credit code"), most=60, filters=[plain],
        description=_l("If you know it. It may also act without a license."))
    conduct_codes = TicksField(_l("What is it about?"),
                               description=_l("Choose all that fit, or none if you are not sure."))
    happened_on = DateField(_l("When did it happen?"), validators=[Optional()])
    place = line(_l("Where did it happen?"))
    narrative = text(_l("What happened"), needed=_l("Say what happened."),
                     description=_l("Who did what, when, and how you know of it."))
    files = MultipleFileField(_l("Evidence"), render_kw=_FILES | {"multiple": True})
    name = line(_l("Your name"), most=100)
    phone = line(_l("Your telephone number"), most=30, filters=[plain])
    email = line(_l("Your e-mail address"), most=254, filters=[plain], validators=[
        Email(message=_l("Enter an e-mail address such as name@example.com."))],
        description=_l("If you want a mail whenever there is news."))
    honest = BooleanField(_l("What I say is true as far as I know. I know that false accusations "
                             "have consequences in law."),
                          validators=required(_l("Confirm that what you say is true.")))

    def __init__(self, regime: Regime, language: str) -> None:
        super().__init__()
        self.language = language
        self.files.description = gettext("PDF, PNG or JPEG, at most %(most)s files.", most=MOST_FILES)
        self.conduct_codes.choices = choices({c.code: c.name(language) for c in regime.conduct})

    def validate_happened_on(self, field: DateField) -> None:
        if field.data and field.data > day_of(now()):
            raise ValidationError(_l("This day has not come yet."))

    def validate_files(self, field: MultipleFileField) -> None:
        if len(self.chosen_files) > MOST_FILES:
            raise ValidationError(gettext("Choose at most %(most)s files.", most=MOST_FILES))

    @property
    def chosen_files(self) -> list[Any]:
        return [file for file in self.files.data or [] if file and file.filename]

    def account(self) -> Account:
        return Account(
            respondent_name=self.respondent_name.data,
            respondent_number=self.respondent_number.data or None,
            conduct_codes=list(self.conduct_codes.data or []), narrative=self.narrative.data,
            happened_on=self.happened_on.data, place=self.place.data or None)

    def identity(self) -> Identity:
        address = self.address.data if "address" in self else None
        return Identity(language=self.language, name=self.name.data or None,
                        phone=self.phone.data or None, email=self.email.data or None,
                        address=address or None)

    def keep_files(self, subject: str, slot: str, actor: Actor) -> bool:
        """Every file, kept with what was filed; False where one is refused, and says why."""
        for file in self.chosen_files:
            try:
                documents.attach(file, subject=subject, slot=slot, actor=actor, at=now())
            except UploadRefused as refusal:
                reason = gettext(refusal.sentence) % refusal.values
                self.files.errors = [f"{file.filename[:80]}: {reason}"]
                return False
        return True


class ComplaintForm(FilingForm):
    name = line(_l("Your name"), most=100, needed=_l("Enter your name."))
    phone = line(_l("Your telephone number"), most=30, filters=[plain],
                 needed=_l("Enter your telephone number."))
    address = line(_l("Your address"))
    request = text(_l("What you ask for"), most=2000, needed=_l("Say what you ask for."),
                   description=_l("For example a refund, or the deletion of your data."))
    amount = WholeNumberField(_l("Amount in dispute, in yuan"), validators=[Optional()])
    other_bodies = line(_l("Court, arbitration or other authority that already deals with it"))
    disclose = BooleanField(_l("The respondent may learn my name and telephone number"),
                            description=_l("Mediation is hardly possible without it. You can "
                                           "also complain without it."))


class ReportForm(FilingForm):
    named = RadioField(
        _l("Do you give your name?"),
        choices=choices({"yes": _l("Yes; only the officers who handle the report see it"),
                         "no": _l("No, I report anonymously")}),
        validators=required(_l("Say whether you give your name.")))

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        # Not a validator of the field: those are not asked about what was left empty.
        if self.named.data == "yes" and not self.name.data:
            self.name.errors = [gettext("Enter your name, or report anonymously.")]
            return False
        return valid

    def identity(self) -> Identity:
        if self.named.data == "yes":
            return super().identity()
        # What an anonymous reporter typed all the same is not kept; the mail address was meant.
        return Identity(language=self.language, email=self.email.data or None)


class FollowForm(Form):
    receipt = CodeField(_l("Receipt number"), validators=required(_l("Enter the receipt number.")))
    code = CodeField(_l("Query code"), validators=required(_l("Enter the query code.")),
                     description=_l("24 letters and digits, shown when you filed."))


class ReplyForm(Form):
    text = text(_l("Your answer"), needed=_l("Write your answer."))


class SureForm(Form):
    """Nothing to say, only to confirm."""


class AnswerForm(Form):
    text = text(_l("Your answer to the complaint"), needed=_l("Write your answer."),
                description=_l("Your view of the facts, and what you offer."))
    file = FileField(_l("A document for it"), render_kw=_FILES)


class AcceptForm(Form):
    told = text(_l("What the respondent is told"), most=2000, validators=[no_identifiers],
                needed=_l("Say what the respondent is told."),
                description=_l("In your own words. Name nobody who has not consented."))
    answer_by = DateField(_l("Answer asked for by"), validators=[Optional()],
                          description=_l("Leave empty if the respondent is not known here."))

    def validate_answer_by(self, field: DateField) -> None:
        if field.data and field.data <= day_of(now()):
            raise ValidationError(_l("The respondent needs a later day for its answer."))


class DeclineForm(Form):
    grounds = TicksField(_l("Grounds"), validators=required(_l("Choose at least one ground.")))
    reasons = text(_l("Reasons"), most=2000, needed=_l("Give the reasons."),
                   description=_l("The complainant reads them."))

    def offer(self, regime: Regime, language: str) -> None:
        self.grounds.choices = choices({g.code: g.name(language) for g in regime.complaint_grounds})


class OutcomeForm(Form):
    outcome = text(_l("Outcome"), most=2000, needed=_l("Say how it ended."), validators=[no_identifiers],
                   description=_l("Both sides read it."))


class ReasonForm(Form):
    reason = text(_l("Reasons"), most=2000, needed=_l("Give the reasons."))


class TellForm(Form):
    reply = text(_l("What the reporter is told"), most=2000, needed=_l("Say what the reporter is told."),
                 description=_l("Whether a case was filed and why. Nothing about the case itself."))


class QuestionForm(Form):
    text = text(_l("Your question"), most=2000, needed=_l("Write the question."))


class IdentifyForm(Form):
    uscc = CodeField(_l("Unified social credit code of the organisation"),
                     validators=required(_l("Enter the credit code.")))


class CaseForm(Form):
    conduct_codes = TicksField(_l("Conduct"), validators=required(_l("Choose at least one kind of conduct.")))
    facts = text(_l("What is known so far"), needed=_l("Say what is known so far."),
                 description=_l("Name nobody who complained or reported."),
                 validators=[no_identifiers])

    def offer(self, regime: Regime, language: str, chosen: list[str]) -> None:
        self.conduct_codes.choices = choices(
            {c.code: f"{c.code} {c.name(language)}" for c in regime.conduct})
        if not self.is_submitted():
            self.conduct_codes.data = chosen
