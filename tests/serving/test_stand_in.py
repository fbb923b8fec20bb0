"""`letterdesk triage serve` as a process: a thousand at once, a clean end, real clients."""

import http.client
import json
import os
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError

import pytest
from perspective import PerspectiveAPI

from benchmarks.ports import free_port
from letterdesk.serving.hardening import open_many_files
from tests.processes import (
    LETTERDESK,
    PATIENCE,
    get,
    letterdesk,
    wait_until,
)

ANALYZE = "/v1alpha1/comments:analyze"
ABUSE = "You stupid bitch, go kill yourself"
ASKED = {"comment": {"text": ABUSE}, "requestedAttributes": {"TOXICITY": {}}}


@contextmanager
def serving(output: Path, *options: str, **environment: str) -> Iterator[int]:
    """Serve while the block runs; what is said goes to `output`, the end must be clean."""
    port = free_port()
    with output.open("wb") as said:
        process = subprocess.Popen(
            [*LETTERDESK, "triage", "serve", "--listen", f"127.0.0.1:{port}", *options],
            stdout=said,
            stderr=said,
            env=os.environ | environment,
        )
    try:
        wait_until(lambda: "Ctrl+C stops it." in output.read_text())
        assert get(port, "/healthz")[0] == 200  # at once
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with serving(tmp_path_factory.mktemp("stand-in") / "said") as port:
        yield port


def ask(port: int, body: object, path: str = ANALYZE) -> tuple[int, dict[str, object]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    raw = json.dumps(body).encode()
    connection.request("POST", path, raw, {"content-type": "application/json"})
    answer = connection.getresponse()
    found = answer.status, json.loads(answer.read())
    connection.close()
    return found


def test_thousand_at_once_are_all_answered(port: int) -> None:
    open_many_files()
    everybody_is_here = threading.Barrier(1_000)

    def one(number: int) -> tuple[int, object]:
        everybody_is_here.wait(PATIENCE)
        status, body = ask(port, ASKED | {"clientToken": str(number)})
        return status, body["clientToken"]

    with ThreadPoolExecutor(1_000) as everybody:
        answers = list(everybody.map(one, range(1_000)))

    assert answers == [(200, str(number)) for number in range(1_000)]


def test_stop_is_clean_and_the_output_has_no_word_of_a_comment(tmp_path: Path) -> None:
    with serving(tmp_path / "said", LETTERDESK_DEBUG="1") as port:
        assert ask(port, ASKED)[0] == 200
        assert ask(port, {"comment": {"text": ABUSE}})[0] == 400
        assert ask(port, ASKED, f"{ANALYZE}?key=MARKER")[0] == 200

    told = (tmp_path / "said").read_text()
    assert f"http://127.0.0.1:{port}" in told
    assert [word for word in ("stupid", "MARKER", "comments:") if word in told] == []


def test_key_in_a_file_is_needed(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("0123456789abcdef\n")

    with serving(tmp_path / "said", "--key-file", str(file)) as port:
        without, within = (
            ask(port, ASKED),
            ask(port, ASKED, f"{ANALYZE}?key=0123456789abcdef"),
        )

    assert (without[0], within[0]) == (403, 200)


def test_key_that_would_not_do_and_a_taken_port_are_said_at_once(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("short")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        where = f"127.0.0.1:{taken.getsockname()[1]}"

        busy = letterdesk("triage", "serve", "--listen", where)

    wrong = letterdesk("triage", "serve", "--key-file", file)
    assert (busy.returncode, wrong.returncode) == (1, 1)
    assert "cannot be used" in busy.stderr
    assert "openssl rand -hex 16" in wrong.stderr


def test_published_client_works_when_its_address_is_changed(port: int) -> None:
    client = PerspectiveAPI("any key")
    client.api_client.url = f"http://127.0.0.1:{port}/v1alpha1/{{endpoint}}"

    found = client.analyze_comment(
        ABUSE, languages=["en"], client_token="a", span_annotations=True, do_not_store=True
    )
    suggested = client.suggest_score(
        ABUSE, {"TOXICITY": {"summaryScore": {"value": 1.0}}}, client_token="a"
    )
    with pytest.raises(HTTPError) as refused:
        client.score(ABUSE, tests=["TOXICITY", "INSULT"])

    assert client.score(ABUSE) == {
        "TOXICITY": found["attributeScores"]["TOXICITY"]["summaryScore"]["value"]
    }
    assert (found["clientToken"], suggested) == ("a", {"clientToken": "a"})
    error = json.loads(refused.value.read())["error"]
    assert (refused.value.code, error["message"]) == (
        400,
        "Attribute INSULT does not support request languages: en",
    )
