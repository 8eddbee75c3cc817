"""Health: ready when every announced part is, alive while the loop moves."""

from streams.observe.health import Health


def test_a_worker_without_announced_parts_is_ready():
    assert Health().ready().ok


def test_what_is_waited_for_is_told():
    health = Health()
    health.expect("memory", "reading back 3 partitions")

    answer = health.ready()

    assert not answer.ok
    assert answer.missing == ("memory: reading back 3 partitions",)


def test_a_part_that_is_done_no_longer_counts():
    health = Health()
    health.expect("memory", "not read yet")
    health.done("memory")
    assert health.ready().ok


def test_a_part_may_fall_back():
    health = Health()
    health.done("assignment")
    health.expect("assignment", "rebalancing")
    assert not health.ready().ok


def test_a_process_that_stopped_beating_is_dead():
    health = Health(stale_after_s=15)
    health.beat(100)
    assert health.live(115).ok
    assert health.live(115.1).missing == ("no beat for 15 s",)
