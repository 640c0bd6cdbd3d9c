"""The settings: every environment variable of this service, read and checked once. ``app.py`` passes them in."""

import re
from collections.abc import Mapping
from typing import Literal

import msgspec

from chalicelib import management_scopes, paths
from chalicelib.security_profiles import SecurityProfileName, SecurityProfiles
from chalicelib.tables import TABLES, Table
from chalicelib.uris import normal_uri

LONGEST_TOKEN_LIFETIME = 3600
"""Seconds that any JWT of ours lives at most: the bound of the settings, and how long a retired key is published."""
SETTINGS_OF_THE_DEFINITION = frozenset(
    {
        "ACCESS_TOKEN_AUTHORIZER_CACHE_SECONDS",
        "AUDIENCE",
        "AUDIENCES",
        "ISSUER",
        "SECURITY_PROFILE",
        "TOKEN_PATH_ALIASES",
    }
)
"""The variables that ``app.py`` reads while it is imported: they shape the API itself, and a package fixes them."""
MOST_SCOPES = 100
"""Scopes of one credential."""
LONGEST_SCOPE = 2_000
"""Characters of all scopes of one: they are in its tokens, and API Gateway takes 10,240 bytes of headers."""
_EXPIRING_DAYS = 14
"""Where there are no notices."""
# RFC 6749 §3.3: scope-token = 1*( %x21 / %x23-5B / %x5D-7E )
_SCOPE_TOKEN = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]+")
# Characters that have one spelling in a URL, a route and a proof (RFC 3986 §2.3); no dot segments (§3.3).
_PLAIN_PATH = re.compile(r"(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+")
_ASYMMETRIC_ALGORITHMS = frozenset(
    ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
)


_GITHUB_KEYS_URL = "https://api.github.com/meta/public_keys/secret_scanning"


class SettingsError(Exception):
    """A variable is missing or wrong; the text names it."""


class OidcSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The vendor's identity provider, and where its tokens say who the console user is."""

    issuer: str
    audience: str
    jwks_url: str | None
    algorithms: tuple[str, ...]
    tenant_claim: str
    name_claim: str
    roles_claim: str
    admin_role: str
    viewer_role: str


