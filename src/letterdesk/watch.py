"""What shows people how far something is that takes long."""

from collections.abc import Callable, Iterable, Sequence

Watch = Callable[[Sequence[int]], Iterable[int]]  # gives what it is given, one by one
