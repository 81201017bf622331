"""A server of the test's own and a real browser before it."""

from contextlib import contextmanager
from threading import Thread

from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from tests.factories import PASSWORD


@contextmanager
def served(app):
    """The address at which the app answers while the block runs."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def chromium():
    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def sign_in(page, root, user_email):
    page.goto(f"{root}/en/account/sign-in")
    page.fill("[name=email]", user_email)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/my/**")
