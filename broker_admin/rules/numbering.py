"""Numbers of licenses, certificates, documents and receipts, as printed and as typed back."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TYPE_LETTERS = {"TECH": "T", "DATA": "D", "FIDU": "F"}
_LETTER_TYPES = {letter: code for code, letter in _TYPE_LETTERS.items()}
_PREFIX = "粤数经"
# Read from paper or heard on the telephone, these are taken for digits where digits must stand.
_LOOKALIKES = str.maketrans("OIL", "011")
# The printed bracket is on no keyboard.
_BRACKETS = str.maketrans(dict.fromkeys("[({【「『〖", "〔") | dict.fromkeys("])}】」』〗", "〕"))
_LONGEST_TYPED = 200

_D = "[0-9OIL]"
_LICENSE = re.compile(rf"SJ({_D}{{6}})([TDF])({_D}{{4}})({_D}{{5}})([0-9A-Z])")
_PRACTITIONER = re.compile(rf"SJP({_D}{{6}})({_D}{{4}})({_D}{{6}})([0-9A-Z])")
_LICENSE_HUMAN = re.compile(
    rf"{_PREFIX}〔(\d{{4}})〕([TDF])(\d{{6}}|\d{{4}})(\d{{5}})号?", re.ASCII
)


class DocumentKind(StrEnum):
    """The word that stands between 粤数经 and the year on each kind of document."""

    ACCEPTANCE = "受"
    CORRECTION = "补"
    NON_ACCEPTANCE = "不受"
    EXTENSION = "延"
    GRANT = "许"
    REFUSAL = "不许"
    CHANGE = "变"
    RENEWAL = "延续"
    CANCELLATION = "注"
    ANNULMENT = "撤"
    HEARING = "听"
    INSPECTION = "检"
    RECTIFICATION = "改"
    CASE_FILING = "立"
    NOTICE = "告"
    PENALTY = "罚"
    NO_PENALTY = "不罚"
    MEASURE = "管"


_KINDS = "|".join(sorted(DocumentKind, key=len, reverse=True))
_DOCUMENT = re.compile(rf"{_PREFIX}({_KINDS})〔(\d{{4}})〕(\d{{5,}})号?", re.ASCII)


@dataclass(frozen=True)
class LicenseNumber:
    """``region`` has six digits, ``type`` is TECH, DATA or FIDU; ``str()`` is the machine form."""

    region: str
    type: str
    year: int
    serial: int

    def __post_init__(self) -> None:
        _demand(self.region, self.year, self.serial, longest_serial=5)
        if self.type not in _TYPE_LETTERS:
            raise ValueError(f"{self.type} is no type of license")

    def __str__(self) -> str:
        letter = _TYPE_LETTERS[self.type]
        return with_check_character(f"SJ{self.region}{letter}{self.year:04}{self.serial:05}")

    @property
    def human(self) -> str:
        """As printed; a district keeps its last two digits, a city drops the two noughts."""
        region = self.region.removesuffix("00")
        return f"{_PREFIX}〔{self.year}〕{_TYPE_LETTERS[self.type]}-{region}-{self.serial:05}号"


@dataclass(frozen=True)
class PractitionerNumber:
    region: str
    year: int
    serial: int

    def __post_init__(self) -> None:
        _demand(self.region, self.year, self.serial, longest_serial=6)

    def __str__(self) -> str:
        return with_check_character(f"SJP{self.region}{self.year:04}{self.serial:06}")


@dataclass(frozen=True)
class DocumentNumber:
    kind: DocumentKind
    year: int
    serial: int

    def __post_init__(self) -> None:
        if self.serial < 1:
            raise ValueError("serial numbers begin with 1")

    def __str__(self) -> str:
        return f"{_PREFIX}{self.kind}〔{self.year}〕{self.serial:05}号"


def check_character(text: str) -> str:
    """ISO 7064 MOD 37,36 over digits and capital letters."""
    product = 36
    for character in text:
        total = (product + _ALPHABET.index(character)) % 36 or 36
        product = total * 2 % 37
    return _ALPHABET[(37 - product) % 36]


def with_check_character(text: str) -> str:
    return text + check_character(text)


def is_well_formed(number: str) -> bool:
    """Whether this is, to the letter, the machine form of a license or practitioner number."""
    # Formed anew and compared, so that no second spelling of a number passes for it.
    read = parse_license_number(number) or parse_practitioner_number(number)
    return read is not None and str(read) == number


def parse_license_number(text: str) -> LicenseNumber | None:
    """Reads both forms, forgiving about width, case, spaces, brackets, and O for 0.

    ``None`` where it is neither, or where the check character does not fit.
    """
    typed = _plain(text)
    if found := _LICENSE_HUMAN.fullmatch(typed):
        year, letter, region, serial = found.groups()
        return _license(region.ljust(6, "0"), letter, year, serial)
    if found := _LICENSE.fullmatch(typed):
        region, letter, year, serial, check = found.groups()
        number = _license(region, letter, year, serial)
        return number if number and _same_check(str(number), check) else None
    return None


def parse_practitioner_number(text: str) -> PractitionerNumber | None:
    found = _PRACTITIONER.fullmatch(_plain(text))
    if not found:
        return None
    region, year, serial = (part.translate(_LOOKALIKES) for part in found.groups()[:3])
    if int(serial) == 0:
        return None
    number = PractitionerNumber(region, int(year), int(serial))
    return number if _same_check(str(number), found[4]) else None


def parse_document_number(text: str) -> DocumentNumber | None:
    found = _DOCUMENT.fullmatch(_plain(text))
    if not found or int(found[3]) == 0:
        return None
    return DocumentNumber(DocumentKind(found[1]), int(found[2]), int(found[3]))


def receipt_number(twelve_digits: str) -> str:
    """A public receipt number: twelve digits and their Luhn digit."""
    if not re.fullmatch(r"\d{12}", twelve_digits, re.ASCII):
        raise ValueError("a receipt number is made from twelve digits")
    return twelve_digits + _luhn(twelve_digits)


def parse_receipt_number(text: str) -> str | None:
    """The thirteen digits without the spaces and hyphens they were typed with."""
    digits = _plain(text)
    if not re.fullmatch(r"\d{13}", digits, re.ASCII) or _luhn(digits[:12]) != digits[12]:
        return None
    return digits


def grouped(receipt: str) -> str:
    """1234 5678 9012 3, as it is read out on the telephone."""
    return " ".join(receipt[start:start + 4] for start in range(0, len(receipt), 4))


def _plain(text: str) -> str:
    # Nothing longer is a number, and nobody should make us normalise a book.
    plain = unicodedata.normalize("NFKC", text[:_LONGEST_TYPED]).upper().translate(_BRACKETS)
    return "".join(
        c for c in plain if not c.isspace() and unicodedata.category(c) not in {"Pd", "Cf"}
    )


def _license(region: str, letter: str, year: str, serial: str) -> LicenseNumber | None:
    region, year, serial = (part.translate(_LOOKALIKES) for part in (region, year, serial))
    if int(serial) == 0:
        return None
    return LicenseNumber(region, _LETTER_TYPES[letter], int(year), int(serial))


def _same_check(number: str, check: str) -> bool:
    return number[-1].translate(_LOOKALIKES) == check.translate(_LOOKALIKES)


def _luhn(digits: str) -> str:
    doubled = (int(c) * (1 + place % 2) for place, c in enumerate(reversed(digits), 1))
    return str(-sum(map(_cross_sum, doubled)) % 10)


def _cross_sum(value: int) -> int:
    return value - 9 if value > 9 else value


def _demand(region: str, year: int, serial: int, *, longest_serial: int) -> None:
    """Raises ``ValueError`` for what could not be read back from the number."""
    if not re.fullmatch(r"\d{6}", region, re.ASCII):
        raise ValueError(f"{region} is no area code of six digits")
    if not 0 <= year <= 9999:
        raise ValueError(f"{year} is no year of four digits")
    if not 1 <= serial < 10 ** longest_serial:
        raise ValueError(f"serial {serial} does not fit {longest_serial} digits")
