"""How long a published file may be kept by who fetched it: the value of `Cache-Control`."""

# A browser asks each time and mostly hears 304; a CDN may answer for a minute.
PAGES = "public, max-age=0, s-maxage=60, must-revalidate"
ASSETS = "public, max-age=31536000, immutable"  # their names change with their content
NEVER = "no-store"
_ASSETS_FOLDER, _OUTCOMES_FOLDER = "assets/", "r/"


def nobody_keeps(_name: str) -> str:
    """Give the value for a file that is for ourselves."""
    return NEVER


def readers_keep(name: str) -> str:
    """Give the value for the published file `name`.

    Outcomes are fetched by their code alone (decision 43); a copy of one must not outlive
    it, also where a bucket is served that should not be.
    """
    if name.startswith(_OUTCOMES_FOLDER):
        return NEVER
    return ASSETS if name.startswith(_ASSETS_FOLDER) else PAGES
