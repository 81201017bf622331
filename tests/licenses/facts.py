"""Certificates to print: an institution, a person, and one whose every text is long."""

from datetime import date

from broker_admin.licenses.certificate_page import (
    CertificateFacts,
    CertificateKind,
    Line,
    SubjectPassed,
)

AUTHORITY = Line("广东省政务服务和数据管理局",
                 "Guangdong Government Services and Data Administration")
DATES = {
    "valid_from": date(2026, 11, 22), "valid_to": date(2029, 11, 21),
    "first_issued_on": date(2023, 11, 22), "issued_on": date(2026, 11, 20), "version": 2,
}


def an_institution(**changes):
    facts = {
        "kind": CertificateKind.ORGANISATION,
        "machine_number": "SJ440000T202600001A",
        "human_number": "粤数经〔2026〕T-4400-00001号",
        "holder": Line("南沙数据要素流通有限责任公司", "Nansha Data Circulation Co., Ltd."),
        "authority": AUTHORITY, "demo": True, **DATES,
        "check_url": "https://broker.example.cn/v/SJ440000T202600001A",
        "uscc": "91440101MA5CK00007",
        "broker_type": Line("技术赋能型", "Technology-enabling"),
        "grade": Line("一级", "Grade 1"),
        "scope": (Line("撮合", "Matchmaking"), Line("数据交付", "Data delivery")),
        "legal_representative": "欧阳明轩",
        "address": "广东省广州市南沙区环市大道中25号",
    }
    return CertificateFacts(**{**facts, **changes})


def a_practitioner(**changes):
    facts = {
        "kind": CertificateKind.PRACTITIONER,
        "machine_number": "SJP4400002026000123V",
        "human_number": "粤数经从〔2026〕4400-000123号",
        "holder": Line("张䶮", "Zhang Yan"),
        "authority": AUTHORITY, "demo": False, **DATES,
        "check_url": "https://broker.example.cn/v/SJP4400002026000123V",
        "subjects": (
            SubjectPassed(Line("数据法律法规", "Data law"), date(2026, 9, 19)),
            SubjectPassed(Line("数据经纪实务", "Brokerage practice"), date(2026, 9, 20)),
        ),
    }
    return CertificateFacts(**{**facts, **changes})


def with_long_texts():
    """A name of a hundred characters, ten items of scope, long English."""
    return an_institution(
        holder=Line("粤港澳大湾区数据" * 12 + "有限公司",
                    "Guangdong Hong Kong Macao Greater Bay Area Data Circulation Services " * 3),
        address="广东省广州市南沙区环市大道中二十五号数字大厦" * 4,
        legal_representative="买买提·阿卜杜拉·艾山江·吐尔逊尼亚孜",
        broker_type=Line("受托行权型", "Entrusted rights-exercise (fiduciary) brokerage"),
        scope=tuple(Line(f"第{n}项数据产品撮合与登记代理服务业务",
                         f"Item {n}: matching and registration agency for data products")
                    for n in range(1, 11)),
    )
