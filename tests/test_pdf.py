import os
import shutil
import subprocess
import sys
import threading
from base64 import b64encode
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO

import pypdfium2
import pytest
from pypdf import PdfReader

from broker_admin import pdf
from broker_admin.refusals import Refused
from broker_admin.stamp import seal

HTTP = "http://127.0.0.1:{port}/{name}"


class Canary(BaseHTTPRequestHandler):
    """Counts who comes; sends on to a second address, as a guard that looks once would allow."""

    def do_GET(self):
        self.server.hits.append(self.path)
        self.send_response(302)
        self.send_header("Location", "/again")
        self.end_headers()

    def log_message(self, *_):
        return


@pytest.fixture(scope="module")
def canary():
    server = HTTPServer(("127.0.0.1", 0), Canary)
    server.hits = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def secret(tmp_path_factory):
    path = tmp_path_factory.mktemp("inside") / "secret.txt"
    path.write_text("CANARY-7f3a", encoding="ascii")
    return path


def page(body, head=""):
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


def svg(inner):
    drawn = ('<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
             f' viewBox="0 0 9 9">{inner}</svg>')
    return "data:image/svg+xml;base64," + b64encode(drawn.encode()).decode()


HOSTILE = {
    "picture": page('<img src="{url}">'),
    "picture by file": page('<img src="{file}">'),
    "picture in capitals": page('<img src="HTTP://127.0.0.1:{port}/x">'),
    "picture without scheme": page('<img src="//127.0.0.1:{port}/x">'),
    "picture beside the page": page('<img src="../../../etc/passwd">'),
    "picture below another base": page('<img src="x.png">', '<base href="{url}">'),
    "picture by ftp": page('<img src="ftp://127.0.0.1:{port}/x">'),
    "stylesheet": page("", '<link rel="stylesheet" href="{url}">'),
    "imported stylesheet": page("", "<style>@import url({url});</style>"),
    "background": page("<p style='background:url({url})'>x</p>"),
    "list mark": page("<ul><li style='list-style-image:url({url})'>x</ul>"),
    "generated content": page("", "<style>body::before{{content:url({url})}}</style>"),
    "font": page("<p>x", "<style>@font-face{{font-family:a;src:url({url})}}</style>"),
    "font by file": page("<p>x", "<style>@font-face{{font-family:a;src:url({file})}}</style>"),
    "object": page('<object data="{url}"></object>'),
    "embedded": page('<embed src="{url}">'),
    "drawing with a picture": page('<svg viewBox="0 0 9 9"><image href="{url}"/></svg>'),
    "attached file": page("", '<link rel="attachment" href="{file}">'),
    "attached by a link": page('<a rel="attachment" href="{file}">x</a>'),
    "another asset": page('<img src="asset:../config.py">'),
    "page in an address": page('<img src="data:text/html,<p>x">'),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_reaches_nothing(name, canary, secret):
    port = canary.server_port
    address = HTTP.format(port=port, name="x")
    html = HOSTILE[name].format(url=address, file=secret.as_uri(), port=port)
    with pytest.raises(pdf.ForeignAsset):
        pdf.render(html, title="x", lang="en")
    assert canary.hits == []


@pytest.mark.parametrize("inner", [
    "<image xlink:href='{url}'/>", "<image href='{file}'/>", "<style>@import url({url});</style>",
])
def test_a_hostile_drawing_reaches_nothing(inner, canary, secret):
    address = HTTP.format(port=canary.server_port, name="x")
    drawing = svg(inner.format(url=address, file=secret.as_uri()))
    with pytest.raises(pdf.ForeignAsset, match="Failed to"):
        pdf.render(page(f'<img alt="x" src="{drawing}">'), title="x", lang="en")
    assert canary.hits == []


def test_the_canary_would_have_sung(canary):
    subprocess.run(
        [sys.executable, "-c", "import sys, urllib.request as r\ntry: r.urlopen(sys.argv[1])\n"
         "except OSError: pass", HTTP.format(port=canary.server_port, name="own")], check=True)
    assert canary.hits[0] == "/own"
    canary.hits.clear()


@pytest.fixture(scope="module")
def printed():
    return pdf.render(page("<h1>粤数经 Register</h1><p>甲乙丙"), title="标题 Title", lang="zh-CN")


def test_a_document_carries_title_and_language(printed):
    reader = PdfReader(BytesIO(printed))
    assert reader.metadata.title == "标题 Title"
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"


def test_a_document_is_tagged_for_readers(printed):
    catalog = PdfReader(BytesIO(printed)).trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalog


def test_the_same_page_gives_the_same_bytes(printed):
    again = pdf.render(
        page("<h1>粤数经 Register</h1><p>甲乙丙"), title="标题 Title", lang="zh-CN")
    assert again == printed


def test_another_process_gives_the_same_bytes(printed):
    code = ("import sys; from broker_admin import pdf; sys.stdout.buffer.write("
            "pdf.render(sys.argv[1], title='标题 Title', lang='zh-CN'))")
    done = subprocess.run(
        [sys.executable, "-c", code, page("<h1>粤数经 Register</h1><p>甲乙丙")],
        capture_output=True, check=True, cwd=pdf.ROOT,
        env={**os.environ, "PYTHONPATH": str(pdf.ROOT), "PYTHONHASHSEED": "7"})
    assert done.stdout == printed


def ink(content):
    """How many pixels of the first sheet are dark."""
    document = pypdfium2.PdfDocument(content)
    sheet = document[0].render(scale=2).to_pil().convert("L")
    document.close()
    return sum(sheet.histogram()[:128])


@pytest.mark.parametrize("tag", ["p", "h1", "b", "strong", "em", "th", "caption"])
def test_rare_characters_are_drawn_in_every_weight(tag):
    """They are extracted as text even where they are drawn as nothing."""
    inside = f"<{tag}>{{}}</{tag}>"
    if tag in {"th", "caption"}:
        inside = f"<table>{inside}</table>" if tag == "caption" else f"<table><tr>{inside}</table>"
    common, rare = (
        ink(pdf.render(page(inside.format(text)), title="x", lang="zh-CN"))
        for text in ("张", "张䶮𬱖"))
    assert rare > 1.8 * common


def test_rare_characters_are_drawn_in_a_seal():
    thin, rare = (
        ink(pdf.render(page(f'<img width=400 alt="x" src="{seal(name * 12, "章")}">'),
                       title="x", lang="zh-CN")) for name in "一䶮")
    assert rare > 1.2 * thin


@pytest.mark.parametrize("written", ["张\ue000三", "张&#xE000;三"])
def test_characters_without_shape_stop_the_print(written):
    with pytest.raises(pdf.MissingGlyphs, match=r"U\+E000") as refusal:
        pdf.render(page(written), title="x", lang="zh-CN")
    assert refusal.value.characters == ["\ue000"]


def test_a_visible_lost_character_is_shown():
    assert "😀 (U+1F600)" in str(pdf.MissingGlyphs(["😀"]))


def test_too_many_sheets_stop_the_print():
    long = page('<p style="break-after:page">甲</p><p>乙')
    with pytest.raises(pdf.TooLong, match="needs 2 sheets and may have 1"):
        pdf.render(long, title="x", lang="zh-CN", most_pages=1)


def test_pdf_can_be_made_on_this_machine():
    assert pdf.available() is True


def run_without_libraries(code, tmp_path):
    """In a fresh process whose WeasyPrint cannot be imported, as where Pango is missing."""
    package = tmp_path / "weasyprint"
    package.mkdir()
    (package / "__init__.py").write_text(
        "raise OSError('cannot load library libgobject-2.0-0')", encoding="ascii")
    path = os.pathsep.join([str(tmp_path), str(pdf.ROOT)])
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path,
        check=True, env={**os.environ, "PYTHONPATH": path}).stdout.strip()


