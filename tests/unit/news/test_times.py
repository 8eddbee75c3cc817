from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from streams.news.times import believed_time, find_time, parse_time

RECEIVED = datetime(2022, 2, 14, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2022-02-14T04:29:08+08:00", "2022-02-14T04:29:08+08:00"),
        ("2022-02-14T04:29:08.123Z", "2022-02-14T04:29:08+00:00"),
        ("2022-02-14T04:29:08-0500", "2022-02-14T04:29:08-05:00"),
        ("2022-02-14 04:29:08 +0800", "2022-02-14T04:29:08+08:00"),
        ("2022-02-14 04:29:08", "2022-02-14T04:29:08+08:00"),
        ("2022-02-14 4:29", "2022-02-14T04:29:00+08:00"),
        ("2022-02-14", "2022-02-14T00:00:00+08:00"),
        ("2022/2/14 04:29", "2022-02-14T04:29:00+08:00"),
        ("2022年2月14日 04:29", "2022-02-14T04:29:00+08:00"),
        ("2022年2月14日04时29分", "2022-02-14T04:29:00+08:00"),
        (" 2022-02-14 04:29:08 CST ", "2022-02-14T04:29:08+08:00"),
        ("2022年2月14日 星期一 04:29", "2022-02-14T04:29:00+08:00"),
        ("2022-02-14（周一）16:29", "2022-02-14T16:29:00+08:00"),
        ("2022年2月14日 下午4:29", "2022-02-14T16:29:00+08:00"),
        ("2022/02/14 上午 04:29", "2022-02-14T04:29:00+08:00"),
        ("2022-02-14 4:29 PM", "2022-02-14T16:29:00+08:00"),
        ("2022-02-14 12:29 AM", "2022-02-14T00:29:00+08:00"),
        ("14/02/2022 04:29", "2022-02-14T04:29:00+08:00"),
        ("14-2-2022", "2022-02-14T00:00:00+08:00"),
        ("1644784148", "2022-02-14T04:29:08+08:00"),
        ("1644784148000", "2022-02-14T04:29:08+08:00"),
        ("1644784148.5", "2022-02-14T04:29:08.500000+08:00"),
        ("Mon, 14 Feb 2022 04:29:08 GMT", "2022-02-14T04:29:08+00:00"),
    ],
)
def test_times_are_read_in_the_forms_that_sources_use(written: str, read: str) -> None:
    parsed = parse_time(written)
    assert parsed is not None
    assert parsed == datetime.fromisoformat(read)
    assert parsed.utcoffset() == datetime.fromisoformat(read).utcoffset()


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "2022-13-14",
        "2022-02-30",
        "2022-02-14 25:00",
        "+0800",
        "31/02/2022",
        "2022-02-14 下午25:00",
        "99999999999999999999",
        "1e308",
        "²022-02-14",
        "2022-02-14T04:29:08+99:00",
        "Mon, 99 Feb 2022 04:29:08 GMT",
    ],
)
def test_what_is_no_time_is_none(written: str) -> None:
    assert parse_time(written) is None


@pytest.mark.parametrize(
    ("written", "warning"),
    [
        (RECEIVED.isoformat(), None),
        ((RECEIVED + timedelta(hours=23)).isoformat(), None),
        ((RECEIVED + timedelta(hours=25)).isoformat(), "published_at is more than a day ahead"),
        ("1989-12-31", "published_at is before 1990"),
        ("yesterday", "published_at is not a time"),
    ],
)
def test_a_time_that_cannot_be_is_not_believed(written: str, warning: str | None) -> None:
    found, told = believed_time(written, RECEIVED)
    assert told == warning
    assert (found is None) == (warning is not None)


@pytest.mark.parametrize("written", [None, "", "  "])
def test_no_time_is_no_warning(written: str | None) -> None:
    assert believed_time(written, RECEIVED) == (None, None)


def test_a_time_is_found_in_a_page_header() -> None:
    assert find_time("财经 > 正文 2022年02月14日 04:29 来源：某报") == "2022年02月14日 04:29"
    assert find_time("即時 | 14/02/2022 04:29 | 某報") == "14/02/2022 04:29"
    assert find_time("截至2022年2月14日，公司") is None
