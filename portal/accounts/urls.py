"""The pages of accounts, behind /admin/account/. django-allauth finds them by name; what is not named is not there."""

from allauth.account import views as of_accounts
from allauth.mfa.totp import views as of_codes
from allauth.socialaccount import views as of_providers
from allauth.socialaccount.providers.openid_connect import views as of_openid
from django.db.transaction import atomic
from django.urls import include, path, re_path

from portal.accounts import views, vouching

urlpatterns = [
    path("", views.account, name="account"),
    path("sessions/end/", views.end_sessions, name="account_end_sessions"),
    path("login/", views.leads_to_provider(of_accounts.login), name="account_login"),
    path("logout/", of_accounts.logout, name="account_logout"),
    path("inactive/", of_accounts.account_inactive, name="account_inactive"),
    path("reauthenticate/", of_accounts.reauthenticate, name="account_reauthenticate"),
    path("vouch/", views.leads_to_provider(views.told_when_down(vouching.ask)), name="account_vouch"),
    path("password/change/", of_accounts.password_change, name="account_change_password"),
    path("password/set/", of_accounts.password_set, name="account_set_password"),
    path("password/reset/", of_accounts.password_reset, name="account_reset_password"),
    path("password/reset/done/", of_accounts.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        of_accounts.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        of_accounts.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    # In one transaction with the look at whether it is the last one, for which the account is locked.
    path("second-factor/totp/deactivate/", atomic(of_codes.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "second-factor/webauthn/keys/<key:pk>/remove/",
        atomic(views.RemovePasskey.as_view()),
        name="mfa_remove_webauthn",
    ),
    path("second-factor/", include("allauth.mfa.urls")),
    path("provider/", views.leads_to_provider(of_providers.connections), name="socialaccount_connections"),
    path("provider/cancelled/", of_providers.login_cancelled, name="socialaccount_login_cancelled"),
    path("provider/error/", of_providers.login_error, name="socialaccount_login_error"),
    re_path(
        r"^provider/(?P<provider_id>oidc)/login/$",
        views.leads_to_provider(views.told_when_down(of_openid.login)),
        name="openid_connect_login",
    ),
    re_path(r"^provider/(?P<provider_id>oidc)/callback/$", of_openid.callback, name="openid_connect_callback"),
]
