"""Every address of the desk: what it is about, and who may ask for it.

A new address needs one line: a page that is looked at goes into PAGES, a form that is sent
into FORMS, an operation of the API into API. An address with an id in it uses the ids of
OWN, so that the same address with the other desk's id is tried by people of another desk.
"""

from letterdesk.reader.assets import asset
from tests.values import an_id

ROLES = ("moderator", "editor", "admin", "auditor")
ALL = frozenset(ROLES)
DECIDE = frozenset({"moderator", "editor", "admin"})
LEAD = frozenset({"editor", "admin"})
ADMIN = frozenset({"admin"})
SOMEBODY = 990_001  # the key of an account
AUDIT = frozenset({"editor", "admin", "auditor"})
NOT_OURS = {
    "account_login",
    "account_inactive",
    "account_logout",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "language",
}  # open to whoever comes

COMMENT, STORY, APPEAL, NOTICE = an_id(1), an_id(901), an_id(11), an_id(12)
TIP, GROUP = an_id(21), an_id(41)
OWN = {  # what is at the desk “English” → the same at the desk “Elsewhere”
    COMMENT: an_id(2),
    STORY: an_id(902),
    APPEAL: an_id(13),
    NOTICE: an_id(14),
    TIP: an_id(22),
    GROUP: an_id(42),
}
MARK = "Zmeinogorsk"  # in every text of the other desk

