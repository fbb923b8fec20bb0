"""What a person reads when something is refused, in the language of her screen."""

from django.utils.translation import gettext, gettext_lazy, gettext_noop

from letterdesk.desk.forms.filters import FilterUnknown
from letterdesk.domain.errors import LetterdeskError, LetterRefused

# Errors whose code has several sentences bring their own; here for the catalogues.
BROUGHT = (
    gettext_noop("Nothing was cut. Approve the comment if it may stay as it is."),
    gettext_noop(
        "This would give readers back what was cut of a published comment, or its name. A "
        "cut only takes more away: leave out what they do not get now."
    ),
    gettext_noop(
        "Nothing more would be cut: readers get all of this now. Take words out, or leave "
        "the comment as it is."
    ),
    gettext_noop(
        "Two people decide here, and readers would get this cut at once: a new note in "
        "brackets is one that a rule suggests. Use that, or none."
    ),
    gettext_noop(
        "This is more than a cut: there is a word, a figure or an order in it that the "
        "reader did not write. Remove words, or replace them by a [note in brackets]."
    ),
    gettext_noop(
        "None of the reader's own words is left. To publish none of them, "
        "turn the letter down instead."
    ),
    gettext_noop(
        "A note in brackets stands for words that were removed. One of these repeats "
        "what the reader wrote."
    ),
    gettext_noop(
        "A note in brackets has characters that cannot be seen, or that turn the "
        "direction of writing. Remove them."
    ),
    gettext_noop("A note in brackets has at most 120 characters. Shorten it."),
    gettext_noop("No name stands above this letter, so none can be left out."),
    gettext_noop("Nothing would be cut or left out. Choose another answer."),
    gettext_noop("Your role does not allow this. Ask an editor or an admin."),
    gettext_noop("These letters belong to desks that are not yours."),
    gettext_noop("Somebody else decided this. Ask her, or an editor, to undo it."),
    gettext_noop("Describe the picture for people who do not see it (alt, --alt TEXT)."),
    gettext_noop("The picture has more than 16 megabytes. Make it smaller first."),
    gettext_noop(
        "The picture is too large: it has more than 100 million pixels. "
        "Make it smaller first."
    ),
    gettext_noop(
        "The picture is too large: a PNG, a WebP or a progressive JPEG has at most 25 "
        "million pixels. Make it smaller first, or save it as an ordinary JPEG."
    ),
    gettext_noop(
        "The picture is damaged: it cannot be read to its end. Save or send it again."
    ),
    gettext_noop("This file is not a picture that we can read. Use JPEG, PNG or WebP."),
    gettext_noop(
        "A story's URL begins with https:// or http://, and has no space, no # and "
        "nothing that cannot be seen in it."
    ),
    gettext_noop("A story's URL has no user name and no password in it. Leave them out."),
    gettext_noop(
        "No browser finds this URL: its host or its port cannot be right. It is written "
        "like https://news.example/a-story."
    ),
    gettext_noop("This is no language that we know. It is written like en, ko or zh-Hans."),
    gettext_noop("The headline is empty."),
    gettext_noop(
        "A line of the credits names nobody. Each is written like Reported by; Name; Desk. "
        "The desk may be left out."
    ),
    gettext_noop("The desk is empty."),
    gettext_noop("You took part in this decision. Somebody else answers the appeal."),
    gettext_noop("The list for the whole site is for editors of all desks."),
    gettext_noop("This name is not on the list any more."),
    gettext_noop("Give a label, and one to twenty spellings of the name."),
    gettext_noop(
        "A line takes one name. Write every spelling and every alias in a line of its "
        "own, as a whole name, without brackets, quotes or strokes."
    ),
    gettext_noop(
        "A spelling needs two letters of Hangul or Han, or four of another script; "
        "letters of two scripts are two spellings."
    ),
    gettext_noop(
        "keys/desk.names is missing or damaged, the key for protected names. Put it "
        "back from a backup. If it is lost, take all names off the lists, then make "
        "another one: letterdesk init FOLDER"
    ),
    gettext_noop("The label is the name. Choose one that does not tell who it is."),
    gettext_noop(
        "This label is on the list already. Choose another: two that read the same "
        "could not be told apart."
    ),
    gettext_noop("Which rules teach is for editors of all desks."),
)
# By the error's code, for all others.
_SENTENCES = {
    "not-opened": gettext_lazy("Its words are veiled. Open them before you decide."),
    "comment-unknown": gettext_lazy("There is no comment with this id."),
    "story-unknown": gettext_lazy("There is no story with this id."),
    "figure-unknown": gettext_lazy("There is no such figure."),
    "lesson-unknown": gettext_lazy("Nothing was learnt there yet."),
    "model-unknown": gettext_lazy(
        "There is no such model any more: another one came meanwhile. Look again."
    ),
    "model-not-better": gettext_lazy(
        "This model is not better for sure. It cannot be taken into use."
    ),
    "entry-unknown": gettext_lazy("There is no entry with this number."),
    "version-old": gettext_lazy(
        "Somebody else has decided on this comment meanwhile. Look at both before you "
        "decide again."
    ),
    "move-not-allowed": gettext_lazy(
        "This cannot be decided any more: the comment has moved on. What is possible now "
        "is shown below."
    ),
    "second-person-needed": gettext_lazy(
        "You gave the first approval. On a sensitive story the second must come from "
        "somebody else."
    ),
    "overruled": gettext_lazy(
        "You took part in a decision against which the author’s appeal was right. Somebody "
        "else holds, cuts, rejects or takes down this letter, unless a reader reports that "
        "it puts somebody in danger."
    ),
    "appeal-needed": gettext_lazy(
        "On a sensitive story, and where a reader says that somebody is in danger, words "
        "that were cut and a name that was left out come back by an appeal only, on which "
        "two people agree."
    ),
    "not-confirmed": gettext_lazy(
        "Your account waits for another admin to confirm it. Until then you are no second "
        "person: what needs two people, or another person, is not for you yet."
    ),
    "second-editor-needed": gettext_lazy(
        "You asked for this. What is sensitive is called ordinary by two editors: somebody "
        "else has to agree."
    ),
    "as-written": gettext_lazy(
        "Its author wants it published as written or not at all. Approve it, or reject it."
    ),
    "name-not-shown": gettext_lazy(
        "Readers would get a name that must not be given, and this page did not say so: it "
        "came onto the list meanwhile, or your cut makes it. Look at what is marked now, "
        "and decide again."
    ),
    "names-not-read": gettext_lazy(
        "The check for protected names did not run on this letter, and this page did not "
        "say so. Read it for names yourself, and decide again."
    ),
    "note-names": gettext_lazy(
        "A note in brackets names somebody who must not be named. Write another note."
    ),
    "words-unread": gettext_lazy(
        "The words in this address cannot be read: they are somebody else's, or too old, "
        "or a part is missing. Look for them again."
    ),
    "rule-missing": gettext_lazy("Choose the rule that this decision rests on."),
    "rule-unknown": gettext_lazy("This rule is not in the Terms of Use. Choose another."),
    "not-text": gettext_lazy(
        "There were characters in it that are not text. They are taken out of what you see "
        "here: look it over, and send it again."
    ),
    "decided-alone": gettext_lazy(
        "Its story is sensitive: such letters are decided one at a time, by two people."
    ),
    "open-elsewhere": gettext_lazy(
        "A colleague has it open. Leave it to her, or open it yourself."
    ),
    "other-terms": gettext_lazy(
        "It came under another version of the Terms of Use, and their rules differ. Decide "
        "on it alone."
    ),
    "not-in-group": gettext_lazy(
        "It is not in this group any more: something was noticed in it since, or less can "
        "be promised. Decide on it alone."
    ),
    "ticked-with-page": gettext_lazy(
        "What was ticked with the whole page can be rejected or held. To approve, read the "
        "letters and tick each by itself."
    ),
    "nothing-ticked": gettext_lazy(
        "Nothing is ticked. Read the letters, and tick those that you decide on."
    ),
    "group-unknown": gettext_lazy("There is no such decision on several letters."),
    "nothing-to-undo": gettext_lazy(
        "There is nothing to undo: the press has acted, or somebody has undone it already."
    ),
    "spool-unread": gettext_lazy(
        "Nothing new was published: the spool cannot be read, and who wrote a letter may "
        "have taken it back there. Ask whoever looks after the machine: letterdesk check "
        "says what is wrong."
    ),
    "answered": gettext_lazy("Somebody has answered this already."),
    "answered-yourself": gettext_lazy(
        "You have answered this yourself, in another tab or window. Nothing of this page "
        "was stored."
    ),
    "taken-back": gettext_lazy(
        "Who wrote this has taken it back. Nothing of this page was stored, and there is "
        "nothing left to answer."
    ),
    "more-written": gettext_lazy(
        "Its author has written more since you opened this page. Read it, then answer."
    ),
    "tip-not-taken": gettext_lazy(
        "Nobody has downloaded this tip yet. Download it first; then it can be wiped."
    ),
    "appeal-unknown": gettext_lazy("There is no such appeal."),
    "notice-unknown": gettext_lazy("There is no such notice."),
    "tip-unknown": gettext_lazy("There is no such tip."),
    "form-wrong": gettext_lazy("Something is missing in this form. Reload the page."),
    "terms-unknown": gettext_lazy("There is no such version of the Terms of Use."),
    "draft-unknown": gettext_lazy(
        "There is no such draft any more. Somebody discarded it or put it into force."
    ),
    **dict.fromkeys(
        ("account-outdated", "story-outdated", "teaching-outdated", "terms-outdated"),
        gettext_lazy(
            "This was changed meanwhile, by somebody else or in another tab or window. "
            "Compare both, then try again."
        ),
    ),
    "risk-outdated": gettext_lazy("It has changed meanwhile. Look at it again."),
    "terms-incomplete": gettext_lazy(
        "A language of the site is missing, or something in one is empty. "
        "Complete it first."
    ),
    "language-there": gettext_lazy("The draft has this language already."),
    "person-unknown": gettext_lazy("There is no such account."),
    "name-taken": gettext_lazy("There is an account with this name already."),
    "name-wrong": gettext_lazy("A name has letters, and no space around it."),
    "name-alike": gettext_lazy(
        "There is an account whose name looks the same. Choose another."
    ),
    "name-unseen": gettext_lazy(
        "There are characters in it that cannot be seen, or that turn the direction of "
        "writing. Remove them."
    ),
    "name-reserved": gettext_lazy(
        "The audit log uses this name for a part of Letterdesk. Choose another."
    ),
    "password-differs": gettext_lazy(
        "You typed two different passwords. Type the new one twice, the same."
    ),
    "role-unknown": gettext_lazy("Choose a role."),
    "role-of-programs": gettext_lazy(
        "A registrar is a program, with a token: it registers stories, and sees nothing. "
        "Choose another role for a person."
    ),
    "desk-unknown": gettext_lazy(
        "There is no such desk. Tick one of those that there are, or name a new one in the "
        "field below them."
    ),
    "desk-alike": gettext_lazy("There is a desk with a name like this one: tick it."),
    "pseudonym-wrong": gettext_lazy("A pseudonym has letters."),
    "pseudonym-taken": gettext_lazy(
        "Somebody else is called so, inside or outside. Choose another pseudonym."
    ),
    "last-admin": gettext_lazy(
        "This is the last admin who can look after accounts. Make somebody else an admin "
        "first, and have her confirmed."
    ),
    "token-of-another": gettext_lazy(
        "A token acts in its person's name. Make one for yourself, or for a program."
    ),
    "account-closed": gettext_lazy("The account is closed. Open it again first."),
    "token-unknown": gettext_lazy("There is no such token."),
    "unopened-unknown": gettext_lazy(
        "It is not there any more: it was opened meanwhile, or discarded."
    ),
    "factor-unknown": gettext_lazy("There is no such second factor."),
    "codes-renewed": gettext_lazy(
        "New recovery codes were made already. They are shown only once; make ten new ones "
        "if you have not kept them."
    ),
    "reset-own": gettext_lazy("Change your own password on the page My account."),
    "close-own": gettext_lazy("Another admin closes your account, not you."),
    "confirm-own": gettext_lazy("Another admin confirms your account, not you."),
    "confirm-early": gettext_lazy(
        "She has not signed in yet. Confirm the account once she has told you herself "
        "that she has, and chosen a password of her own."
    ),
    "confirm-second": gettext_lazy("Another admin must confirm what you did."),
    "reset-alone": gettext_lazy(
        "An admin was closed, or is one no longer, because one other admin wanted it. "
        "People shows who. Until another admin confirms that on her page, or somebody at "
        "the machine does (letterdesk user confirm), nobody is reset by one admin alone."
    ),
    "reset-second": gettext_lazy("Another admin must confirm what you asked for."),
    "password-same": gettext_lazy("This is the password that you have now."),
    "factors-lost": gettext_lazy(
        "Codes cannot be checked or set up now: keys/desk.factors, the key of second "
        "factors, is missing, damaged or another one. A passkey still opens. Ask "
        "whoever looks after the machine: letterdesk check says what to do."
    ),
    "password-wrong": gettext_lazy("This is not your password. Try again."),
}


_FOR_ONE = frozenset({"version-old", "move-not-allowed"})  # they speak of a card's page


def sentence_for(code: str) -> str:
    """Give the sentence for an error's code; a general one where none fits a list."""
    known = None if code in _FOR_ONE else _SENTENCES.get(code)
    return str(known or gettext("It has changed meanwhile. Look at it again."))


def sentence(error: LetterdeskError) -> str:
    """Give what happened and what to do, for the person who meets `error`."""
    if isinstance(error, LetterRefused) and error.code == "too-long":
        return gettext(
            "It has %(length)s characters; at most %(longest)s can be taken."
        ) % (error.facts)
    if isinstance(error, FilterUnknown):
        return gettext(
            "What the address of this page says of “%(name)s” is unknown here: it may be "
            "mistyped, incomplete or out of date."
        ) % {"name": error.name}
    return str(_SENTENCES.get(error.code) or gettext(error.sentence))
