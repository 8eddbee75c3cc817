"""Histories: versions of an article by its wording, and who must learn that a subject was dropped."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from streams.enrichment.article import Listing, Origin, Role, SubjectKind, Told
from streams.enrichment.history import MAX_DIGESTS, Histories, History, next_version, told_to, withdrawals
from streams.enrichment.subjects import ArticleView, SubjectMention
from streams.news.article import Action, Article

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ICBC = Told(
    subject="601398.SH",
    kind=SubjectKind.ISSUER,
    name="工商银行",
    listings=(Listing(ticker="601398.SH"), Listing(ticker="01398.HK", named=False)),
)


def an_article(
    digest: str = "d1", action: Action = Action.PUBLISH, published_at: datetime | None = None
) -> Article:
    return Article(id="article_1", source="s", digest=digest, action=action, published_at=published_at)


def at(offset: int, partition: int = 0) -> Origin:
    return Origin(topic="news.raw", partition=partition, offset=offset)


def a_history(**fields) -> History:
    return History(**{"id": "article_1", "version": 1, "digests": ("d1",), "received_at": NOW} | fields)


def a_mention(subject: str, action: Action = Action.PUBLISH) -> SubjectMention:
    view = ArticleView(
        id="article_1",
        version=2,
        action=action,
        source="s",
        received_at=NOW,
        digest="d2",
        origin=Origin(topic="news.raw", partition=0, offset=1),
    )
    return SubjectMention(
        subject=subject, kind=SubjectKind.ISSUER, name=subject, role=Role.SUBJECT, relevance=1.0, article=view
    )


def test_the_first_wording_is_version_one():
    assert next_version(None, an_article(), at(0)) == (1, ("d1",))


def test_the_same_wording_again_is_a_redelivery():
    assert next_version(a_history(), an_article("d1"), at(1)) is None


def test_another_wording_is_the_next_version():
    assert next_version(a_history(), an_article("d2"), at(1)) == (2, ("d1", "d2"))


def test_an_old_wording_that_was_replaced_is_a_redelivery():
    assert next_version(a_history(version=2, digests=("d1", "d2")), an_article("d1"), at(2)) is None


def test_a_withdrawal_is_a_version_of_its_own_once():
    step = next_version(a_history(), an_article("d1", Action.WITHDRAW), at(1))
    assert step == (2, ("d1", "withdraw"))
    assert next_version(a_history(digests=step[1]), an_article("", Action.WITHDRAW), at(2)) is None


def test_what_was_told_after_a_withdrawal_can_be_taken_back_too():
    history = a_history(version=3, digests=("d1", "withdraw", "d2"), origin=at(7))
    withdrawal = an_article("", Action.WITHDRAW)

    assert next_version(history, withdrawal, at(8)) == (4, ("d1", "withdraw", "d2", "withdraw"))
    assert next_version(history, withdrawal, at(0, partition=1)) is not None
    assert next_version(history, withdrawal, at(3)) is None  # the first, read once more after a crash


def test_a_source_can_correct_back_to_earlier_words_later_on():
    history = a_history(version=2, digests=("d1", "d2"), origin=at(7), published_at=NOW)
    back = an_article("d1", Action.CORRECT, published_at=NOW + timedelta(minutes=1))

    assert next_version(history, back, at(8)) == (3, ("d1", "d2", "d1"))
    assert next_version(history, back, at(7)) is None
    assert next_version(history, replace(back, published_at=NOW), at(8)) is None  # sent twice
    assert next_version(history, replace(back, published_at=None), at(8)) is None
    assert next_version(history, replace(back, action=Action.UPDATE), at(8)) is None
    assert next_version(history, replace(back, digest="d2"), at(8)) is None


def test_only_the_last_wordings_are_held():
    digests = tuple(f"d{i}" for i in range(MAX_DIGESTS))
    _, kept = next_version(a_history(digests=digests, version=MAX_DIGESTS), an_article("new"), at(60))
    assert (len(kept), kept[0], kept[-1]) == (MAX_DIGESTS, "d1", "new")


def test_a_subject_that_is_no_longer_named_is_told_of_it():
    mention = a_mention("600036.SH")
    gone = withdrawals(a_history(told=(ICBC,)), (mention,), mention.article)

    assert [(m.subject, m.article.action, m.listings) for m in gone] == [
        ("601398.SH", Action.WITHDRAW, ICBC.listings)
    ]


def test_a_subject_that_is_still_named_is_not():
    mention = a_mention("601398.SH")
    assert withdrawals(a_history(told=(ICBC,)), (mention,), mention.article) == ()


def test_a_withdrawn_article_has_told_nothing():
    assert told_to((a_mention("601398.SH", Action.WITHDRAW),)) == ()


def test_an_older_record_does_not_replace_a_newer_one():
    histories = Histories(timedelta(days=7))
    histories.keep(a_history(version=3))
    histories.keep(a_history(version=2))
    assert histories.get("article_1", NOW).version == 3


def test_a_lower_version_that_began_anew_after_its_time_replaces_the_forgotten_one():
    """Both records may still stand in the topic when it is read back."""
    histories = Histories(timedelta(days=7))
    histories.keep(a_history(version=3, received_at=NOW - timedelta(days=8)))
    histories.keep(a_history(version=1))
    assert histories.get("article_1", NOW).version == 1


def test_a_history_past_its_time_is_forgotten_whether_cleaned_up_or_not():
    histories = Histories(timedelta(days=7))
    histories.keep(a_history())

    assert histories.get("article_1", NOW + timedelta(days=7)) is not None
    assert histories.get("article_1", NOW + timedelta(days=7, seconds=1)) is None


def test_histories_are_let_go_after_their_time():
    histories = Histories(timedelta(days=7))
    histories.keep(a_history(id="old", received_at=NOW - timedelta(days=8)))
    histories.keep(a_history(id="new"))

    assert histories.expire(NOW) == 1
    assert (histories.get("old", NOW), len(histories)) == (None, 1)


def test_histories_hold_one_copy_of_what_they_have_in_common():
    histories = Histories(timedelta(days=7))
    for number in range(2):
        histories.keep(a_history(id=f"article_{number}", told=(replace(ICBC),)))

    first, second = (histories.get(f"article_{number}", NOW) for number in range(2))

    assert first.told == (ICBC,)
    assert first.told[0] is second.told[0]


def test_what_histories_share_is_bounded():
    histories = Histories(timedelta(days=7))
    for number in range(20_010):
        histories.keep(a_history(told=(replace(ICBC, subject=f"{number}"),)))

    assert len(histories._shared) < 100
    assert histories.get("article_1", NOW).told[0].subject == "20009"
