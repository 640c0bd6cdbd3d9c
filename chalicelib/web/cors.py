"""What pages on other origins may send and read: any page may call, and gets nowhere without a token of its own.

Browsers add none by themselves. ``docs/adr/any-origin-may-call.md`` has the decision.
"""

from chalice.app import CORSConfig

ANY_ORIGIN = CORSConfig(
    allow_headers=["DPoP", "Idempotency-Key", "If-Match", "If-None-Match"],
    # The remapped name is the one that WWW-Authenticate has in what API Gateway passes on from a function.
    expose_headers=[
        "ETag",
        "Link",
        "Location",
        "Retry-After",
        "WWW-Authenticate",
        "X-Request-Id",
        "x-amzn-Remapped-WWW-Authenticate",
    ],
    max_age=600,
)
