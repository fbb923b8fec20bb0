"""Tables and constraints; no workflow."""

from letterdesk.desk.models.claims import Claim
from letterdesk.desk.models.comments import Comment
from letterdesk.desk.models.confirmations import Cause, Unconfirmed
from letterdesk.desk.models.decisions import Decision, Move
from letterdesk.desk.models.groups import GroupPromise, Unwelcome
from letterdesk.desk.models.imports import Imported, ImportRun
from letterdesk.desk.models.learning import (
    DeskModel,
    DeskWeights,
    LearningMark,
    Lesson,
    TeachingRule,
)
from letterdesk.desk.models.log import (
    AuditCheck,
    AuditEntry,
    AuditHead,
    AuditMention,
    LoosePicture,
    PressFailure,
    PressMark,
    PressPart,
    PublishedFile,
    Tally,
)
from letterdesk.desk.models.mails import Mail
from letterdesk.desk.models.names import NameForm, ProtectedName, Rereading
from letterdesk.desk.models.people import Token, User, UserDesk
from letterdesk.desk.models.readers import (
    Appeal,
    Fate,
    Notice,
    Tip,
    Unopened,
    Withdrawal,
)
from letterdesk.desk.models.sessions import Reset, Session
from letterdesk.desk.models.signals import Copy, CopyBand, ScreeningMark, Signal
from letterdesk.desk.models.statements import Statement
from letterdesk.desk.models.stories import DeskRisk, Story
from letterdesk.desk.models.terms import TermsText, TermsVersion

__all__ = [
    "Appeal",
    "AuditCheck",
    "AuditEntry",
    "AuditHead",
    "AuditMention",
    "Cause",
    "Claim",
    "Comment",
    "Copy",
    "CopyBand",
    "Decision",
    "DeskModel",
    "DeskRisk",
    "DeskWeights",
    "Fate",
    "GroupPromise",
    "ImportRun",
    "Imported",
    "LearningMark",
    "Lesson",
    "LoosePicture",
    "Mail",
    "Move",
    "NameForm",
    "Notice",
    "PressFailure",
    "PressMark",
    "PressPart",
    "ProtectedName",
    "PublishedFile",
    "Rereading",
    "Reset",
    "ScreeningMark",
    "Session",
    "Signal",
    "Statement",
    "Story",
    "Tally",
    "TeachingRule",
    "TermsText",
    "TermsVersion",
    "Tip",
    "Token",
    "Unconfirmed",
    "Unopened",
    "Unwelcome",
    "User",
    "UserDesk",
    "Withdrawal",
]
