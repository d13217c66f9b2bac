"""Addresses of signing in: ours in place of allauth's doors of the same name, then the rest of allauth."""

from django.urls import include, path

from learning_city.accounts import views

urlpatterns = [
    path("login/", views.ask_for_address, name="account_login"),
    path("login/code/", views.to_sign_in, name="account_request_login_code"),
    path("login/code/confirm/", views.confirm_code, name="account_confirm_login_code"),
    path("login/password/", views.PasswordSignInView.as_view(), name="account_login_password"),
    path("signup/", views.to_sign_in, name="account_signup"),
    path("", include("allauth.urls")),
]
