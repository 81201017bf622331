"""What everybody may see of the license, at each stage of its life."""

from broker_admin.clock import day_of, now
from tests.journeys.signing import CREDIT_CODE, FIRM

GOOD, WARNING = "main .app-verdict--green", "main .app-verdict--orange"


def walk_around(theatre):
    """What everybody may open before anything has happened."""
    citizen = theatre.stranger("citizen").open("/")
    for path in ("/register", "/check", "/notices", "/exams/sittings", "/complaints/", "/complaints/report",
                 "/accessibility", "/privacy", "/contact", "/register?q=查无此人", "/account/forgotten"):
        citizen.open(path)


def find_nothing_yet(theatre):
    citizen = theatre.stranger("citizen")
    citizen.open("/").open(f"/check?q={CREDIT_CODE}")
    assert citizen.page.locator(GOOD).count() == 0


def find_in_register(theatre):
    """By a part of the name, by its number, by its credit code, and by the printed code."""
    citizen, number = theatre.stranger("citizen"), theatre.known["number"]
    citizen.open("/register?q=澄衡").reads(FIRM).follow(f"/register/{number}").reads(FIRM, CREDIT_CODE)
    citizen.open(f"/check?q={CREDIT_CODE}").reads(FIRM)
    assert citizen.page.locator(GOOD).count() == 1
    citizen.open(f"/v/{number}").reads(FIRM)
    citizen.open("/notices").reads(FIRM)


def compare_certificate(theatre):
    """The file that the holder downloaded is the one that was issued; another one is not."""
    citizen, path = theatre.stranger("citizen"), "/register/certificate"
    citizen.attach(path, "certificate.pdf", theatre.known["certificate_file"]).reads(FIRM)
    forged = theatre.known["certificate_file"] + b"\n"
    citizen.attach(path, "certificate.pdf", forged)
    assert FIRM not in citizen.text


def see_in_force(theatre):
    """Nobody is told of a complaint, a case or a notice before it is decided."""
    citizen, number = theatre.stranger("citizen"), theatre.known["number"]
    citizen.open(f"/register/{number}")
    assert citizen.page.locator(GOOD).count() == 1
    assert "AJ-" not in citizen.text
    assert "TS-" not in citizen.text


def see_suspended(theatre):
    """The register says so, and since when."""
    citizen, number = theatre.stranger("citizen"), theatre.known["number"]
    today = day_of(now()).isoformat()
    for path in (f"/register/{number}", f"/check?q={number}", f"/v/{number}"):
        citizen.open(path).reads(FIRM, today)
        assert citizen.page.locator(WARNING).count() == 1, path
    citizen.open("/notices").reads(FIRM)
