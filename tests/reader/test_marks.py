import pytest

from letterdesk.domain.edit import apply_cuts, find_cuts
from letterdesk.reader.marks import compared, marked


def _pieces(original: str, proposed: str):
    return apply_cuts(original, find_cuts(original, proposed))


def _mark(shown: str) -> str:
    return f'<ins class="cut" dir="auto">{shown}<span class="unseen"> (cut)</span></ins>'


@pytest.mark.parametrize(
    ("original", "proposed", "markup"),
    [
        ("He said it.", "He said it.", "<p>He said it.</p>"),
        ("He said bad it.", "He said it.", f"<p>He said {_mark('[…]')} it.</p>"),
        (
            "Ask John <b> now.",
            "Ask [name removed] <b> now.",
            f"<p>Ask {_mark('[name removed]')} &lt;b&gt; now.</p>",
        ),
        (
            "One.\n\nBad.\n\nTwo.",
            "One.\n\nTwo.",
            f"<p>One.</p><p>{_mark('[…]')}</p><p>Two.</p>",
        ),
        ("One.\nBad.\nTwo.", "One.\nTwo.", f"<p>One.<br>{_mark('[…]')}<br>Two.</p>"),
        ("他很坏,他走了", "他很,他走了", f"<p>他很{_mark('[…]')},他走了</p>"),
    ],
)
def test_readers_see_where_words_were_cut(original, proposed, markup):
    assert marked(_pieces(original, proposed), "cut") == markup


def test_author_sees_what_was_cut_and_what_stands_there_instead():
    pieces = _pieces("Ask John\n\nBad <i>.\n\nNow.", "Ask [name removed]\n\nNow.")

    assert compared(pieces) == (
        "<p>Ask <del>John</del></p><p><del>Bad &lt;i&gt;.</del> "
        '<ins class="cut">[name removed]</ins></p><p>Now.</p>'
    )
