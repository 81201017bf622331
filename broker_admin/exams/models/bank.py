from datetime import datetime
from typing import Any, cast

from sqlalchemy import JSON, ForeignKey, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from broker_admin.db import Base
from broker_admin.exams.items import ItemKind, ItemText, Option
from broker_admin.exams.models.immutability import never_changed
from broker_admin.exams.topics import Subject
from broker_admin.exams.topics import Text as Words


class Item(Base):
    """A question of the bank; its code names it for ever, its text is in its versions."""

    __tablename__ = "exam_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    subject: Mapped[Subject]
    topic: Mapped[str] = mapped_column(String(10), index=True)
    kind: Mapped[ItemKind]
    retired_at: Mapped[datetime | None]

    versions: Mapped[list["ItemVersion"]] = relationship(
        back_populates="item", order_by="ItemVersion.number")

    @property
    def reference(self) -> str:
        return self.code

    @property
    def current(self) -> "ItemVersion":
        return self.versions[-1]

    @property
    def party_ids(self) -> frozenset[int]:
        return frozenset()

    @property
    def party_organization_ids(self) -> frozenset[int]:
        return frozenset()

    @property
    def barred_ids(self) -> frozenset[int]:
        return frozenset()


class ItemVersion(Base):
    """The text of an item as papers carry it.  Never changed: a correction is a new version."""

    __tablename__ = "exam_item_version"
    __table_args__ = (UniqueConstraint("item_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("exam_item.id"))
    number: Mapped[int]
    difficulty: Mapped[int]
    stem_zh: Mapped[str] = mapped_column(Text)
    stem_en: Mapped[str] = mapped_column(Text)
    # Rows of key, Chinese, English, in the author's order.
    options: Mapped[list[list[str]]] = mapped_column(JSON)
    answer: Mapped[list[str]] = mapped_column(JSON)
    law: Mapped[str] = mapped_column(String(60))
    article: Mapped[int]
    rationale_zh: Mapped[str] = mapped_column(Text)
    rationale_en: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    item: Mapped[Item] = relationship(back_populates="versions")

    @property
    def text(self) -> ItemText:
        """As the pure modules of the exam know it."""
        return ItemText(
            code=self.item.code, topic=self.item.topic, kind=self.item.kind,
            difficulty=self.difficulty, stem=Words(self.stem_zh, self.stem_en),
            options=tuple(Option(key, Words(zh, en)) for key, zh, en in self.options),
            answer=frozenset(self.answer), law=self.law, article=self.article,
            rationale=Words(self.rationale_zh, self.rationale_en),
        )

    @staticmethod
    def columns_of(item: ItemText) -> dict[str, Any]:
        return {
            "difficulty": item.difficulty, "stem_zh": item.stem.zh, "stem_en": item.stem.en,
            "options": [[o.key, o.text.zh, o.text.en] for o in item.options],
            "answer": sorted(item.answer), "law": item.law, "article": item.article,
            "rationale_zh": item.rationale.zh, "rationale_en": item.rationale.en,
            "digest": item.digest,
        }


never_changed(cast(Table, ItemVersion.__table__))
