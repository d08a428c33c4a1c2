"""What the words of a service are about: one module for each contrast of catalogue §4.1."""
