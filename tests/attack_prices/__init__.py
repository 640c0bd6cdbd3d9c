"""What an attacker's requests cost, counted: writes docs/attack-prices.md and is held to it."""
