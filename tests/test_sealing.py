"""Sealing: what goes in comes out for the holder of the key, and for nobody else."""

import base64
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from letterdesk import sealing
from letterdesk.domain import letter as letters
from letterdesk.domain import outcome as outcomes
from letterdesk.domain import receipt
from letterdesk.domain.edit import Cut
from letterdesk.domain.envelope import HEADER
from letterdesk.domain.errors import SealBroken, SettingWrong
from letterdesk.domain.letter import SIZE_CLASSES, LetterKind
from tests.values import a_letter, an_outcome

KEY = sealing.new_key()
OTHER = sealing.new_key()
CODE = receipt.derive(receipt.read_code(receipt.show_code(7)))


@pytest.mark.parametrize(
    "letter",
    [
        a_letter(),
        a_letter(text="", name="", kind=LetterKind.WITHDRAWAL, action_key=b"k" * 32),
        a_letter(text="\U0001f6f6" * 5_000, name="카" * 80, contact="a" * 250 + "@b.c"),
        a_letter(text='"\\\n\u200d' * 1_250, as_written=True, trapped=True),
        a_letter(outcome_key=bytes(range(32)), action_digest=bytes(32), lookup="A" * 26),
    ],
)
def test_a_letter_comes_out_as_it_went_in(letter: letters.Letter) -> None:
    assert sealing.open_letter(sealing.seal(letter, KEY.public), [KEY]) == letter


@pytest.mark.parametrize("secret", ["JBSWY3DPEHPK3PXP", "9f" * 40])
def test_the_secret_of_a_second_factor_opens_with_its_key_alone(secret: str) -> None:
    kept = sealing.seal_factor(secret, b"k" * 32)

    assert secret not in kept
    assert sealing.open_factor(kept, b"k" * 32) == secret
    for other in (b"o" * 32, b"k" * 33, b""):
        assert not sealing.opens_factor(kept, other)
        with pytest.raises(SealBroken, match="sealed with another key"):
            sealing.open_factor(kept, other)


@pytest.mark.parametrize("change", ["A", "", "=", "é"])
def test_the_secret_of_a_second_factor_that_was_changed_opens_with_no_key(
    change: str,
) -> None:
    kept = sealing.seal_factor("JBSWY3DPEHPK3PXP", b"k" * 32)
    body = kept[: -len("A===")]

    with pytest.raises(SealBroken, match="was changed"):
        sealing.open_factor(body + change, b"k" * 32)


def test_keys_that_are_the_same_bytes_seal_secrets_and_outcomes_apart() -> None:
    """Should two of our keys ever be one, what opens the one opens nothing of the other."""
    kept = sealing.seal_factor("JBSWY3DPEHPK3PXP", CODE.outcome_key)
    raw = base64.b64decode(kept.rpartition(":")[2])

    with pytest.raises(SealBroken):
        sealing.open_part(raw, path="r/AB/ABCDEF", key=CODE.outcome_key)


def test_secrets_of_before_they_were_sealed_are_told_from_sealed_ones() -> None:
    assert sealing.is_sealed_factor(sealing.seal_factor("JBSWY3DPEHPK3PXP", b"k" * 32))
    for plain in ("JBSWY3DPEHPK3PXP", "9f" * 40, ""):
        assert not sealing.is_sealed_factor(plain)


def test_an_envelope_shows_its_size_class_and_nothing_else() -> None:
    sizes = {
        len(sealing.seal(a_letter(text="x" * length), KEY.public))
        for length in range(0, 5_001, 250)
    }

    assert sizes <= {HEADER + size + sealing.OVERHEAD for size in SIZE_CLASSES}


def test_the_same_letter_never_looks_the_same() -> None:
    first, second = (sealing.seal(a_letter(), KEY.public) for _ in range(2))

    assert first[:HEADER] == second[:HEADER]
    assert not set(_chunks(first[HEADER:])) & set(_chunks(second[HEADER:]))


