"""What a client says it understands: Accept and Accept-Encoding (RFC 9110, 12.5).

Answers are kept by what was read of a header: what a client sends can have 64 KiB.
"""

from functools import lru_cache

_JSON = ("application/json", "application/problem+json")
_LONGEST = 512  # characters of a header worth reading


def wants_json(accept: str) -> bool:
    """Say whether data is preferred to a page; in doubt a person is reading."""
    return _wants_json(accept[:_LONGEST])


def encodings(accept_encoding: str) -> tuple[str, ...]:
    """Give which of `br` and `gzip` to try before the plain bytes, the better one first."""
    return _encodings(accept_encoding[:_LONGEST])


@lru_cache(maxsize=512)
def _wants_json(accept: str) -> bool:
    weights = _weights(accept)
    data = max((weights.get(kind, 0.0) for kind in _JSON), default=0.0)
    if not data:
        return False
    page = weights.get("text/html", weights.get("application/xhtml+xml"))
    return page is None or data > page


@lru_cache(maxsize=512)
def _encodings(accept_encoding: str) -> tuple[str, ...]:
    weights = _weights(accept_encoding)
    plain = weights.get("identity", 0.0)
    offered = {name: weights.get(name, weights.get("*", 0.0)) for name in ("br", "gzip")}
    welcome = [name for name, weight in offered.items() if weight and weight >= plain]
    return tuple(sorted(welcome, key=lambda name: -offered[name]))


def _weights(header: str) -> dict[str, float]:
    weights = {}
    for part in header.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((one for one in parameters if one.startswith("q=")), "q=1")
        weights[name] = _number(quality.removeprefix("q="))
    return weights


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        return 0.0
    return number if 0.0 <= number <= 1.0 else 0.0
