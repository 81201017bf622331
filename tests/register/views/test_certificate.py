import io

import pytest

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
