"""Entries of the audit log as sentences.

A new kind of entry needs a sentence in _SENTENCES and a name in KINDS; what it tells is
named in log_facts.py. A test says which are missing.
"""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext, gettext_lazy, ngettext

from letterdesk.domain.states import State
from letterdesk.interchange.formats import system
from letterdesk.triage.signal import Kind

_Facts = Mapping[str, object]

KINDS = {
    "approve": gettext_lazy("approvals"),
    "edit": gettext_lazy("cuts"),
    "reject": gettext_lazy("rejections"),
    "hold": gettext_lazy("letters held"),
    "retract": gettext_lazy("comments taken down"),
    "restore": gettext_lazy("letters put back"),
    "undo": gettext_lazy("decisions undone"),
    "picked": gettext_lazy("comments chosen"),
    "unpicked": gettext_lazy("choices taken back"),
    "collected": gettext_lazy("letters that came in"),
    "imported": gettext_lazy("comments from other systems"),
    "import-placed": gettext_lazy("imported threads made whole"),
    "import-done": gettext_lazy("imports finished"),
    "import-undone": gettext_lazy("imports undone"),
    "batch-damaged": gettext_lazy("damaged batches"),
    "published": gettext_lazy("publications"),
    "uphold": gettext_lazy("decisions upheld on appeal"),
    "reverse": gettext_lazy("decisions reversed on appeal"),
    "reversal-wanted": gettext_lazy("reversals that wait for a second person"),
    "appeal-closed": gettext_lazy("appeals answered"),  # until statements came
    "notice-decided": gettext_lazy("decisions on notices"),
    "notice-reopened": gettext_lazy("notices opened again"),
    "notice-closed": gettext_lazy("notices answered"),  # until statements came
    "tip-downloaded": gettext_lazy("tips downloaded"),
    "tip-handed-over": gettext_lazy("tips handed over"),
    "story-registered": gettext_lazy("stories registered"),
    "story-changed": gettext_lazy("stories changed"),
    "story-ordinary-wanted": gettext_lazy("requests to lower a story’s risk"),
    "desk-risk-set": gettext_lazy("risks set by desk"),
    "terms-in-force": gettext_lazy("versions of the Terms of Use put into force"),
    "terms-draft-begun": gettext_lazy("drafts of the Terms of Use begun"),
    "terms-draft-discarded": gettext_lazy("drafts of the Terms of Use discarded"),
    "terms-language-added": gettext_lazy("languages added to a draft"),
    "terms-language-removed": gettext_lazy("languages taken out of a draft"),
    "name-protected": gettext_lazy("names protected"),
    "name-unprotected": gettext_lazy("names no longer protected"),
    "model-taken": gettext_lazy("models taken into use"),
    "model-left": gettext_lazy("returns to the model that comes with Letterdesk"),
    "teaching-rules-chosen": gettext_lazy("choices of the rules that teach triage"),
    "person-added": gettext_lazy("accounts made"),
    "person-changed": gettext_lazy("roles, desks and pseudonyms changed"),
    "person-deactivated": gettext_lazy("accounts closed"),
    "person-reopened": gettext_lazy("accounts opened again"),
    "person-confirmed": gettext_lazy("accounts confirmed"),
    "person-reset-asked": gettext_lazy("new first passwords asked for"),
    "person-reset-refused": gettext_lazy("new first passwords refused"),
    "person-reset": gettext_lazy("new first passwords given"),
    "second-factor-added": gettext_lazy("second factors set up"),
    "second-factor-removed": gettext_lazy("second factors removed"),
    "recovery-codes-renewed": gettext_lazy("recovery codes renewed"),
    "session-ended": gettext_lazy("sign-ins ended"),
    "sessions-ended": gettext_lazy("all other sign-ins ended"),
    "password-changed": gettext_lazy("passwords changed"),
    "token-added": gettext_lazy("API tokens made"),
    "token-revoked": gettext_lazy("API tokens revoked"),
    "unopened-discarded": gettext_lazy("unopened letters discarded"),
    "vain-erased": gettext_lazy(
        "old withdrawals, and appeals about no comment here, erased"
    ),
    "export-begun": gettext_lazy("exports begun"),
    "exported": gettext_lazy("exports finished"),
    "backed-up": gettext_lazy("backups made"),
    "restored": gettext_lazy("returns from a backup"),
    "head-kept": gettext_lazy("published heads that are not in the log"),
    "head-begun": gettext_lazy("heads published anew"),
}
ACTORS = {
    "letterbox": gettext_lazy("the letterbox"),
    "press": gettext_lazy("the press"),
    "command": gettext_lazy("whoever has the shell"),
    "reader": gettext_lazy("a reader"),
}


