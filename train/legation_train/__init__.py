"""Training of the embedded parser: see ../README.md."""