PAGES = {  # name → (address, who may)
    "start": ("/", ALL),
    "queue": ("/queue/", ALL),
    "next": ("/queue/next/", ALL),
    "comments": ("/comments/", ALL),
    "comment": (f"/comments/{COMMENT}/", ALL),
    "copies": (f"/comments/{COMMENT}/copies/", ALL),
    "groups": ("/groups/", ALL),
    "civil": ("/groups/civil/", ALL),
    "group": (f"/groups/{GROUP}/", ALL),
    "mine": ("/mine/", DECIDE),
    "letters": ("/letters/", ALL),
    "stories": ("/stories/", ALL),
    "new_story": ("/stories/new/", LEAD),
    "risks": ("/stories/risks/", LEAD),
    "story": (f"/stories/{STORY}/", ALL),
    "rules": ("/rules/", ALL),
    "draft": ("/rules/draft/", LEAD),
    "write_draft": ("/rules/draft/in/en/", LEAD),
    "discard_draft": ("/rules/draft/discard/", LEAD),
    "put_into_force": ("/rules/draft/into-force/", LEAD),
    "rules_preview": ("/rules/as-readers-see/draft/en/", ALL),
    "rules_asset": (f"/rules/{asset('reader.css')}", ALL),
    "names": ("/names/", LEAD),
    "audit": ("/audit/", AUDIT),
    "entry": ("/audit/1/", AUDIT),
    "report": ("/report/", ALL),
    "report_statements": ("/report/statements.csv", AUDIT),
    "appeal": (f"/letters/appeals/{APPEAL}/", ALL),
    "notice": (f"/letters/notices/{NOTICE}/", ALL),
    "tip": (f"/letters/tips/{TIP}/", LEAD),
    "figures": ("/figures/", ALL),
    "figures_csv": ("/figures/letters.csv", ALL),
    "learning": ("/learning/", ALL),
    "publish": ("/publish/", LEAD),
    "people": ("/people/", ADMIN),
    "new_person": ("/people/new/", ADMIN),
    "person": (f"/people/{SOMEBODY}/", ADMIN),
    "unopened": ("/unopened/", ADMIN),
    "account": ("/account/", ALL),
    "first_password": ("/account/first-password/", ALL),
    "sessions": ("/account/sessions/", ALL),
    "second": ("/account/second/", ALL),
    "add_app": ("/account/second/app/", ALL),
    "add_passkey": ("/account/second/passkeys/", ALL),
    "account_reauthenticate": ("/sign-in/again/", ALL),
    "help": ("/help/", ALL),
}
FORMS = {
    "comments": ("/comments/", ALL),
    "comment": (f"/comments/{COMMENT}/", DECIDE),
    "copies": (f"/comments/{COMMENT}/copies/", DECIDE),
    "civil": ("/groups/civil/", DECIDE),
    "undo_group": (f"/groups/{GROUP}/undo/", LEAD),  # what others decided
    "undo": (f"/comments/{COMMENT}/undo/", DECIDE),
    "pick": (f"/comments/{COMMENT}/pick/", LEAD),
    "skip": (f"/comments/{COMMENT}/skip/", DECIDE),
    "unskip": ("/queue/skipped/", DECIDE),
    "preview": (f"/comments/{COMMENT}/preview/", DECIDE),
    "claim": (f"/comments/{COMMENT}/claim/", DECIDE),
    "leave": (f"/comments/{COMMENT}/leave/", DECIDE),
    "appeal": (f"/letters/appeals/{APPEAL}/", DECIDE),
    "notice": (f"/letters/notices/{NOTICE}/", DECIDE),
    "notice_reopen": (f"/letters/notices/{NOTICE}/reopen/", DECIDE),
    "tip_download": (f"/letters/tips/{TIP}/download/", LEAD),
    "tip_wipe": (f"/letters/tips/{TIP}/wipe/", LEAD),
    "new_story": ("/stories/new/", LEAD),
    "risks": ("/stories/risks/", LEAD),
    "change_story": (f"/stories/{STORY}/change/", LEAD),
    "begin_draft": ("/rules/draft/begin/", LEAD),
    "draft_languages": ("/rules/draft/languages/", LEAD),
    "write_draft": ("/rules/draft/in/en/", LEAD),
    "discard_draft": ("/rules/draft/discard/", LEAD),
    "put_into_force": ("/rules/draft/into-force/", LEAD),
    "names": ("/names/", LEAD),
    "forget_name": ("/names/1/remove/", LEAD),
    "use_model": ("/learning/990001/use/", LEAD),
    "use_shipped": ("/learning/shipped/", LEAD),
    "teaching_rules": ("/learning/rules/", LEAD),
    "publish": ("/publish/", LEAD),
    "verify": ("/audit/verify/", AUDIT),
    "new_person": ("/people/new/", ADMIN),
    "person": (f"/people/{SOMEBODY}/", ADMIN),
    "close_person": (f"/people/{SOMEBODY}/close/", ADMIN),
    "confirm_person": (f"/people/{SOMEBODY}/confirm/", ADMIN),
    "reset_person": (f"/people/{SOMEBODY}/reset/", ADMIN),
    "tokens": (f"/people/{SOMEBODY}/tokens/", ADMIN),
    "discard_unopened": ("/unopened/discard/", ADMIN),
    "password": ("/account/password/", ALL),
    "first_password": ("/account/first-password/", ALL),
    "end_session": ("/account/sessions/end/", ALL),
    "add_app": ("/account/second/app/", ALL),
    "remove_app": ("/account/second/app/remove/", ALL),
    "renew_codes": ("/account/second/codes/", ALL),
    "add_passkey": ("/account/second/passkeys/", ALL),
    "remove_passkey": ("/account/second/passkeys/1/remove/", ALL),
    "account_reauthenticate": ("/sign-in/again/", ALL),
    "keys": ("/account/keys/", ALL),
    "care": ("/account/care/", ALL),
}
QUERIES = {  # an id in a query, not in the path: address → who may
    f"/queue/?story={STORY}": ALL,
    f"/queue/next/?story={STORY}": ALL,
    f"/comments/?story={STORY}": ALL,
    f"/comments/?id={COMMENT}": ALL,
    f"/stories/new/?story={STORY}": LEAD,
    f"/names/?story={STORY}": LEAD,
    "/queue/?desk=English": ALL,
    "/groups/?desk=English": ALL,
    "/groups/civil/?desk=English&language=en": ALL,
    "/letters/?kind=appeal": ALL,
    "/letters/?kind=notice": ALL,
    "/letters/?kind=tip": LEAD,
    "/figures/?desk=English": ALL,
    "/figures/letters.csv?desk=English": ALL,
    "/learning/?desk=English&language=en": ALL,
    "/comments/?desk=English": ALL,
}
WISHES = {  # what a form needs to be more than refused for being empty
    "comment": {"action": "approve", "version": "1"},
    "preview": {"text": "My uncle worked on that ferry."},
    "change_story": {"risk": "sensitive"},
    "appeal": {"action": "uphold", "version": "1"},
    "notice": {"action": "close", "version": "1"},
    "new_story": {
        "url": "https://news.example/1",
        "headline": "Another",
        "language": "en",
        "desk": "English",
    },
    "risks": {"desk": "English", "risk": "sensitive"},
}
DECISION = {"action": "hold", "version": 1}
SHEET = {"url": "https://news.example/1", "headline": "Another", "language": "en"}
API = {  # operation → (address, body, who may)
    "GET /comments": ("/comments", None, ALL),
    "GET /comments/{comment}": (f"/comments/{COMMENT}", None, ALL),
    "POST /comments/{comment}/decisions": (
        f"/comments/{COMMENT}/decisions",
        DECISION,
        DECIDE,
    ),
    "DELETE /comments/{comment}/decisions/last": (
        f"/comments/{COMMENT}/decisions/last",
        None,
        DECIDE,
    ),
    "GET /stories": ("/stories", None, ALL),
    "GET /stories/{story}": (f"/stories/{STORY}", None, ALL),
    "POST /stories": ("/stories", SHEET, LEAD),
    "PATCH /stories/{story}": (f"/stories/{STORY}", {"open": False}, LEAD),
    "POST /publications": ("/publications", None, LEAD),
    "GET /audit": ("/audit", None, AUDIT),
    "GET /reports/transparency": ("/reports/transparency", None, ALL),
    "GET /me": ("/me", None, ALL),
}
