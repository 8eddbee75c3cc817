"""Reports on one accident are known by where it was, however the numbers change."""

from __future__ import annotations

import pytest

from streams.alerts.judging.things import one_accident
from streams.enrichment.facts.accidents import place_of


@pytest.mark.parametrize(
    ("lead", "place"),
    [
        ("示例江畔化工厂发生爆炸,2人受伤", "示例江畔化工厂"),
        ("四川通报:当地一煤矿发生透水,3人被困", "四川一煤矿"),
        ("四川泸定发生6.8级地震,7人遇难", "四川泸定级地震"),
        ("贵州榕江洪灾已造成6人遇难", "贵州榕江洪灾"),
        ("某公司股价起火,大涨8%", ""),
        ("公司公告,三名董事辞职", ""),
    ],
)
def test_a_place_is_told_only_with_casualties(lead: str, place: str) -> None:
    assert place_of(lead) == place


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("四川一处水电站施工便道", "四川水电站", True),
        ("山东一化工厂", "江苏一化工厂", False),
        ("四川水电站", "四川煤矿", False),
        ("四川泸定级地震", "泸定地震", True),
        ("云南大理地震", "四川泸定地震", False),
    ],
)
def test_two_places_are_one_where_what_was_hit_is(one: str, other: str, same: bool) -> None:
    assert one_accident(one, other) is same