def actor(name: str) -> str:
    """Give who did it: a user name, or a part of Letterdesk in words."""
    return str(ACTORS.get(name, name))


def told(facts: _Facts) -> str:
    """Give what happened, in a sentence."""
    what = str(facts.get("what", ""))
    say = _SENTENCES.get(what)
    return say(facts) if say else gettext("Something called “%(what)s”.") % {"what": what}


def _many(fact: object) -> int:
    return len(fact) if isinstance(fact, (dict, list, tuple)) else 0


def _is_first(facts: _Facts) -> bool:
    """Say whether an approval or a cut was the first of two."""
    return facts.get("state") == State.PENDING


def _approve(facts: _Facts) -> str:
    if _is_first(facts):
        return gettext("Approved a letter, as the first of two.")
    return gettext("Approved a letter.")


def _edit(facts: _Facts) -> str:
    if facts.get("name_left_out"):
        is_of_name = facts.get("text_before") == facts.get("text_after")
        said = _name_left_out(facts) if is_of_name else _cut_and_name_left_out(facts)
    elif "name_left_out" in facts and not facts.get("rules"):
        return gettext("Put the name above a letter back.")
    elif _is_first(facts):
        said = ngettext(
            "Cut a letter under rule %(rules)s, as the first of two.",
            "Cut a letter under rules %(rules)s, as the first of two.",
            _many(facts.get("rules")),
        )
    else:
        said = ngettext(
            "Cut a letter under rule %(rules)s.",
            "Cut a letter under rules %(rules)s.",
            _many(facts.get("rules")),
        )
    return said % _rules(facts)


def _name_left_out(facts: _Facts) -> str:
    if _is_first(facts):
        return ngettext(
            "Left out the name above a letter under rule %(rules)s, as the first of two.",
            "Left out the name above a letter under rules %(rules)s, as the first of two.",
            _many(facts.get("rules")),
        )
    return ngettext(
        "Left out the name above a letter under rule %(rules)s.",
        "Left out the name above a letter under rules %(rules)s.",
        _many(facts.get("rules")),
    )


def _cut_and_name_left_out(facts: _Facts) -> str:
    if _is_first(facts):
        return ngettext(
            "Cut a letter and left its name out under rule %(rules)s, as first of two.",
            "Cut a letter and left its name out under rules %(rules)s, as first of two.",
            _many(facts.get("rules")),
        )
    return ngettext(
        "Cut a letter and left its name out under rule %(rules)s.",
        "Cut a letter and left its name out under rules %(rules)s.",
        _many(facts.get("rules")),
    )


def _reject(facts: _Facts) -> str:
    return ngettext(
        "Rejected a letter under rule %(rules)s.",
        "Rejected a letter under rules %(rules)s.",
        _many(facts.get("rules")),
    ) % _rules(facts)


def _hold(facts: _Facts) -> str:
    if "name" in facts:
        return gettext("Held an approved letter: it names somebody put on the list then.")
    return gettext("Held a letter for a colleague.")


def _retract(facts: _Facts) -> str:
    return ngettext(
        "Took a published comment down under rule %(rules)s.",
        "Took a published comment down under rules %(rules)s.",
        _many(facts.get("rules")),
    ) % _rules(facts)


def _rules(facts: _Facts) -> dict[str, str]:
    rules = facts.get("rules")
    return {"rules": ", ".join(map(str, rules)) if isinstance(rules, (list, tuple)) else ""}


def _collected(facts: _Facts) -> str:
    kinds = ("comments", "tips", "notices", "appeals", "withdrawals")
    number = sum(_many(facts.get(kind)) for kind in kinds)
    said = ngettext("%(number)d letter came in.", "%(number)d letters came in.", number)
    return said % {"number": number}


def _imported(facts: _Facts) -> str:
    number = _many(facts.get("comments"))
    said = ngettext(
        "Imported %(number)d comment from %(system)s.",
        "Imported %(number)d comments from %(system)s.",
        number,
    )
    return said % {"number": number, "system": system(str(facts.get("source", "")))}


def _of_system(sentence: object) -> Callable[[_Facts], str]:
    """Give what says a sentence with the system in it that comments come from."""

    def say(facts: _Facts) -> str:
        return str(sentence) % {"system": system(str(facts.get("source", "")))}

    return say


def _published(facts: _Facts) -> str:
    became = facts.get("became")
    number = sum(map(_many, became.values())) if isinstance(became, dict) else 0
    said = ngettext(
        "%(number)d decision on a story took effect.",
        "%(number)d decisions on a story took effect.",
        number,
    )
    return said % {"number": number}


