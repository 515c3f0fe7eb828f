"""What is said and shown about everybody's data."""

from recul.privacy.routes import seeing, texts

handlers = [*seeing.handlers, *texts.handlers]
