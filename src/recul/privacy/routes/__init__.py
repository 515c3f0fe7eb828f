"""What is said and shown about everybody's data; taking it along, and leaving."""

from recul.privacy.routes import copies, keeping, leaving, seeing, texts

handlers = [
    *seeing.handlers,
    *texts.handlers,
    *keeping.handlers,
    *copies.handlers,
    *leaving.handlers,
]
