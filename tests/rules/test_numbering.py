import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker_admin.rules.numbering import (
    DocumentKind,
    DocumentNumber,
    LicenseNumber,
    PractitionerNumber,
    check_character,
    grouped,
    is_well_formed,
    parse_document_number,
    parse_license_number,
    parse_practitioner_number,
    parse_receipt_number,
    receipt_number,
    with_check_character,
)

FIRST = LicenseNumber("440000", "TECH", 2026, 1)
PRACTITIONER = PractitionerNumber("440000", 2026, 123)
REGIONS = st.integers(440000, 449999).map(str)
LICENSES = st.builds(
    LicenseNumber, REGIONS, st.sampled_from(["TECH", "DATA", "FIDU"]),
    st.integers(2021, 2099), st.integers(1, 99_999),
)


@pytest.mark.parametrize(("text", "check"), [
    ("A12425GABC1234002", "M"),
    ("SJ440000T202600001", "A"),
    ("SJ440100D202600012", "7"),
    ("SJP4400002026000123", "V"),
])
def test_the_check_character_follows_iso_7064(text, check):
    assert check_character(text) == check
    assert with_check_character(text) == text + check


@pytest.mark.parametrize(("number", "machine", "human"), [
    (FIRST, "SJ440000T202600001A", "粤数经〔2026〕T-4400-00001号"),
    (LicenseNumber("440100", "DATA", 2026, 12), "SJ440100D2026000127",
     "粤数经〔2026〕D-4401-00012号"),
    (LicenseNumber("440106", "FIDU", 2026, 7), None, "粤数经〔2026〕F-440106-00007号"),
])
def test_a_license_number_has_two_forms(number, machine, human):
    assert number.human == human
    assert machine is None or str(number) == machine
    assert len(str(number)) == 19


def test_a_practitioner_number_has_twenty_characters():
    assert str(PRACTITIONER) == "SJP4400002026000123V"


@pytest.mark.parametrize("typed", [
    "SJ440000T202600001A",
    "sj440000t202600001a",
    " SJ 440000 T 2026 00001 A ",
    "ＳＪ４４００００Ｔ２０２６０００１Ａ".replace("２０２６０００", "２０２６００００"),
    "SJ44OOOOT2O26OOOO1A",
    "SJ440000T20260000IA",
    "SJ-440000-T-2026-00001-A",
    "粤数经〔2026〕T-4400-00001号",
    "粤数经[2026]T-4400-00001号",
    "粤数经（２０２６）T—4400—00001号",
    "粤数经 (2026) t–4400–00001",
    "粤数经【2026】T-440000-00001号",
])
def test_a_license_number_is_read_as_people_type_it(typed):
    assert parse_license_number(typed) == FIRST


@pytest.mark.parametrize("typed", [
    "", "SJ", "SJ440000T202600001B", "SJ440000X202600001A", "SJ440000T20260001A",
    "SJ440000T202600001A1", "粤数经〔26〕T-4400-00001号", "粤数经〔2026〕T-4400-00000号",
    with_check_character("SJ440000T202600000"), "粤数经许〔2026〕00001号",
    "京数经〔2026〕T-4400-00001号",
    "SJ440000T202600001A" * 100_000,
])
def test_what_is_no_license_number_is_not_read(typed):
    assert parse_license_number(typed) is None


@given(LICENSES)
def test_both_forms_lead_back_to_the_number(number):
    assert parse_license_number(str(number)) == number
    assert parse_license_number(number.human) == number
    assert is_well_formed(str(number))


