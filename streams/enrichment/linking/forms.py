"""The spellings under which a name of the master is looked for: the name itself and what follows by rule.

    小米集团-W          小米集团        markers of the Hong Kong exchange (-W, -S, -B, -SW) taken off
    万科A               万科            the share letter taken off
    伊泰B股             伊泰B           the word for a share taken off
    *ST岭南             ST岭南, 退市岭南  the other marks of the mainland exchanges
    Apple Inc.          Apple           the legal form taken off
    某某材料股份有限公司  某某材料        the legal form taken off
    某某能源集团          某某能源        集团, 控股, 股份 taken off where three characters are left

What follows by rule never takes a key that a row names itself, nor one that follows for two issuers.
"""

from __future__ import annotations

import re

from streams.enrichment.linking.rows import Row, RowKind

_MARKER = re.compile(r"-[A-Z]{1,3}$")
_DISTRESSED = re.compile(r"^(?:S?\*?ST|退市)(?=[\u3400-\u9fff]{2})")
_SHARE = re.compile(r"(?<=[BＢ])股$")
_LETTER = re.compile(r"(?<=[\u3400-\u9fff])[AＡ]$")
_LEGAL = re.compile(
    r"(?:股份有限公司|有限责任公司|集团有限公司|控股有限公司|\(集团\)有限公司|有限公司|集团公司)$"
)
_GROUP = re.compile(r"(?:\(集团\)|\(控股\)|集团|控股|股份)$")
_LEGAL_EN = re.compile(
    r"[,.]?\s+(?:incorporated|inc|corporation|corp|company|co|limited|ltd|plc|llc|l\.?p|n\.?v|s\.?a|s\.?e|a\.?g|"
    r"holdings?|group|trust|ads|adr|the|and|&|class\s[ab]|international)\.?\)?$",
    re.IGNORECASE,
)
_MARKS = ("*ST", "ST", "退市")
_LEAST, _LEAST_LATIN = 3, 4


def derived(row: Row) -> tuple[str, ...]:
    """Return the further spellings of a name; none for what is no name."""
    if row.kind == RowKind.ENGLISH or row.name.isascii():
        return tuple(_latin(row.name)) if row.kind == RowKind.ENGLISH else ()
    bare = _SHARE.sub("", _MARKER.sub("", row.name))
    found = [bare, _LETTER.sub("", bare)]
    if row.kind in (RowKind.SHORT, RowKind.FORMER, RowKind.FULL):
        found.append(_LEGAL.sub("", found[-1]))
        found.append(_GROUP.sub("", found[-1]))
        if (mark := _DISTRESSED.match(bare)) is not None:
            found += [other + bare[mark.end() :] for other in _MARKS]
    found = [name for name in found if len(name) >= _LEAST and not name.isdecimal()]  # 111集团 is no 111
    return tuple(name for name in dict.fromkeys(found) if name != row.name)


def _latin(name: str) -> list[str]:
    found = []
    while (shorter := _LEGAL_EN.sub("", name).rstrip(" ,.")) != name:
        name = shorter
        if len(name) < _LEAST_LATIN:
            break
        found.append(name)
    return found
