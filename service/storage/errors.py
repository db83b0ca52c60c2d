"""What can be wrong with the database."""

from extractors.model.errors import YusuanError


class SchemaNotCurrent(YusuanError):
    """The database stands at another schema version than this program. Details: found, wanted."""

    slug = "schema-not-current"
    zh = "数据库结构版本为 {found}，本程序需要 {wanted}；请启动一次服务以完成升级。"
    en = "The database schema is at {found}, this program needs {wanted}; start the service to upgrade it."


class DatabaseUnavailable(YusuanError):
    """The database cannot be reached or used. Details: reason."""

    slug = "database-unavailable"
    zh = "数据库不可用（{reason}），请检查 YUSUAN_DATABASE_URL。"
    en = "The database cannot be used ({reason}); check YUSUAN_DATABASE_URL."


class FolderNotWritable(YusuanError):
    """No file can be stored. Details: reason."""

    slug = "folder-not-writable"
    zh = "数据目录不可写（{reason}），请检查 YUSUAN_DATA_DIR。"
    en = "The data folder cannot be written to ({reason}); check YUSUAN_DATA_DIR."
