"""Bytes to text, whatever encoding they are in and whatever is declared.

Text that comes out can always be written as UTF-8. What is not text is refused.
"""

from __future__ import annotations

import codecs
import re

from streams.errors import BadArticle, ErrorCode, Fault

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_BINARY = {
    b"\x1f\x8b": "gzip",
    b"PK\x03\x04": "zip",
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"BZh": "bzip2",
    b"\x7fELF": "a program",
    b"Rar!": "RAR",
}
# Labels as the WHATWG's Encoding Standard reads them: every GB name is GB18030, Big5 is Big5-HKSCS.
_LABELS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "cp950": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "utf-16": "utf-16-le",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "windows-1252": "cp1252",
    "us-ascii": "cp1252",
}
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,20})", re.IGNORECASE)
_SNIFFED = 2_048
_SAMPLE = 4_000
_ACCEPTED = 0.6
_CERTAIN = 0.85
_LATIN_WEIGHT = 0.95  # where both fit, Chinese is likelier here
_MARKS = "，。、：；！？（）“”《》「」％"


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the text of some bytes.

    A byte order mark decides, then valid UTF-8, then what reads most like Chinese: the declared
    charset, the one in `<meta>`, GB18030, Big5.

    Args:
        data: A file or a message.
        declared: A charset label, believed only as far as the bytes bear it out.

    Returns:
        Text without NULs and lone surrogates.

    Raises:
        BadArticle: `not_text` for compressed and other binary data.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _writable(data[len(bom) :].decode(name, "replace"))
    for magic, kind in _BINARY.items():
        if data.startswith(magic):
            raise _not_text(f"is {kind}, not text")
    if data.count(0) * 50 > len(data):
        return _writable(_utf16_without_bom(data))
    try:
        return _writable(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _writable(_most_plausible(data.replace(b"\0", b""), declared))


def _utf16_without_bom(data: bytes) -> str:
    """Return UTF-16 where every other byte is NUL, as in JSON and markup; refuse anything else."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    for name, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros * 5 > len(data) and others * 50 < len(data):
            return data.decode(name, "replace")
    raise _not_text("is binary, not text")


def _most_plausible(data: bytes, declared: str | None) -> str:
    sniffed = _META.search(data[:_SNIFFED])
    labels = (declared or "", sniffed[1].decode("ascii", "ignore") if sniffed else "")
    named = [_LABELS[label.strip().lower()] for label in labels if label.strip().lower() in _LABELS]
    best, best_text = 0.0, ""
    for name in dict.fromkeys((*named, "utf-8", "gb18030", "big5hkscs")):
        text = data.decode(name, "replace")
        score = _plausibility(text, name) + (0.05 if name in named else 0)
        if score > best:
            best, best_text = score, text
    if best < _ACCEPTED:
        raise _not_text("is in no encoding that is known here")
    return best_text


def _plausibility(text: str, name: str) -> float:
    """Return the share of what is not ASCII that reads as everyday Chinese (or as written Latin), 0 to 1."""
    sample = [char for char in text if char > "\x7f"][:_SAMPLE]
    if not sample:
        return 0.0
    if name == "cp1252":
        return sum(char.isalpha() or char in "‘’“”–—…€£" for char in sample) / len(sample) * _LATIN_WEIGHT
    controls = sum(char < " " and char not in "\t\n\r\f" for char in text[:_SAMPLE])
    return (sum(_is_everyday(char, name) for char in sample) - 4 * controls) / len(sample)


def _is_everyday(char: str, name: str) -> bool:
    """Whether a character is punctuation or of the first level of its national standard (GB 2312, Big5)."""
    if char in _MARKS or char == "\u3000":
        return True
    if name == "big5hkscs":
        lead = char.encode("big5", "ignore")[:1]
        return b"\xa4" <= lead <= b"\xc6"
    if name == "gb18030":
        lead = char.encode("gb2312", "ignore")[:1]
        return b"\xb0" <= lead <= b"\xd7"
    return char != "\ufffd" and char > "\xff"


_CP1252 = {
    ord(bytes((byte,)).decode("cp1252")): byte
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_MISREAD = re.compile("[\xc2-\xf4][\x80-\xff\u0152-\u0192\u02c6-\u02dc\u2013-\u2122]{3}")
_LEAST_DIFFERENT = 4
_IDEOGRAPH = re.compile("[\u4e00-\u9fff]")


def repair(text: str) -> str:
    """Return the text as it was meant, where UTF-8 or GBK bytes were read as Latin-1.

    Args:
        text: Text that another program decoded.

    Returns:
        The text decoded anew when all of it was misread: there is no ideograph in it, its bytes
        are valid UTF-8 or GB18030 throughout, and what they say is everyday Chinese. Else the
        same text.
    """
    if text.isascii() or _IDEOGRAPH.search(text) or not _MISREAD.search(text):
        return text
    try:
        data = text.translate(_CP1252).encode("latin-1")
    except UnicodeEncodeError:
        return text
    for name in ("utf-8", "gb18030"):
        try:
            meant = data.decode(name)
        except UnicodeDecodeError:
            continue
        different = len(set(_IDEOGRAPH.findall(meant)))
        if different >= _LEAST_DIFFERENT and _plausibility(meant, "gb18030") >= _CERTAIN:
            return meant
    return text


def _writable(text: str) -> str:
    """Return the text without NULs and without what UTF-8 cannot hold."""
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        text = text.replace("\0", "")
    return text


def _not_text(message: str) -> BadArticle:
    return BadArticle(Fault("$", ErrorCode.NOT_TEXT, message))
