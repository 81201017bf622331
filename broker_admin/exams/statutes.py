"""Which statutes the bank may cite, in which text, and how many articles each has."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from broker_admin.exams.topics import Text

STATUTES_FILE = Path(__file__).with_name("bank") / "articles.toml"


@dataclass(frozen=True)
class Statute:
    """A law by its short name, in the text adopted or last amended on a day."""

    short: str
    title: Text
    text_of: date
    articles: int

    def has(self, article: int) -> bool:
        return 1 <= article <= self.articles

    def cite(self, article: int, locale: str) -> str:
        """``《数据安全法》第33条`` or ``Data Security Law, Art. 33``."""
        if locale.lower().startswith("zh"):
            return f"《{self.short}》第{article}条"
        return f"{self.title.en}, Art. {article}"


def load_statutes(path: Path = STATUTES_FILE) -> dict[str, Statute]:
    """By short name, the name that an item cites."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        short: Statute(short, Text(row["title"], row["title_en"]), row["text_of"], row["articles"])
        for short, row in table.items()
    }
