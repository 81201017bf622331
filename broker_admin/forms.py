"""Forms of the house: they clean what is typed, and say in the user's words what is wrong with it."""

import re
import secrets
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from flask_babel import format_decimal, gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from broker_admin.refusals import Refused
from broker_admin.rules.identifiers import (
    IDENTITY_IN_TEXT,
    MOBILE_IN_TEXT,
    normalise,
    uscc_fault,
)

SHORT = 200
LONG = 5_000
# Controls, and marks that turn the direction of writing: invisible, and made to mislead.
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_FIRST_YEAR, _LAST_YEAR = 1900, 2999
_IDENTITY = re.compile(rf"(?<!\d){IDENTITY_IN_TEXT}(?![\dXx])")
_MOBILE = re.compile(rf"(?<!\d){MOBILE_IN_TEXT}(?!\d)")


def clean(text: str | None) -> str | None:
    """Without surrounding space and invisible characters, in composed form."""
    if text is None:
        return None
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", lines)).strip()


def plain(text: str | None) -> str | None:
    """As :func:`clean`, with full-width letters, digits and spaces made plain: for codes and numbers."""
    return None if text is None else clean(unicodedata.normalize("NFKC", text))


class Form(FlaskForm):
    """Every form of the house: CSRF, and a key by which a second click is recognised."""

    once = HiddenField(default=lambda: secrets.token_urlsafe(16))

    class Meta(FlaskForm.Meta):
        def bind_field(self, form: Any, unbound: Any, options: dict[str, Any]) -> Any:
            filters = unbound.kwargs.get("filters", [])
            # Not passwords, which are verified as received, nor fields that read by themselves.
            if unbound.field_class in {StringField, TextAreaField} and clean not in filters:
                unbound.kwargs["filters"] = [clean, *filters]
            return unbound.bind(form=form, **options)

    @property
    def shown(self) -> list[Field]:
        """The fields that a page shows, in their order."""
        return [f for f in self if f.type not in {"HiddenField", "CSRFTokenField"}]


class ConfirmForm(Form):
    """A step that asks nothing but to be confirmed."""


@contextmanager
def refusal_at(field: Field) -> Iterator[None]:
    """A refusal of what is done here is an error of this field, with what was typed kept."""
    try:
        yield
    except Refused as refusal:
        field.errors = [gettext(refusal.sentence) % refusal.values]


def choices(words: Mapping[str, Any]) -> list[SelectChoice]:
    """Choices whose words are translated when the page is shown."""
    return [SelectChoice(value, label) for value, label in words.items()]


def to_choose(words: Mapping[str, Any]) -> list[SelectChoice]:
    """The same for a list that folds: nothing is chosen at first, and nobody is taken at a word unsaid."""
    return [SelectChoice("", _l("Please choose")), *choices(words)]


def required(sentence: Any) -> list[Any]:
    return [InputRequired(sentence)]


def line(label: Any, *, needed: Any = None, most: int = SHORT, **kwargs: Any) -> StringField:
    """One line of text; ``needed`` is the sentence shown when it is missing."""
    return StringField(label, validators=_text(needed, most, kwargs), **kwargs)


def text(label: Any, *, needed: Any = None, most: int = LONG, **kwargs: Any) -> TextAreaField:
    """Several lines of text; ``needed`` is the sentence shown when it is missing."""
    return TextAreaField(label, validators=_text(needed, most, kwargs), **kwargs)


def _text(needed: Any, most: int, kwargs: dict[str, Any]) -> list[Callable[..., None]]:
    # Of the cleaned text: spaces and invisible characters alone say nothing.
    asked = [DataRequired(needed)] if needed else [_optional_text]
    length = Length(max=most, message=_l("Use at most %(max)d characters."))
    return [*asked, length, *kwargs.pop("validators", [])]


def _optional_text(form: Any, field: Field) -> None:
    if not field.data:
        field.errors = []
        raise StopValidation


def _say_nothing(field: Field) -> None:
    """Spaces alone are no answer, neither to "required" nor to "optional"."""
    field.raw_data = []


def _stop_where_unread(field: Field) -> None:
    """What could not be read has its sentence; the other validators would ask after a value."""
    if field.process_errors:
        raise StopValidation


class DateField(StringField):
    """A day, typed as 2026-11-22, 2026/11/22 or 2026年11月22日; ``data`` is a date."""

    def __init__(self, label: Any = None, validators: Sequence[Any] | None = None,
                 **kwargs: Any) -> None:
        super().__init__(label, validators, filters=[], **kwargs)
        self.typed = ""

    def _value(self) -> str:
        return self.typed or (self.data.isoformat() if isinstance(self.data, date) else "")

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.typed = (plain(valuelist[0]) or "")[:40] if valuelist else ""
        self.data = None
        if not self.typed:
            _say_nothing(self)
            return
        match = _DATE.fullmatch("".join(self.typed.split()))
        try:
            self.data = date(*map(int, match.groups())) if match else None
        except ValueError:
            self.data = None
        if self.data is None:
            raise ValueError(_l("Enter a date such as 2026-11-22."))
        # At the edges of the calendar nothing can be counted from a day: there is none before or after.
        if not _FIRST_YEAR <= self.data.year <= _LAST_YEAR:
            self.data = None
            raise ValueError(_l("Enter a day between the years 1900 and 2999."))

    def pre_validate(self, form: Any) -> None:
        _stop_where_unread(self)


class WholeNumberField(StringField):
    """A whole number, also in full-width digits or with separators; ``data`` is an int."""

    def __init__(self, label: Any = None, validators: Sequence[Any] | None = None, *,
                 least: int = 0, most: int = 10**12, **kwargs: Any) -> None:
        super().__init__(label, validators, filters=[], **kwargs)
        self.least, self.most, self.typed = least, most, ""

    def _value(self) -> str:
        return self.typed or ("" if self.data is None else str(self.data))

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.typed = (plain(valuelist[0]) or "")[:40] if valuelist else ""
        self.data = None
        if not self.typed:
            _say_nothing(self)
            return
        digits = re.sub(r"[,\s]", "", self.typed)
        if not re.fullmatch(r"-?[0-9]{1,15}", digits):
            raise ValueError(_l("Enter a whole number in digits."))
        self.data = int(digits)

    def pre_validate(self, form: Any) -> None:
        _stop_where_unread(self)
        if self.data is not None and not self.least <= self.data <= self.most:
            raise ValidationError(_l("Enter a number from %(least)s to %(most)s.",
                                     least=format_decimal(self.least),
                                     most=format_decimal(self.most)))


class TicksField(SelectMultipleField):
    """Any of several choices, as tick boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Any) -> None:
        try:
            super().pre_validate(form)
        except ValidationError:
            # The library's own sentence names the value, and exists in English alone.
            raise StopValidation(_l("Not a valid choice.")) from None


class CodeField(StringField):
    """A code or number that is read without regard to width, spaces and case."""

    widget = TextInput()

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        typed = plain(valuelist[0]) if valuelist else ""
        self.data = re.sub(r"\s", "", typed or "").upper()[:SHORT]


def no_identifiers(form: Any, field: Field) -> None:
    """Identity and mobile numbers do not belong into a text that others will read."""
    found = _IDENTITY.findall(field.data or "")
    # Organisations' credit codes may consist of 18 digits too, and are public.
    if any(uscc_fault(normalise(number)) for number in found):
        raise ValidationError(_l("Leave identity numbers out of this text."))
    if _MOBILE.search(field.data or ""):
        raise ValidationError(_l("Leave mobile numbers out of this text."))