def _story_changed(facts: _Facts) -> str:
    fields = facts.get("fields")
    named = (
        [str(_FIELDS.get(one, one)) for one in fields] if isinstance(fields, list) else []
    )
    return gettext("Changed a story: %(fields)s.") % {"fields": ", ".join(named)}


_FIELDS = {
    "headline": gettext_lazy("headline"),
    "risk": gettext_lazy("risk"),
    "is_open": gettext_lazy("open or closed"),
    "body": gettext_lazy("text"),
    "picture": gettext_lazy("picture"),
    "credits": gettext_lazy("credits"),
    "desk": gettext_lazy("desk"),
    "language": gettext_lazy("language"),
}


def _desk_risk(facts: _Facts) -> str:
    words = {"desk": facts.get("desk", "")}
    if facts.get("ordinary_wanted"):
        return gettext("Asked to call the desk %(desk)s ordinary.") % words
    if facts.get("risk") == "sensitive":
        return gettext("Called the desk %(desk)s sensitive.") % words
    return gettext("Called the desk %(desk)s ordinary.") % words


def _notice_decided(facts: _Facts) -> str:
    number = _many(facts.get("notices"))
    said = ngettext(
        "Decided on %(number)d notice.", "Decided on %(number)d notices.", number
    )
    return said % {"number": number}


def _is_of_spam(facts: _Facts) -> bool:
    """Say whether an entry is about the model for advertising; older ones are not."""
    return facts.get("signal") == Kind.SPAM


def _model_taken(facts: _Facts) -> str:
    said = gettext("Took model %(number)s of the desk %(desk)s into use.")
    if _is_of_spam(facts):
        said = gettext(
            "Took model %(number)s for advertising of the desk %(desk)s into use."
        )
    return said % {"number": facts.get("model", ""), "desk": facts.get("desk", "")}


def _model_left(facts: _Facts) -> str:
    said = gettext("Went back to the model that comes with Letterdesk, for %(desk)s.")
    if _is_of_spam(facts):
        said = gettext(
            "Went back to the model for advertising that comes with Letterdesk, for "
            "%(desk)s."
        )
    return said % {"desk": facts.get("desk", "")}


def _teaching(facts: _Facts) -> str:
    rules = _rules(facts)
    if _is_of_spam(facts):
        return _teaching_spam(facts)
    if not rules["rules"]:
        return gettext("Chose that no rule teaches triage.")
    said = ngettext(
        "Chose that rule %(rules)s teaches triage.",
        "Chose that rules %(rules)s teach triage.",
        _many(facts.get("rules")),
    )
    return said % rules


def _export_begun(facts: _Facts) -> str:
    said = gettext("Began to take letters out of the newsroom (%(kind)s).")
    return said % {"kind": facts.get("kind", "")}


def _exported(facts: _Facts) -> str:
    letters = facts.get("letters")
    number = letters if isinstance(letters, int) else 0
    said = ngettext(
        "Took %(number)d letter out of the newsroom (%(kind)s).",
        "Took %(number)d letters out of the newsroom (%(kind)s).",
        number,
    )
    return said % {"number": number, "kind": facts.get("kind", "")}


def _teaching_spam(facts: _Facts) -> str:
    rules = _rules(facts)
    if not rules["rules"]:
        return gettext("Chose that no rule teaches triage what is advertising.")
    said = ngettext(
        "Chose that rule %(rules)s teaches triage what is advertising.",
        "Chose that rules %(rules)s teach triage what is advertising.",
        _many(facts.get("rules")),
    )
    return said % rules


def _head_kept(facts: _Facts) -> str:
    said = gettext(
        "Left the published head, entry %(head)s, as it is: it is not in this log."
    )
    return said % {"head": facts.get("head", "")}


def _plain(sentence: object) -> Callable[[_Facts], str]:
    """Give what says a sentence with the person of an entry in it, where it has one."""

    def say(facts: _Facts) -> str:
        return str(sentence) % {"person": facts.get("person", "")}

    return say


def _terms(facts: _Facts) -> str:
    said = gettext("Put version %(version)s of the Terms of Use into force.")
    return said % {"version": facts.get("terms", "")}


