"""Access tokens for a program: fetched once, kept while they are good, and renewed before they end.

    login = from_secrets_manager(boto3.client("secretsmanager"), "payroll")
    tokens = AccessTokens("https://credentials.example.com", login)
    answer = tokens.open("https://api.example.com/orders")

It may be used by many threads at once. Nothing but the standard library. No error's text has a secret or a token.
"""

import base64
import http.client
import json
import random
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import quote_plus, urlencode, urlsplit

REQUEST_TIMEOUT = 10.0
"""Seconds."""
PATIENCE = 30.0
"""Seconds for which a caller without a token waits for a service that is busy or away."""
LEEWAY = 5.0
"""Seconds before a token's end in which it is given out no more: it would end under way."""


class TokenError(Exception):
    """There is no access token to be had."""


class CredentialRefused(TokenError):
    """The service refuses the credential (401): it was revoked or suspended, or its secret is wrong or was ended."""


class RequestRefused(TokenError):
    """The service refuses what was asked for (400), a scope for instance."""


class Unavailable(TokenError):
    """The service is busy or away. ``retry_after`` is in seconds."""

    def __init__(self, text: str, retry_after: float) -> None:
        super().__init__(text)
        self.retry_after = retry_after


class AccessRefused(Exception):
    """The API refused two tokens, one after the other (401): it does not take those of this service or audience."""


class Login(NamedTuple):
    client_id: str
    client_secret: str

    def __repr__(self) -> str:
        return f"Login({self.client_id}, …)"


class _Token(NamedTuple):
    """``renew_at`` and ``ends_at`` are times of the clock."""

    text: str
    renew_at: float
    ends_at: float


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """urllib would send the Authorization header on, wherever an answer leads."""

    def redirect_request(self, *_: object) -> None:
        return None


