"""What an operator runs with rights of their own, against the deployed service. Never deployed."""
