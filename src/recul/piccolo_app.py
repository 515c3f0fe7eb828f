"""The one Piccolo app of Recul, read by the ``piccolo`` command and by nothing at run time."""

from piccolo.conf.apps import AppConfig

from recul import paths
from recul.database.binding import APP_NAME, all_tables

APP_CONFIG = AppConfig(
    app_name=APP_NAME,
    migrations_folder_path=paths.migrations(),
    table_classes=all_tables(),
)
