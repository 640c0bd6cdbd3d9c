"""Runs the whole service on one machine until Ctrl-C: moto, the identity provider, and the app.

Its settings are the local stage's; one that this process's environment has, too, is taken from there.
"""

import argparse
import os
import socket
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager

import boto3

from chalicelib import paths, tables
from chalicelib.settings import Settings, SettingsError
from chalicelib.wiring import build
from deploy.stages import stage_variables
from emulators.api_gateway.chalice_api import app_server
from emulators.backing_services import running, stop_signal
from emulators.emulator_process import NotStarted
from emulators.environment import HOST
from local.event_printer import EventPrinter
from local.sweeper import ThreadSweepStarter, schedule

_READY = """
Ready after {seconds:.0f} s. The console:  {url}/

To create a credential, paste this into another terminal in this directory:

  curl -sS {url}{credentials} \\
    -H "Authorization: Bearer $(make -s console-token PORT={port})" \\
    -H "Content-Type: application/json" -d '{{"name": "My first credential"}}'

Every audit event is printed here, as EventBridge would get it. Ctrl-C stops everything.
"""


_LOOKS_FOR_EVENTS = 0.5
"""Seconds; Lambda looks four times a second."""


def main() -> None:
    started = time.monotonic()
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    url = f"http://{HOST}:{port}"
    stopped = stop_signal()
    try:
        _check_free(port)
        variables = {**stage_variables("local"), "ISSUER": url}
        chosen = _chosen(variables)
        Settings.from_env({**os.environ, **variables, **chosen})  # before anything is started
        with running({**variables, **chosen}) as backing_services, _serving(port, chosen):
            seconds = time.monotonic() - started
            print(_READY.format(seconds=seconds, url=url, credentials=paths.CREDENTIALS, port=port), flush=True)
            backing_services.wait(stopped)
    except SettingsError as error:
        sys.exit(f"a setting is wrong: {error}")
    except OSError as error:
        sys.exit(f"port {port} cannot be used: {error.strerror}. Take another one: make run PORT={port + 1}")
    except NotStarted as error:
        sys.exit(str(error))


def _check_free(port: int) -> None:
    """Before anything is started. Raises OSError."""
    socket.create_server((HOST, port)).close()


def _chosen(variables: Mapping[str, str]) -> dict[str, str]:
    """Those of the variables that this process's environment has, too; never what could lead to a real AWS account."""
    return {name: os.environ[name] for name in variables if name in os.environ and not name.startswith("AWS_")}


@contextmanager
def _serving(port: int, chosen: Mapping[str, str]) -> Iterator[None]:
    """Raises SettingsError."""
    os.environ.update(chosen)  # again: whoever names an identity provider of their own gets it
    import app  # not earlier: the app reads its settings from the environment that the backing services made

    zones = build(os.environ, starter=ThreadSweepStarter(lambda: zones.console.sweeper))
    app.zones = lambda: zones
    printer = EventPrinter(
        boto3.client("dynamodb"),
        boto3.client("dynamodbstreams", endpoint_url=os.environ["AWS_ENDPOINT_URL_DYNAMODB"]),
        zones.settings.tables[tables.AUDIT_EVENTS],
        zones.settings.issuer,
    )
    with (
        closing(app_server(app.app, zones.settings.issuer, port, log=sys.stderr)),
        schedule(zones.console.sweeper.resume_all, zones.console.expiry_notices.tell),
        schedule(lambda _has_time: printer.print_new(), seconds=_LOOKS_FOR_EVENTS),
    ):
        yield


if __name__ == "__main__":
    main()
