"""Every address of the desk."""

from allauth.account.views import LoginView
from django.urls import URLPattern, URLResolver, path
from django.views.i18n import set_language

from letterdesk.desk.api.app import api
from letterdesk.desk.api.problems import not_there
from letterdesk.desk.views import (
    account,
    audit,
    cards,
    claims,
    factors,
    figures,
    letters,
    lists,
    names,
    people,
    picks,
    problems,
    publishing,
    queue,
    records,
    rules,
    sign_in,
    stories,
)

handler400 = "letterdesk.desk.views.problems.malformed"
handler403 = "letterdesk.desk.views.problems.forbidden"
handler404 = "letterdesk.desk.views.problems.not_found"
handler429 = "letterdesk.desk.views.problems.too_many"
handler500 = "letterdesk.desk.views.problems.failed"

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("api/<path:rest>", not_there),
    path("", queue.start, name="start"),
    path("queue/", queue.queue, name="queue"),
    path("queue/next/", queue.next_letter, name="next"),
    path("queue/skipped/", queue.unskip, name="unskip"),
    path("comments/", lists.comments, name="comments"),
    path("comments/<slug:public_id>/", cards.comment, name="comment"),
    path("comments/<slug:public_id>/undo/", cards.undo_last, name="undo"),
    path("comments/<slug:public_id>/pick/", picks.choose, name="pick"),
    path("comments/<slug:public_id>/skip/", queue.skip, name="skip"),
    path("comments/<slug:public_id>/preview/", cards.preview, name="preview"),
    path("comments/<slug:public_id>/claim/", claims.renew, name="claim"),
    path("comments/<slug:public_id>/leave/", claims.leave, name="leave"),
    path("mine/", lists.mine, name="mine"),
    path("letters/", letters.letters, name="letters"),
    path("letters/appeals/<slug:public_id>/", letters.appeal, name="appeal"),
    path("letters/notices/<slug:public_id>/", letters.notice, name="notice"),
    path(
        "letters/notices/<slug:public_id>/reopen/",
        letters.notice_reopen,
        name="notice_reopen",
    ),
    path("letters/tips/<slug:public_id>/", letters.tip, name="tip"),
    path(
        "letters/tips/<slug:public_id>/download/", letters.tip_download, name="tip_download"
    ),
    path("letters/tips/<slug:public_id>/wipe/", letters.tip_wipe, name="tip_wipe"),
    path("stories/", stories.stories, name="stories"),
    path("stories/new/", stories.new_story, name="new_story"),
    path("stories/risks/", stories.risks, name="risks"),
    path("stories/<slug:public_id>/", stories.story, name="story"),
    path("stories/<slug:public_id>/change/", stories.change_story, name="change_story"),
    path("rules/", rules.rules, name="rules"),
    path("rules/draft/", rules.draft, name="draft"),
    path("rules/draft/begin/", rules.begin_draft, name="begin_draft"),
    path("rules/draft/languages/", rules.draft_languages, name="draft_languages"),
    path("rules/draft/discard/", rules.discard_draft, name="discard_draft"),
    path("rules/draft/into-force/", rules.put_into_force, name="put_into_force"),
    path("rules/draft/in/<slug:language>/", rules.write_draft, name="write_draft"),
    path("rules/assets/<str:name>", rules.rules_asset, name="rules_asset"),
    path(
        "rules/as-readers-see/<slug:version>/<slug:language>/",
        rules.preview,
        name="rules_preview",
    ),
    path("names/", names.names, name="names"),
    path("names/<int:number>/remove/", names.forget_name, name="forget_name"),
    path("audit/", audit.audit, name="audit"),
    path("audit/verify/", audit.verify, name="verify"),
    path("audit/<int:number>/", audit.entry, name="entry"),
    path("report/", records.report, name="report"),
    path("report/statements.csv", records.report_statements, name="report_statements"),
    path("figures/", figures.show_figures, name="figures"),
    path("figures/<slug:name>.csv", figures.figures_csv, name="figures_csv"),
    path("publish/", publishing.publish_now, name="publish"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new_person, name="new_person"),
    path("people/<int:person_id>/", people.one_person, name="person"),
    path("people/<int:person_id>/close/", people.close_person, name="close_person"),
    path("people/<int:person_id>/confirm/", people.confirm_person, name="confirm_person"),
    path("people/<int:person_id>/reset/", people.reset_person, name="reset_person"),
    path("people/<int:person_id>/tokens/", people.tokens, name="tokens"),
    path("account/", account.account, name="account"),
    path("account/first-password/", account.first_password, name="first_password"),
    path("account/sessions/", account.sessions, name="sessions"),
    path("account/sessions/end/", account.end_session, name="end_session"),
    path("account/second/", factors.second, name="second"),
    path("account/second/app/", factors.add_app, name="add_app"),
    path("account/second/app/remove/", factors.remove_app, name="remove_app"),
    path("account/second/codes/", factors.renew_codes, name="renew_codes"),
    path("account/second/passkeys/", factors.add_passkey, name="add_passkey"),
    path(
        "account/second/passkeys/<int:key_id>/remove/",
        factors.remove_passkey,
        name="remove_passkey",
    ),
    path("account/password/", account.password, name="password"),
    path("account/keys/", account.keys, name="keys"),
    path("account/care/", account.care, name="care"),
    path("help/", account.help_, name="help"),
    path("language/", set_language, name="language"),
    path(
        "sign-in/",
        LoginView.as_view(template_name="desk/sign_in.html"),
        name="account_login",
    ),
    path("sign-in/second/", sign_in.second_step, name="mfa_authenticate"),
    path("sign-in/passkey/", sign_in.passkey_sign_in, name="mfa_login_webauthn"),
    path("sign-in/again/", sign_in.again, name="account_reauthenticate"),
    path("sign-in/closed/", problems.closed, name="account_inactive"),
    path("sign-out/", claims.sign_out, name="account_logout"),
]
