"""Takes a stranger's file apart, in a process of its own that may come to grief.

Run by path and without the package (``python -I inspection.py <media type>``), so that it starts
quickly and holds nothing worth taking; it imports nothing of ours for that reason.  Reads the file
from standard input and prints one fault, or nothing.  Parsers raise whatever they like over a broken
file; that ends the process, and its exit code is answer enough.
"""

import io
import math
import resource
import sys
import warnings
import zlib
from collections.abc import Iterable, Iterator
from enum import StrEnum, auto
from typing import Any

MEMORY = 512 * 1024 * 1024
SECONDS = 20
MOST_PAGES = 200
MOST_PIXELS = 40_000_000
MOST_PIXELS_IN_PDF = 250_000_000
MOST_OBJECTS = 300_000
MOST_UNPACKED = 256 * 1024 * 1024
_CHUNK = 256 * 1024
_ENDS = {"PNG": b"IEND\xaeB`\x82", "JPEG": b"\xff\xd9"}
# Cameras pad their pictures; nothing may follow the end of a PNG.
_SLACK = {"PNG": 8, "JPEG": 4096}

# Actions that leave the page, run something, or send something away.
_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition", "/Movie",
            "/Sound", "/RichMediaExecute"}
_SCRIPTS = frozenset({"/JS", "/JavaScript", "/XFA"})
_FILES = frozenset({"/EF", "/EmbeddedFiles"})
_LZW = frozenset({"/LZWDecode", "/LZW"})
_DEFLATED = frozenset({"/FlateDecode", "/Fl"})
_ATTACHMENTS = {"/EmbeddedFile", "/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/3D"}


class Fault(StrEnum):
    """Why a file is refused."""

    BROKEN = auto()
    ENCRYPTED = auto()
    TOO_MANY_PAGES = auto()
    ACTIVE = auto()
    ATTACHED = auto()
    TOO_LARGE_UNPACKED = auto()
    TOO_MANY_PIXELS = auto()
    SEVERAL_IMAGES = auto()
    TRAILING = auto()
    TOO_COSTLY = auto()


class Found(Exception):  # noqa: N818 (it is the answer of the search)
    """A fault was found; looking on is of no use."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def inspect(media_type: str, data: bytes) -> None:
    """Raises :class:`Found`, or whatever the parsers raise over a file that is not what it says."""
    if media_type == "application/pdf":
        inspect_pdf(data)
    else:
        inspect_image(media_type.removeprefix("image/").upper(), data)


def inspect_image(kind: str, data: bytes) -> None:
    from PIL import Image, ImageFile  # noqa: PLC0415 (only this process needs it)

    # The printer of PDFs switches this on for its whole process; a file cut off is no picture.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    Image.MAX_IMAGE_PIXELS = None  # its own limit only warns; ours comes before any pixel is made
    with Image.open(io.BytesIO(data), formats=[kind]) as image:
        if image.width * image.height > MOST_PIXELS:
            raise Found(Fault.TOO_MANY_PIXELS)
        if getattr(image, "n_frames", 1) > 1:
            raise Found(Fault.SEVERAL_IMAGES)
        image.load()
    end = _ENDS[kind]
    if end not in data[-_SLACK[kind]:]:
        raise Found(Fault.TRAILING)


def inspect_pdf(data: bytes) -> None:
    from pypdf import PdfReader  # noqa: PLC0415 (only this process needs it)
    from pypdf.errors import LimitReachedError  # noqa: PLC0415

    if b"%%EOF" not in data[-1024:]:
        raise Found(Fault.BROKEN)
    reader = PdfReader(io.BytesIO(data), strict=True)
    if reader.is_encrypted:
        raise Found(Fault.ENCRYPTED)
    try:
        inspect_objects(reader.trailer["/Root"])
    except LimitReachedError:
        raise Found(Fault.TOO_COSTLY) from None


def inspect_objects(root: Any) -> None:
    pages, left = 0, MOST_UNPACKED
    for node in walk(root):
        check_dictionary(node)
        if hasattr(node, "_data"):
            left -= size_unpacked(node, left)
        pages += entry(node, "/Type") == "/Page"
        if pages > MOST_PAGES:
            raise Found(Fault.TOO_MANY_PAGES)
    if not pages:
        raise Found(Fault.BROKEN)


def walk(root: Any) -> Iterator[Any]:
    """Every dictionary that can be reached, each once, so that a loop of references ends."""
    waiting, seen, left = [root], set[int](), MOST_OBJECTS
    while waiting:
        item = followed(waiting.pop(), seen)
        left -= item is not None
        if left < 0:
            raise Found(Fault.TOO_COSTLY)
        if isinstance(item, dict):
            yield item
        waiting.extend(parts(item))


def followed(item: Any, seen: set[int]) -> Any:
    """The item, or what it refers to; None where that was looked at before."""
    if not hasattr(item, "idnum"):
        return item
    if item.idnum in seen:
        return None
    seen.add(item.idnum)
    return item.get_object()


def parts(item: Any) -> Iterable[Any]:
    if isinstance(item, dict):
        return item.values()
    return item if isinstance(item, list) else ()


def entry(node: Any, key: str) -> Any:
    """What stands there, also where it is only referred to."""
    value = node.get(key)
    return value.get_object() if hasattr(value, "get_object") else value


def check_dictionary(node: Any) -> None:
    if entry(node, "/S") in _ACTIONS or not _SCRIPTS.isdisjoint(node):
        raise Found(Fault.ACTIVE)
    kinds = {str(entry(node, "/Type")), str(entry(node, "/Subtype"))}
    if kinds & _ATTACHMENTS or not _FILES.isdisjoint(node):
        raise Found(Fault.ATTACHED)


def size_unpacked(stream: Any, most: int) -> int:
    """How many bytes the stream becomes; found out without keeping them."""
    check_pixels(stream)
    names = filter_names(stream)
    if not _LZW.isdisjoint(names):
        # Its decoder has a limit of its own, and raises beyond it.
        return len(stream.get_data())
    # Where any other packing is among them, nothing of ours unpacks the stream: it stays as it is.
    times = len(names) if _DEFLATED.issuperset(names) else 0
    return size_inflated(stream._data, times, most)


def check_pixels(stream: Any) -> None:
    # A viewer makes room for every pixel before it reads the first.
    sides = (int(entry(stream, side) or 0) for side in ("/Width", "/Height"))
    if math.prod(sides) > MOST_PIXELS_IN_PDF:
        raise Found(Fault.TOO_MANY_PIXELS)


def filter_names(stream: Any) -> list[str]:
    filters = entry(stream, "/Filter") or []
    return [filters] if isinstance(filters, str) else [str(name) for name in filters]


def size_inflated(data: bytes, times: int, most: int) -> int:
    """Raises :class:`Found` as soon as there are more bytes than ``most``."""
    chunks: Iterable[bytes] = [data]
    for _ in range(times):
        chunks = unpacked(chunks)
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise Found(Fault.TOO_LARGE_UNPACKED)
    return size


def unpacked(chunks: Iterable[bytes]) -> Iterator[bytes]:
    packed = zlib.decompressobj()
    for chunk in chunks:
        waiting = chunk
        while waiting and not packed.eof:
            yield packed.decompress(waiting, _CHUNK)
            waiting = packed.unconsumed_tail


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    warnings.simplefilter("error")
    try:
        inspect(sys.argv[1], sys.stdin.buffer.read())
    except Found as found:
        sys.stdout.write(found.fault)
    except MemoryError:
        sys.stdout.write(Fault.TOO_COSTLY)


if __name__ == "__main__":
    main()
