"""The two subjects of the exam and the topics that each of them asks about."""

from dataclasses import dataclass
from enum import StrEnum


class Subject(StrEnum):
    LAW = "LAW"
    PRACTICE = "PRACTICE"


@dataclass(frozen=True)
class Text:
    """The same words in the two languages of the exam."""

    zh: str
    en: str

    def read_in(self, locale: str) -> str:
        """The words for ``zh-CN``, ``zh_Hans_CN`` … or, for any other locale, English."""
        return self.zh if locale.lower().startswith("zh") else self.en


@dataclass(frozen=True)
class Topic:
    code: str
    subject: Subject
    name: Text


SUBJECT_NAMES = {
    Subject.LAW: Text("法律法规与职业规范", "Law and professional rules"),
    Subject.PRACTICE: Text("数据经纪实务", "Data brokerage practice"),
}

# Item codes carry these three letters for ever; a topic may be renamed, never recoded.
_NAMES: dict[Subject, dict[str, tuple[str, str]]] = {
    Subject.LAW: {
        "LIC": ("许可与认定制度", "Licensing and recognition"),
        "DSL": ("数据安全法", "Data Security Law"),
        "PIP": ("个人信息保护法", "Personal Information Protection Law"),
        "NDR": ("网络数据安全管理条例", "Network Data Security Regulations"),
        "CYB": ("网络安全与等级保护", "Cybersecurity and graded protection"),
        "XBR": ("数据跨境", "Cross-border data"),
        "FAI": ("反不正当竞争与反垄断", "Fair competition and antitrust"),
        "PUB": ("公共数据与广东规定", "Public data and Guangdong rules"),
        "ETH": ("职业道德与利益冲突", "Professional ethics and conflicts of interest"),
        "LIA": ("投诉与法律责任", "Complaints and liability"),
    },
    Subject.PRACTICE: {
        "SRC": ("数据来源审核", "Checking the data source"),
        "KYC": ("身份审核", "Verifying the parties"),
        "PRO": ("数据产品设计", "Data product design"),
        "QUA": ("质量评价", "Quality evaluation"),
        "VAL": ("估值定价", "Valuation and pricing"),
        "CON": ("撮合与合同", "Matchmaking and contracts"),
        "DEL": ("交付与隐私计算", "Delivery and privacy computing"),
        "REC": ("记录留存", "Keeping records"),
        "RSK": ("风险与应急", "Risk and incident response"),
        "FID": ("受托行权与收益分配", "Entrusted rights and sharing of proceeds"),
    },
}

TOPICS: dict[str, Topic] = {
    code: Topic(code, subject, Text(*names))
    for subject, topics in _NAMES.items()
    for code, names in topics.items()
}


def topics_of(subject: Subject) -> tuple[Topic, ...]:
    """In the order of the syllabus, which is the order of the paper's topic profile."""
    return tuple(topic for topic in TOPICS.values() if topic.subject is subject)
