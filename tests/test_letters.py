import re
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from flask_babel import force_locale, gettext
from jinja2 import ChoiceLoader, DictLoader
from pypdf import PdfReader

from broker_admin.letters import letter_page, render_letter

GRANTED = """{% extends "letters/layout.html" %}
{% block addressee %}南沙数据要素流通有限责任公司{% endblock %}
{% block body %}
<p>{{ words }}</p>{% for clause in range(clauses) %}<p>第{{ clause }}条 应当报告。</p>{% endfor %}
{% endblock %}
{% block remedies %}<p>可以自收到本决定书之日起六十日内申请行政复议。</p>{% endblock %}
{% block enclosures %}<ol><li>审查意见书</li></ol>{% endblock %}
{% block copies %}省公安厅{% endblock %}
"""
BARE = '{% extends "letters/layout.html" %}{% block body %}<p>副本</p>{% endblock %}'
FACTS = {
    "title": "准予数据经纪人资格认定决定书", "authority": "示范省政务服务和数据管理局",
    "number": "粤数许准〔2026〕12号", "signed_on": date(2026, 11, 22), "sealed": "样本 SAMPLE",
    "words": "经审查，准予认定。", "clauses": 2,
}


@pytest.fixture(scope="module")
def press(prepared_app):
    """The app with two letters of this test's own."""
    kept = prepared_app.jinja_loader
    prepared_app.jinja_env.loader = ChoiceLoader([
        DictLoader({"letters/granted.html": GRANTED, "letters/bare.html": BARE}), kept])
    with prepared_app.app_context():
        yield prepared_app
    prepared_app.jinja_env.loader = kept


@pytest.fixture(scope="module")
def letter(press):
    return render_letter("letters/granted.html", lang="zh", **{**FACTS, "clauses": 40})


def html(press, template="letters/granted.html", **changes):
    return letter_page(template, **{"lang": "zh", **FACTS, **changes})


def words(page):
    body = re.sub(r"<[^>]+>", " ", page.partition("<body")[2].partition(">")[2])
    return re.sub(r"\s+", " ", body).strip()


def test_a_letter_says_its_parts_in_order(press):
    with force_locale("zh"):
        remedies, enclosures, copies = map(gettext, ("Your remedies", "Enclosures", "Copies to"))
    assert words(html(press)) == (
        "示范省政务服务和数据管理局 粤数许准〔2026〕12号 准予数据经纪人资格认定决定书 "
        "南沙数据要素流通有限责任公司： 经审查，准予认定。 第0条 应当报告。 第1条 应当报告。 "
        f"{remedies} 可以自收到本决定书之日起六十日内申请行政复议。 {enclosures} 审查意见书 "
        f"示范省政务服务和数据管理局 2026年11月22日 {copies}：省公安厅"
    )


def test_a_letter_in_english_frames_in_english(press):
    said = words(html(press, lang="en", authority="Demonstration Authority"))
    assert "Your remedies" in said
    assert "Demonstration Authority November 22, 2026 Copies to:" in said


def test_a_letter_names_its_language(press):
    assert '<html lang="zh-CN">' in html(press)
    assert '<html lang="en">' in html(press, lang="en")


def test_parts_without_words_leave_no_trace(press):
    said = words(html(press, "letters/bare.html", signed_on=None, number=""))
    assert said == "示范省政务服务和数据管理局 准予数据经纪人资格认定决定书 副本"


def test_an_unsealed_letter_has_no_seal(press):
    assert "<img" in html(press)
    assert "<img" not in html(press, sealed=None)


def test_the_seal_is_described_for_listeners(press):
    assert 'alt="Seal of Demonstration Authority"' in html(
        press, lang="en", authority="Demonstration Authority")


def test_a_demonstration_is_marked_on_the_letter(press):
    assert "样本 SAMPLE</p>" in html(press, demo=True)
    assert "样本 SAMPLE</p>" not in html(press)


def test_what_people_wrote_stays_text(press):
    page = html(press, words="<img src=x> & {{ 1 }}")
    assert "&lt;img src=x&gt; &amp; {{ 1 }}" in page


def test_characters_without_shape_are_spelled_out(press):
    assert "投诉〔U+1F600〕完" in html(press, words="投诉😀完")


def test_a_letter_runs_over_numbered_sheets(letter):
    pages = [page.extract_text() for page in PdfReader(BytesIO(letter)).pages]
    assert len(pages) >= 2
    assert all(f"— {number} —" in text for number, text in enumerate(pages, start=1))


def test_the_signature_never_stands_alone(letter):
    last = PdfReader(BytesIO(letter)).pages[-1].extract_text().replace("\n", "")
    assert "2026年11月22日" in last
    assert "审查意见书" in last


def test_a_letter_carries_title_and_language(letter):
    reader = PdfReader(BytesIO(letter))
    assert reader.metadata.title == FACTS["title"]
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"


def test_the_masthead_is_red_over_a_red_line(letter):
    document = pypdfium2.PdfDocument(letter)
    sheet = document[0].render(scale=2).to_pil().convert("RGB")
    document.close()
    head = sheet.crop((160, 200, 1030, 460)).get_flattened_data()
    red = sum(r > 180 and g < 80 and b < 80 for r, g, b in head)
    assert red > 4000


def test_a_letter_is_written_in_the_committed_font(letter):
    fonts = PdfReader(BytesIO(letter)).pages[0]["/Resources"]["/Font"].values()
    assert {"+Register-" in font["/BaseFont"] for font in fonts} == {True}
