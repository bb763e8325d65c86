"""Stored bytes: one gate in front of every reader, readers in a child process, content-addressed storage, downloads."""
