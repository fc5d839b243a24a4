"""The areas of a place's life. Each is one small page: events, commands, refusals, lectures, decide, registers."""
