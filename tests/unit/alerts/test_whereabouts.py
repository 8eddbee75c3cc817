"""Look-alike sentences are told apart by where they are and of whom they speak."""

from __future__ import annotations

import pytest

from streams.alerts.judging.likeness import compare
from streams.alerts.judging.things import one_thing
from streams.enrichment.facts.figures import find_figures
from streams.enrichment.facts.proper_names import find_names
from streams.enrichment.facts.record import Facts
from streams.news.text import fold


def facts(words: str) -> Facts:
    text = fold(words).text
    figures = tuple(figure for _, figure in find_figures(text))
    return Facts(words=text, figures=figures, names=tuple(n for _, n in find_names(text)), day="2026-03-02")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("杭州全面取消住房限购", "西安全面取消住房限购"),
        ("日本央行宣布维持利率不变", "英国央行宣布维持利率不变"),
        ("云南昭通发生4.5级地震", "四川宜宾发生4.5级地震"),
        ("公司公告,行长王某任职资格获核准", "公司公告,副行长彭某任职资格获核准"),
        ("财政部发行2000亿元两年期国债", "财政部发行2000亿元十年期国债"),
        ("Model Y起售价下调1.4万元", "Model 3起售价下调1.4万元"),
    ],
)
def test_the_same_sentence_of_another_place_person_term_or_model_is_another(one: str, other: str) -> None:
    assert not compare(facts(one), facts(other)).same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("四川宜宾发生4.5级地震,震源深度10千米", "宜宾发生4.5级地震,震源深度10千米"),
        ("美联储维持利率不变,符合预期", "美国维持利率不变,符合预期"),
        ("财政部发行2000亿元两年期国债", "财政部发行2000亿元2年期国债"),
        ("iPhone 16起售价下调1000元", "iPhone 16 Pro起售价下调1000元"),
    ],
)
def test_a_place_a_bank_or_a_model_by_another_name_is_the_same(one: str, other: str) -> None:
    assert compare(facts(one), facts(other)).same


def test_two_sorts_of_crude_are_two_things_and_crude_itself_is_either() -> None:
    assert not one_thing("wti原油期货", "布伦特原油期货")
    assert one_thing("国际原油", "布伦特原油期货")
