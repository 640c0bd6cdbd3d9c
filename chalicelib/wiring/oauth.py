"""The authorization server's zone: it reads credentials, may replace a secret's hash and note a use, and signs."""

from collections.abc import Mapping
from functools import cached_property

from chalicelib import tables
from chalicelib.aws.kms import KmsKeys
from chalicelib.aws.stores.credential_reader import DynamoDBCredentialReader
from chalicelib.aws.stores.exchange_counter import DynamoDBExchangeCounter
from chalicelib.aws.stores.key_schedule_store import DynamoDBKeyScheduleReader
from chalicelib.aws.stores.last_use_writer import DynamoDBLastUseWriter
from chalicelib.aws.stores.refusal_writer import DynamoDBRefusalWriter
from chalicelib.aws.stores.secret_digest_rows import DynamoDBSecretDigestWriter
from chalicelib.aws.stores.secret_hash_writer import DynamoDBSecretHashWriter
from chalicelib.aws.stores.tenant_directory import DynamoDBTenantDirectory
from chalicelib.aws.stores.token_record_store import DynamoDBReplayGuard, DynamoDBRevokedTokens
from chalicelib.aws.stores.transactions import Transactions
from chalicelib.clock import Clock, Sleep
from chalicelib.credentials.client_secrets import SecretHasher
from chalicelib.credentials.identifiers import Random, tenant_key
from chalicelib.credentials.last_use import LastUses
from chalicelib.credentials.refusals import Refusals
from chalicelib.oauth.access_tokens import AccessTokens
from chalicelib.oauth.client_assertions import ClientAssertions
from chalicelib.oauth.client_authentication import ClientAuthentication
from chalicelib.oauth.client_credentials_grant import ClientCredentialsGrant
from chalicelib.oauth.dpop import DPoPProofs
from chalicelib.oauth.exchange_limits import ExchangeLimits
from chalicelib.oauth.introspection import Introspection
from chalicelib.oauth.protected_resource import ProtectedResource
from chalicelib.oauth.protected_resource_metadata import ProtectedResourceMetadata, protected_resource_metadata
from chalicelib.oauth.server_metadata import ServerMetadata, server_metadata
from chalicelib.oauth.status_list import StatusLists
from chalicelib.oauth.status_list_aggregation import StatusListAggregations
from chalicelib.oauth.token_cache import TokenCache
from chalicelib.oauth.token_revocation import TokenRevocation
from chalicelib.oauth.token_validation import TokenValidation
from chalicelib.security_profiles import SecurityProfiles
from chalicelib.settings import Settings
from chalicelib.signing_keys.jws import JwtSigner
from chalicelib.signing_keys.key_ring import ScheduledKeyRing
from chalicelib.wiring.clients import AwsClients


