"""What is asked of people who complain or report."""

from dataclasses import replace
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, Field, RadioField
from wtforms.validators import Email, Optional, ValidationError

from broker_admin.clock import day_of, now
from broker_admin.complaints.filing import Account, Identity
from broker_admin.documents import service as documents
from broker_admin.documents.content import UploadRefused
from broker_admin.forms import (
    DateField,
    Form,
    TicksField,
    WholeNumberField,
    choices,
    line,
    plain,
    required,
    text,
)
from broker_admin.permissions import Actor
from broker_admin.rules.regime import Regime

MOST_FILES = 5
_FILES = {"accept": ".pdf,.png,.jpg,.jpeg"}


def said(field: Field) -> str | None:
    """What was typed; None for nothing."""
    return field.data or None


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
        self.inspected: list[documents.Inspected] = []
        self.files.description = gettext("PDF, PNG or JPEG, at most %(most)s files.", most=MOST_FILES)
        self.conduct_codes.choices = choices({c.code: c.name(language) for c in regime.conduct})

    def validate(self, extra_validators: Any = None) -> bool:
        """The files last of all, as looking at them is what costs."""
        return bool(super().validate(extra_validators)) and self._inspect_files()

    def _inspect_files(self) -> bool:
        # One that is refused refuses the whole: half of the evidence would mislead.
        try:
            for file in self.chosen_files:
                self.inspected.append(documents.inspect(file))
        except UploadRefused as refusal:
            self._refuse(self.chosen_files[len(self.inspected)].filename, refusal)
            return False
        return True

    def _refuse(self, name: str, refusal: UploadRefused) -> None:
        self.files.errors = [f"{name[:80]}: {gettext(refusal.sentence) % refusal.values}"]

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
            respondent_name=self.respondent_name.data, narrative=self.narrative.data,
            respondent_number=said(self.respondent_number), place=said(self.place),
            conduct_codes=self.conduct_codes.data, happened_on=self.happened_on.data)

    def identity(self) -> Identity:
        return Identity(language=self.language, name=said(self.name), phone=said(self.phone),
                        email=said(self.email))

    def keep_files(self, subject: str, slot: str, actor: Actor) -> bool:
        """Every file, kept with what was filed; False where one is refused, and says why."""
        for found in self.inspected:
            try:
                documents.attach(found, subject=subject, slot=slot, actor=actor, at=now())
            except UploadRefused as refusal:
                self._refuse(found.name, refusal)
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
    # Unticked unless somebody ticks it: without consent the respondent never learns a name.
    disclose = BooleanField(_l("The respondent may learn my name and telephone number"),
                            description=_l("Mediation is hardly possible without it. You can "
                                           "also complain without it."))

    def identity(self) -> Identity:
        return replace(super().identity(), address=said(self.address))


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
        return Identity(language=self.language, email=said(self.email))
