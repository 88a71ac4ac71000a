"""Random streams by name: an answer depends on the seed and the keys, never on load, order or other branches."""

import hashlib

import numpy as np

Key = str | int


def stream(seed: int, *keys: Key) -> np.random.Generator:
    """The generator of (seed, keys). Texts and numbers may be mixed; 1 and "1" are different keys."""
    return np.random.default_rng(np.random.SeedSequence([seed, *(_number(key) for key in keys)]))


def derived_seed(seed: int, *keys: Key) -> int:
    """A seed of its own for a part of the work, so that the parts share no draws."""
    return int(np.random.SeedSequence([seed, *(_number(key) for key in keys)]).generate_state(1, np.uint64)[0])


def _number(key: Key) -> int:
    digest = hashlib.blake2b(f"{type(key).__name__}:{key}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")
