"""Registers, given to other software. An exporter is ``exporter(lieu, registre, sortie, *, au, connu_le)``."""
