"""Known hashes: each is found by its place, and no other is."""

import numpy as np

from letterdesk.triage.model.known_hashes import KnownHashes


def test_each_known_hash_has_its_place_and_no_other_has_one() -> None:
    hashes = np.random.default_rng(3).integers(0, 2**64, size=3_000, dtype=np.uint64)
    known, unknown = hashes[:1_000], hashes[1_000:]
    looked_up = KnownHashes(known)

    assert looked_up.places(known).tolist() == list(range(1_000))
    assert set(looked_up.places(unknown).tolist()) == {-1}


def test_small_hashes_that_differ_in_their_last_bits_are_told_apart() -> None:
    letters = np.arange(100, dtype=np.uint64)

    places = KnownHashes(letters[:50]).places(letters)

    assert places.tolist() == [*range(50), *[-1] * 50]


def test_where_nothing_is_known_nothing_is_found() -> None:
    nothing = np.empty(0, dtype=np.uint64)

    places = KnownHashes(nothing).places(np.zeros(3, dtype=np.uint64))

    assert places.tolist() == [-1, -1, -1]
