import socket
import threading
from collections.abc import Iterator

import pytest

from benchmarks.ports import free_port
from letterdesk.domain.errors import SettingWrong
from letterdesk.serving.addresses import Address, answers, must_be_free, read_address


@pytest.mark.parametrize(
    ("written", "address", "url"),
    [
        (
            "127.0.0.1:8000",
            Address(host="127.0.0.1", ip="127.0.0.1", port=8000),
            "http://127.0.0.1:8000",
        ),
        (
            "localhost:80",
            Address(host="localhost", ip="127.0.0.1", port=80),
            "http://localhost:80",
        ),
        ("[::1]:8001", Address(host="::1", ip="::1", port=8001), "http://[::1]:8001"),
        ("0.0.0.0:1", Address(host="0.0.0.0", ip="0.0.0.0", port=1), "http://127.0.0.1:1"),  # noqa: S104 -- what a person may write
        ("[::]:1", Address(host="::", ip="::", port=1), "http://[::1]:1"),
    ],
)
def test_an_address_is_read_and_has_a_url(written: str, address: Address, url: str) -> None:
    read = read_address(written, key="desk.listen")

    assert (read, read.url) == (address, url)


@pytest.mark.parametrize(
    "written", ["", "8000", ":8000", "host:", "127.0.0.1:65536", "127.0.0.1:80a", "a:٣"]
)
def test_what_is_no_address_is_refused_by_the_key_it_stands_in(written: str) -> None:
    with pytest.raises(SettingWrong, match=r"^--desk is '.*'; it is HOST:PORT"):
        read_address(written, key="--desk")


def test_a_host_that_nobody_knows_is_refused() -> None:
    with pytest.raises(SettingWrong, match=r"knows no address for 'nowhere\.invalid'"):
        read_address("nowhere.invalid:80", key="--desk")


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", free_port())) as server:
        yield server


def address_of(server: socket.socket) -> Address:
    return read_address(f"127.0.0.1:{server.getsockname()[1]}", key="x")


def test_a_port_that_is_taken_is_refused_with_another_one(listener: socket.socket) -> None:
    address = address_of(listener)

    with pytest.raises(SettingWrong) as refused:
        must_be_free(address, option="--letterbox")

    assert refused.value.sentence == (
        f"Port {address.port} of 127.0.0.1 cannot be used: address already in use. "
        f"Choose another one: --letterbox 127.0.0.1:{address.port + 10}"
    )


def test_a_port_that_was_let_go_is_free(listener: socket.socket) -> None:
    address = address_of(listener)
    listener.close()

    must_be_free(address, option="--letterbox")


@pytest.mark.parametrize(
    ("status", "is_well"),
    [("200 OK", True), ("302 Found", True), ("400 Bad Request", True), ("503 Busy", False)],
)
def test_a_server_answers_when_it_does_not_fail(
    status: str, *, is_well: bool, listener: socket.socket
) -> None:
    def reply() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(4096)
            connection.sendall(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())

    replying = threading.Thread(target=reply)
    replying.start()

    assert answers(address_of(listener), "/healthz") is is_well
    replying.join()


def test_nobody_at_the_address_is_no_answer(listener: socket.socket) -> None:
    address = address_of(listener)
    listener.close()

    assert not answers(address, "/healthz")
