"""Mail: written into an outbox with the change it tells of, sent when its reader is at work.

Knows no other slice. It is given an address, the name of a template of ``templates/mail/`` and
what this template says; ``recul.notifications.actions.send`` is the way in.
"""
