"""Mail: an outbox that is written with what happened and sent afterwards, and reminders of dated things.

A message is a sentence or two and a link. It never holds content of the register or personal data.
"""
