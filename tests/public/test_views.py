import pytest


@pytest.mark.parametrize("path", ["/", "/accessibility", "/privacy", "/contact"])
def test_public_pages_open_in_both_languages(browser, path):
    for language, tag in [("zh", "zh-CN"), ("en", "en")]:
        page = browser.get(f"/{language}{path}")
        assert page.status_code == 200
        assert f'lang="{tag}"' in page.text