def test_words_cannot_be_read_in_an_envelope() -> None:
    letter = a_letter(text="MARKER in the text", name="MARKER", contact="MARKER@x.org")

    assert b"MARKER" not in sealing.seal(letter, KEY.public)


@pytest.mark.parametrize("bit", range(HEADER * 8))
def test_every_changed_bit_of_the_header_is_refused(bit: int) -> None:
    raw = bytearray(sealing.seal(a_letter(), KEY.public))
    raw[bit // 8] ^= 1 << bit % 8

    with pytest.raises(SealBroken):
        sealing.open_letter(bytes(raw), [KEY, OTHER])


@pytest.mark.parametrize("byte", [HEADER, HEADER + 31, HEADER + 32, -17, -16, -1])
def test_a_changed_bit_of_the_rest_is_refused(byte: int) -> None:
    raw = bytearray(sealing.seal(a_letter(), KEY.public))
    raw[byte] ^= 1

    with pytest.raises(SealBroken):
        sealing.open_letter(bytes(raw), [KEY])


@pytest.mark.parametrize("length", [0, 1, HEADER, HEADER + 1, HEADER + 47, HEADER + 500])
def test_a_torn_envelope_is_refused(length: int) -> None:
    raw = sealing.seal(a_letter(), KEY.public)[:length]

    with pytest.raises(SealBroken):
        sealing.open_letter(raw, [KEY])


def test_another_key_does_not_open() -> None:
    with pytest.raises(SealBroken, match="not among ours"):
        sealing.open_letter(sealing.seal(a_letter(), KEY.public), [OTHER])


def test_a_key_that_was_replaced_still_opens_what_was_sealed_to_it() -> None:
    before = sealing.seal(a_letter(text="before"), KEY.public)
    after = sealing.seal(a_letter(text="after"), OTHER.public)

    opened = [sealing.open_letter(raw, [OTHER, KEY]).text for raw in (before, after)]

    assert opened == ["before", "after"]


def test_any_implementation_of_rfc_9180_can_write_to_us() -> None:
    """The header is the context; what is sealed is the padded letter; no more to know."""
    padded = letters.pack(a_letter())
    header = b"LDE\x01" + b"\x01" + KEY.public.id + bytes([SIZE_CLASSES.index(len(padded))])
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_128_GCM)
    public = X25519PrivateKey.from_private_bytes(KEY.raw).public_key()

    raw = header + suite.encrypt(padded, public, info=b"letterdesk/letter/1\0" + header)

    assert sealing.open_letter(raw, [KEY]) == a_letter()
    assert sealing.is_envelope(raw)
    assert sealing.is_sealed_to(raw, [OTHER.public, KEY.public])


def test_what_is_inside_must_be_a_letter() -> None:
    header = b"LDE\x01" + b"\x01" + KEY.public.id + b"\x00"
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_128_GCM)
    public = X25519PrivateKey.from_private_bytes(KEY.raw).public_key()
    nonsense = b"\x00\x00\x00\x02{]".ljust(1024, b"\0")

    raw = header + suite.encrypt(nonsense, public, info=b"letterdesk/letter/1\0" + header)

    with pytest.raises(SealBroken, match="not a letter"):
        sealing.open_letter(raw, [KEY])


@pytest.mark.parametrize(
    "raw",
    [
        sealing.seal(a_letter(), KEY.public)[:-1],
        sealing.seal(a_letter(), KEY.public) + b"\0",
        b"LDE\x01\x01" + KEY.public.id + b"\x06" + bytes(1072),
        b"not one",
    ],
)
def test_what_cannot_be_an_envelope_is_told_without_opening(raw: bytes) -> None:
    assert sealing.is_envelope(sealing.seal(a_letter(), KEY.public))
    assert not sealing.is_envelope(raw)


