"""Invented names and well-formed codes.  Pure: the same cast at every start."""

from dataclasses import dataclass
from itertools import product

from broker_admin.rules.identifiers import identity_with_check, uscc_with_checks

_CITIES = (
    ("440100", "广州", "Guangzhou"), ("440300", "深圳", "Shenzhen"), ("440400", "珠海", "Zhuhai"),
    ("440600", "佛山", "Foshan"), ("441900", "东莞", "Dongguan"), ("441300", "惠州", "Huizhou"),
    ("442000", "中山", "Zhongshan"), ("440500", "汕头", "Shantou"),
)
_FIRST = (("澄", "Cheng"), ("砚", "Yan"), ("禾", "He"), ("泊", "Bo"), ("岭", "Ling"), ("屿", "Yu"),
          ("棠", "Tang"), ("筠", "Yun"))
_SECOND = (("衡", "heng"), ("桥", "qiao"), ("链", "lian"), ("穗", "sui"), ("汇", "hui"),
           ("证", "zheng"), ("源", "yuan"), ("枢", "shu"), ("澜", "lan"))
_KINDS = (("数据经纪有限公司", "Data Brokerage"), ("数据科技有限公司", "Data Technology"),
          ("数据服务有限公司", "Data Services"))
_SURNAMES = "陈李张黄林梁吴何刘罗郑谢邓冯曾彭叶潘蔡钟"
_GIVEN = ("雨桐", "子墨", "若溪", "景行", "思远", "嘉禾", "明轩", "书瑶", "知夏", "云舟", "安澜", "听雪",
          "望舒", "清和", "怀瑾", "沐阳", "言蹊", "星野", "予安", "南乔")
_STREETS = ("新港东路", "科韵路", "南海大道", "情侣中路", "季华五路", "鸿福路", "云山西路", "博爱六路")


@dataclass(frozen=True)
class Firm:
    """An invented organisation."""

    name: str
    name_en: str
    uscc: str
    region_code: str
    address: str
    mailbox: str


def firms(number: int) -> list[Firm]:
    """So many organisations, no two alike."""
    brands = list(product(_FIRST, _SECOND))
    return [_firm(index, *brands[(index * 7) % len(brands)]) for index in range(number)]


def _firm(index: int, first: tuple[str, str], second: tuple[str, str]) -> Firm:
    region, city, city_en = _CITIES[index % len(_CITIES)]
    kind, kind_en = _KINDS[index % len(_KINDS)]
    brand, latin = first[0] + second[0], f"{first[1]}{second[1]}"
    return Firm(
        name=f"{city}{brand}{kind}", name_en=f"{city_en} {latin} {kind_en} Co., Ltd.",
        # No authority has the area 99 of a city: a code of somebody real cannot be met.
        uscc=uscc_with_checks(f"91{region[:4]}99MA{90_000 + index:05}F"), region_code=region,
        address=f"广东省{city}市{_STREETS[index % len(_STREETS)]}{11 + index}号",
        mailbox=f"firm{index + 1:02}")


def person(index: int) -> str:
    """The name of somebody; the first four hundred differ."""
    return _SURNAMES[index % len(_SURNAMES)] + _GIVEN[(index // len(_SURNAMES) + index) % len(_GIVEN)]


def identity(index: int) -> str:
    """A well-formed resident identity number of somebody born between 1975 and 1999.

    No district of Guangzhou has the number 440199: it is nobody's.
    """
    year, month, day = 1975 + index % 25, 1 + index % 12, 1 + index % 28
    return identity_with_check(f"440199{year}{month:02}{day:02}{100 + index % 900:03}")
