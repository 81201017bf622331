"""Hostile files, each found out by the process that is meant to suffer them."""

import io
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image
from pypdf.generic import ArrayObject, NullObject, NumberObject

from broker_admin.documents import content, inspection
from broker_admin.documents.content import MediaType, type_of
from broker_admin.documents.inspection import Fault, Found, inspect, walk
from tests.documents import files
from tests.documents.files import TEXT, action, dictionary, name, on_page, with_root, with_stream

LAUNCH = action("Launch", F=TEXT)
SCRIPT = action("JavaScript", JS=TEXT)
FILES = dictionary(EmbeddedFiles=dictionary(Names=ArrayObject()))
LINKED = b"<</Type/Catalog/Pages 2 0 R/OpenAction 3 0 R>>"

# The real script, but for a step that asks for a gigabyte.
GREEDY = """
import runpy
names = runpy.run_path({source!r})
names["main"].__globals__["inspect"] = lambda kind, data: bytearray(1024**3)
names["main"]()
"""

HOSTILE = {
    "password": (lambda: files.pdf(user_password="secret"), Fault.ENCRYPTED),
    "owner password": (lambda: files.pdf(user_password="", owner_password="x"), Fault.ENCRYPTED),
    "201 pages": (lambda: files.pdf(201), Fault.TOO_MANY_PAGES),
    "no page": (lambda: files.pdf(0), Fault.BROKEN),
    "truncated": (lambda: files.pdf(3)[:-60], Fault.BROKEN),
    "half": (lambda: files.pdf(9)[:700], Fault.BROKEN),
    "only a header": (lambda: b"%PDF-1.7\n%%EOF\n", Fault.BROKEN),
    "noise": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"startxref\n9\n%%EOF", Fault.BROKEN),
    "script at opening": (lambda: with_root("OpenAction", SCRIPT), Fault.ACTIVE),
    "launch at opening": (lambda: with_root("OpenAction", LAUNCH), Fault.ACTIVE),
    "script by name": (lambda: with_root("Names", dictionary(JavaScript=dictionary())), Fault.ACTIVE),
    "script on a page": (lambda: on_page(SCRIPT), Fault.ACTIVE),
    "launch on a page": (lambda: on_page(LAUNCH), Fault.ACTIVE),
    "action after action": (lambda: on_page(action("URI", Next=ArrayObject([LAUNCH]))), Fault.ACTIVE),
    "sends a form": (lambda: on_page(action("SubmitForm")), Fault.ACTIVE),
    "leads into a file": (lambda: on_page(action("GoToE")), Fault.ACTIVE),
    "dynamic form": (lambda: with_root("AcroForm", dictionary(XFA=NullObject())), Fault.ACTIVE),
    "kind of action referred to": (lambda: files.raw_pdf(LINKED, page=b"<</Type/Page/S/#4caunch>>"),
                                   Fault.ACTIVE),
    "embedded file": (lambda: with_root("Names", FILES), Fault.ATTACHED),
    "attached to a page": (lambda: on_page(dictionary(Subtype=name("FileAttachment"))), Fault.ATTACHED),
    "attachment of the library": (
        lambda: files.pdf(change=lambda writer: writer.add_attachment("a.exe", b"MZ")), Fault.ATTACHED),
    "bomb": (lambda: with_stream(files.deflated(300), ["FlateDecode"]), Fault.TOO_LARGE_UNPACKED),
    "bomb in a bomb": (lambda: with_stream(files.deflated(300, 2), ["FlateDecode"] * 2),
                       Fault.TOO_LARGE_UNPACKED),
    "picture too large": (lambda: with_stream(b"x", ["CCITTFaxDecode"], **files.PIXELS),
                          Fault.TOO_MANY_PIXELS),
    "pages in a circle": (lambda: files.raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>",
                                                b"<</Type/Pages/Kids[2 0 R]/Count 1>>"), Fault.BROKEN),
    "arrays in arrays": (lambda: files.deep(200_000), Fault.BROKEN),
    "loop of references": (lambda: files.raw_pdf(b"1 0 R"), Fault.BROKEN),
    "png of 10 gigapixels": (lambda: files.png_that_claims(100_000, 100_000), Fault.TOO_MANY_PIXELS),
    "png without its end": (lambda: files.picture()[:-12], Fault.TRAILING),
    "png cut in the middle": (lambda: files.picture(size=(400, 400))[:300], Fault.BROKEN),
    "png and page": (lambda: files.picture() + b"<script>alert(1)</script>", Fault.TRAILING),
    "jpeg and archive": (lambda: files.picture("JPEG") + b"PK\x03\x04" + bytes(9000), Fault.TRAILING),
    "jpeg cut in the middle": (lambda: files.picture("JPEG", (400, 400))[:900], Fault.BROKEN),
    "only a jpeg marker": (lambda: b"\xff\xd8\xff", Fault.BROKEN),
}




