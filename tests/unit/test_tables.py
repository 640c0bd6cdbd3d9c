"""The DynamoDB tables' names."""

from itertools import chain

import pytest

from chalicelib.credentials.identifiers import is_tenant_key
from chalicelib.tables import AUDIT_EVENTS, CREDENTIALS, SIGNING_KEYS_ROW, TABLES, Table


@pytest.mark.parametrize(
    ("table", "variable", "resource"),
    [
        (CREDENTIALS, "CREDENTIALS_TABLE", "CredentialsTable"),
        (AUDIT_EVENTS, "AUDIT_EVENTS_TABLE", "AuditEventsTable"),
    ],
)
def test_variable_and_logical_id_follow_from_the_name(table: Table, variable: str, resource: str) -> None:
    assert (table.variable, table.resource) == (variable, resource)


def test_no_two_tables_share_a_name_a_variable_or_a_logical_id() -> None:
    words = list(chain.from_iterable((table.name, table.variable, table.resource) for table in TABLES))
    assert len(set(words)) == len(words) == 3 * len(TABLES)


def test_the_row_of_the_signing_keys_is_under_a_key_that_no_tenant_can_have() -> None:
    assert not is_tenant_key(SIGNING_KEYS_ROW)
