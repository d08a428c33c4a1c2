"""What editors and web front ends talk to: a language server and a small HTTP server.

``checker`` lints one buffer, ``draft`` decides what may be shown while it is being written,
``session`` keeps an open document. None of the three knows a protocol; ``server`` and ``http`` are
the two doors to them.
"""
