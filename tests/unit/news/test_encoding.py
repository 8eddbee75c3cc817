from __future__ import annotations

import gzip

import pytest

from streams.errors import BadArticle, ErrorCode
from streams.news.encoding import decode, repair

SIMPLIFIED = "工商银行今日公告，公司拟派发现金红利，投资者可以在网上查询。"
TRADITIONAL = "匯豐控股今日公布業績，股價高開百分之三，投資者對派息表示滿意。"


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        pytest.param(SIMPLIFIED.encode(), None, SIMPLIFIED, id="utf-8"),
        pytest.param(b"\xef\xbb\xbf" + SIMPLIFIED.encode(), None, SIMPLIFIED, id="utf-8 with a mark"),
        pytest.param(SIMPLIFIED.encode(), "gb2312", SIMPLIFIED, id="utf-8 declared as GB"),
        pytest.param(SIMPLIFIED.encode("utf-16"), None, SIMPLIFIED, id="utf-16 with a mark"),
        pytest.param('{"a": 1}'.encode("utf-16-le"), None, '{"a": 1}', id="utf-16 without a mark"),
        pytest.param(SIMPLIFIED.encode("gb18030"), None, SIMPLIFIED, id="gb18030 undeclared"),
        pytest.param(SIMPLIFIED.encode("gb18030"), "gb2312", SIMPLIFIED, id="gb18030 declared"),
        pytest.param(SIMPLIFIED.encode("gb18030"), "utf-8", SIMPLIFIED, id="gb18030 declared as utf-8"),
        pytest.param(SIMPLIFIED.encode("gb18030"), "big5", SIMPLIFIED, id="gb18030 declared as Big5"),
        pytest.param(TRADITIONAL.encode("big5"), None, TRADITIONAL, id="big5 undeclared"),
        pytest.param(TRADITIONAL.encode("big5"), "gbk", TRADITIONAL, id="big5 declared as GB"),
        pytest.param("café déjà".encode("cp1252"), "iso-8859-1", "café déjà", id="latin declared"),
        pytest.param(SIMPLIFIED.encode() + b"\0", "klingon", SIMPLIFIED, id="a NUL and an unknown label"),
        pytest.param(b"", None, "", id="nothing"),
    ],
)
def test_the_bytes_decide_over_the_declaration(data: bytes, declared: str | None, text: str) -> None:
    assert decode(data, declared) == text


def test_the_meta_element_of_a_page_is_sniffed() -> None:
    page = '<html><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>银河</p></html>'
    assert decode(page.encode("gb18030")) == page


def test_a_cut_character_does_not_cost_the_rest() -> None:
    assert decode(SIMPLIFIED.encode("gb18030")[:-1]).startswith(SIMPLIFIED[:-1])
    assert decode(SIMPLIFIED.encode()[:-1]).startswith(SIMPLIFIED[:-1])


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(gzip.compress(SIMPLIFIED.encode()), id="gzip"),
        pytest.param(b"PK\x03\x04 and so on", id="zip"),
        pytest.param(b"%PDF-1.7 and so on", id="pdf"),
        pytest.param(bytes(range(256)) * 8, id="every byte"),
        pytest.param(b"\0" * 100, id="zeros"),
        pytest.param(b"\xff\xfa\xf1\x81" * 50, id="high bytes"),
    ],
)
def test_what_is_not_text_is_refused(data: bytes) -> None:
    with pytest.raises(BadArticle) as refused:
        decode(data)
    assert refused.value.code is ErrorCode.NOT_TEXT


@pytest.mark.parametrize("misread", ["latin-1", "cp1252"])
@pytest.mark.parametrize("written", ["utf-8", "gb18030"])
def test_text_misread_as_latin_is_repaired(written: str, misread: str) -> None:
    meant = "今日股市上涨，公司公告分红"
    data = meant.encode(written)
    text = "".join(_read(byte, misread) for byte in data)
    assert repair(text) == meant


def _read(byte: int, charset: str) -> str:
    try:
        return bytes((byte,)).decode(charset)
    except UnicodeDecodeError:  # cp1252 leaves five bytes open; browsers keep them as controls
        return chr(byte)


@pytest.mark.parametrize(
    "text",
    ["Übergrößen für Ärzte", "São Paulo ações", "工商银行 café", "plain", "Ã©", "ÃÃÃÃÃÃÃÃ", "µ¹²³ ½¼ ×÷"],
)
def test_text_that_was_read_rightly_stays(text: str) -> None:
    assert repair(text) == text