@pytest.mark.parametrize(
    "raw",
    [
        sealing.seal(a_letter(), OTHER.public),
        b"LDE\x01\x02" + KEY.public.id + b"\x00" + bytes(1072),
    ],
    ids=["key", "suite"],
)
def test_what_is_sealed_to_others_is_told_without_opening(raw: bytes) -> None:
    assert sealing.is_envelope(raw)
    assert not sealing.is_sealed_to(raw, [KEY.public])


@pytest.mark.parametrize(
    "outcome",
    [
        an_outcome(),
        an_outcome(status="rejected", text="", rules=("3", "5"), statement="因为。" * 200),
        an_outcome(
            status="edited",
            original="".join(chr(0xAC00 + number * 7 % 11_000) for number in range(5_000)),
            cuts=(Cut(start=1, end=9, note="name"), Cut(start=20, end=30)),
        ),
    ],
)
def test_an_outcome_comes_out_for_the_holder_of_the_code(outcome: outcomes.Outcome) -> None:
    key = CODE.outcome_key

    files = sealing.seal_outcome(outcome, lookup=CODE.lookup, key=key)

    parts = [sealing.open_part(raw, path=path, key=key) for path, raw in files.items()]
    assert next(iter(files)) == outcomes.path(CODE.lookup)
    assert {len(raw) for raw in files.values()} == {4096}
    assert outcomes.join(parts) == outcome
    assert outcomes.count_parts(parts[0]) == len(files)


def test_the_same_outcome_is_the_same_bytes() -> None:
    first, second = (
        sealing.seal_outcome(an_outcome(), lookup=CODE.lookup, key=CODE.outcome_key)
        for _ in range(2)
    )

    assert first == second


def test_a_part_opens_under_its_own_key_and_name_only() -> None:
    [(path, raw)] = sealing.seal_outcome(
        an_outcome(), lookup=CODE.lookup, key=CODE.outcome_key
    ).items()
    wrong = [
        (raw, path, bytes(32)),
        (raw, "r/AA/AAAA", CODE.outcome_key),
        (raw[:-1] + bytes([raw[-1] ^ 1]), path, CODE.outcome_key),
        (b"", path, CODE.outcome_key),
    ]

    for changed, name, key in wrong:
        with pytest.raises(SealBroken):
            sealing.open_part(changed, path=name, key=key)


def test_key_files_keep_their_order(tmp_path: Path) -> None:
    (tmp_path / "private").write_bytes(sealing.private_file([OTHER, KEY]))
    (tmp_path / "public").write_bytes(sealing.public_file([OTHER.public, KEY.public]))

    assert sealing.read_private_keys(tmp_path / "private") == [OTHER, KEY]
    assert sealing.read_public_keys(tmp_path / "public") == [OTHER.public, KEY.public]


def test_the_public_file_does_not_hold_a_private_key() -> None:
    rows = json.loads(sealing.public_file([KEY.public]))["keys"]

    assert [set(row) for row in rows] == [{"suite", "public"}]


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'{"keys": []}',
        b'{"keys": [{"suite": 1}]}',
        b'{"keys": [{"suite": 1, "public": "!"}]}',
        b'{"keys": [{"suite": 1, "public": "AAAA"}]}',
        sealing.public_file([KEY.public]).replace(b'"suite": 1', b'"suite": 9'),
    ],
)
def test_a_key_file_that_is_none_is_refused_with_a_remedy(
    tmp_path: Path, written: bytes
) -> None:
    (tmp_path / "desk.public").write_bytes(written)

    with pytest.raises(SettingWrong, match=r"key file .*desk\.public"):
        sealing.read_public_keys(tmp_path / "desk.public")


def test_a_missing_key_file_is_never_made_up(tmp_path: Path) -> None:
    with pytest.raises(SettingWrong, match="letterdesk init"):
        sealing.read_private_keys(tmp_path / "desk.private")


def _chunks(raw: bytes) -> list[bytes]:
    return [raw[at : at + 16] for at in range(0, len(raw) - 15, 16)]