_SENTENCES: Mapping[str, Callable[[_Facts], str]] = {
    "approve": _approve,
    "edit": _edit,
    "reject": _reject,
    "hold": _hold,
    "retract": _retract,
    "restore": _plain(gettext_lazy("Put a letter back.")),
    "undo": _plain(gettext_lazy("Undid the last decision on a letter.")),
    "picked": _plain(gettext_lazy("Chose a comment for readers.")),
    "unpicked": _plain(gettext_lazy("Took the choice of a comment back.")),
    "collected": _collected,
    "imported": _imported,
    "import-placed": _of_system(
        gettext_lazy("Put the comments from %(system)s into a story’s thread.")
    ),
    "import-done": _of_system(gettext_lazy("Finished an import from %(system)s.")),
    "import-undone": _of_system(gettext_lazy("Undid an import from %(system)s.")),
    "batch-damaged": _plain(gettext_lazy("A batch of letters was damaged. It is kept.")),
    "published": _published,
    "uphold": _plain(gettext_lazy("Answered an appeal: the decision stands.")),
    "reverse": _plain(gettext_lazy("Answered an appeal: the decision is changed.")),
    "reversal-wanted": _plain(
        gettext_lazy("Wants a decision reversed, as the first of two people.")
    ),
    "appeal-closed": _plain(gettext_lazy("Marked an appeal as answered.")),
    "notice-decided": _notice_decided,
    "notice-reopened": _plain(gettext_lazy("Opened a notice again.")),
    "tip-downloaded": _plain(gettext_lazy("Downloaded a tip.")),
    "tip-handed-over": _plain(gettext_lazy("Handed a tip over and wiped it here.")),
    "notice-closed": _plain(gettext_lazy("Marked a notice as answered.")),
    "story-registered": _plain(gettext_lazy("Registered a story.")),
    "story-changed": _story_changed,
    "story-ordinary-wanted": _plain(
        gettext_lazy("Asked to call a sensitive story ordinary.")
    ),
    "desk-risk-set": _desk_risk,
    "terms-in-force": _terms,
    "terms-draft-begun": _plain(gettext_lazy("Began a draft of the Terms of Use.")),
    "terms-draft-discarded": _plain(
        gettext_lazy("Discarded the draft of the Terms of Use.")
    ),
    "terms-language-added": _plain(
        gettext_lazy("Added a language to the draft of the Terms of Use.")
    ),
    "terms-language-removed": _plain(
        gettext_lazy("Took a language out of the draft of the Terms of Use.")
    ),
    "name-protected": _plain(gettext_lazy("Put somebody on the list of protected names.")),
    "name-unprotected": _plain(
        gettext_lazy("Took somebody off the list of protected names.")
    ),
    "model-taken": _model_taken,
    "model-left": _model_left,
    "teaching-rules-chosen": _teaching,
    "person-added": _plain(gettext_lazy("Made an account for %(person)s.")),
    "person-deactivated": _plain(gettext_lazy("Closed the account of %(person)s.")),
    "person-changed": _plain(
        gettext_lazy("Changed role, desks or pseudonym of %(person)s.")
    ),
    "person-reopened": _plain(gettext_lazy("Opened the account of %(person)s again.")),
    "person-confirmed": _plain(
        gettext_lazy("Confirmed what other admins did to the account of %(person)s.")
    ),
    "person-reset-asked": _plain(
        gettext_lazy("Asked for a new first password for %(person)s.")
    ),
    "person-reset-refused": _plain(
        gettext_lazy("Refused a new first password for %(person)s.")
    ),
    "person-reset": _plain(gettext_lazy("Gave %(person)s a new first password.")),
    "second-factor-added": _plain(gettext_lazy("Set up a second factor.")),
    "second-factor-removed": _plain(gettext_lazy("Removed a second factor.")),
    "recovery-codes-renewed": _plain(gettext_lazy("Made new recovery codes.")),
    "session-ended": _plain(gettext_lazy("Ended another sign-in.")),
    "sessions-ended": _plain(gettext_lazy("Ended all other sign-ins.")),
    "token-revoked": _plain(gettext_lazy("Revoked an API token of %(person)s.")),
    "password-changed": _plain(gettext_lazy("Changed the password of %(person)s.")),
    "unopened-discarded": _plain(gettext_lazy("Discarded what could not be opened.")),
    "vain-erased": _plain(
        gettext_lazy("Erased old withdrawals, and appeals about no comment here.")
    ),
    "backed-up": _plain(gettext_lazy("Made a backup of the newsroom.")),
    "restored": _plain(gettext_lazy("Brought the newsroom back from a backup.")),
    "head-kept": _head_kept,
    "head-begun": _plain(gettext_lazy("Began to publish the head of this log anew.")),
    "token-added": _plain(gettext_lazy("Made an API token for %(person)s.")),
    "export-begun": _export_begun,
    "exported": _exported,
}
