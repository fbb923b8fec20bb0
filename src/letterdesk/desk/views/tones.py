"""The colour in which a kind of remark is told, wherever it stands."""

from letterdesk.triage.signal import Kind

TONES = {
    Kind.PROTECTED_NAME: "pencil",
    Kind.PERSONAL_INFORMATION: "amber",
    Kind.INCIVILITY: "amber",
    Kind.DISGUISE: "amber",
    Kind.SPAM: "amber",
}  # any other: ink
