import io

import pytest

from tests.documents import files
from tests.register.factories import act, make_named, with_certificate


@pytest.fixture
def license():
    return make_named("数链公司")


def upload(browser, content, name="certificate.pdf"):
    return browser.submit("/register/certificate", file=(io.BytesIO(content), name))


def test_the_file_as_issued_is_recognised(browser, license):
    page = upload(browser, with_certificate(license))
    assert page.status_code == 200
    assert "a certificate exactly as it was issued" in page.text
    assert "may act as a data broker until" in page.text
    assert license.number in page.text


def test_a_genuine_file_of_a_revoked_license_says_both(browser, license):
    content = with_certificate(license)
    act(license, "revoke")
    page = upload(browser, content).text
    assert "a certificate exactly as it was issued" in page
    assert "lost its license as a penalty" in page


def test_one_changed_byte_is_noticed(browser, license):
    content = bytearray(with_certificate(license))
    content[-20] ^= 1
    page = upload(browser, bytes(content))
    assert "This file was not issued here in this form." in page.text
    assert "数链公司" not in page.text


def test_an_older_edition_is_called_replaced(browser, license):
    content = with_certificate(license)
    license.edition = 2
    assert "a newer certificate has taken its place" in upload(browser, content).text


@pytest.mark.parametrize("content", [b"", b"not a pdf", b"\x89PNG\r\n\x1a\n", b"\x00" * 100])
def test_what_is_no_pdf_is_refused_in_words(browser, content):
    page = upload(browser, content)
    assert page.status_code == 422
    assert "not a PDF" in page.text


def test_no_file_at_all_is_refused_in_words(browser):
    page = browser.submit("/register/certificate")
    assert page.status_code == 422
    assert "Choose the PDF file" in page.text


def test_a_huge_file_is_refused_in_words(browser):
    page = browser.post("/register/certificate", data=b"x" * 12 * 1024**2,
                        content_type="multipart/form-data; boundary=x")
    assert page.status_code == 413
    assert "too large" in page.text


def test_anybody_may_download_the_certificate(browser, license):
    content = with_certificate(license)
    with browser.get(f"/register/{license.number}/certificate") as answer:
        assert answer.data == content
        assert "attachment" in answer.headers["Content-Disposition"]


def test_before_it_is_made_there_is_none(browser, license):
    assert browser.get(f"/register/{license.number}/certificate").status_code == 404
    assert browser.get("/register/nonsense/certificate").status_code == 404


@pytest.fixture
def drawn(license, monkeypatch, tmp_path, app):
    """Its certificate, from a press that takes no time, in a store of its own."""
    monkeypatch.setitem(app.config, "DOCUMENT_STORE", str(tmp_path))
    monkeypatch.setattr("broker_admin.licenses.printing.render_certificate", lambda facts: b"%PDF-drawn")
    return with_certificate(license)


@pytest.mark.parametrize("change", [
    lambda data: data + b"\n", lambda data: data[:-1], lambda data: data.replace(b"drawn", b"Drawn"),
    lambda data: data + b"%%EOF", lambda data: b"%PDF-1.7\n" + data])
def test_any_change_makes_a_file_foreign(browser, drawn, change):
    page = upload(browser, change(drawn))
    assert page.status_code == 200
    assert "This file was not issued here in this form." in page.text


def test_a_bomb_is_compared_and_never_opened(browser):
    page = upload(browser, files.with_stream(files.deflated(300), ["FlateDecode"]))
    assert page.status_code == 200
    assert "This file was not issued here in this form." in page.text


@pytest.mark.parametrize("name", ["../../etc/passwd", "a.exe", "", "x" * 5000 + ".pdf", "证书.PDF"])
def test_the_name_of_a_file_does_not_matter(browser, drawn, name):
    page = upload(browser, drawn, name or "blank")
    assert "a certificate exactly as it was issued" in page.text


@pytest.mark.parametrize(("language", "said"), [
    ("en", "not issued here"), ("zh", "该文件并非本机关签发的原件。")])
def test_a_foreign_file_is_told_in_both_languages(browser, language, said):
    page = browser.submit(f"/{language}/register/certificate",
                          file=(io.BytesIO(b"%PDF-1.7 forged"), "a.pdf"))
    assert said in page.text
    assert page.status_code == 200


def test_a_compared_file_is_not_kept(browser, drawn, tmp_path):
    before = sorted(path.name for path in tmp_path.rglob("*") if path.is_file())
    upload(browser, b"%PDF-1.7 of somebody")
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == before


def test_a_genuine_file_needs_no_stored_copy(browser, license, drawn, tmp_path):
    for path in tmp_path.rglob("*"):
        if path.is_file():
            path.unlink()
    assert "a certificate exactly as it was issued" in upload(browser, drawn).text
    gone = browser.get(f"/register/{license.number}/certificate")
    assert (gone.status_code, "has to be restored" in gone.text) == (409, True)


def test_a_file_is_not_taken_without_the_pages_token(browser, drawn):
    answer = browser.post("/register/certificate", data={"file": (io.BytesIO(drawn), "a.pdf")})
    assert answer.status_code == 400
