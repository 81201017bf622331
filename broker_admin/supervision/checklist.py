"""What an inspection looks at: published items only, each with its basis (国办发〔2024〕54号)."""

from dataclasses import dataclass

from broker_admin.refusals import N_


@dataclass(frozen=True)
class Item:
    code: str
    text: str
    basis: str


ITEMS = (
    Item("I01", N_("Business stays within type and scope of the license"), "行政许可法第80条"),
    Item("I02", N_("Sources of data are checked and recorded"), "数据安全法第33条"),
    Item("I03", N_("Identity of both sides is checked and recorded"), "数据安全法第33条"),
    Item("I04", N_("Records of transactions are kept"), "数据安全法第33条"),
    Item("I05", N_("Personal information is processed on a lawful basis"), "个人信息保护法第13条"),
    Item("I06", N_("Impact assessments are made and kept for three years"), "个人信息保护法第55、56条"),
    Item("I07", N_("A data security system is set up and followed"), "数据安全法第27条"),
    Item("I08", N_("Incidents are handled and reported"), "数据安全法第29条"),
    Item("I09", N_("A channel for complaints is published and works"), "网络数据安全管理条例第20条"),
    Item("I10", N_("Certificate and annual report agree with what is found"), "行政许可法第61条"),
)
BY_CODE = {item.code: item for item in ITEMS}
