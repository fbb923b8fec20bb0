"""Files under a passphrase: ours open elsewhere, theirs open here, broken ones nowhere."""

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest

from letterdesk.age import BackupBroken, Opener, PassphraseWrong, Sealer

PASSPHRASE = "harbour ferry lantern 등대"
QUICK = 10  # scrypt's work: what is tested here is not how slow it is
PIECE = 65_536
SEALED = PIECE + 16


def sealed(raw: bytes, *, passphrase: str = PASSPHRASE, at_once: int = 10_000) -> bytes:
    out = io.BytesIO()
    sealer = Sealer(out, passphrase, work=QUICK)
    for at in range(0, len(raw), at_once):
        assert sealer.write(raw[at : at + at_once]) == len(raw[at : at + at_once])
    sealer.finish()
    return out.getvalue()


def opened(raw: bytes, *, passphrase: str = PASSPHRASE, size: int = 7_000) -> bytes:
    opener = Opener(io.BytesIO(raw), passphrase)
    return b"".join(iter(lambda: opener.read(size), b""))


def header(raw: bytes) -> bytes:
    return b"".join(io.BytesIO(raw).readlines()[:4])


@pytest.mark.parametrize("length", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 200_001])
def test_what_is_sealed_comes_out_here_and_in_another_program(length: int) -> None:
    raw = bytes(range(256)) * (length // 256 + 1)
    raw = raw[:length]

    ours = sealed(raw)

    assert opened(ours) == raw
    assert pyrage.passphrase.decrypt(ours, PASSPHRASE) == raw


def test_what_another_program_sealed_opens() -> None:
    theirs = pyrage.passphrase.encrypt(b"a letter" * 20_000, PASSPHRASE)

    assert opened(theirs) == b"a letter" * 20_000


def test_the_same_bytes_never_look_the_same_and_cannot_be_read() -> None:
    first, second = (sealed(b"MARKER" * 1_000) for _ in range(2))

    assert b"MARKER" not in first
    pieces = [first[at : at + 16] for at in range(0, len(first) - 16, 16)]
    assert [piece for piece in pieces[3:] if piece in second] == []


def test_another_passphrase_is_told_from_a_damaged_file() -> None:
    with pytest.raises(PassphraseWrong, match="does not open the file"):
        opened(sealed(b"a letter"), passphrase=PASSPHRASE + " ")


@pytest.mark.parametrize("length", [1, SEALED - 1, SEALED, SEALED + 1, 2 * SEALED])
def test_a_file_that_ends_too_early_is_refused(length: int) -> None:
    whole = sealed(b"a letter " * 20_000)
    beginning = len(header(whole)) + 16

    with pytest.raises(BackupBroken, match="ends too early"):
        opened(whole[: beginning + length])


def test_a_changed_byte_anywhere_is_refused() -> None:
    whole = sealed(b"a letter " * 20_000)

    for at in (*range(200), 300, SEALED, 2 * SEALED, len(whole) - 1):
        changed = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        with pytest.raises((BackupBroken, PassphraseWrong)):
            opened(changed)


@pytest.mark.parametrize(
    "mix",
    [
        lambda pieces: [pieces[1], pieces[0], pieces[2]],
        lambda pieces: [pieces[0], pieces[0], pieces[2]],
        lambda pieces: [pieces[0], pieces[2]],
        lambda pieces: [*pieces, pieces[0]],
    ],
    ids=["exchanged", "twice", "left out", "added"],
)
def test_pieces_put_together_otherwise_are_refused(
    mix: Callable[[list[bytes]], list[bytes]],
) -> None:
    whole = sealed(b"a letter " * 20_000)
    at = len(header(whole)) + 16
    pieces = [whole[at + n * SEALED : at + (n + 1) * SEALED] for n in range(3)]

    with pytest.raises(BackupBroken):
        opened(whole[:at] + b"".join(mix(pieces)))


@pytest.mark.parametrize(
    "foreign",
    [
        b"",
        b"PK\x03\x04 a zip",
        b"age-encryption.org/v1\n-> X25519 abc\nabc\n--- abc\n",
        b"x" * 1_000_000,
    ],
)
def test_another_kind_of_file_is_called_what_it_is(foreign: bytes) -> None:
    with pytest.raises(BackupBroken, match="not a backup"):
        opened(foreign)


def test_a_file_that_wants_more_memory_than_it_may_is_refused_at_once() -> None:
    wanting = sealed(b"").replace(b" 10\n", b" 30\n", 1)

    with pytest.raises(BackupBroken, match="not a backup"):
        opened(wanting)


def test_what_was_not_finished_does_not_open() -> None:
    out = io.BytesIO()
    Sealer(out, PASSPHRASE, work=QUICK).write(b"a letter " * 20_000)

    with pytest.raises(BackupBroken, match="ends too early"):
        opened(out.getvalue())


def test_no_more_than_some_pieces_are_in_memory(tmp_path: Path) -> None:
    """Seal and open 100 MB in a process that may grow by a tenth of that."""
    script = f"""
import resource
from letterdesk.age import Opener, Sealer
most = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
path = {str(tmp_path / "large")!r}
with open(path, "wb") as out:
    sealer = Sealer(out, "harbour", work=10)
    sealer.write(bytes(1_000_000))
    before = most()
    for _ in range(99):
        sealer.write(bytes(1_000_000))
    sealer.finish()
with open(path, "rb") as source:
    opener, read = Opener(source, "harbour"), 0
    while piece := opener.read(1_000_000):
        read += len(piece)
print(read, most() - before < 10_000)
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == ["100000000", "True"]
