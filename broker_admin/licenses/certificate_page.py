"""What stands where on a certificate, and how large.  Pure.

A certificate is bilingual on paper, so its words are here in both languages and not in the catalogs.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class CertificateKind(StrEnum):
    ORGANISATION = "organisation"
    PRACTITIONER = "practitioner"


@dataclass(frozen=True)
class Line:
    """One thing said twice: in Chinese, and in English where there is English."""

    zh: str
    en: str = ""


@dataclass(frozen=True)
class SubjectPassed:
    name: Line
    passed_on: date


@dataclass(frozen=True)
class CertificateFacts:
    """Everything that is printed; frozen, so that what was approved is what is drawn."""

    kind: CertificateKind
    machine_number: str
    human_number: str
    holder: Line
    valid_from: date
    valid_to: date
    first_issued_on: date
    issued_on: date
    version: int
    authority: Line
    check_url: str
    demo: bool
    uscc: str = ""
    broker_type: Line = Line("")
    grade: Line = Line("")
    scope: Sequence[Line] = ()
    legal_representative: str = ""
    address: str = ""
    subjects: Sequence[SubjectPassed] = field(default=())


@dataclass(frozen=True)
class Cell:
    label: Line
    value: Line


Row = tuple[Cell, ...]

TITLES = {
    CertificateKind.ORGANISATION: Line("数据经纪人资格证书", "Data Broker Qualification Certificate"),
    CertificateKind.PRACTITIONER: Line(
        "数据经纪从业人员资格证书", "Data Broker Practitioner Qualification Certificate"),
}
PREAMBLES = {
    CertificateKind.ORGANISATION: Line(
        "经审核，下列机构符合数据经纪人资格条件，准予在核准的业务范围内从事数据经纪活动，特发此证。",
        "Having met the conditions of qualification, the institution named below may act as a data "
        "broker within the approved scope."),
    CertificateKind.PRACTITIONER: Line(
        "持证人通过数据经纪从业人员资格考试，符合从业条件，特发此证。",
        "The holder has passed the qualification examination for data broker practitioners and "
        "meets the conditions of practice."),
}
DEMO_AUTHORITY = Line("示范省政务服务和数据管理局",
                      "Demonstration Province Government Services and Data Administration")
SEAL_LINE, DEMO_SEAL_LINE = "数据经纪专用章", "样本 SAMPLE"


def chinese_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def english_day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _day(day: date) -> Line:
    return Line(chinese_day(day), english_day(day))


def authority(facts: CertificateFacts) -> Line:
    """Who signs; a demonstration never signs in the name of a real authority."""
    return DEMO_AUTHORITY if facts.demo else facts.authority


def rows(facts: CertificateFacts) -> list[Row]:
    if facts.kind is CertificateKind.PRACTITIONER:
        return _practitioner_rows(facts)
    return _organisation_rows(facts)


def _organisation_rows(facts: CertificateFacts) -> list[Row]:
    scope = Line("、".join(item.zh for item in facts.scope),
                 "; ".join(item.en for item in facts.scope if item.en))
    return [
        (Cell(Line("单位名称", "Holder"), facts.holder),),
        (Cell(Line("统一社会信用代码", "Unified Social Credit Code"), Line(facts.uscc)),
         Cell(Line("法定代表人", "Legal representative"), Line(facts.legal_representative))),
        (Cell(Line("住所", "Address"), Line(facts.address)),),
        (Cell(Line("类别", "Type"), facts.broker_type), Cell(Line("等级", "Grade"), facts.grade)),
        (Cell(Line("业务范围", "Scope"), scope),),
        _dates(facts),
    ]


def _practitioner_rows(facts: CertificateFacts) -> list[Row]:
    subjects = Line(
        "、".join(f"{s.name.zh}（{chinese_day(s.passed_on)}）" for s in facts.subjects),
        "; ".join(f"{s.name.en} ({english_day(s.passed_on)})" for s in facts.subjects),
    )
    return [
        (Cell(Line("姓名", "Name"), facts.holder),),
        (Cell(Line("证书编号", "Certificate number"), Line(facts.machine_number)),),
        (Cell(Line("合格科目", "Subjects passed"), subjects),),
        _dates(facts),
    ]


def _dates(facts: CertificateFacts) -> Row:
    valid = Line(f"{chinese_day(facts.valid_from)}至{chinese_day(facts.valid_to)}",
                 f"{english_day(facts.valid_from)} – {english_day(facts.valid_to)}")
    return (Cell(Line("有效期", "Valid"), valid),
            Cell(Line("首次发证日期", "First issued on"), _day(facts.first_issued_on)))


@dataclass(frozen=True)
class Density:
    """A size of print: points of the Chinese and the English line, millimetres of space in a cell."""

    name: str
    zh: float
    en: float
    padding: float

    def height(self, table: Sequence[Row]) -> float:
        """Estimated millimetres of the table; never less than what is drawn."""
        return sum(
            max(self._cell(cell, width) for cell, width in zip(row, WIDTHS[len(row)], strict=True))
            for row in table
        )

    def _cell(self, cell: Cell, width: float) -> float:
        value, label = self._lines(cell.value, width), self._lines(cell.label, LABEL_WIDTH)
        return max(value, label) + 2 * self.padding + 0.3

    def _lines(self, line: Line, width: float) -> float:
        return sum(
            _count_lines(_ems(text) * points * POINT, width) * points * POINT * LEADING
            for text, points in ((line.zh, self.zh), (line.en, self.en)) if text
        )


# Millimetres of text in a value that spans the sheet, and in two beside each other.
WIDTHS = {1: (170.0,), 2: (68.0, 43.0)}
LABEL_WIDTH = 45.5
POINT = 25.4 / 72  # millimetres
LEADING = 1.42
ROOM = 79.0  # millimetres between the preamble and the seal
DENSITIES = (
    Density("spacious", 14, 11, 3.2),
    Density("roomy", 13, 10.5, 1.9),
    Density("normal", 12, 9.5, 1),
    Density("close", 11, 9, 0.9),
    Density("tight", 10, 8, 0.6),
    Density("dense", 9, 7, 0.4),
    Density("small", 8.2, 6.5, 0.35),
    Density("least", 7.5, 6, 0.3),
)


def density(table: Sequence[Row]) -> Density:
    """The largest print that keeps the table above the foot; the smallest if none does."""
    return next((size for size in DENSITIES if size.height(table) <= ROOM), DENSITIES[-1])


def _count_lines(length: float, width: float) -> int:
    """Lines of a text that long; whole words leave a twentieth of each line empty."""
    return 1 if length <= width else math.ceil(length / (width * 0.95))


def _ems(text: str) -> float:
    return sum(
        1.0 if letter > "\u2e80" else 0.68 if letter.isupper() else 0.54 if letter.isdigit() else 0.49
        for letter in text
    )
