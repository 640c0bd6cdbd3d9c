"""Runs the whole service on one machine until Ctrl-C: moto, the identity provider, and the app."""

import argparse
import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

from chalicelib import paths
from chalicelib.wiring import build
from deploy.stages import stage_variables
from emulators.api_gateway.chalice_api import app_server
from emulators.backing_services import BackingServices, running, stop_signal
from emulators.emulator_process import NotStarted
from emulators.environment import HOST
from local.console_token import state_file
from local.sweeper import ThreadSweepStarter, schedule

_READY = """
Ready after {seconds:.0f} s. The console:  {url}/

To create a credential, paste this into another terminal in this directory:

  curl -sS {url}{credentials} \\
    -H "Authorization: Bearer $(make -s console-token PORT={port})" \\
    -H "Content-Type: application/json" -d '{{"name": "My first credential"}}'

Ctrl-C stops everything.
"""


def main() -> None:
    started = time.monotonic()
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    stopped = stop_signal()
    try:
        _check_free(port)
        with (
            running({**stage_variables("local"), "ISSUER": f"http://{HOST}:{port}"}) as backing_services,
            _serving(port, backing_services),
        ):
            url, seconds = f"http://{HOST}:{port}", time.monotonic() - started
            print(_READY.format(seconds=seconds, url=url, credentials=paths.CREDENTIALS, port=port), flush=True)
            backing_services.wait(stopped)
    except OSError as error:
        sys.exit(f"port {port} cannot be used: {error.strerror}. Take another one: make run PORT={port + 1}")
    except NotStarted as error:
        sys.exit(str(error))


def _check_free(port: int) -> None:
    """Before anything is started. Raises OSError."""
    socket.create_server((HOST, port)).close()


@contextmanager
def _serving(port: int, backing_services: BackingServices) -> Iterator[None]:
    import app  # not earlier: the app reads its settings from the environment that ``backing_services`` made

    zones = build(os.environ, starter=ThreadSweepStarter(lambda: zones.console.sweeper))
    app.zones = lambda: zones
    state = state_file(port)
    with closing(app_server(app.app, port, log=sys.stderr)), schedule(zones.console.sweeper):
        state.parent.mkdir(exist_ok=True)
        state.write_text(json.dumps({"identity_provider": backing_services.environment["OIDC_ISSUER"]}))
        try:
            yield
        finally:
            state.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
