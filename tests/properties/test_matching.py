"""However many subscriptions are held, each matches what it would match alone."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from streams.alerts.routing.gates import FEW
from streams.alerts.routing.matching import Subscriptions
from streams.alerts.routing.subscription import Subscription
from tests.unit.alerts.builders import a_mention, a_subscription, held

TEXT = "工商银行将试点科技贷款，AI 与数据中心受关注。"
# Words that stand in the text, words that begin like one that does, and words that do not.
WORDS = ["科技", "科学", "贷款", "ai", "a", "数据中心", "数据港", "黄金", "said"]


def _some(values: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True)


def _wish(number: int, **fields: Any) -> Subscription:
    return a_subscription(id=f"s{number}", **fields)


WISHES = st.builds(
    _wish,
    st.integers(0, 60),
    tickers=st.sampled_from([["601398.SH"], ["601398.SH", "01398.HK"], ["600036.SH"]]),
    listings=st.sampled_from(["any", "any", "named"]),
    events=st.sampled_from([[], [], ["policy"], ["merger", "policy"], ["merger", "earnings"]]),
    sources=st.sampled_from([[], [], ["wire"], ["agency"], ["agency", "wire"]]),
    min_relevance=st.sampled_from([0, 0, 0.5]),
    keywords=st.fixed_dictionaries({"any": _some(WORDS), "all": _some(WORDS), "none": _some(WORDS)}),
)
# Of a word each: enough for gates, and more words than are looked for one by one.
CROWD = [_wish(1000 + n, tickers=["601398.SH"], keywords={"any": [f"第{n}号"]}) for n in range(FEW + 50)]
MENTIONS = st.builds(
    a_mention,
    text=st.sampled_from([TEXT, TEXT, "工商银行公告。", TEXT * 300]),
    source=st.sampled_from(["wire", "agency", "other"]),
    relevance=st.sampled_from([0.4, 0.8]),
)


@settings(deadline=None, max_examples=50)
@given(
    put=st.lists(WISHES, max_size=30),
    removed=st.sets(st.integers(0, 60), max_size=20),
    crowded=st.booleans(),
    mention=MENTIONS,
)
def test_a_subscription_matches_among_many_what_it_matches_alone(put, removed, crowded, mention) -> None:
    subscriptions, last = Subscriptions(), {}
    for wish in (*put, *(CROWD if crowded else ())):
        subscriptions.put(wish)
        last[wish.id] = wish
    for number in removed:
        subscriptions.remove(f"s{number}")
        last.pop(f"s{number}", None)

    alone = [match for wish in last.values() for match in held(wish).match(mention)]

    assert subscriptions.match(mention) == tuple(sorted(alone, key=lambda match: match.subscription.id))


@given(put=st.lists(WISHES, max_size=30))
def test_what_is_removed_leaves_nothing_behind(put) -> None:
    subscriptions = held(*CROWD, *put)
    for wish in (*put, *CROWD):
        subscriptions.remove(wish.id)

    assert (len(subscriptions), subscriptions._index, len(subscriptions._conditions)) == (0, {}, 0)
