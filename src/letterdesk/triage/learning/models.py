"""The models that a desk can teach, as learning sees them: one kind for each signal.

They answer alike. `rows` are the n-grams of texts as readers wrote them, of which a model's
table may take several neighbouring columns as one; `force` is what each column of a desk's
table counts; `joined` is a model and what a desk taught, as one of the same shape.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from letterdesk.triage import incivility, spam
from letterdesk.triage.advertising import model as advertising
from letterdesk.triage.advertising.features import sign_rows
from letterdesk.triage.advertising.signs import signs
from letterdesk.triage.emoji import heard
from letterdesk.triage.learning.own import Own, merged
from letterdesk.triage.model import weights as civility
from letterdesk.triage.model.features import BITS, rows_for
from letterdesk.triage.model.score import chances as civility_chances
from letterdesk.triage.model.score import row_logits
from letterdesk.triage.model.sparse import Floats, Rows
from letterdesk.triage.normal import normal
from letterdesk.triage.signal import Kind
from letterdesk.triage.training.advertising import EXPECTED as ADVERTISING_EXPECTED
from letterdesk.triage.training.train import EXPECTED, forces

_PATTERN_FORCE = 2.0  # what a pattern counts, as in the shipped plain table


@dataclass(frozen=True, kw_only=True)
class Bar:
    """What it takes until a desk's decisions can change a signal, and how it is judged.

    `guard` names the folder of sentences that have to stay below the mark. In one part,
    what came first is learnt from and the newest fifth judges. In several, each part judges
    what all the others teach, until there are MANY letters: a hundred tell no gain by their
    last twenty.
    """

    decisions: int  # before anything is learnt
    each: int  # of each kind to learn from, and as many again to be judged by
    guard: str
    parts: int = 1
    share: float | None = None  # of the shipped model beside a desk's; None: it is learnt

    def parts_of(self, letters: int) -> int:
        """Give in how many parts so many letters are judged."""
        return self.parts if letters < MANY else 1


MANY = 1_000
# Advertising repeats itself, and is told by few examples; what is uncivil is not. The
# shipped model's logits of it run five times as far as those that a hundred letters teach.
BARS: Mapping[Kind, Bar] = {
    Kind.INCIVILITY: Bar(decisions=200, each=45, guard="mentions"),
    Kind.SPAM: Bar(
        decisions=80,
        each=20,
        guard="ordinary",
        parts=10,
        share=0.2,
    ),
}


@dataclass(frozen=True)
class CivilityModel:
    """A model for incivility."""

    weights: civility.Weights
    signal = Kind.INCIVILITY

    @property
    def language(self) -> str:
        """The language that it is of."""
        return self.weights.settings.language

    @property
    def version(self) -> str:
        """That of the shipped weights in it, and of the encoder beside them."""
        settings = self.weights.settings
        beside = f"+{settings.encoder}" if settings.encoder else ""
        return settings.version + beside

    @property
    def offset(self) -> float:
        """What its chances add to logits."""
        return self.weights.settings.offset

    @property
    def expected(self) -> float:
        """The share of unwelcome letters that its chances are set for."""
        return EXPECTED[self.language]

    @property
    def force(self) -> Floats:
        """Patterns count more than n-grams."""
        return forces(_PATTERN_FORCE)

    def rows(self, texts: Sequence[str]) -> Rows:
        """Give the n-grams of texts, as readers wrote them."""
        found = rows_for(heard(texts, self.language), self.language)
        return found.shrunk(self.weights.settings.few)

    def logits(self, texts: Sequence[str], rows: Rows) -> Floats:
        """Give the logits of texts with these n-grams."""
        return row_logits(heard(texts, self.language), rows, self.weights)

    def chances(self, logits: Floats) -> Floats:
        """Give the chance, 0 to 1, that each logit stands for."""
        return civility_chances(logits, self.weights.settings)

    def scores(self, texts: Sequence[str]) -> Floats:
        """Give the chances of texts."""
        return incivility.chances_of(texts, self.weights)

    def joined(self, own: Own, *, slope: float, offset: float) -> "CivilityModel":
        """Give this model and what a desk taught as one."""
        return CivilityModel(merged(own, self.weights, slope=slope, offset=offset))

    def written(self) -> bytes:
        """Give the model's file."""
        known = self.weights
        return civility.written(
            known.settings,
            plain=known.plain,
            sentence=known.sentence,
            student=known.student,
        )


@dataclass(frozen=True)
class AdvertisingModel:
    """A model for advertising. What a desk teaches is of n-grams: signs stay as shipped."""

    weights: advertising.Weights
    signal = Kind.SPAM

    @property
    def language(self) -> str:
        """The language that it is of."""
        return self.weights.settings.language

    @property
    def version(self) -> str:
        """That of the shipped weights in it."""
        return self.weights.settings.version

    @property
    def offset(self) -> float:
        """What its chances add to logits."""
        return self.weights.settings.offset

    @property
    def expected(self) -> float:
        """The share of advertising that its chances are set for."""
        return ADVERTISING_EXPECTED

    @property
    def force(self) -> Floats:
        """Every column counts the same."""
        return np.ones((1 << BITS) // advertising.FOLD, dtype=np.float32)

    def rows(self, texts: Sequence[str]) -> Rows:
        """Give the n-grams of texts, as readers wrote them."""
        return rows_for([normal(text).text for text in texts], self.language)

    def logits(self, texts: Sequence[str], rows: Rows) -> Floats:
        """Give the logits of texts with these n-grams."""
        known = self.weights
        by_sign = sign_rows(texts, [signs(text) for text in texts]).times(known.signs)
        ngrams = rows.folded(advertising.FOLD).times(known.ngrams)
        return np.asarray(known.settings.ngrams * ngrams + known.settings.signs * by_sign)

    def chances(self, logits: Floats) -> Floats:
        """Give the chance, 0 to 1, that each logit stands for."""
        return advertising.chances_of(logits, self.weights.settings)

    def scores(self, texts: Sequence[str]) -> Floats:
        """Give the chances of texts."""
        return np.array(spam.chances_by(texts, self.weights), dtype=np.float32)

    def joined(self, own: Own, *, slope: float, offset: float) -> "AdvertisingModel":
        """Give this model and what a desk taught as one."""
        known, before = self.weights, self.weights.settings
        ngrams = own.share * before.ngrams * known.ngrams[:] + own.table
        by_sign = own.share * before.signs * known.signs
        return AdvertisingModel(
            advertising.Weights(
                replace(before, ngrams=slope, signs=slope, offset=offset),
                np.asarray(ngrams, dtype=np.float32),
                np.asarray(by_sign, dtype=np.float32),
            )
        )

    def written(self) -> bytes:
        """Give the model's file."""
        return advertising.written(self.weights)


Model = CivilityModel | AdvertisingModel


def has_model(signal: Kind, language: str) -> bool:
    """Say whether a model ships for a language tag."""
    known = advertising.weights if signal is Kind.SPAM else civility.weights
    return known(language) is not None


def shipped_model(signal: Kind, language: str) -> Model:
    """Give the model that ships for a language tag. Raises KeyError."""
    if signal is Kind.INCIVILITY:
        return CivilityModel(civility.shipped(language))
    known = advertising.weights(language)
    if known is None:
        raise KeyError(language)
    return AdvertisingModel(known)


def read_model(signal: Kind, raw: bytes) -> Model:
    """Give the model in a file that `written` made."""
    if signal is Kind.SPAM:
        return AdvertisingModel(advertising.read(raw))
    return CivilityModel(civility.read(raw))
