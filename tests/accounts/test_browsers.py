import pytest

from broker_admin.accounts.browsers import browser_of

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(("agent", "name", "system"), [
    ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox", "Linux"),
    (f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} Chrome/142.0.0.0 Safari/537.36", "Chrome", "Linux"),
    (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
     "Edge", "Windows"),
    (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/142.0.0.0 Safari/537.36 OPR/120.0.0.0",
     "Opera", "Windows"),
    ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
     "Version/18.1 Safari/605.1.15", "Safari", "macOS"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
     "Version/18.1 Mobile/15E148 Safari/604.1", "Safari", "iPhone"),
    ("Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
     "FxiOS/145.0 Mobile/15E148 Safari/605.1.15", "Firefox", "iPad"),
    (f"Mozilla/5.0 (Linux; Android 15; V2324A) {WEBKIT} Chrome/130.0.0.0 Mobile Safari/537.36 "
     "MicroMessenger/8.0.54", "WeChat", "Android"),
    (f"Mozilla/5.0 (Phone; OpenHarmony 5.0) {WEBKIT} Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1 "
     "HuaweiBrowser/5.0.6", "Huawei Browser", "HarmonyOS"),
    (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {WEBKIT} Chrome/142.0.0.0 Safari/537.36",
     "Chrome", "ChromeOS"),
])
def test_browsers_are_recognised_by_what_is_their_own(agent, name, system):
    assert browser_of(agent) == (name, system)


@pytest.mark.parametrize("agent", ["", "curl/8.5.0", "<script>", "firefox"])
def test_what_is_not_known_has_no_name(agent):
    assert browser_of(agent) == ("", "")


def test_a_system_may_be_known_alone():
    assert browser_of("Mozilla/5.0 (X11; Linux x86_64) Other/1.0") == ("", "Linux")
