"""The frame: who is who, who may decide, and by which rules."""