class Argon2Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Cost of argon2id (RFC 9106): ``memory_kib`` in KiB, ``time_cost`` in passes, ``parallelism`` in lanes."""

    memory_kib: int
    time_cost: int
    parallelism: int


class ConsoleSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How the console page signs in: at which identity provider, and as which client."""

    authority: str
    client_id: str
    scope: str
    connect_origins: tuple[str, ...]
    """Where else the page may send requests: providers whose endpoints are not on their issuer's origin."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    tables: Mapping[Table, str]
    """The name that each table has in this deployment."""
    signing_key_id: str
    """The ARN or alias of the KMS key to sign with. A new key here begins a rotation."""
    rsa_algorithm: Literal["RS256", "PS256"]
    """The algorithm of RSA keys; a published key keeps the one it was published with."""
    security_profile: SecurityProfileName | None
    """The one that counts for all credentials; None: for those that an admin holds to one."""
    issuer: str
    authorization_endpoint: str | None
    """What the metadata names as such, for clients that read none without it; None: nothing."""
    audiences: tuple[str, ...]
    """The audiences a token may have: AUDIENCE, the default, then AUDIENCES, and this service itself."""
    own_audience: str
    """The one that is this service itself: ISSUER, in the spelling of AUDIENCE or AUDIENCES if it is there."""
    protected_resources: Mapping[str, str]
    """The audiences on this service's own host, each by the path of its metadata."""
    vendor_tenants: tuple[str, ...]
    """Tenant claims of the vendor itself: its APIs may introspect the tokens of all tenants."""
    access_token_lifetime: int
    """Seconds."""
    token_reuse: int
    """Seconds for which a token may be given out again to the same request; 0 signs each anew."""
    last_used_interval: int
    """Seconds within which one use of a secret or key is written at most; 0 writes none."""
    status_list_ttl: int
    """Seconds within which a verifier that follows status lists knows of a revocation; 0 where there are none."""
    expiry_notice_days: tuple[int, ...]
    """How many days ahead of its end a credential is told of, the most first; none: it is not."""
    most_credentials: int
    """Of a tenant, those that are not revoked; 0: as many as it likes. A tenant's own row may say another number."""
    credential_exchanges: int
    """Exchanges of one credential in a minute; 0: as many as it likes."""
    tenant_exchanges: int
    """Exchanges of all credentials of a tenant in a minute; 0: as many as it likes."""
    longest_credential_life: int | None
    """Seconds from its creation to the latest end that a credential may have; None: as long as it likes."""
    audit_retention: int
    """Seconds."""
    refusal_interval: int
    """Seconds in which refusals of one credential, for one reason, make one audit event; 0: none does."""
    leaked_secret_consequence: Literal["tell", "end_secret", "suspend", "revoke"]
    """What happens to a secret that is reported as leaked, or to its credential."""
    github_secret_type: str | None
    """GitHub's name for this service's secrets; None: its reports are not taken."""
    github_keys_url: str
    """Where GitHub publishes the keys by which it signs its reports."""
    scopes: dict[str, str]
    """The vendor's catalogue: scope name to description."""
    default_scopes: tuple[str, ...]
    token_request_json: bool
    """The token request may be a JSON object, too."""
    token_paths: tuple[str, ...]
    """The paths of the token endpoint: its own, then the aliases."""
    trusted_proxies: int
    """How many proxies of the operator's own stand before API Gateway; 0: clients call it directly."""
    request_deadline: int
    """Seconds for a request with all its calls; API Gateway waits 29, and a function lives 28."""
    authorizer_cache: int
    """Seconds for which API Gateway may keep an answer of the access-token authorizer."""
    sweep_function_name: str | None
    """The Lambda function that continues a long sweep; None: only requests and the schedule do."""
    audit_event_bus: str
    """The EventBridge bus that gets every audit event; empty: none does."""
    undelivered_events_url: str
    """The queue of the audit events that EventBridge refused; empty where no bus gets any."""
    metrics_namespace: str | None
    """Where CloudWatch puts the metrics of the log lines; None: nowhere."""
    oidc: OidcSettings
    console: ConsoleSettings
    argon2: Argon2Settings

    @property
    def expiring(self) -> int:
        """Seconds before its end from which a credential is about to expire: from its first notice on."""
        return max(self.expiry_notice_days, default=_EXPIRING_DAYS) * 86_400

    @property
    def grantable_scopes(self) -> dict[str, str]:
        """What an admin may give a credential: the vendor's scopes, and this service's own."""
        return self.scopes | dict(management_scopes.MANAGEMENT_SCOPES)

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> "Settings":
        """Reads and checks every variable; raises SettingsError for the first that is missing or wrong."""
        scopes = _scope_catalogue(environ)
        return cls(
            tables={table: _required(environ, table.variable) for table in TABLES},
            signing_key_id=_required(environ, "SIGNING_KEY_ID"),
            rsa_algorithm=_rsa_algorithm(environ),
            security_profile=_security_profile(environ),
            issuer=_url(environ, "ISSUER"),
            authorization_endpoint=_optional_url(environ, "AUTHORIZATION_ENDPOINT"),
            audiences=_audiences(environ),
            own_audience=_own_audience(environ),
            protected_resources={paths.PROTECTED_RESOURCE: _own_audience(environ), **resources_with_a_path(environ)},
            vendor_tenants=tuple(environ.get("VENDOR_TENANTS", "").split()),
            access_token_lifetime=_integer(environ, "ACCESS_TOKEN_LIFETIME_SECONDS", 900, 60, LONGEST_TOKEN_LIFETIME),
            token_reuse=_integer(environ, "TOKEN_REUSE_SECONDS", 60, 0, 300),
            last_used_interval=_integer(environ, "LAST_USED_INTERVAL_SECONDS", 900, 0, 86_400),
            status_list_ttl=_integer(environ, "STATUS_LIST_TTL_SECONDS", 300, 0, LONGEST_TOKEN_LIFETIME),
            expiry_notice_days=_expiry_notice_days(environ),
            most_credentials=_integer(environ, "MAX_CREDENTIALS_PER_TENANT", 10_000, 0, 10_000_000),
            credential_exchanges=_exchanges(environ, "MAX_EXCHANGES_PER_MINUTE_PER_CREDENTIAL"),
            tenant_exchanges=_exchanges(environ, "MAX_EXCHANGES_PER_MINUTE_PER_TENANT"),
            longest_credential_life=_integer(environ, "MAX_CREDENTIAL_LIFETIME_DAYS", 0, 0, 3650) * 86_400 or None,
            audit_retention=_integer(environ, "AUDIT_RETENTION_DAYS", 400, 1, 3650) * 86_400,
            refusal_interval=_integer(environ, "REFUSAL_EVENT_INTERVAL_SECONDS", 3600, 0, 86_400),
            leaked_secret_consequence=_leaked_secret_consequence(environ),
            github_secret_type=_github_secret_type(environ),
            github_keys_url=_optional_url(environ, "GITHUB_KEYS_URL") or _GITHUB_KEYS_URL,
            scopes=scopes,
            default_scopes=_default_scopes(environ, scopes),
            token_request_json=_switch(environ, "TOKEN_REQUEST_JSON"),
            token_paths=(paths.TOKEN, *token_path_aliases(environ)),
            trusted_proxies=_integer(environ, "TRUSTED_PROXIES", 0, 0, 5),
            request_deadline=_integer(environ, "REQUEST_DEADLINE_SECONDS", 6, 1, 25),
            authorizer_cache=access_token_cache(environ),
            sweep_function_name=environ.get("SWEEP_FUNCTION_NAME") or None,
            audit_event_bus=environ.get("AUDIT_EVENT_BUS", ""),
            undelivered_events_url=environ.get("UNDELIVERED_EVENTS_URL", ""),
            metrics_namespace=environ.get("METRICS_NAMESPACE") or None,
            oidc=OidcSettings(
                issuer=_url(environ, "OIDC_ISSUER"),
                audience=_required(environ, "OIDC_AUDIENCE"),
                jwks_url=_optional_url(environ, "OIDC_JWKS_URL"),
                algorithms=_algorithms(environ),
                tenant_claim=environ.get("OIDC_TENANT_CLAIM", "tenant"),
                name_claim=environ.get("OIDC_NAME_CLAIM", "name"),
                roles_claim=environ.get("OIDC_ROLES_CLAIM", "roles"),
                admin_role=environ.get("OIDC_ADMIN_ROLE", "admin"),
                viewer_role=environ.get("OIDC_VIEWER_ROLE", "viewer"),
            ),
            console=ConsoleSettings(
                authority=_url(environ, "OIDC_ISSUER"),
                # The bearer token is the ID token, whose audience is the client that asked for it.
                client_id=environ.get("CONSOLE_OIDC_CLIENT_ID") or _required(environ, "OIDC_AUDIENCE"),
                scope=environ.get("CONSOLE_OIDC_SCOPE") or "openid profile email",
                connect_origins=_origins(environ, "CONSOLE_CONNECT_ORIGINS"),
            ),
            argon2=Argon2Settings(
                memory_kib=_integer(environ, "ARGON2_MEMORY_KIB", 19_456, 8, 1_048_576),
                time_cost=_integer(environ, "ARGON2_TIME_COST", 2, 1, 10),
                parallelism=_integer(environ, "ARGON2_PARALLELISM", 1, 1, 16),
            ),
        )


