"""The zone of the signing keys: it writes their schedule, and signs nothing."""

from functools import cached_property

from chalicelib import tables
from chalicelib.aws.kms import KmsKeys
from chalicelib.aws.stores.key_schedule_store import DynamoDBKeyScheduleReader, DynamoDBKeyScheduleWriter
from chalicelib.clock import Clock, Sleep
from chalicelib.security_profiles import SecurityProfiles
from chalicelib.settings import Settings
from chalicelib.signing_keys.key_operations import KeyOperations
from chalicelib.wiring.clients import AwsClients


class KeysZone:
    def __init__(self, settings: Settings, clients: AwsClients, clock: Clock, sleep: Sleep) -> None:
        self._settings = settings
        self._clients = clients
        self._clock = clock
        self._sleep = sleep

    @cached_property
    def operations(self) -> KeyOperations:
        tenants = self._settings.tables[tables.TENANTS]
        allowed = SecurityProfiles(self._settings.security_profile).of_all.algorithms
        return KeyOperations(
            DynamoDBKeyScheduleReader(self._clients.dynamodb, tenants, to_change=True),
            DynamoDBKeyScheduleWriter(self._clients.dynamodb, tenants, self._sleep),
            KmsKeys(self._clients.kms, self._settings.rsa_algorithm, allowed),
            self._settings.signing_key_id,
            self._clock,
        )