@given(LICENSES, st.integers(2, 18), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTUVWXYZ"))
def test_a_single_wrong_character_is_noticed(number, place, other):
    right = str(number)
    wrong = right[:place] + other + right[place + 1:]

    assert is_well_formed(wrong) is (wrong == right)


def test_two_exchanged_digits_are_noticed():
    number = str(LicenseNumber("440100", "DATA", 2026, 12))
    swaps = [number[:at] + number[at + 1] + number[at] + number[at + 2:] for at in range(2, 17)]

    assert not any(is_well_formed(swap) for swap in swaps if swap != number)


@pytest.mark.parametrize(("number", "well_formed"), [
    ("SJ440000T202600001A", True),
    ("SJP4400002026000123V", True),
    ("SJP4400002026000123W", False),
    ("sj440000T202600001A", False),
    ("粤数经〔2026〕T-4400-00001号", False),
    ("None", False),
    ("", False),
])
def test_only_the_machine_form_is_well_formed(number, well_formed):
    assert is_well_formed(number) is well_formed


@pytest.mark.parametrize(("typed", "expected"), [
    ("sjp 440000 2026 000123 v", PRACTITIONER),
    ("SJP44OOOO2026OOO123V", PRACTITIONER),
    ("SJP4400002026000123W", None),
    (with_check_character("SJP4400002026000000"), None),
    ("SJ440000T202600001A", None),
])
def test_a_practitioner_number_is_read_forgivingly(typed, expected):
    assert parse_practitioner_number(typed) == expected


@pytest.mark.parametrize(("region", "kind", "year", "serial"), [
    ("4400", "TECH", 2026, 1),
    ("44000O", "TECH", 2026, 1),
    ("440000", "EXCHANGE", 2026, 1),
    ("440000", "TECH", 10_000, 1),
    ("440000", "TECH", -1, 1),
    ("440000", "TECH", 2026, 0),
    ("440000", "TECH", 2026, 100_000),
])
def test_a_number_that_could_not_be_read_back_is_an_error(region, kind, year, serial):
    with pytest.raises(ValueError, match=r"no |fit"):
        LicenseNumber(region, kind, year, serial)


def test_a_practitioner_serial_has_six_digits():
    assert str(PractitionerNumber("440000", 2026, 999_999)).startswith("SJP4400002026999999")
    with pytest.raises(ValueError, match="does not fit 6 digits"):
        PractitionerNumber("440000", 2026, 1_000_000)


def test_document_numbers_are_printed_with_their_kind():
    assert str(DocumentNumber(DocumentKind.GRANT, 2026, 42)) == "粤数经许〔2026〕00042号"
    assert str(DocumentNumber(DocumentKind.NON_ACCEPTANCE, 2026, 1)) == "粤数经不受〔2026〕00001号"


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_document_numbers_of_every_kind_are_read_back(kind):
    number = DocumentNumber(kind, 2026, 123_456)

    assert parse_document_number(str(number)) == number
    assert parse_document_number(str(number).replace("〔", " [").replace("〕", "] ")) == number


@pytest.mark.parametrize("typed", [
    "", "粤数经〔2026〕00001号", "粤数经许2026-00001", "粤数经许〔2026〕001号",
    "粤数经许〔2026〕00000号",
])
def test_what_is_no_document_number_is_not_read(typed):
    assert parse_document_number(typed) is None


def test_a_document_serial_begins_with_one():
    with pytest.raises(ValueError, match="begin with 1"):
        DocumentNumber(DocumentKind.GRANT, 2026, 0)


@pytest.mark.parametrize(("payload", "expected"), [
    ("202611220001", "2026112200012"),
    ("000000000000", "0000000000000"),
    ("007992739871", "0079927398713"),
])
def test_a_receipt_number_ends_with_its_luhn_digit(payload, expected):
    assert receipt_number(payload) == expected


@given(st.integers(0, 10**12 - 1).map("{:012}".format))
def test_receipt_numbers_are_read_back_as_spoken(payload):
    receipt = receipt_number(payload)

    assert parse_receipt_number(grouped(receipt)) == receipt
    assert sum(map(bool, map(parse_receipt_number, (payload + d for d in "0123456789")))) == 1


@pytest.mark.parametrize("typed", ["", "2026112200013", "202611220001", "20261122000１x", "x" * 13])
def test_what_is_no_receipt_number_is_not_read(typed):
    assert parse_receipt_number(typed) is None


@pytest.mark.parametrize("payload", ["", "12345678901", "1234567890123", "12345678901x"])
def test_a_receipt_number_needs_twelve_digits(payload):
    with pytest.raises(ValueError, match="twelve digits"):
        receipt_number(payload)


def test_a_receipt_number_is_grouped_for_reading_out():
    assert grouped("2026112200012") == "2026 1122 0001 2"


def residue(number: str) -> int:
    """ISO 7064 hybrid system, written from the standard's own rule for checking."""
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    product = 36
    for character in number[:-1]:
        total = (product + alphabet.index(character)) % 36
        product = (total if total else 36) * 2 % 37
    return (product + alphabet.index(number[-1])) % 36


@given(LICENSES)
def test_a_license_number_leaves_one_as_the_standard_says(number):
    assert residue(str(number)) == 1


@given(st.integers(1, 999_999), st.integers(2021, 2099), REGIONS)
def test_practitioner_numbers_are_read_back(serial, year, region):
    number = PractitionerNumber(region, year, serial)

    assert residue(str(number)) == 1
    assert parse_practitioner_number(str(number)) == number
    assert parse_license_number(str(number)) is None
    assert is_well_formed(str(number))


@given(st.integers(0, 10**12 - 1).map("{:012}".format))
def test_a_receipt_number_sums_to_nothing_as_luhn_says(payload):
    digits = [int(c) for c in reversed(receipt_number(payload))]
    doubled = [sum(divmod(digit * 2, 10)) for digit in digits[1::2]]

    assert (sum(digits[::2]) + sum(doubled)) % 10 == 0


@given(st.text(max_size=60))
def test_any_text_is_read_or_left_alone(text):
    license_number = parse_license_number(text)

    assert license_number is None or parse_license_number(str(license_number)) == license_number
    assert parse_practitioner_number(text) is None or "P" in text.upper()
    assert parse_document_number(text) is None or "〔" in str(parse_document_number(text))
    assert is_well_formed(text) in {True, False}


@pytest.mark.parametrize(("one", "other"), [
    (LicenseNumber("440100", "TECH", 2026, 1), LicenseNumber("440100", "TECH", 2026, 2)),
    (LicenseNumber("440100", "TECH", 2026, 1), LicenseNumber("440100", "DATA", 2026, 1)),
    (LicenseNumber("440100", "TECH", 2026, 1), LicenseNumber("440101", "TECH", 2026, 1)),
    (LicenseNumber("440100", "TECH", 2026, 1), LicenseNumber("440100", "TECH", 2027, 1)),
])
def test_different_licenses_have_different_numbers(one, other):
    assert str(one) != str(other)
    assert one.human != other.human
