"""Signing in and out, and what belongs to an account."""

from tests.architecture.access.rows import Row

ROWS = [
    Row("account_login", "ok away", "/account/login/"),
    Row("account_request_login_code", "away", "/account/login/code/"),
    Row("account_confirm_login_code", "away", "/account/login/code/confirm/"),
    Row("account_login_password", "ok away", "/account/login/password/"),
    Row("account_signup", "away", "/account/signup/"),
    Row("account_logout", "away ok", "/account/logout/"),
    Row("account_inactive", "ok", "/account/inactive/"),
    Row("account_reauthenticate", "login ok", "/account/reauthenticate/"),
    Row("account_email", "login ok", "/account/email/"),
    Row("account_email_verification_sent", "away", "/account/confirm-email/"),
    Row("account_change_password", "login ok", "/account/password/change/"),
    Row("account_set_password", "login away", "/account/password/set/"),
    Row("account_reset_password", "ok", "/account/password/reset/"),
    Row("account_reset_password_done", "ok", "/account/password/reset/done/"),
    Row("account_reset_password_from_key", "ok", "/account/password/reset/key/1-none/"),
    Row("account_reset_password_from_key_done", "ok", "/account/password/reset/key/done/"),
    Row("mfa_index", "login ok", "/account/2fa/"),
    Row("mfa_authenticate", "away", "/account/2fa/authenticate/"),
    Row("mfa_reauthenticate", "login away", "/account/2fa/reauthenticate/"),
    Row("mfa_activate_totp", "login away", "/account/2fa/totp/activate/"),
    Row("mfa_deactivate_totp", "login none", "/account/2fa/totp/deactivate/"),
    Row("mfa_view_recovery_codes", "login none", "/account/2fa/recovery-codes/"),
    Row("mfa_generate_recovery_codes", "login away", "/account/2fa/recovery-codes/generate/"),
    Row("mfa_download_recovery_codes", "login none", "/account/2fa/recovery-codes/download/"),
]

# The mail with the code to sign in.
MAY_ACT_FOR_STRANGERS = {"account_login", "account_reset_password"}
# Rows with parameters to try, as strangers.
TAKE_PARAMETERS = [
    "account_login",
    "account_login_password",
    "account_signup",
]
