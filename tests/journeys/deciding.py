"""From the checked criteria to the license and its certificate."""

from broker_admin.clock import day_of, now
from broker_admin.rules.regime import regime_on
from tests.journeys.patience import until

TERMS = {"broker_type": "DATA", "grade": "2", "scope": ["MATCH", "CONSULT"], "term_years": "3",
         "reasons": "经审查，各项条件均已达到。Every criterion is met."}
CERTIFICATE = 'main a[href$="/certificate"]'


def check_criteria(theatre):
    reviewer, path = theatre.enter("reviewer"), theatre.known["application"]
    reviewer.open(f"{path}/case")
    for criterion in regime_on(day_of(now())).criteria:
        reviewer.step(f"{path}/check/{criterion.code}", met="yes", note="材料齐全。")


def propose(theatre):
    theatre.enter("reviewer").step(f"{theatre.known['application']}/propose", **TERMS)


def grant(theatre):
    decider, path = theatre.enter("decider"), theatre.known["application"]
    decider.open("/desk/").open(f"{path}/case").follow("/grant").hand_in(**TERMS)


def receive_license(theatre):
    """The holder finds the license, and its certificate once the worker has printed it."""
    founder = theatre.enter("founder")
    founder.open("/licenses/").follow("/licenses/")
    theatre.known["number"] = founder.path.rsplit("/", 1)[1]
    until(lambda: founder.open(founder.path).page.locator(CERTIFICATE).count(),
          "the certificate is printed")
    theatre.known["certificate_file"] = founder.download(CERTIFICATE)
    assert theatre.known["certificate_file"].startswith(b"%PDF")
