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