def verdict(data):
    """As the process says it, without starting one for every file."""
    try:
        inspect(type_of(data), data)
    except Found as found:
        return found.fault
    except Exception:
        return Fault.BROKEN
    return None


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_file_is_found_out(case):
    make, fault = HOSTILE[case]
    assert verdict(make()) is fault


@pytest.mark.parametrize("case", ["bomb in a bomb", "arrays in arrays", "launch on a page",
                                  "png of 10 gigapixels", "half"])
def test_process_says_the_same_in_time(case):
    make, fault = HOSTILE[case]
    data = make()
    before = time.monotonic()
    assert content.inspect(type_of(data), data) is fault
    assert time.monotonic() - before < 20


def test_a_hundred_thousand_pages_end_early():
    kids = b"<</Type/Pages/Kids[" + b"<</Type/Page>>" * 100_000 + b"]/Count 1>>"
    assert verdict(files.raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", kids)) is Fault.TOO_MANY_PAGES


def test_too_many_objects_are_not_looked_at():
    many = b"".join(b"/Many%d[%s]" % (n, b"0 " * 9_000) for n in range(40))
    catalog = b"<</Type/Catalog/Pages 2 0 R" + many + b">>"
    assert verdict(files.raw_pdf(catalog)) is Fault.TOO_COSTLY


def test_process_that_hangs_is_ended(tmp_path, monkeypatch):
    endless = tmp_path / "endless.py"
    endless.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(inspection, "__file__", str(endless))
    monkeypatch.setattr(content, "PATIENCE", 0.2)
    assert content.inspect(MediaType.PDF, b"") is Fault.TOO_COSTLY


def test_slow_files_do_not_take_every_turn(tmp_path, monkeypatch):
    endless = tmp_path / "endless.py"
    endless.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(inspection, "__file__", str(endless))
    monkeypatch.setattr(content, "PATIENCE", 0.5)
    monkeypatch.setattr(content, "TURN_SECONDS", 0.05)

    def one_of_many(_):
        try:
            return content.inspect(MediaType.PDF, b"")
        except content.UploadRefused as refusal:
            return str(refusal)

    with ThreadPoolExecutor(6) as pool:
        verdicts = list(pool.map(one_of_many, range(6)))
    assert verdicts.count(Fault.TOO_COSTLY) == 3
    assert sum("Try again in a minute" in str(verdict) for verdict in verdicts) == 3
    assert one_of_many(0) is Fault.TOO_COSTLY


def test_memory_of_the_process_is_limited(tmp_path, monkeypatch):
    greedy = tmp_path / "greedy.py"
    greedy.write_text(GREEDY.format(source=inspection.__file__))
    monkeypatch.setattr(inspection, "__file__", str(greedy))
    assert content.inspect(MediaType.PDF, b"") is Fault.TOO_COSTLY


def test_opening_at_a_page_is_no_program():
    assert verdict(with_root("OpenAction", action("GoTo"))) is None


def test_a_link_to_a_site_is_no_program():
    assert verdict(on_page(action("URI", URI=TEXT))) is None


def test_a_large_scan_passes_the_inspection():
    scan = with_stream(files.deflated(100), ["FlateDecode"], Subtype=name("Image"))
    assert verdict(scan) is None


@pytest.mark.parametrize("filters", [["FlateDecode"], ["Fl"], ["FlateDecode", "FlateDecode"], []])
def test_honest_streams_pass_whatever_packs_them(filters):
    data = files.deflated(1, max(1, len(filters)))
    assert verdict(with_stream(data, filters)) is None


@pytest.mark.parametrize(("width", "height", "fault"), [
    (10_000, 25_000, None), (10_000, 25_001, Fault.TOO_MANY_PIXELS), (250_000_001, 1, Fault.TOO_MANY_PIXELS),
    (250_000_001, 0, None)])
def test_pixels_of_a_page_are_counted_before_they_are_made(width, height, fault):
    sides = {"Width": NumberObject(width), "Height": NumberObject(height)}
    assert verdict(with_stream(b"x", ["CCITTFaxDecode"], **sides)) is fault


def test_what_is_referred_to_twice_is_looked_at_once():
    page = dictionary(Type=name("Page"))
    root = dictionary(Pages=ArrayObject([page, page]))
    assert [node is root for node in walk(root)].count(True) == 1


@pytest.mark.parametrize(("kind", "size", "fault"), [
    ("PNG", (1, 1), None), ("JPEG", (2000, 2000), None), ("PNG", (6000, 6000), None),
    ("PNG", (40_000, 1_001), Fault.TOO_MANY_PIXELS)])
def test_pictures_are_measured_by_their_pixels(kind, size, fault):
    data = files.png_that_claims(*size) if fault else files.picture(kind, size)
    assert verdict(data) is fault


def test_a_picture_of_several_frames_is_refused():
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("navy", "white")]
    made = io.BytesIO()
    frames[0].save(made, "PNG", save_all=True, append_images=frames[1:])
    assert verdict(made.getvalue()) is Fault.SEVERAL_IMAGES
