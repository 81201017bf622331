"""Keep one Chinese catalog per room in step with the code: merge, check, compile.

English is the language of the source, so it has no catalog.
"""

import argparse
import io
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = "broker_admin"
LOCALE = "zh"
KEYWORDS = {
    "_": None,
    "_l": None,
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
JINJA_OPTIONS = {"silent": "false", "trimmed": "true", "trim_blocks": "true", "lstrip_blocks": "true"}
TEMPLATE_SUFFIXES = {".html", ".txt", ".xml", ".svg"}
SHARED_TEMPLATES = {"layout", "errors"}
TEMPLATES_BY_ROOM = {"email", "letters"}

HEADER = f"""\
msgid ""
msgstr ""
"Language: {LOCALE}\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""

CHINESE = "\u3400-\u9fff\u3000-\u303f\uff00-\uffef"
HALF_WIDTH = re.compile(rf"[{CHINESE}]\s*[,:;?!()]\s*[{CHINESE}]")
VARIABLE = re.compile(r"%\((\w+)\)")
TAG = re.compile(r"</?[a-zA-Z][\w-]*")

MessageKey = tuple[str | None, str]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with one translation."""

    room: str
    msgid: str
    fault: str

    def __str__(self) -> str:
        return f"{self.room}: {self.fault}: {self.msgid!r}"


def ids_of(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def strings_of(message: Message) -> tuple[str, ...]:
    string = message.string or ""
    return (string,) if isinstance(string, str) else tuple(string)


def key_of(message: Message) -> MessageKey:
    return message.context, ids_of(message)[0]


def messages_of(catalog: Catalog) -> list[Message]:
    """Every message but the header."""
    return [message for message in catalog if message.id]


def room_of(path: Path) -> str:
    """The room that owns a source file, named by its path inside the repository."""
    top, *folders, _ = path.parts
    if top == PACKAGE:
        return folders[0] if folders else "kernel"
    if folders and folders[0] in TEMPLATES_BY_ROOM:
        folders = folders[1:]
    return "layout" if not folders or folders[0] in SHARED_TEMPLATES else folders[0]


def sources(root: Path) -> Iterator[Path]:
    """Code and templates that may speak to a user, relative to the root."""
    for path in sorted((root / PACKAGE).rglob("*.py")):
        yield path.relative_to(root)
    for path in sorted((root / "templates").rglob("*")):
        if path.suffix in TEMPLATE_SUFFIXES:
            yield path.relative_to(root)


def add_messages(catalog: Catalog, root: Path, path: Path) -> None:
    is_code = path.suffix == ".py"
    with (root / path).open("rb") as source:
        found = extract(
            "python" if is_code else "jinja2.ext:babel_extract",
            source,
            keywords=KEYWORDS,
            comment_tags=("Translators:",),
            options={} if is_code else JINJA_OPTIONS,
            strip_comment_tags=True,
        )
        for line, message, comments, context in found:
            catalog.add(message, None, [(path.as_posix(), line)],
                        auto_comments=comments, context=context)


def extract_rooms(root: Path) -> dict[str, Catalog]:
    """What the source says today, room by room."""
    rooms: dict[str, Catalog] = defaultdict(lambda: Catalog(locale=LOCALE, fuzzy=False))
    for path in sources(root):
        add_messages(rooms[room_of(path)], root, path)
    return {room: catalog for room, catalog in rooms.items() if messages_of(catalog)}


def folder_of(root: Path) -> Path:
    return root / PACKAGE / "translations" / LOCALE / "LC_MESSAGES"


def read_rooms(root: Path) -> dict[str, Catalog]:
    """The catalogs as they lie in the repository."""
    rooms = {}
    for path in sorted(folder_of(root).glob("*.po")):
        with path.open("rb") as file:
            rooms[path.stem] = read_po(file, locale=LOCALE, abort_invalid=True)
    return rooms


def as_translated(known: Message | None, message: Message) -> str | tuple[str, ...]:
    """The translation kept from the old catalog, in the shape that the message has now."""
    string = strings_of(known)[0] if known else ""
    return (string,) if message.pluralizable else string


def merge(found: Catalog, kept: Catalog | None) -> Catalog:
    """The messages of the source with the translations that exist; nothing guessed."""
    known = {key_of(message): message for message in messages_of(kept)} if kept else {}
    merged = Catalog(locale=LOCALE, fuzzy=False)
    for message in messages_of(found):
        old = known.get(key_of(message))
        merged.add(
            message.id, as_translated(old, message), message.locations,
            flags=message.flags | (old.flags & {"fuzzy"} if old else set()),
            auto_comments=message.auto_comments,
            user_comments=old.user_comments if old else (),
            context=message.context,
        )
    return merged


def as_text(catalog: Catalog) -> str:
    """Sorted, without line numbers and dates, so that two people's changes seldom collide."""
    file = io.BytesIO()
    write_po(file, catalog, width=0, omit_header=True, sort_output=True, include_lineno=False)
    return HEADER + file.getvalue().decode().rstrip("\n") + "\n"


def update(root: Path) -> list[str]:
    """Rewrites the catalogs; returns the rooms that changed."""
    found, kept, changed = extract_rooms(root), read_rooms(root), []
    folder_of(root).mkdir(parents=True, exist_ok=True)
    for room in sorted(found.keys() | kept.keys()):
        path = folder_of(root) / f"{room}.po"
        text = as_text(merge(found[room], kept.get(room))) if room in found else ""
        if (path.read_text("utf-8") if path.exists() else "") == text:
            continue
        changed.append(room)
        if text:
            path.write_text(text, "utf-8")
        else:
            path.unlink()
    return changed


def variable_fault(message: Message) -> str | None:
    """Variables must survive, or the page shows a hole; ``%`` must format, or it breaks."""
    offered = set(VARIABLE.findall(" ".join(ids_of(message))))
    demanded = set(VARIABLE.findall(ids_of(message)[-1]))
    for string in strings_of(message):
        used = set(VARIABLE.findall(string))
        if not demanded <= used <= offered:
            return "other variables than the source"
        if offered and not formats(string, offered):
            return "a stray % beside a variable"
    return None


def formats(string: str, names: Iterable[str]) -> bool:
    try:
        _ = string % dict.fromkeys(names, 1)
    except (ValueError, TypeError, KeyError):
        return False
    return True


def tag_fault(message: Message) -> str | None:
    wanted = sorted(TAG.findall(ids_of(message)[-1]))
    if any(sorted(TAG.findall(string)) != wanted for string in strings_of(message)):
        return "other HTML tags than the source"
    return None


def punctuation_fault(message: Message) -> str | None:
    if any(HALF_WIDTH.search(string) for string in strings_of(message)):
        return "half-width punctuation between Chinese characters"
    return None


def translation_fault(message: Message) -> str | None:
    if not all(strings_of(message)):
        return "not translated"
    if message.fuzzy:
        return "marked fuzzy"
    return variable_fault(message) or tag_fault(message) or punctuation_fault(message)


def check_room(room: str, found: Catalog | None, kept: Catalog | None) -> Iterator[Problem]:
    known = {key_of(message): message for message in messages_of(kept)} if kept else {}
    wanted = {key_of(message): message for message in messages_of(found)} if found else {}
    for key in wanted.keys() - known.keys():
        yield Problem(room, key[1], "missing (run `make catalogs`, then translate)")
    for key in known.keys() - wanted.keys():
        yield Problem(room, key[1], "no longer in the source (run `make catalogs`)")
    for key in wanted.keys() & known.keys():
        fault = translation_fault(known[key])
        if fault:
            yield Problem(room, key[1], fault)


def check_agreement(rooms: dict[str, Catalog]) -> Iterator[Problem]:
    """One English sentence has one Chinese sentence, whichever room says it."""
    first: dict[MessageKey, tuple[str, str]] = {}
    for room, catalog in sorted(rooms.items()):
        for message in messages_of(catalog):
            string = strings_of(message)[0]
            other, said = first.setdefault(key_of(message), (room, string))
            if string and said and string != said:
                yield Problem(room, key_of(message)[1], f"{string!r} here but {said!r} in {other}")


def check(root: Path) -> list[Problem]:
    found, kept = extract_rooms(root), read_rooms(root)
    problems = list(check_agreement(kept))
    for room in sorted(found.keys() | kept.keys()):
        problems.extend(check_room(room, found.get(room), kept.get(room)))
    return sorted(problems, key=lambda problem: (problem.room, problem.msgid, problem.fault))


def compile_rooms(root: Path) -> None:
    """The binary catalogs that the running application reads, one per room."""
    for path in folder_of(root).glob("*.mo"):
        path.unlink()
    for room, catalog in read_rooms(root).items():
        with (folder_of(root) / f"{room}.mo").open("wb") as file:
            write_mo(file, catalog)


def report(problems: list[Problem]) -> int:
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems in the catalogs" if problems else "catalogs are complete")
    return 1 if problems else 0


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="catalogs", description=__doc__)
    parser.add_argument("--check", action="store_true", help="list what is wrong; exit 1")
    parser.add_argument("--compile", action="store_true", help="write the binary catalogs")
    parser.add_argument("--root", type=Path, default=Path(__file__).parent.parent)
    options = parser.parse_args(arguments)
    if options.check:
        return report(check(options.root))
    if not options.compile:
        print("changed:", ", ".join(update(options.root)) or "nothing")
    compile_rooms(options.root)
    return 0


if __name__ == "__main__":
    sys.exit(main())
