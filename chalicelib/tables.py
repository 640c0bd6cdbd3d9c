"""The DynamoDB tables: for each its name, its keys, and the environment variable that has its name in a deployment.

The settings, the stores, the template and the emulators read them here. The domain's structs say what the rows hold.
"""

from typing import NamedTuple


class Table(NamedTuple):
    """``ttl`` is the attribute with the epoch seconds after which DynamoDB deletes a row; "": rows stay.

    ``has_stream``: what is written to it may be followed.
    """

    name: str
    partition_key: str
    sort_key: str | None = None
    ttl: str = ""
    has_stream: bool = False

    @property
    def variable(self) -> str:
        """The environment variable that has the deployed table's name."""
        return f"{self.name.upper()}_TABLE"

    @property
    def resource(self) -> str:
        """The table's logical id in the template."""
        return "".join(part.capitalize() for part in self.name.split("_")) + "Table"


TENANTS = Table("tenants", "tenant_id")
CREDENTIALS = Table("credentials", "tenant_id", "client_id")
AUDIT_EVENTS = Table("audit_events", "tenant_id", "event_id", ttl="expires_at_ttl", has_stream=True)
TOKEN_RECORDS = Table("token_records", "token_id", ttl="expires_at")

TABLES = (TENANTS, CREDENTIALS, AUDIT_EVENTS, TOKEN_RECORDS)
SIGNING_KEYS_ROW = "signing-keys"
"""The partition key of the tenants table's one row that is no tenant's: the schedule of the signing keys. A tenant key
is 26 letters and digits."""
