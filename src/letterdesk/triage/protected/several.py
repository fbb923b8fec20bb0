"""Spellings that are several: signs and words that part names, and stand in none.

Whatever is listed is compared as a whole, so that “Maria / Mia Schmidt” in one line would
find neither. Which of its words make the other name nothing tells, so it is refused.
"""

import re

_EAST = "\u3400-\u9fff가-힣"
_SIGNS = r"[/／|｜\\＼;；、，=<>{}\[\]()（）【】〈〉《》「」『』“”„«»&]"
_WORDS = (  # in small letters: Alias and Or are names, too
    r"alias|aka|AKA|[aA]\.\s?[kK]\.\s?[aA]\.?|(?:also )?known as|called|nicknamed|genannt"
    r"|born|n[ée]e|geb\.|or|oder|and|und|hoặc|или|он же|она же|أو|ياكى"
    "|또는|혹은|일명|별명|본명|가명"
)
_IN_HAN = "又名|又叫|也叫|别名|別名|化名|原名|本名|曾用名|或者|绰号|綽號|外号|外號"
_SEVERAL = re.compile(
    rf"{_SIGNS}|(?<!\S)[\"＂]|[\"＂](?!\S)|(?<=\w )['‘][\w-]+['’](?= \w)"
    rf"|,.*,|[{_EAST}].*,|,.*[{_EAST}]"  # one comma parts surname and given name
    rf"|(?<=[\w.,] )(?:{_WORDS}) (?=\S)|[{_EAST}]\s?(?:{_IN_HAN})\s?[{_EAST}]"
)


def is_several(spelling: str) -> bool:
    """Say whether a line with a name seems to be more than one spelling of it."""
    return bool(_SEVERAL.search(spelling))
