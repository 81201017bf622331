"""Codes of organisations and persons: read as people type them, checked, masked."""

import re
import unicodedata
from datetime import date
from enum import StrEnum

from broker_admin.refusals import N_

# Letters that are mistaken for digits are left out: I, O, S, V, Z.
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = [pow(3, place, 31) for place in range(17)]
_ENTITY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY_WEIGHTS = [pow(2, 17 - place, 11) for place in range(17)]
_IDENTITY_CHECKS = "10X98765432"
_OLDEST = 120
# As they stand inside of texts: also in groups, with the code of the country, or in full-width digits.
IDENTITY_IN_TEXT = r"[0-9０-９]{6}[- ]?[0-9０-９]{8}[- ]?[0-9０-９]{3}[0-9０-９XxＸｘ]"
MOBILE_IN_TEXT = r"(?:\+?(?:00)?86[- ]?)?[1１][3-9３-９][0-9０-９][- ]?[0-9０-９]{4}[- ]?[0-9０-９]{4}"
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LENGTH = 18
# The areas of the country are numbered from 1 (North) to 8; 100000 is the national register.
_AREA = re.compile(r"[1-8]\d{5}", re.ASCII)


class Fault(StrEnum):
    """Why a code cannot be right; ``sentence`` says it to whoever typed it."""

    USCC_LENGTH = "uscc_length"
    USCC_ALPHABET = "uscc_alphabet"
    USCC_AREA = "uscc_area"
    USCC_CHECK = "uscc_check"
    USCC_ENTITY_CHECK = "uscc_entity_check"
    IDENTITY_LENGTH = "identity_length"
    IDENTITY_ALPHABET = "identity_alphabet"
    IDENTITY_BIRTH = "identity_birth"
    IDENTITY_FUTURE = "identity_future"
    IDENTITY_AGE = "identity_age"
    IDENTITY_CHECK = "identity_check"
    MOBILE = "mobile"

    @property
    def sentence(self) -> str:
        return _SENTENCES[self]


_SENTENCES = {
    Fault.USCC_LENGTH: N_("A unified social credit code has 18 characters."),
    Fault.USCC_ALPHABET: N_(
        "A unified social credit code has digits and capital letters, but never I, O, S, V or Z."
    ),
    Fault.USCC_AREA: N_(
        "Characters 3 to 8 of a unified social credit code are the digits of an area."
    ),
    Fault.USCC_CHECK: N_(
        "The unified social credit code is mistyped: its last character does not fit the others."
    ),
    Fault.USCC_ENTITY_CHECK: N_(
        "The unified social credit code is mistyped: its 17th character does not fit the entity."
    ),
    Fault.IDENTITY_LENGTH: N_("A resident identity number has 18 characters."),
    Fault.IDENTITY_ALPHABET: N_(
        "A resident identity number is 17 digits and a last digit or X."
    ),
    Fault.IDENTITY_BIRTH: N_("The identity number holds a date of birth that does not exist."),
    Fault.IDENTITY_FUTURE: N_("The identity number holds a date of birth in the future."),
    Fault.IDENTITY_AGE: N_("The identity number holds a date of birth too long ago."),
    Fault.IDENTITY_CHECK: N_(
        "The identity number is mistyped: its last character does not fit the others."
    ),
    Fault.MOBILE: N_("A mobile number has 11 digits and begins with 13 to 19."),
}


def normalise(text: str) -> str:
    """As the standards write codes: half-width, capitals, no spaces, hyphens or invisible marks."""
    plain = unicodedata.normalize("NFKC", text)
    # Dashes and format characters (zero-width spaces) arrive with text copied from other pages.
    kept = (c for c in plain if not c.isspace() and unicodedata.category(c) not in {"Pd", "Cf"})
    return "".join(kept).upper()