class OAuthZone:
    def __init__(self, settings: Settings, clients: AwsClients, clock: Clock, sleep: Sleep, random: Random) -> None:
        self._settings = settings
        self._clients = clients
        self._clock = clock
        self._sleep = sleep
        self._random = random

    @cached_property
    def client_credentials_grant(self) -> ClientCredentialsGrant:
        return ClientCredentialsGrant(
            self._client_authentication,
            self._exchange_limits,
            self._proofs,
            self._token_cache,
            self._uses,
            self._settings.audiences,
        )

    @cached_property
    def introspection(self) -> Introspection:
        audiences = self._settings.audiences
        return Introspection(self._client_authentication, self._validation, self._uses, audiences, self._vendor_tenants)

    @cached_property
    def token_revocation(self) -> TokenRevocation:
        return TokenRevocation(
            self._client_authentication, self._tokens, self._revoked, self._uses, self._settings.audiences
        )

    @cached_property
    def protected_resource(self) -> ProtectedResource:
        sees_every_request = self._settings.authorizer_cache == 0
        audiences = (self._settings.audiences[0], self._settings.own_audience)
        return ProtectedResource(self._validation, self._proofs, audiences, sees_every_request=sees_every_request)

    @cached_property
    def protected_resource_metadata(self) -> Mapping[str, ProtectedResourceMetadata]:
        """By its path."""
        settings = self._settings
        return {
            path: protected_resource_metadata(
                resource,
                settings.issuer,
                self._profiles.of_all,
                # What others on this host take is theirs to say.
                takes_dpop=resource == settings.own_audience and settings.authorizer_cache == 0,
            )
            for path, resource in settings.protected_resources.items()
        }

    @cached_property
    def management(self) -> ProtectedResource:
        """The managed endpoints, for credentials: a token is for this service itself (RFC 8707)."""
        audiences = (self._settings.own_audience,)
        return ProtectedResource(self._validation, self._proofs, audiences, sees_every_request=True)

    @cached_property
    def status_lists(self) -> StatusLists:
        signer = JwtSigner(self.key_ring, self._profiles)
        return StatusLists(self._reader, signer, self._settings.issuer, self._settings.status_list_ttl, self._clock)

    @cached_property
    def status_list_aggregations(self) -> StatusListAggregations:
        directory = DynamoDBTenantDirectory(self._clients.dynamodb, self._settings.tables[tables.TENANTS])
        lists = self.status_lists if self._settings.status_list_ttl else None
        return StatusListAggregations(self._reader, directory, lists, self._vendor_tenants)

    @cached_property
    def server_metadata(self) -> ServerMetadata:
        settings = self._settings
        has_status_lists = bool(settings.status_list_ttl)
        return server_metadata(
            settings.issuer,
            tuple(settings.scopes),
            settings.audiences,
            self._profiles.of_all,
            settings.authorization_endpoint,
            has_status_lists,
        )

    @cached_property
    def key_ring(self) -> ScheduledKeyRing:
        schedule = DynamoDBKeyScheduleReader(self._clients.dynamodb, self._settings.tables[tables.TENANTS])
        keys = KmsKeys(self._clients.kms, self._settings.rsa_algorithm, self._profiles.of_all.algorithms)
        return ScheduledKeyRing(schedule, keys, self._settings.signing_key_id, self._clock)

    @cached_property
    def _profiles(self) -> SecurityProfiles:
        return SecurityProfiles(self._settings.security_profile)

    @cached_property
    def _vendor_tenants(self) -> frozenset[str]:
        return frozenset(tenant_key(claim) for claim in self._settings.vendor_tenants)

    @cached_property
    def _client_authentication(self) -> ClientAuthentication:
        # RFC 7523 §3: its token endpoint may name the server, too. Libraries use either.
        names = frozenset(self._settings.issuer + path for path in ("", *self._settings.token_paths))
        writer = DynamoDBSecretHashWriter(self._clients.dynamodb, self._settings.tables[tables.CREDENTIALS])
        return ClientAuthentication(
            self._reader,
            writer,
            DynamoDBSecretDigestWriter(self._settings.tables, self._transactions),
            SecretHasher(self._settings.argon2, self._random),
            ClientAssertions(self._settings.issuer, names, self._replay, self._clock),
            self._refusals,
            self._profiles,
            self._clock,
        )

    @cached_property
    def _refusals(self) -> Refusals:
        settings = self._settings
        writer = DynamoDBRefusalWriter(settings.tables, self._transactions)
        return Refusals(writer, settings.refusal_interval, self._clock, self._random)

    @cached_property
    def _transactions(self) -> Transactions:
        settings = self._settings
        return Transactions(self._clients.dynamodb, settings.tables, settings.audit_retention, self._sleep)

    @cached_property
    def _exchange_limits(self) -> ExchangeLimits:
        settings = self._settings
        counter = DynamoDBExchangeCounter(self._clients.dynamodb, settings.tables[tables.TOKEN_RECORDS])
        return ExchangeLimits(
            counter, self._refusals, settings.credential_exchanges, settings.tenant_exchanges, self._clock
        )

    @cached_property
    def _uses(self) -> LastUses:
        writer = DynamoDBLastUseWriter(self._clients.dynamodb, self._settings.tables[tables.CREDENTIALS])
        return LastUses(writer, self._settings.last_used_interval, self._clock)

    @cached_property
    def _token_cache(self) -> TokenCache:
        return TokenCache(self._tokens, self.key_ring, self._settings.token_reuse, self._clock)

    @cached_property
    def _tokens(self) -> AccessTokens:
        return AccessTokens(
            self.key_ring,
            self._profiles,
            self._settings.issuer,
            self._settings.access_token_lifetime,
            self.status_lists if self._settings.status_list_ttl else None,
            self._clock,
            self._random,
        )

    @cached_property
    def _validation(self) -> TokenValidation:
        return TokenValidation(self._tokens, self._reader, self._profiles, self._clock)

    @cached_property
    def _proofs(self) -> DPoPProofs:
        return DPoPProofs(self._replay, self._clock)

    @cached_property
    def _reader(self) -> DynamoDBCredentialReader:
        return DynamoDBCredentialReader(self._clients.dynamodb, self._settings.tables, self._sleep)

    @cached_property
    def _replay(self) -> DynamoDBReplayGuard:
        return DynamoDBReplayGuard(
            self._clients.dynamodb, self._settings.tables[tables.TOKEN_RECORDS], self._clock, self._sleep
        )

    @cached_property
    def _revoked(self) -> DynamoDBRevokedTokens:
        return DynamoDBRevokedTokens(self._clients.dynamodb, self._settings.tables[tables.TOKEN_RECORDS], self._sleep)