def access_token_cache(environ: Mapping[str, str]) -> int:
    """Seconds for which API Gateway may keep an answer of the access-token authorizer; a deployment fixes it.

    Raises SettingsError, also where a security profile binds every token: behind a cache nobody would see its proof.
    """
    seconds = _integer(environ, "ACCESS_TOKEN_AUTHORIZER_CACHE_SECONDS", 0, 0, 3600)
    if seconds and SecurityProfiles(_security_profile(environ)).of_all.sender_constrained:
        raise SettingsError("ACCESS_TOKEN_AUTHORIZER_CACHE_SECONDS must be 0 where SECURITY_PROFILE is set")
    return seconds


def token_path_aliases(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Further paths of the token endpoint; a deployment fixes them, as they are routes. Raises SettingsError."""
    aliases = tuple(environ.get("TOKEN_PATH_ALIASES", "").split())
    for alias in aliases:
        if not _PLAIN_PATH.fullmatch(alias):
            raise SettingsError(f"TOKEN_PATH_ALIASES: {alias!r} is not a path of letters, digits, - . and _")
        if aliases.count(alias) > 1:
            raise SettingsError(f"TOKEN_PATH_ALIASES: {alias} is named twice")
    return aliases


def resources_with_a_path(environ: Mapping[str, str]) -> dict[str, str]:
    """The audiences that are a path on ISSUER's host, by the path of their metadata (RFC 9728 §3.1).

    A deployment fixes them, as they are routes. Raises SettingsError.
    """
    if not environ.get("ISSUER"):  # whoever only looks at the routes has no settings
        return {}
    origin = "/".join(normal_uri(_url(environ, "ISSUER")).split("/")[:3])
    found: dict[str, str] = {}
    for audience in _audiences(environ):
        uri = normal_uri(audience).rstrip("/")
        path = uri.removeprefix(origin)
        if path != uri and _PLAIN_PATH.fullmatch(path):
            found.setdefault(paths.PROTECTED_RESOURCE + path, audience)
    return found


def _switch(environ: Mapping[str, str], name: str) -> bool:
    match environ.get(name, "false").strip().lower():
        case "true":
            return True
        case "false" | "":
            return False
        case _:
            raise SettingsError(f"{name} must be true or false")


def _required(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name, "").strip()
    if not value:
        raise SettingsError(f"{name} is not set")
    return value


def _security_profile(environ: Mapping[str, str]) -> SecurityProfileName | None:
    match environ.get("SECURITY_PROFILE", ""):
        case "fapi2":
            return "fapi2"
        case "":
            return None
        case _:
            raise SettingsError("SECURITY_PROFILE must be fapi2, or empty")


def _rsa_algorithm(environ: Mapping[str, str]) -> Literal["RS256", "PS256"]:
    """Without the setting, the first one that is allowed."""
    allowed = SecurityProfiles(_security_profile(environ)).of_all.algorithms
    algorithms: tuple[Literal["RS256", "PS256"], ...] = ("RS256", "PS256")
    named = environ.get("RSA_ALGORITHM")
    for algorithm in algorithms:
        if algorithm in allowed and named in (None, algorithm):
            return algorithm
    raise SettingsError(f"RSA_ALGORITHM must be {' or '.join(name for name in algorithms if name in allowed)}")


def _leaked_secret_consequence(environ: Mapping[str, str]) -> Literal["tell", "end_secret", "suspend", "revoke"]:
    match environ.get("LEAKED_SECRET_CONSEQUENCE", "end_secret"):
        case "tell" | "end_secret" | "suspend" | "revoke" as consequence:
            return consequence
        case _:
            raise SettingsError("LEAKED_SECRET_CONSEQUENCE must be tell, end_secret, suspend or revoke")


def _github_secret_type(environ: Mapping[str, str]) -> str | None:
    name = environ.get("GITHUB_SECRET_TYPE", "")
    if not re.fullmatch(r"[A-Za-z0-9_.-]{0,100}", name):
        raise SettingsError("GITHUB_SECRET_TYPE must be up to 100 letters, digits, - . and _")
    return name or None


def _url(environ: Mapping[str, str], name: str) -> str:
    """An issuer must be https (RFC 8414 §2); plain http is allowed for this machine alone."""
    url = _required(environ, name).rstrip("/")
    if not re.fullmatch(r"https://[^?#\s]+|http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(/[^?#\s]*)?", url):
        raise SettingsError(f"{name} must be an https URL without query or fragment")
    return url


def _optional_url(environ: Mapping[str, str], name: str) -> str | None:
    return _url(environ, name) if environ.get(name) else None


def _origins(environ: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Origins go into a header, so anything else is refused (RFC 6454 §7)."""
    origins = tuple(environ.get(name, "").split())
    for origin in origins:
        if not re.fullmatch(r"https://[a-z0-9.-]+(:\d+)?", origin):
            raise SettingsError(f"{name}: {origin!r} is not an https origin")
    return origins


def _integer(environ: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = environ.get(name, str(default)).strip()
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise SettingsError(f"{name} must be a whole number from {low} to {high}")
    return int(text)


def _exchanges(environ: Mapping[str, str], name: str) -> int:
    """Per minute: each is a write of one row, and DynamoDB takes 1,000 of them a second."""
    return _integer(environ, name, 0, 0, 60_000)


def _expiry_notice_days(environ: Mapping[str, str]) -> tuple[int, ...]:
    text = environ.get("EXPIRY_NOTICE_DAYS", "14,3,1")
    days = {part.strip() for part in text.split(",")} if text.strip() else set()
    if len(days) > 10 or not all(re.fullmatch(r"[1-9][0-9]{0,2}", day) for day in days):
        raise SettingsError("EXPIRY_NOTICE_DAYS must be up to 10 whole numbers from 1 to 999, with commas between")
    return tuple(sorted(map(int, days), reverse=True))


def _scope_catalogue(environ: Mapping[str, str]) -> dict[str, str]:
    try:
        scopes = msgspec.json.decode(environ.get("SCOPES", "{}"), type=dict[str, str])
    except msgspec.DecodeError as error:
        raise SettingsError("SCOPES must be a JSON object of scope names to descriptions") from error
    for name in scopes:
        if not _SCOPE_TOKEN.fullmatch(name):
            raise SettingsError(f"SCOPES: {name!r} is not a scope token (RFC 6749 §3.3)")
        if name.startswith(management_scopes.PREFIX):
            raise SettingsError(
                f"SCOPES: {name!r}: scopes that begin with {management_scopes.PREFIX} are this service's own"
            )
    return scopes


def _audiences(environ: Mapping[str, str]) -> tuple[str, ...]:
    """RFC 8707 §2: a resource that a request names is an absolute URI without a fragment."""
    others = environ.get("AUDIENCES", "").split()
    for uri in others:
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^#\s]+", uri):
            raise SettingsError(f"AUDIENCES: {uri!r} is not an absolute URI without a fragment (RFC 8707 §2)")
    return tuple(dict.fromkeys([_required(environ, "AUDIENCE"), *others, _own_audience(environ)]))


def _own_audience(environ: Mapping[str, str]) -> str:
    issuer = _url(environ, "ISSUER")
    named = [environ.get("AUDIENCE", ""), *environ.get("AUDIENCES", "").split()]
    return next((audience for audience in named if normal_uri(audience) == normal_uri(issuer)), issuer)


def _default_scopes(environ: Mapping[str, str], catalogue: dict[str, str]) -> tuple[str, ...]:
    scopes = tuple(environ.get("DEFAULT_SCOPES", "").split())
    for name in scopes:
        if name not in catalogue:
            raise SettingsError(f"DEFAULT_SCOPES: {name!r} is not in SCOPES")
    if len(scopes) > MOST_SCOPES or len(" ".join(scopes)) > LONGEST_SCOPE:
        raise SettingsError(f"DEFAULT_SCOPES must be at most {MOST_SCOPES} scopes of {LONGEST_SCOPE} characters in all")
    return scopes


def _algorithms(environ: Mapping[str, str]) -> tuple[str, ...]:
    """RFC 8725 §3.1: an allow-list, asymmetric only, so that no public key can serve as an HMAC secret."""
    algorithms = tuple(name.strip() for name in environ.get("OIDC_ALGORITHMS", "RS256,ES256").split(","))
    for name in algorithms:
        if name not in _ASYMMETRIC_ALGORITHMS:
            raise SettingsError(f"OIDC_ALGORITHMS: {name!r} is not an asymmetric JWS algorithm")
    return algorithms
