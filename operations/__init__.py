"""The operator's commands against the deployed service, run with the operator's own rights. Never deployed."""