def test_missing_libraries_are_told_with_a_cure(tmp_path):
    told = run_without_libraries(
        "from broker_admin import pdf\nprint(pdf.available())\n"
        "try: pdf.render('x', title='x', lang='en')\n"
        "except pdf.PdfUnavailable as refusal: print(refusal)", tmp_path)
    assert told.startswith("False\nPDF files cannot be made on this server")
    assert "apt-get install" in told
    assert "scripts/no-root-pdf" in told


def test_every_refusal_is_a_sentence_for_pages():
    assert issubclass(pdf.PdfUnavailable, Refused)
    assert issubclass(pdf.MissingGlyphs, Refused)
    assert issubclass(pdf.TooLong, Refused)


@pytest.fixture
def libraries(tmp_path):
    """Two libraries of which the first, by name, needs the second; a third that is none."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    assert compiler, "install gcc to run this test"
    (tmp_path / "b.c").write_text("int second(void) { return 7; }", encoding="ascii")
    (tmp_path / "a.c").write_text(
        "int second(void); int first(void) { return second(); }", encoding="ascii")
    folder = tmp_path / "usr" / "lib"
    folder.mkdir(parents=True)
    own = f"lib-own-{os.getpid()}-b.so"
    for sources in ([own, tmp_path / "b.c", f"-Wl,-soname,{own}"],
                    ["lib-a.so", tmp_path / "a.c", folder / own]):
        subprocess.run(
            [compiler, "-shared", "-fPIC", "-o", *sources], check=True, cwd=folder)
    (folder / "lib-broken.so.1").write_text("no library", encoding="ascii")
    (tmp_path / "fonts.conf").write_text("<fontconfig/>", encoding="ascii")
    return tmp_path


def test_libraries_load_in_the_order_they_need(libraries, monkeypatch):
    monkeypatch.setenv("FONTCONFIG_FILE", "/kept")
    assert pdf.load_user_libraries(libraries) == ["lib-broken.so.1"]
    assert os.environ["FONTCONFIG_FILE"] == "/kept"


def test_unpacked_fonts_settings_are_used(libraries, monkeypatch):
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    pdf.load_user_libraries(libraries)
    assert os.environ.pop("FONTCONFIG_FILE") == str(libraries / "fonts.conf")
