"""Accounts' names that have nothing but an @ before them: @kim_reporter.

Who answers "@Anna:" names another comment on the page, which leads to nobody. So a name
that a line begins with, or a plain word with a capital, is an answer unless it looks like
an account's and is not spoken to. Nor are "@all", code, or an @ that stands for a letter.
"""

import re
from collections.abc import Iterator

from letterdesk.triage.english import is_word
from letterdesk.triage.personal.names import is_part_of_name
from letterdesk.triage.signal import Span

_FEWEST = 4  # letters of an account that is nothing but letters
_NEAR = 24  # characters before an account, in which words may say that it is one
_HANDLE = re.compile(
    r"@(?<![A-Za-z0-9_@/&#$%=+*.\-]@)(?=[0-9_.]{0,29}[A-Za-z])"
    r"([A-Za-z0-9_]{2,30}(?:[.\-][A-Za-z0-9_]{1,30}){0,3})(?![A-Za-z0-9_(/@=]|\.[A-Za-z])"
)
_HOST = re.compile(r"\.(?:com|net|org|info|edu|gov|co|io|kr|cn|tw|hk|jp|uk|de|fr|ru)$")
_COUNT = re.compile(r"\d+[a-z]{0,4}$")  # @5, @10am, @50each
_EVERYBODY = frozenset(
    """all admin admins administrator author authors channel desk editor editorial editors
    everybody everyone here letterdesk mod moderation moderator moderators mods newsroom op
    reader readers reporter reporters staff support team user username users""".split()  # noqa: SIM905 -- a column of words
)
# After an @ in Python, Java, TypeScript, CSS, and in comments of code.
_CODE = frozenset(
    """abstractmethod angular apply author autowired babel bean before cached_property
    charset classmethod component container contextmanager controller counter-style
    dataclass deprecated entity extend fixture font-face functools getmapping import
    include inject injectable input interface keyframes layer lru_cache media mixin
    ngmodule nonnull notnull nullable output override overload param postmapping property
    pytest repository requestmapping return returns safevarargs scope see service since
    staticmethod supports suppresswarnings tailwind test throws todo transactional
    typedef types typing wraps""".split()  # noqa: SIM905 -- a column of words
)
_START = re.compile(r"(?:^|\n)[ \t]*(?:@\S{1,40} )*$")
_SPOKEN_TO = re.compile(  # after the name: a new sentence, or what one says to somebody
    r" ?[:,;—–]|[ \n]+[A-Z@]|[ \n]+(?i:you|your|you're|youre|you've|u|ur|i|i'm|i've|i'd|we|"
    r"agreed?|thanks?|yes|no|nope|well|exactly|so|but|and|what|why|how|who|where|when|"
    r"please|sorry|don't|do|did|are|have|that|that's|it's|this|not|true|lol|good|great|"
    r"right|wrong|if)\b| ?(?:님|씨|[您你])"
)
_ACCOUNT = re.compile(  # before the name: that it is an account
    r"\b(?:write|message|msg|dm|pm|contact|reach|follow|find|add|ping|account|profile|handle|"
    r"insta\w*|telegram|tg|twitter|threads|tiktok|bluesky|snap\w*)\b"
    r"|디엠|팔로우|인스타|트위터|텔레|쓰레드|계정|연락|私信|关注|微博|推特|账号|联系|電報|电报",
    re.IGNORECASE,
)


def handles(plain: str, *, is_name: bool = False) -> Iterator[Span]:
    """Give the accounts in a text with plain signs; a reader's name answers nobody."""
    if "@" not in plain:
        return
    for match in _HANDLE.finditer(plain):
        if _is_name(match[1].lower()) and (is_name or _is_account(plain, match)):
            yield Span(*match.span())


def _is_name(small: str) -> bool:
    """Say whether what follows an @ is a name, and not everybody's."""
    is_code = small in _CODE or small.partition(".")[0] in _CODE
    if is_code or small in _EVERYBODY or _HOST.search(small) or _COUNT.match(small):
        return False
    return not is_word(f"a{small}")  # @nd, @sshole


def _is_account(plain: str, match: re.Match[str]) -> bool:
    """Say whether a name is an account's, and nobody on the page who is answered."""
    start, end = match.span()
    is_alone = not plain[:start].strip() and not plain[end:].strip(" \n.!?")
    is_first = not is_alone and _START.search(plain, 0, start) is not None
    if not match[1].isalpha():
        return not (is_first and _SPOKEN_TO.match(plain, end))
    if _ACCOUNT.search(plain, max(0, start - _NEAR), start):
        return True
    is_plain = match[1].istitle() or len(match[1]) < _FEWEST
    word = match[1].lower()
    return not (is_first or is_plain or is_word(word) or is_part_of_name(word))
