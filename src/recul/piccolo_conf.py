"""What Piccolo's own machinery asks for, by name: the bound database and the list of apps.

For ``PICCOLO_CONF=recul.piccolo_conf piccolo …`` the database is that of the settings.
"""

from typing import Any

from piccolo.conf.apps import AppRegistry

from recul import database, settings

APP_REGISTRY = AppRegistry(apps=["recul.piccolo_app"])


def __getattr__(name: str) -> Any:
    """`DB` is asked for late, since it is only known once a database is bound."""
    if name != "DB":
        raise AttributeError(name)
    if not database.is_bound():
        database.bind(database.engine_for(settings.load().database_url))
    return database.bound()
