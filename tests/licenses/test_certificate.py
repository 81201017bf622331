"""Certificates as they come off the press: looked at in pixels, read as text."""

import re
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image, ImageOps
from pypdf import PdfReader

from broker_admin import pdf
from broker_admin.licenses import certificate
from broker_admin.licenses.certificate_page import Line
from tests.licenses.facts import a_practitioner, an_institution, with_long_texts

PER_MM = 4  # pixels
SHEETS = {
    "sample": an_institution(), "real": an_institution(demo=False),
    "long": with_long_texts(), "practitioner": a_practitioner(),
}


@pytest.fixture(scope="module")
def printed(prepared_app):
    with prepared_app.app_context():
        return {name: certificate.render_certificate(facts) for name, facts in SHEETS.items()}


@pytest.fixture(scope="module")
def sheets(printed):
    drawn = {}
    for name, content in printed.items():
        document = pypdfium2.PdfDocument(content)
        drawn[name] = document[0].render(scale=PER_MM * 25.4 / 72).to_pil().convert("RGB")
        document.close()
    return drawn


def text_of(content):
    """As one line, and the spaced title as one word."""
    text = PdfReader(BytesIO(content)).pages[0].extract_text().replace("\n", "")
    return re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", text)


def cut(sheet, left, top, right, bottom):
    """The part of the sheet between these millimetres from its upper left corner."""
    return sheet.crop([round(edge * PER_MM) for edge in (left, top, right, bottom)])


def ink(part, darker_than=200):
    """The share of pixels that are printed."""
    grey = ImageOps.grayscale(part)
    return sum(grey.histogram()[:darker_than]) / (grey.width * grey.height)


def reds(part):
    pixels = list(part.get_flattened_data())
    return sum(red > 150 and green < 110 and blue < 110 for red, green, blue in pixels) / len(pixels)


@pytest.mark.parametrize("name", SHEETS)
def test_a_certificate_is_one_landscape_sheet(name, printed):
    pages = PdfReader(BytesIO(printed[name])).pages
    assert len(pages) == 1
    assert [round(float(edge)) for edge in pages[0].mediabox] == [0, 0, 842, 595]


@pytest.mark.parametrize("name", SHEETS)
def test_nothing_is_printed_outside_the_border(name, sheets):
    margin = sheets[name].copy()
    margin.paste("white", [round(edge * PER_MM) for edge in (9.5, 9.5, 287.5, 200.5)])
    assert ink(margin, 255) == 0


@pytest.mark.parametrize("name", SHEETS)
def test_nothing_touches_the_inner_line(name, sheets):
    sheet = sheets[name]
    for strip in ((20.5, 20.5, 276.5, 22.5), (20.5, 188.8, 276.5, 189.8),
                  (20.5, 20.5, 23, 189.5), (274, 20.5, 276.5, 189.5)):
        assert ink(cut(sheet, *strip), 250) == 0, strip


@pytest.mark.parametrize("name", SHEETS)
def test_the_border_is_drawn_on_every_side(name, sheets):
    for side in ((40, 11, 250, 19), (40, 191, 250, 199), (11, 40, 19, 170), (278, 40, 286, 170)):
        assert 0.2 < ink(cut(sheets[name], *side)) < 0.9, side


@pytest.mark.parametrize("name", SHEETS)
def test_the_table_ends_above_the_foot(name, sheets):
    assert ink(cut(sheets[name], 34, 148.5, 200, 154.2), 150) == 0


@pytest.mark.parametrize("name", SHEETS)
def test_title_and_table_show_letters(name, sheets):
    assert 0.03 < reds(cut(sheets[name], 75, 25, 222, 39)) < 0.5
    assert 0.01 < ink(cut(sheets[name], 90, 70, 260, 140), 120) < 0.3


@pytest.mark.parametrize("name", SHEETS)
def test_the_seal_is_red_with_a_star(name, sheets):
    assert 0.15 < reds(cut(sheets[name], 204, 147, 246, 189)) < 0.5
    assert reds(cut(sheets[name], 223.5, 166, 226.5, 169)) == 1


@pytest.mark.parametrize("name", SHEETS)
def test_the_code_has_a_quiet_zone(name, sheets):
    assert ink(cut(sheets[name], 32.2, 153.2, 35, 187.8), 250) == 0
    assert 0.35 < ink(cut(sheets[name], 36, 157, 63, 184)) < 0.65


