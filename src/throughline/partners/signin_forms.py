"""allauth's forms in our words: plain labels, no placeholders, hints that say what helps."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from throughline.partners.models import Person
from throughline.ui.forms import Form, unprintable

_PASSWORD_HINT = "At least 12 characters. Three words that do not belong together are easy to remember."  # noqa: S105
_CODE_HINT = "The six digits that your authenticator app shows now, or one of your recovery codes."


class InOurWords:
    """Mixin: `labels` and `hints` by field name; placeholders go, because they vanish when one types."""

    labels: dict[str, str] = {}
    hints: dict[str, str] = {}
    use_required_attribute = False

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.label_suffix = ""
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        for name, field in fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            if name == "code":
                field.widget.attrs.update({"class": "govuk-input--width-10", "inputmode": "numeric"})
            field.error_messages["required"] = f"Enter {str(field.label)[:1].lower()}{str(field.label)[1:]}"

    def clean(self) -> Any:
        for name, value in list(self.cleaned_data.items()):  # type: ignore[attr-defined]
            if isinstance(value, str) and unprintable(value):
                self.add_error(name, "That holds a character that cannot be typed. Type it again.")  # type: ignore[attr-defined]
        return super().clean()  # type: ignore[misc]


class SignIn(InOurWords, account.LoginForm):
    """E-mail address and password."""

    labels = {"login": "E-mail address", "password": "Password"}


class ShowPassword(InOurWords, account.ReauthenticateForm):
    """The password again, before a step that matters."""

    labels = {"password": "Password"}


class AskForReset(InOurWords, account.ResetPasswordForm):
    """Where to send the link for a new password."""

    labels = {"email": "E-mail address"}


class ChoosePassword(InOurWords, account.ResetPasswordKeyForm):
    """A new password, twice."""

    labels = {"password1": "New password", "password2": "New password again"}
    hints = {"password1": _PASSWORD_HINT}


class ChangePassword(InOurWords, account.ChangePasswordForm):
    """The current password and a new one, twice."""

    labels = {"oldpassword": "Current password", "password1": "New password", "password2": "New password again"}
    hints = {"password1": _PASSWORD_HINT}


class ShowCode(InOurWords, second_factor.AuthenticateForm):
    """A code at sign-in."""

    labels = {"code": "Code"}
    hints = {"code": _CODE_HINT}


class ShowCodeAgain(InOurWords, second_factor.ReauthenticateForm):
    """A code before a step that matters."""

    labels = {"code": "Code"}
    hints = {"code": _CODE_HINT}


class SetUpCodes(InOurWords, totp.ActivateTOTPForm):
    """The first code, which shows that the app was set up."""

    labels = {"code": "Code"}
    hints = {"code": "The six digits that your authenticator app shows now."}


class AddPasskey(InOurWords, passkeys.AddWebAuthnForm):
    """A passkey's name, and whether it alone is enough to sign in."""

    labels = {"name": "Name of this passkey", "passwordless": "Sign in with this passkey alone, without a password"}
    hints = {
        "name": "So that you can tell it from others, for example ‘work laptop’.",
        "passwordless": "The device will ask for its PIN, your fingerprint or your face.",
    }


class AnswerInvitation(Form):
    """The password that an invited person chooses, twice."""

    password1 = forms.CharField(
        label="Password", strip=False, help_text=_PASSWORD_HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    password2 = forms.CharField(
        label="Password again", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *positional: Any, person: Person, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.person = person

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        first, second = found.get("password1"), found.get("password2")
        if first and second and first != second:
            self.add_error("password2", "The two passwords differ. Type the same one twice.")
        elif first:
            try:
                password_validation.validate_password(first, self.person)
            except ValidationError as error:
                self.add_error("password1", error)
        return found
