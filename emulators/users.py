"""The console users of the local stage, by the name that ``make console-token AS=`` knows them by."""

from typing import NamedTuple


class User(NamedTuple):
    subject: str
    claims: dict[str, object]


USERS = {
    "admin": User("admin@acme.example", {"name": "Alice Andersen", "tenant": "acme", "roles": ["admin"]}),
    "viewer": User("viewer@acme.example", {"name": "Victor Vogel", "tenant": "acme", "roles": ["viewer"]}),
    "other-tenant": User("admin@globex.example", {"name": "Gina Garcia", "tenant": "globex", "roles": ["admin"]}),
}
