"""Texts in many scripts, as the words that a cut may remove."""

from dataclasses import dataclass

from hypothesis import strategies as st

# In these a word has a space in front of it.
PARTED = (
    ("I", "don't", "think", "well-known", "people", "café", "naïve", "B2B", "U", "covid19"),
    ("tiếng", "Việt", "không", "phải", "của", "đường", "nghiêng", "ở"),
    ("ئۇيغۇر", "تىلى", "ناھايىتى", "گۈزەل", "ئەمەس"),
    ("اَلْعَرَبِيَّةُ", "لغة", "جميلة", "می‌خواهم", "نمی‌دانم"),
    ("हिन्दी", "भाषा", "क्षत्रिय", "श्री", "नहीं"),
    ("שָׁלוֹם", "צה״ל", "לא", "ג׳ירפה"),
    ("п'ять", "добрый", "не", "Ёлка", "по-русски"),
)
# In these characters stand side by side; some have spaces between groups of them.
JOINED = (
    tuple("사람이좋다나쁜놈들안녕"),
    tuple("他说谎不好人民日报，。"),
    tuple("これはカタカナです。"),
    ("ส", "วั", "ดี", "ค", "รั", "บ", "น้ำ", "ไ", "ม่"),
    ("ស្ត្រី", "ល្អ", "ខ្ញុំ", "ក", "ម្ពុ", "ជា"),
    ("ສ", "ບ", "ຍ", "ດີ", "ຄົ", "ນ້ຳ"),
    ("မြ", "န်", "မာ", "စ", "က္ကူ"),
    ("བོ", "ད", "་", "སྐ", "།"),
)
_ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
PICTURES = (
    *("👍", "👍🏽", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇰🇷", _ENGLAND, "❤️‍🔥"),
    *("…", "!", ",", ")", "«"),
)
FIGURES = (
    "1️⃣",
    "9,300",
    "2026-11-23",
    "3.5",
    "१२,३४५",
    "٣٫٥",
    "12:30",
    "-5",
    "1/2",
    "10k",
    "5천만",
)


@dataclass(frozen=True)
class Token:
    """A word of a text, and the white space that stands in front of it."""

    before: str
    text: str


def written(tokens: list[Token]) -> str:
    """Give the tokens as a text."""
    return "".join(token.before + token.text for token in tokens).strip()


_spaces = st.sampled_from([" ", " ", " ", "\n", "\n\n", "  ", "\u3000"])
_parted = st.builds(Token, _spaces, st.sampled_from([*sum(PARTED, ()), *FIGURES]))
_joined = st.builds(
    Token, st.sampled_from(["", "", "", " "]), st.sampled_from(sum(JOINED, ()))
)
_pictures = st.builds(Token, st.sampled_from(["", " "]), st.sampled_from(PICTURES))
_any = st.one_of(_parted, _parted, _joined, _pictures)


def _apart(tokens: list[Token]) -> list[Token]:
    """Keep from standing together what would be another word if it did."""
    return [
        Token(" ", token.text)
        if not token.before and at and _is_open(tokens[at - 1])
        else token
        for at, token in enumerate(tokens)
    ]


def _is_open(token: Token) -> bool:
    return token.text in FIGURES


texts = st.lists(_any, min_size=1, max_size=30).map(_apart)
