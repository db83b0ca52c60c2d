"""The work on documents, whoever asks for it: take in, read, read again, export."""
