"""Complaints (投诉) and reports (举报), each told as far as its stage."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from broker_admin.accounts.models import User
from broker_admin.clock import day_of, now
from broker_admin.complaints.filing import Account, Identity
from broker_admin.complaints.models import Complaint, Report
from broker_admin.db import db
from broker_admin.demo import cast
from broker_admin.enforcement.models import Case
from broker_admin.licenses.models import License
from broker_admin.licenses.workflow import LicenseStatus

_STORIES = (
    (["C29"], "该机构收费未公示，结算时另收服务费，多次沟通无果。"),
    (["C34"], "公布的投诉电话长期无人接听，网站上也没有其他渠道。"),
    (["C01"], "该机构撮合的数据产品没有说明来源，询问后未得到答复。"),
    (["C27"], "该机构在宣传中称其产品经主管部门推荐，与事实不符。"),
)
_GRAVE = 2


@dataclass
class Story:
    """One filing about one holder, and what has come of it so far."""

    begins: datetime
    stage: str
    index: int
    complaint: Complaint = field(init=False)
    report: Report = field(init=False)
    case: Case = field(init=False)

    @property
    def conduct_codes(self) -> list[str]:
        return self.tale[0]

    @property
    def tale(self) -> tuple[list[str], str]:
        """What is alleged.  Only goods of unknown origin weigh enough for a hearing."""
        return _STORIES[_GRAVE if "hear" in self.stage else self.index % len(_STORIES)]

    @property
    def member(self) -> User:
        """Who speaks for the holder."""
        return self.case.organization.members[0]


def holder(index: int) -> License:
    """Somebody whose license is in force; another one for every story."""
    live = db.session.scalars(select(License).where(License.status == LicenseStatus.ACTIVE)
                              .order_by(License.id)).all()
    return live[(index * 5 + 1) % len(live)]


def account_of(story: Story, license: License) -> Account:
    codes, narrative = story.tale
    return Account(respondent_name=license.holder_name, respondent_number=license.number,
                   conduct_codes=codes, narrative=narrative, happened_on=day_of(now()))


def identity_of(story: Story) -> Identity:
    return Identity(language="zh", name=cast.person(300 + story.index),
                    phone=f"1380000{story.index:04}", email=f"citizen{story.index}@example.org")
