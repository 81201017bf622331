"""From a stranger to the administrator of an organisation."""

import re

from tests.factories import _uscc
from tests.journeys.patience import until
from tests.journeys.stage import PASSWORD, address

CREDIT_CODE = _uscc(770_077)
FIRM, FIRM_IN_ENGLISH = "广州澄衡数据经纪有限公司", "Guangzhou Chengheng Data Brokerage Co., Ltd."


def sign_up(theatre):
    founder = theatre.stranger("founder")
    founder.open("/").open("/account/sign-up")
    founder.is_refused(name="陈雨桐", email="founder")
    founder.hand_in(name="陈雨桐", email=address("founder"), password=PASSWORD, repeated=PASSWORD)
    assert founder.path == "/account/check-mail"


def verify(theatre):
    """By the link of the mail, which the outbox shows while the system is being tried out."""
    founder = theatre.stranger("founder")
    link = until(lambda: _link_in(founder.open("/dev/outbox")), "the mail is in the outbox")
    founder.open(link).press()
    assert founder.path == "/account/sign-in"
    founder.hand_in(email=address("founder"), password=PASSWORD)
    assert founder.path == "/my/", founder.path


def register_organization(theatre):
    founder = theatre.enter("founder")
    founder.open("/account/organizations").follow("/organizations/new")
    founder.hand_in(
        uscc=CREDIT_CODE, name=FIRM, name_en=FIRM_IN_ENGLISH, region_code="440100",
        address="广州市海珠区新港东路1号", contact_email="service@example.org", contact_phone="020-88880000")
    founder.reads(FIRM, CREDIT_CODE)
    theatre.known["organization"] = founder.path.rsplit("/", 1)[1]


def _link_in(outbox):
    found = re.search(r"http\S+/account/verify/[\w.-]+", outbox.text)
    return found and found[0]
