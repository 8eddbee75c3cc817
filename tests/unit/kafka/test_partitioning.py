"""Keys go where Kafka's Java client puts them."""

import pytest
from aiokafka.partitioner import DefaultPartitioner

from streams.kafka.partitioning import partition_of

# org.apache.kafka.common.utils.UtilsTest.testMurmur2: key to the hash, as a signed number of 32 bits.
JAVA = {
    b"21": -973932308,
    b"foobar": -790332482,
    b"a-little-bit-long-string": -985981536,
    b"a-little-bit-longer-string": -1486304829,
    b"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8": -58897971,
    b"abc": 479470107,
}
COUNTS = (1, 2, 3, 8, 12, 1000)


@pytest.mark.parametrize(("key", "hashed"), JAVA.items(), ids=lambda value: str(value)[:24])
def test_the_partition_is_javas(key, hashed):
    to_positive = hashed & 0x7FFFFFFF

    assert [partition_of(key, count) for count in COUNTS] == [to_positive % count for count in COUNTS]


@pytest.mark.parametrize("key", [b"", "工商银行".encode(), b"601398.SH", b"x" * 129, bytes(range(256))])
def test_the_partition_is_aiokafkas(key):
    for count in COUNTS:
        places = list(range(count))
        assert partition_of(key, count) == DefaultPartitioner()(key, places, places)
