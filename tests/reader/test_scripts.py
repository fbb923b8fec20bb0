"""What the browser does is what Python does: sealing, padding, receipts."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest

from letterdesk import sealing
from letterdesk.domain import ids, receipt
from letterdesk.domain import letter as letters
from letterdesk.domain.letter import SIZE_CLASSES
from tests.reader.node import STATIC, evaluate
from tests.reader.vectors import ENCRYPT_THE_VECTOR, VECTOR
from tests.values import a_letter

KEY = sealing.new_key()
TOLD = {
    "key": {
        "id": KEY.public.id.hex(),
        "suite": 1,
        "public": urlsafe_b64encode(KEY.public.raw).rstrip(b"=").decode(),
    },
    "sizes": list(SIZE_CLASSES),
}
_KEEPS_OR_ASKS = re.compile(
    r"localStorage|sessionStorage|indexedDB|cookie|https?://|caches\b|eval\("
)
WORDS = [
    "My uncle worked on that ferry.",
    '"\\\n\t</script>\u2028',
    "강을 건너다 · 烛台渡早市 · བོད་ཡིག · မြန်မာ · ខ្មែរ · ລາວ · ئۇيغۇرچە · 👩‍👩‍👧",
    "\U0001f6f6" * 5_000,
]


def test_rfc_9180_s_own_vector_comes_out() -> None:
    sealed = evaluate("seal.js", ENCRYPT_THE_VECTOR, **VECTOR)

    assert sealed == VECTOR["pkEm"] + VECTOR["ct"]


@pytest.mark.parametrize("text", WORDS, ids=["plain", "escapes", "scripts", "longest"])
def test_what_the_browser_seals_python_opens(text: str) -> None:
    letter = a_letter(text=text, lookup="A" * 26, outcome_key=b"k" * 32, as_written=True)

    raw = urlsafe_b64decode(
        str(
            evaluate(
                "seal.js",
                "base64(await seal(given.letter, given.told))",
                letter=_written(letter),
                told=TOLD,
            )
        )
        + "=="
    )

    assert sealing.is_sealed_to(raw, [KEY.public])
    assert sealing.open_letter(raw, [KEY]) == letter
    assert len(raw) == len(sealing.seal(letter, KEY.public))


def test_what_python_packs_the_browser_packs() -> None:
    letter = a_letter(text=WORDS[2])

    packed = evaluate(
        "seal.js",
        "hex(pack(given.letter, given.told.sizes))",
        letter=_written(letter),
        told=TOLD,
    )

    assert bytes.fromhex(str(packed)) == letters.pack(letter)


def test_letter_that_no_size_holds_is_not_sealed() -> None:
    refused = evaluate(
        "seal.js",
        "{ try { pack({ text: 'x'.repeat(40000) }, given.told.sizes) } "
        "catch (error) { return error.name } }",
        told=TOLD,
    )

    assert refused == "RangeError"


def test_another_suite_is_not_guessed_at() -> None:
    refused = evaluate(
        "seal.js",
        "{ try { await seal({}, { ...given.told, key: { ...given.told.key, suite: 2 } }) } "
        "catch (error) { return error.message } }",
        told=TOLD,
    )

    assert refused == "suite"


@pytest.mark.parametrize("number", [0, 1, 36, 37, 2**64, 2**127 + 12345, 2**128 - 1])
def test_code_of_the_browser_is_the_code_of_python(number: int) -> None:
    keys = receipt.derive(number)

    made = evaluate(
        "receipt.js",
        "await receipt(unhex(given.secret))",
        secret=number.to_bytes(16, "big").hex(),
    )

    assert made == {
        "code": receipt.show_code(number),
        "fields": {
            "lookup": keys.lookup,
            "outcome_key": keys.outcome_key.hex(),
            "action_digest": receipt.action_digest(keys.action_key).hex(),
        },
    }


def test_new_codes_and_ids_are_sound_and_never_the_same() -> None:
    made = evaluate(
        "receipt.js",
        "await Promise.all(Array.from({ length: 200 }, async () => "
        "[(await newReceipt()).code, newId()]))",
    )

    codes, names = zip(*made, strict=True)
    assert {receipt.show_code(receipt.read_code(code)) for code in codes} == set(codes)
    assert all(ids.is_id(name) for name in names)
    assert (len(set(codes)), len(set(names))) == (200, 200)


def test_scripts_keep_nothing_on_the_device_and_ask_nobody_else() -> None:
    sources = {
        script.name: script.read_text(encoding="utf-8") for script in STATIC.glob("*.js")
    }
    wrong = {
        name: found[0]
        for name, source in sources.items()
        if (found := _KEEPS_OR_ASKS.search(source))
    }

    assert {"page.js", "seal.js", "write.js"} <= sources.keys()
    assert wrong == {}


def _written(letter: letters.Letter) -> object:
    padded = letters.pack(letter)
    length = int.from_bytes(padded[:4], "big")
    return json.loads(padded[4 : 4 + length])
