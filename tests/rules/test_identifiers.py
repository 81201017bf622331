from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker_admin.rules.identifiers import (
    Fault,
    birth_date,
    identity_fault,
    identity_with_check,
    mask_identity,
    mask_mobile,
    mask_name,
    mobile_fault,
    normalise,
    normalise_mobile,
    uscc_fault,
    uscc_with_checks,
)

TODAY = date(2026, 11, 22)
WELL_FORMED_USCC = [
    "914403001922038216", "9144030071526726XG", "91330100799655058B", "91110000802100433B",
    "91100000100003962T", "91440300100012316L", "91440606722473344C", "91440400192548256N",
    "91440300192317458F", "91440300192181490G", "91110108551385082Q", "9144030010001686XA",
    "91440101633203772F", "9144030027939873X7", "91350100M000100Y43",
]
WELL_FORMED_IDENTITY = [
    "11010519491231002X", "360426199101010071", "110101199003070011", "440106199901010019",
    "440106198506150025",
]
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize("code", WELL_FORMED_USCC)
def test_a_well_formed_credit_code_passes(code):
    assert uscc_fault(code) is None


@pytest.mark.parametrize(("code", "fault"), [
    ("", Fault.USCC_LENGTH),
    ("91440300192203821", Fault.USCC_LENGTH),
    ("9144030019220382166", Fault.USCC_LENGTH),
    ("91440300192203821O", Fault.USCC_ALPHABET),
    ("9144030019220382I6", Fault.USCC_ALPHABET),
    ("９14403001922038216", Fault.USCC_ALPHABET),
    ("91440300192203821 ", Fault.USCC_ALPHABET),
    ("9144A3001922038216", Fault.USCC_AREA),
    ("000000000000000000", Fault.USCC_AREA),
    ("914403001922038217", Fault.USCC_CHECK),
    ("914403001922038261", Fault.USCC_CHECK),
    ("914403001922038126", Fault.USCC_CHECK),
    ("91440000MA5TETT000", Fault.USCC_ENTITY_CHECK),
])
def test_a_malformed_credit_code_says_what_is_wrong(code, fault):
    assert uscc_fault(code) is fault


@pytest.mark.parametrize("code", WELL_FORMED_USCC[:3])
@pytest.mark.parametrize("place", range(18))
def test_any_single_typing_error_is_noticed(code, place):
    others = ALPHABET.replace(code[place], "")
    mistyped = (code[:place] + other + code[place + 1:] for other in others)

    assert all(uscc_fault(text) for text in mistyped)


@pytest.mark.parametrize("first", ["N1440106", "A1440106", "Y1440106", "12440106"])
def test_codes_of_every_registration_class_pass(first):
    assert uscc_fault(uscc_with_checks(first + "MA59ABCD")) is None


@given(st.from_regex(rf"[1-9ANY][1-9][1-8][0-9]{{5}}[{ALPHABET}]{{8}}", fullmatch=True))
def test_made_up_credit_codes_pass(first_sixteen):
    assert uscc_fault(uscc_with_checks(first_sixteen)) is None


@pytest.mark.parametrize("number", WELL_FORMED_IDENTITY)
def test_a_well_formed_identity_number_passes(number):
    assert identity_fault(number, TODAY) is None


def test_an_identity_number_of_old_passes_in_its_time():
    assert identity_fault("440524188001010014", date(1990, 1, 1)) is None
    assert identity_fault("440524188001010014", TODAY) is Fault.IDENTITY_AGE


@pytest.mark.parametrize(("number", "fault"), [
    ("", Fault.IDENTITY_LENGTH),
    ("440106850615002", Fault.IDENTITY_LENGTH),
    ("44010619850615002X5", Fault.IDENTITY_LENGTH),
    ("44010619850615X025", Fault.IDENTITY_ALPHABET),
    ("4401061985061500２5", Fault.IDENTITY_ALPHABET),
    ("44010619850615002٥", Fault.IDENTITY_ALPHABET),
    ("440106198506150026", Fault.IDENTITY_CHECK),
    ("440106198506510025", Fault.IDENTITY_CHECK),
    (identity_with_check("44010619850230002"), Fault.IDENTITY_BIRTH),
    (identity_with_check("44010620271122002"), Fault.IDENTITY_FUTURE),
    (identity_with_check("44010600000101002"), Fault.IDENTITY_BIRTH),
])
def test_a_malformed_identity_number_says_what_is_wrong(number, fault):
    assert identity_fault(number, TODAY) is fault


def test_nobody_is_older_than_a_hundred_and_twenty():
    assert identity_fault(identity_with_check("44010619060101002"), TODAY) is None
    assert identity_fault(identity_with_check("44010619051231002"), TODAY) is Fault.IDENTITY_AGE


def test_who_is_born_today_has_a_number():
    number = identity_with_check("44010620261122002")

    assert identity_fault(number, TODAY) is None
    assert identity_fault(number, date(2026, 11, 21)) is Fault.IDENTITY_FUTURE


@given(st.dates(date(1910, 1, 1), TODAY), st.integers(0, 999))
def test_made_up_identity_numbers_pass(born, order):
    number = identity_with_check(f"440106{born:%Y%m%d}{order:03}")

    assert identity_fault(number, TODAY) is None
    assert birth_date(number) == born


