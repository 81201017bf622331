"""Files good and hostile, made here: nothing dangerous lies in the repository."""

import io
import struct
import zlib

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)


def picture(kind="PNG", size=(40, 30), **options):
    made = io.BytesIO()
    Image.new("RGB", size, "navy").save(made, kind, **options)
    return made.getvalue()


def pdf(pages=1, change=None, **encryption):
    """A PDF of empty pages; ``change`` may spoil it before it is written."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if change:
        change(writer)
    if encryption:
        writer.encrypt(**encryption)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def dictionary(**entries):
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def name(text):
    return NameObject(f"/{text}")


def with_root(key, value):
    return pdf(change=lambda writer: writer.root_object.update({name(key): value}))


def action(kind, **more):
    return dictionary(S=name(kind), **more)


def on_page(value):
    """An annotation on the first page that does something when it is clicked."""
    def change(writer):
        note = dictionary(Type=name("Annot"), Subtype=name("Link"), A=value)
        writer.pages[0][name("Annots")] = ArrayObject([note])
    return pdf(change=change)


def with_stream(data, filters, **entries):
    def change(writer):
        stream = StreamObject()
        stream._data = data
        stream[name("Filter")] = ArrayObject([name(f) for f in filters])
        stream.update({name(key): value for key, value in entries.items()})
        writer.pages[0][name("Contents")] = writer._add_object(stream)
    return pdf(change=change)


def deflated(megabytes, times=1):
    """Zeros, packed as tightly as it goes; a flushed piece may be repeated, so this is quick."""
    packer = zlib.compressobj(9)
    first = packer.compress(bytes(1024**2)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(bytes(1024**2)) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = first + again * (megabytes - 1)
    for _ in range(times - 1):
        packed = zlib.compress(packed, 9)
    return packed


def png_that_claims(width, height):
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header)
            + _chunk(b"IDAT", zlib.compress(bytes(1000))) + _chunk(b"IEND", b""))


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def deep(levels):
    """A PDF whose catalogue holds arrays within arrays."""
    body = b"[" * levels + b"]" * levels
    return raw_pdf(b"<</Type/Catalog/Pages 2 0 R/Deep " + body + b">>")


def raw_pdf(catalog, pages=b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page=b"<</Type/Page/Parent 2 0 R>>"):
    """Written by hand, so that it may say what no library would write."""
    made, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate((catalog, pages, page), 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(made)
    made += b"xref\n0 4\n0000000000 65535 f \n"
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(made + b"trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start)


TEXT = TextStringObject("app.alert(1)")
PIXELS = {"Subtype": name("Image"), "Width": NumberObject(100_000), "Height": NumberObject(100_000)}
