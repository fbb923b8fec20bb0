"""Properties are tried on the same bounded number of examples every time."""

from hypothesis import settings

settings.register_profile(
    "letterdesk", derandomize=True, max_examples=150, deadline=None, database=None
)
settings.load_profile("letterdesk")