@pytest.mark.parametrize("name", SHEETS)
def test_only_the_committed_fonts_are_used(name, printed):
    page = PdfReader(BytesIO(printed[name])).pages[0]
    fonts = {font["/BaseFont"] for font in page["/Resources"]["/Font"].values()}
    assert fonts
    assert all("+Register-" in font for font in fonts)


def test_an_institution_can_be_read_as_text(printed):
    text = text_of(printed["real"])
    for expected in (
        "数据经纪人资格证书", "粤数经〔2026〕T-4400-00001号", "南沙数据要素流通有限责任公司",
        "Nansha Data Circulation Co., Ltd.", "91440101MA5CK00007", "欧阳明轩", "技术赋能型",
        "2026年11月22日至2029年11月21日", "广东省政务服务和数据管理局", "SJ440000T202600001A",
        "broker.example.cn/v/SJ440000T202600001A", "第2版", "20 Nov 2026",
    ):
        assert expected in text


def test_a_practitioner_can_be_read_as_text(printed):
    text = text_of(printed["practitioner"])
    assert "数据经纪从业人员资格证书" in text
    assert "张䶮" in text
    assert "数据法律法规（2026年9月19日）" in text


def test_long_texts_are_printed_whole(printed):
    text = text_of(printed["long"])
    assert SHEETS["long"].holder.zh in text
    assert "第10项数据产品撮合与登记代理服务业务" in text
    assert "Item 10: matching" in text


def test_only_a_demonstration_is_marked_as_sample(printed):
    assert "样本 SAMPLE" in text_of(printed["sample"])
    assert "示范省政务服务和数据管理局" in text_of(printed["sample"])
    assert "广东省政务" not in text_of(printed["sample"])
    assert "SAMPLE" not in text_of(printed["real"])


def test_the_file_names_itself(printed):
    reader = PdfReader(BytesIO(printed["real"]))
    assert reader.metadata.title == "数据经纪人资格证书 粤数经〔2026〕T-4400-00001号"
    assert reader.metadata.author == "广东省政务服务和数据管理局"
    assert reader.metadata.creation_date.date().isoformat() == "2026-11-20"
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"


def test_the_sheet_leads_to_the_check(printed):
    page = PdfReader(BytesIO(printed["real"])).pages[0]
    links = [note.get_object()["/A"]["/URI"] for note in page["/Annots"]]
    assert links == [SHEETS["real"].check_url]


def test_printing_again_gives_the_same_file(printed, prepared_app):
    with prepared_app.app_context():
        again = certificate.render_certificate(SHEETS["practitioner"])
    assert certificate.digest(again) == certificate.digest(printed["practitioner"])


def test_a_certificate_stays_small(printed):
    assert max(map(len, printed.values())) < 150_000


def test_a_hostile_name_stays_text(prepared_app):
    name = "<img src='file:///etc/passwd'>{{ 7 * 7 }}"
    with prepared_app.app_context():
        content = certificate.render_certificate(an_institution(holder=Line(name)))
    assert name in text_of(content)


@pytest.mark.parametrize(("changes", "refusal"), [
    ({"legal_representative": "张\ue000"}, pdf.MissingGlyphs),
    ({"address": "省" * 4000}, pdf.TooLong),
])
def test_what_cannot_be_shown_is_not_issued(changes, refusal, prepared_app):
    with prepared_app.app_context(), pytest.raises(refusal):
        certificate.render_certificate(an_institution(**changes))


def test_the_code_is_a_picture_of_the_address():
    one, other = (certificate.check_code(f"https://broker.example.cn/v/{n}") for n in "AB")
    assert one.startswith("data:image/svg+xml")
    assert one != other


def test_the_address_is_shown_without_its_scheme():
    shown = certificate.context(an_institution())["check_text"]
    assert shown == "broker.example.cn/v/SJ440000T202600001A"


def test_a_digest_is_sha256_in_hexadecimal():
    assert certificate.digest(b"") == (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")


def test_the_pixels_of_a_blank_sheet_are_none():
    assert ink(Image.new("RGB", (9, 9), "white"), 255) == 0
