"""Which written forms of a listed name are found, by the kinds of what is kept of it."""

import re
from collections.abc import Collection

from django.utils.translation import gettext, gettext_lazy

_SIZE = re.compile("[0-9]+$")
_SAID = {  # by kind of form; see triage.protected_name
    "latin": gettext_lazy(
        "Latin letters, with accents or without, the last part first or last."
    ),
    "latin~": gettext_lazy("Latin letters with one typing error."),
    "hangul": gettext_lazy("Hangul, also with the surname in Hanja."),
    "hangul~": gettext_lazy("Hangul with one letter (jamo) wrong."),
    "sound": gettext_lazy("Romanised Korean, by its sound, the family name first or last."),
    "typed": gettext_lazy("Hangul typed on a Latin keyboard: rlaalstn."),
    "han": gettext_lazy("Han letters."),
    "pinyin": gettext_lazy(
        "Other Han letters of the same sound, and pinyin with the family name first."
    ),
    "spelt": gettext_lazy("Pinyin with the given name first."),
    "pair": gettext_lazy(
        "Pinyin with the given name first, as two words with capitals: Na Li."
    ),
    "initials": gettext_lazy("Initials: M. Schmidt; 김ㅁㅅ, ㄱㅁㅅ; wxm, 王xm."),
    "uyghur": gettext_lazy(
        "Other Latin spellings of Uyghur: x, h or kh, q or k, e or a, o or u."
    ),
    "arabic": gettext_lazy(
        "Arabic letters, also those of another keyboard, with usual endings."
    ),
    "cyrillic": gettext_lazy("Cyrillic letters, with usual endings."),
    "cyrillicshape": gettext_lazy("Cyrillic letters of Russian for those of Uyghur."),
}
_PARTS_OF_OTHERS = frozenset({"arabicshape"})  # said with another kind
_WITH_ERROR = frozenset({"latin~", "hangul~"})


def ways(kinds: Collection[str]) -> tuple[str, ...]:
    """Give a sentence for each written form that is found of a name with these kinds."""
    plain = {_SIZE.sub("", kind) for kind in kinds}
    said = [str(sentence) for kind, sentence in _SAID.items() if kind in plain]
    if plain - set(_SAID) - _PARTS_OF_OTHERS:
        said.append(gettext("Its own script, letter by letter."))
    if plain and not plain & _WITH_ERROR:
        said.append(gettext("A typing error is not found."))
    return tuple(said)
