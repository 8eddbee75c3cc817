"""Settings as arguments of aiokafka: secure exactly when asked, and never less."""

import ssl

import pytest

from streams.errors import BadSettings
from streams.kafka.connection import connection
from streams.settings import Settings
from tests.kafka.certificates import make_certificates

USER = {"username": "worker", "password": "secret"}


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    return make_certificates(tmp_path_factory.mktemp("tls"))


def arguments(**settings) -> dict:
    return connection(Settings.from_mapping(settings))


def test_an_open_broker_needs_an_address_only():
    found = arguments(broker="a:1,b:2")

    assert (found["bootstrap_servers"], found["security_protocol"]) == (["a:1", "b:2"], "PLAINTEXT")
    assert "ssl_context" not in found
    assert "sasl_mechanism" not in found


def test_a_user_proves_a_password():
    found = arguments(**USER)

    assert found["security_protocol"] == "SASL_PLAINTEXT"
    assert (found["sasl_mechanism"], found["sasl_plain_username"]) == ("SCRAM-SHA-512", "worker")


def test_an_authority_turns_tls_on_and_the_brokers_name_is_checked(certificates):
    found = arguments(ca_file=str(certificates[0]), **USER)

    assert found["security_protocol"] == "SASL_SSL"
    assert found["ssl_context"].check_hostname
    assert found["ssl_context"].verify_mode is ssl.CERT_REQUIRED


def test_only_the_given_authority_is_trusted(certificates):
    found = arguments(ca_file=str(certificates[0]))

    assert len(found["ssl_context"].get_ca_certs()) == 1


def test_a_client_certificate_is_shown(certificates):
    ca_file, pair = map(str, certificates)

    assert arguments(ca_file=ca_file, cert_file=pair, key_file=pair)["security_protocol"] == "SSL"


@pytest.mark.parametrize("content", [None, "", "no PEM"], ids=["missing", "empty", "nonsense"])
@pytest.mark.parametrize("setting", ["ca_file", "cert_file"])
def test_a_file_that_cannot_be_read_stops_here_and_is_named(certificates, tmp_path, setting, content):
    file = tmp_path / "bad.pem"
    if content is not None:
        file.write_text(content)
    files = {
        "ca_file": str(certificates[0]),
        "cert_file": str(certificates[1]),
        "key_file": str(certificates[1]),
    }

    with pytest.raises(BadSettings) as refused:
        arguments(**files | {setting: str(file)})

    assert [fault.field for fault in refused.value.faults] == [setting]
    assert str(file) in str(refused.value)
