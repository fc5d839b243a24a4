"""The machinery: how a declared area becomes decisions, facts, registers and replay. Knows no area by name."""