class AccessTokens:
    """The access tokens of one credential, for one ``resource`` (RFC 8707) and ``scope``.

    ``read_login`` reads the client id and secret from where they are kept: at first, and again whenever the service
    refuses the ones that were read before, so that a rotation is not noticed. ``share`` draws from 0 to 1.
    """

    def __init__(
        self,
        issuer: str,
        read_login: Callable[[], Login],
        *,
        scope: str | None = None,
        resource: str | None = None,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
        share: Callable[[], float] = random.random,
    ) -> None:
        _require_tls(issuer)
        self._endpoint = f"{issuer.rstrip('/')}/oauth/token"
        self._read_login = read_login
        fields = {"grant_type": "client_credentials", "scope": scope, "resource": resource}
        self._form = urlencode({name: value for name, value in fields.items() if value}).encode()
        self._clock = clock
        self._pause = pause
        self._share = share
        self._opener = urllib.request.build_opener(_NoRedirect)
        self._exchanging = threading.Lock()
        # Written by who holds the lock; each is replaced as a whole, so anyone may read it.
        self._token: _Token | None = None
        self._login: Login | None = None
        self._failure: TokenError | None = None
        self._exchanges = 0

    def get(self) -> str:
        """A token that is good for some seconds at least. Raises TokenError.

        While one thread renews it early, the others are given the old one; without any, all wait for that one exchange.
        """
        exchanges, token, now = self._exchanges, self._token, self._clock()
        if token is not None and now < token.renew_at:
            return token.text
        if token is not None and now < token.ends_at:
            return self._renewed_early(token)
        return self._fetched(token, exchanges)

    def get_another(self, refused: str) -> str:
        """A token other than the one that an API has refused: it, or an earlier one, was revoked. Raises TokenError."""
        exchanges, token = self._exchanges, self._token
        return self.get() if token is None or token.text != refused else self._fetched(token, exchanges)

    def open(self, request: str | urllib.request.Request, timeout: float = REQUEST_TIMEOUT) -> Any:
        """urllib's answer from an API. Raises urllib's errors, TokenError, and AccessRefused.

        A 401 gets one further try, with another token. ``request.data``, if any, is bytes.
        """
        asked = urllib.request.Request(request) if isinstance(request, str) else request  # noqa: S310  (next line)
        _require_tls(asked.full_url)
        token = self.get()
        for _ in range(2):
            asked.add_unredirected_header("Authorization", f"Bearer {token}")
            try:
                return self._opener.open(asked, timeout=timeout)
            except urllib.error.HTTPError as error:
                if error.code != 401:
                    raise
                error.close()
            refused, token = token, self.get_another(token)
            if token == refused:
                break
        raise AccessRefused(f"{urlsplit(asked.full_url).netloc} refuses this credential's tokens.")

    def _renewed_early(self, token: _Token) -> str:
        """Tries once, and lets nobody wait: the token that there is will do for a while."""
        if not self._exchanging.acquire(blocking=False):
            return token.text
        try:
            if self._token is token:
                self._exchange()
        except Unavailable as error:
            self._token = token._replace(renew_at=self._clock() + error.retry_after)
        finally:
            self._exchanging.release()
        return token.text if self._token is None else self._token.text

    def _fetched(self, known: _Token | None, exchanges: int) -> str:
        """A token other than ``known``. Another thread's exchange, if there were ``exchanges`` before, is shared."""
        with self._exchanging:
            if self._exchanges == exchanges or self._token is known:
                if self._exchanges != exchanges and self._failure is not None:
                    raise self._failure
                self._exchange_patiently()
            token = self._token
            if token is None:
                raise self._failure or TokenError("There is no token.")
            return token.text

    def _exchange_patiently(self) -> None:
        deadline = self._clock() + PATIENCE
        while True:
            try:
                return self._exchange()
            except Unavailable as error:
                if self._clock() + error.retry_after > deadline:
                    raise
                # Not all programs at once, when the service is back.
                self._pause(error.retry_after * (1 + self._share() / 4))

    def _exchange(self) -> None:
        """Keeps a new token, or raises and keeps the failure. Only with the lock."""
        try:
            if self._login is None:
                self._login = self._read_login()
            try:
                token = self._ask(self._login)
            except CredentialRefused:
                login = self._read_login()
                if login == self._login:
                    raise
                self._login = login
                token = self._ask(login)
        except TokenError as error:
            self._failure = error
            if isinstance(error, CredentialRefused):
                self._token = None
            raise
        else:
            self._token, self._failure = token, None
        finally:
            self._exchanges += 1

    def _ask(self, login: Login) -> _Token:
        """RFC 6749 §4.4, with client_secret_basic."""
        pair = f"{quote_plus(login.client_id)}:{quote_plus(login.client_secret)}"
        headers = {
            "Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        asked = self._clock()
        request = urllib.request.Request(self._endpoint, self._form, headers)  # noqa: S310  (see __init__)
        try:
            with self._opener.open(request, timeout=REQUEST_TIMEOUT) as response:
                answer = json.loads(response.read())
            text, lifetime = str(answer["access_token"]), float(answer["expires_in"])
        except urllib.error.HTTPError as error:
            with error:
                raise _failure(error) from None
        except (OSError, http.client.HTTPException, ValueError, LookupError, TypeError) as error:
            raise Unavailable(f"{self._endpoint} gave no answer: {type(error).__name__}", 1) from None
        # Between 70 % and 90 % of its life, so that programs that began together do not renew together.
        renew_after = min(lifetime * (0.7 + 0.2 * self._share()), lifetime - LEEWAY)
        return _Token(text, asked + renew_after, asked + lifetime - LEEWAY)


def from_secrets_manager(client: Any, secret_id: str) -> Callable[[], Login]:
    """Reads AWSCURRENT with boto3's client: JSON with ``client_id`` and ``client_secret``."""

    def read() -> Login:
        value = json.loads(client.get_secret_value(SecretId=secret_id)["SecretString"])
        return Login(value["client_id"], value["client_secret"])

    return read


def _failure(error: urllib.error.HTTPError) -> TokenError:
    """What an answer of the token endpoint means."""
    try:
        said = json.loads(error.read())
        code = str(said.get("error") or said.get("title") or "")
    except (OSError, ValueError, AttributeError):
        code = ""
    if error.code == 429 or error.code >= 500:
        told = error.headers.get("Retry-After", "")
        return Unavailable(f"The token endpoint answered {error.code} {code}", float(told) if told.isdecimal() else 1)
    if error.code == 401:
        return CredentialRefused("The service refuses this client id and secret. Was the credential revoked?")
    return RequestRefused(f"The token endpoint answered {error.code} {code}")


def _require_tls(url: str) -> None:
    at = urlsplit(url)
    if at.scheme != "https" and at.hostname != "127.0.0.1":
        raise ValueError("The URL must begin with https://: secrets and tokens are sent there.")
