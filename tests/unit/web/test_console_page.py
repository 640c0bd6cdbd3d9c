"""The console page's headers."""

from chalicelib.settings import Settings
from chalicelib.web.console_page import content_security_policy


def test_the_page_may_talk_to_the_identity_provider_wherever_its_endpoints_are(environ: dict[str, str]) -> None:
    environ |= {
        "OIDC_ISSUER": "https://cognito-idp.eu-central-1.amazonaws.com/pool",
        "CONSOLE_CONNECT_ORIGINS": "https://acme.auth.eu-central-1.amazoncognito.com",
    }
    policy = content_security_policy(Settings.from_env(environ).console)
    assert (
        "connect-src 'self' https://cognito-idp.eu-central-1.amazonaws.com"
        " https://acme.auth.eu-central-1.amazoncognito.com;" in policy
    )
