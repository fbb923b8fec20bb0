"""A part that is started alone does not share its address with somebody else's server."""

import socket

import pytest

from letterdesk.domain.errors import SettingWrong
from letterdesk.serving.addresses import read_address
from letterdesk.serving.hardening import PARENT
from letterdesk.serving.parts import Part
from letterdesk.serving.serve import Addresses, refuse_taken_alone


@pytest.fixture
def taken():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield read_address(f"127.0.0.1:{server.getsockname()[1]}", key="--letterbox")


@pytest.mark.parametrize("part", [Part.LETTERBOX, Part.DESK])
def test_a_part_alone_refuses_an_address_that_is_taken(part, taken, monkeypatch):
    monkeypatch.delenv(PARENT, raising=False)

    with pytest.raises(SettingWrong, match="cannot be used"):
        refuse_taken_alone(part, Addresses(letterbox=taken, desk=taken))


def test_the_worker_and_a_part_that_is_started_again_do_not_ask(taken, monkeypatch):
    addresses = Addresses(letterbox=taken, desk=taken)
    monkeypatch.delenv(PARENT, raising=False)

    refuse_taken_alone(Part.WORKER, addresses)
    monkeypatch.setenv(PARENT, "1")
    refuse_taken_alone(Part.LETTERBOX, addresses)
