"""Which browser on which system: what people recognise of a browser's lengthy name for itself.  Pure."""

from typing import NamedTuple

# In this order, since nearly every browser also claims to be those further down.
_BROWSERS = (
    ("MicroMessenger/", "WeChat"), ("HuaweiBrowser/", "Huawei Browser"), ("MQQBrowser/", "QQ Browser"),
    ("QQBrowser/", "QQ Browser"), ("UCBrowser/", "UC Browser"), ("MiuiBrowser/", "Mi Browser"),
    ("SamsungBrowser/", "Samsung Internet"), ("Edg/", "Edge"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"), ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"), ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("OpenHarmony", "HarmonyOS"), ("HarmonyOS", "HarmonyOS"), ("iPhone", "iPhone"), ("iPad", "iPad"),
    ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


class Browser(NamedTuple):
    """Either is empty where it is not recognised."""

    name: str
    system: str


def browser_of(agent: str) -> Browser:
    """The browser that calls itself so."""
    return Browser(_first(_BROWSERS, agent), _first(_SYSTEMS, agent))


def _first(marks: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for mark, name in marks if mark in agent), "")
