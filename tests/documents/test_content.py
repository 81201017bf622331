import pytest

from broker_admin.documents import content
from broker_admin.documents.content import LONGEST_NAME, MediaType, UploadRefused
from broker_admin.documents.inspection import Fault
from tests.documents import files

MEGABYTE = 1024**2


@pytest.mark.parametrize(("sent", "kept"), [
    ("report.pdf", "report.pdf"),
    ("C:\\Users\\li\\报告 一.PDF", "报告 一.PDF"),
    ("../../etc/passwd", "passwd"),
    ("a\x00b\r\nc.pdf", "abc.pdf"),
    ("invoice\u202efdp.exe", "invoicefdp.exe"),
    ("...pdf", "pdf"),
    ("", "file"),
    (None, "file"),
    ("/", "file"),
    ("合" * 300 + ".pdf", "合" * (LONGEST_NAME - 4) + ".pdf"),
    ("x" * 300, "x" * LONGEST_NAME),
])
def test_names_lose_paths_controls_and_length(sent, kept):
    assert content.clean_name(sent) == kept


@pytest.mark.parametrize(("name", "data", "kind"), [
    ("a.pdf", files.pdf(3), MediaType.PDF),
    ("a.PDF", files.raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>"), MediaType.PDF),
    ("a.png", files.picture(), MediaType.PNG),
    ("a.jpg", files.picture("JPEG"), MediaType.JPEG),
    ("a.jpeg", files.picture("JPEG"), MediaType.JPEG),
])
def test_honest_files_are_known_by_their_content(name, data, kind):
    assert content.check(name, data, MEGABYTE) is kind


@pytest.mark.parametrize(("name", "data", "says"), [
    ("a.pdf", b"", "empty"),
    ("a.pdf", b"%PDF-" + bytes(2 * MEGABYTE), "larger than 1 MB"),
    ("a.pdf", b"MZ" + bytes(100), "Only PDF, PNG and JPEG"),
    ("a.pdf", b"<html><script>alert(1)</script>", "Only PDF, PNG and JPEG"),
    ("a.pdf", b"PK\x03\x04" + files.pdf(), "Only PDF, PNG and JPEG"),
    ("a.pdf", b"GIF89a" + files.pdf(), "Only PDF, PNG and JPEG"),
    ("a.svg", b"<svg onload='alert(1)'/>", "Only PDF, PNG and JPEG"),
    ("a.pdf", files.picture(), "its content, which is PNG"),
    ("a.png", files.picture("JPEG"), "its content, which is JPEG"),
    ("a.exe", files.pdf(), "its content, which is PDF"),
    ("pdf.", files.pdf(), "its content, which is PDF"),
])
def test_wrong_files_are_refused_with_a_sentence(name, data, says):
    with pytest.raises(UploadRefused, match=says):
        content.check(name, data, MEGABYTE)


def test_every_fault_has_a_sentence_for_the_user():
    assert content.SENTENCES.keys() == set(Fault)
    assert all(sentence.endswith(".") for sentence in content.SENTENCES.values())


def test_a_fault_inside_the_file_is_told():
    with pytest.raises(UploadRefused, match="protected by a password"):
        content.check("a.pdf", files.pdf(user_password="secret"), MEGABYTE)


@pytest.mark.parametrize(("data", "kind"), [
    (b"%PDF-1.7", MediaType.PDF), (b"%PDF-", MediaType.PDF), (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"\xff\xd8\xff\xe0", MediaType.JPEG), (b"\xff\xd8\xff", MediaType.JPEG),
    (b"", None), (b"%PDF", None), (b"%pdf-1.7", None), (b" %PDF-1.7", None), (b"\n%PDF-1.7", None),
    (b"\xef\xbb\xbf%PDF-1.7", None), (b"\x89PNG\n\x1a\n", None), (b"\xff\xd8", None),
    (b"GIF89a", None), (b"RIFF\x00\x00\x00\x00WEBP", None), (b"PK\x03\x04", None), (b"MZ", None),
    (b"<?xml version='1.0'?><svg/>", None), (b"<!doctype html>", None), (b"\x00" * 9, None),
    (b"\xd0\xcf\x11\xe0", None), (b"II*\x00", None), (b"BM", None)])
def test_a_kind_is_told_by_the_first_bytes(data, kind):
    assert content.type_of(data) is kind


@pytest.mark.parametrize("sent", [
    "..", "../..", "..\\..\\", "/etc/passwd", "C:\\", "a/b/c.pdf", "\x00", "\u202e", " ", ".", "%2e%2e%2f",
    "con.pdf", "\ud800.pdf", "~/x.pdf", "a\tb.pdf", "x.pdf\x00.exe", "￿.pdf"])
def test_no_name_leads_anywhere(sent):
    name = content.clean_name(sent)
    assert name
    assert not set("/\\\x00\r\n\t") & set(name)
    assert name not in {".", ".."}
    name.encode()


@pytest.mark.parametrize(("sent", "kept"), [
    ("a.b.c.pdf", "a.b.c.pdf"), ("e\u0301.pdf", "é.pdf"), (".hidden", "hidden"), ("report.", "report"),
    (" .pdf", "pdf"), ("x." + "y" * 50, "x." + "y" * 10), ("报告（终）.pdf", "报告（终）.pdf")])
def test_honest_names_stay_readable(sent, kept):
    assert content.clean_name(sent) == kept


def test_no_name_is_longer_than_its_column():
    for sent in ("x" * 9999, "x" * 9999 + ".pdf", "." * 9999, "é" * 500 + ".jpeg", "a." + "b" * 9999):
        assert len(content.clean_name(sent)) <= LONGEST_NAME


def test_a_file_of_just_the_limit_is_taken():
    data = files.pdf()
    assert content.check("a.pdf", data, len(data)) is MediaType.PDF
    with pytest.raises(UploadRefused, match="larger than"):
        content.check("a.pdf", data, len(data) - 1)


@pytest.mark.parametrize("fault", sorted(Fault))
def test_every_sentence_says_what_would_do(fault):
    sentence = content.SENTENCES[fault]
    assert sentence.startswith("This ") or sentence.startswith("Something ")
    assert sentence.count(".") >= 2