def normalise_mobile(text: str) -> str:
    """Eleven digits, without the country's prefix."""
    # Address books export numbers with it.
    plain = normalise(text)
    for prefix in ("+86", "0086"):
        plain = plain.removeprefix(prefix)
    return plain.removeprefix("86") if len(plain) == len("8613800000000") else plain


def uscc_fault(code: str) -> Fault | None:
    """What is wrong with a unified social credit code (GB 32100-2015), already normalised."""
    if len(code) != _LENGTH:
        return Fault.USCC_LENGTH
    if not set(code) <= set(_USCC_ALPHABET):
        return Fault.USCC_ALPHABET
    if not _AREA.fullmatch(code[2:8]):
        return Fault.USCC_AREA
    if _uscc_check(code[:17]) != code[17]:
        return Fault.USCC_CHECK
    if _entity_check(code[8:16]) != code[16]:
        return Fault.USCC_ENTITY_CHECK
    return None


def uscc_with_checks(first_sixteen: str) -> str:
    """The code for a registration class, an area and eight characters of an entity."""
    seventeen = first_sixteen + _entity_check(first_sixteen[8:])
    return seventeen + _uscc_check(seventeen)


def identity_fault(number: str, today: date) -> Fault | None:
    """What is wrong with a resident identity number (GB 11643-1999), already normalised."""
    if len(number) != _LENGTH:
        return Fault.IDENTITY_LENGTH
    # ASCII only: other scripts have digits too, and int() would take them.
    if not re.fullmatch(r"\d{17}[\dX]", number, re.ASCII):
        return Fault.IDENTITY_ALPHABET
    if _identity_check(number[:17]) != number[17]:
        return Fault.IDENTITY_CHECK
    return _birth_fault(birth_date(number), today)


def identity_with_check(first_seventeen: str) -> str:
    return first_seventeen + _identity_check(first_seventeen)


def birth_date(identity: str) -> date | None:
    """``None`` where the digits are no date."""
    try:
        return date(int(identity[6:10]), int(identity[10:12]), int(identity[12:14]))
    except ValueError:
        return None


def mobile_fault(number: str) -> Fault | None:
    return None if _MOBILE.fullmatch(number) else Fault.MOBILE


def mask_identity(number: str) -> str:
    """First four and last four characters; anything too short for that is hidden whole."""
    return _masked(number, 4, 4)


def mask_mobile(number: str) -> str:
    return _masked(number, 3, 4)


def mask_name(name: str) -> str:
    """张*三, 张*; Latin names of several words keep each word's initial."""
    words = name.split()
    if len(words) > 1 and name.isascii():
        return " ".join(word[0] + "*" * max(1, len(word) - 1) for word in words)
    # A Chinese name is one word, even where somebody typed 王 芳 with a space to fill the line.
    kept = "".join(words)
    return _masked(kept, 1, 1) if len(kept) > 2 else kept[:1] + "*"


def _masked(text: str, head: int, tail: int) -> str:
    hidden = len(text) - head - tail
    return text[:head] + "*" * hidden + text[-tail:] if hidden > 0 else "*" * len(text)


def _birth_fault(birth: date | None, today: date) -> Fault | None:
    if birth is None:
        return Fault.IDENTITY_BIRTH
    if birth > today:
        return Fault.IDENTITY_FUTURE
    return Fault.IDENTITY_AGE if today.year - birth.year > _OLDEST else None


def _uscc_check(seventeen: str) -> str:
    total = sum(
        _USCC_ALPHABET.index(c) * weight
        for c, weight in zip(seventeen, _USCC_WEIGHTS, strict=True)
    )
    return _USCC_ALPHABET[-total % 31]


def _entity_check(eight: str) -> str:
    """The check character of the entity's own code (GB 11714)."""
    total = sum(int(c, 36) * weight for c, weight in zip(eight, _ENTITY_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]


def _identity_check(seventeen: str) -> str:
    total = sum(int(c) * weight for c, weight in zip(seventeen, _IDENTITY_WEIGHTS, strict=True))
    return _IDENTITY_CHECKS[total % 11]