@pytest.mark.parametrize("number", WELL_FORMED_IDENTITY)
def test_no_single_digit_of_an_identity_number_may_change(number):
    for place in range(17):
        others = "0123456789".replace(number[place], "")
        mistyped = (number[:place] + other + number[place + 1:] for other in others)
        assert all(identity_fault(text, TODAY) for text in mistyped)


@pytest.mark.parametrize(("typed", "expected"), [
    ("９１４４０３００１９２２０３８２１６", "914403001922038216"),
    (" 9144 0300 7152 6726 xg\n", "9144030071526726XG"),
    ("914403-001922-038216", "914403001922038216"),
    ("914403—001922–038216", "914403001922038216"),
    ("\u200b9144030019\u30002203821６\ufeff", "914403001922038216"),
    ("11010519491231002ｘ", "11010519491231002X"),
])
def test_sloppy_typing_is_put_right(typed, expected):
    assert normalise(typed) == expected


@pytest.mark.parametrize("typed", [
    "13800001234", "138 0000 1234", "+86 138-0000-1234", "008613800001234", "8613800001234",
    "１３８００００１２３４",
])
def test_a_mobile_number_is_read_as_people_write_it(typed):
    assert normalise_mobile(typed) == "13800001234"
    assert mobile_fault(normalise_mobile(typed)) is None


@pytest.mark.parametrize("number", [
    "", "12800001234", "1380000123", "138000012345", "1380000123a", "١٣٨٠٠٠٠١٢٣٤", "13800001234\n",
])
def test_what_is_no_mobile_number_is_refused(number):
    assert mobile_fault(number) is Fault.MOBILE


@pytest.mark.parametrize(("mask", "text", "expected"), [
    (mask_identity, "440106199901010019", "4401**********0019"),
    (mask_identity, "H1234567", "********"),
    (mask_identity, "", ""),
    (mask_mobile, "13800001234", "138****1234"),
    (mask_mobile, "1234567", "*******"),
    (mask_name, "张小三", "张*三"),
    (mask_name, "张三", "张*"),
    (mask_name, " 欧阳娜娜 ", "欧**娜"),
    (mask_name, "张", "张*"),
    (mask_name, "王 芳", "王*"),
    (mask_name, "王\u3000小\u3000明", "王*明"),
    (mask_name, "J D", "J* D*"),
    (mask_name, "", "*"),
    (mask_name, "Ann Lee Smith", "A** L** S****"),
    (mask_name, "买买提·吐尔逊", "买*****逊"),
])
def test_masks_hide_what_identifies(mask, text, expected):
    assert mask(text) == expected


@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_has_a_sentence(fault):
    assert fault.sentence.endswith(".")


@pytest.mark.parametrize("code", WELL_FORMED_USCC)
def test_a_credit_code_sums_to_nothing_as_the_standard_says(code):
    total = sum(ALPHABET.index(c) * 3 ** place for place, c in enumerate(code[:17]))
    entity = dict(zip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", range(36), strict=True))
    inner = sum(entity[c] * w for c, w in zip(code[8:16], (3, 7, 9, 10, 5, 8, 4, 2), strict=True))

    assert (total + ALPHABET.index(code[17])) % 31 == 0
    assert (inner + (10 if code[16] == "X" else int(code[16]))) % 11 == 0


@pytest.mark.parametrize("number", WELL_FORMED_IDENTITY)
def test_an_identity_number_leaves_one_as_the_standard_says(number):
    values = [10 if c == "X" else int(c) for c in number]

    assert sum(value * 2 ** (17 - place) for place, value in enumerate(values)) % 11 == 1


@pytest.mark.parametrize(("first_sixteen", "expected"), [
    ("91350100M000100Y", "91350100M000100Y43"),  # worked out in GB 32100-2015
    ("9144030071526726", "9144030071526726XG"),  # the inner check is ten, written X
    ("9144030019231745", "91440300192317458F"),
])
def test_both_check_characters_are_made(first_sixteen, expected):
    assert uscc_with_checks(first_sixteen) == expected


def test_two_exchanged_characters_are_noticed():
    code = WELL_FORMED_USCC[0]
    swaps = {code[:at] + code[at + 1] + code[at] + code[at + 2:] for at in range(17)} - {code}

    assert len(swaps) > 10
    assert all(uscc_fault(swap) for swap in swaps)


@given(st.text(max_size=40))
def test_any_text_is_judged_without_stumbling(text):
    typed = normalise(text)

    assert uscc_fault(typed) is None or uscc_fault(typed).sentence
    assert identity_fault(typed, TODAY) is None or identity_fault(typed, TODAY).sentence


@given(st.sampled_from(WELL_FORMED_USCC), st.lists(st.sampled_from(" \u3000-\u200b—\t"), max_size=9))
def test_a_code_is_found_under_any_disguise(code, noise):
    wide = "".join(chr(ord(c) + 0xFEE0) for c in code.lower())
    typed = wide[:6] + "".join(noise) + wide[6:]

    assert normalise(typed) == normalise(normalise(typed)) == code


@given(st.text(min_size=1, max_size=30).filter(str.strip))
def test_a_mask_never_shows_a_whole_name(name):
    masked = mask_name(name)

    assert "*" in masked
    assert masked != name.strip() or "*" in name
    assert masked[0] == name.split()[0][0]


@given(st.text("0123456789X", max_size=25))
def test_a_mask_keeps_the_length_and_hides_the_middle(number):
    masked = mask_identity(number)

    assert len(masked) == len(number)
    assert set(masked[4:-4] or masked[:1]) <= {"*"}
