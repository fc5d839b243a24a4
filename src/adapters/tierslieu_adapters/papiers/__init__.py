"""The papers of a place on the command line: contents of documents, the handover that is signed."""
