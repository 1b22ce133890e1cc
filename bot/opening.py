"""What must be there before anything runs: keys, a database of this release, and the organisation's group."""

from bot.errors import WrongSetting
from bot.settings import Settings
from content.catalog import Catalog
from content.languages import fallbacks
from dispatch.model.people import Group
from dispatch.ports import Service
from dispatch.store.database import Database, DatabaseFailed
from dispatch.store.sealing import Keys, WrongKey


def open_keys(settings: Settings) -> Keys:
    """The master keys: from the setting, or from the file in the data folder, made at the first start.

    Raises WrongSetting.
    """
    try:
        if settings.key:
            return Keys.load(settings.key.get_secret_value())
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = settings.data / "key"
        return Keys.load(path) if path.exists() else Keys.create_file(path)
    except WrongKey as error:
        raise WrongSetting(f"MORSMAL_KEY, or the file `key` in {settings.data}: {error}") from error
    except OSError as error:
        raise WrongSetting(f"MORSMAL_DATA: {settings.data} cannot be used ({error.strerror})") from error


def check_languages(settings: Settings, catalog: Catalog) -> None:
    """Members may only be offered languages in which everything is said. Raises WrongSetting."""
    missing = set(settings.languages) - catalog.languages_complete("m")
    if missing:
        raise WrongSetting(f"MORSMAL_LANGUAGES: phrases are missing in {', '.join(sorted(missing))}")


def half_spoken(settings: Settings, catalog: Catalog) -> str | None:
    """A sentence for the operator when volunteers and coordinators will read some phrases in another language."""
    complete = catalog.languages_complete("v") & catalog.languages_complete("c")
    if settings.language in complete:
        return None
    instead = next(tag for tag in fallbacks(settings.language) if tag in complete)
    return (
        f"MORSMAL_LANGUAGE: {settings.language} has not all that volunteers and coordinators read; the rest comes "
        f"in {instead}. Complete are {', '.join(sorted(complete))}."
    )


async def open_database(settings: Settings, keys: Keys) -> Database:
    """The database, brought up to date. Raises WrongSetting and what the store raises."""
    database = Database.open(settings.database_url, keys=keys)
    try:
        await database.migrate()
    except DatabaseFailed as error:
        await database.close()
        raise WrongSetting(f"MORSMAL_DATABASE: the database cannot be reached ({error})") from error
    return database


def ensure_group(service: Service, settings: Settings) -> str:
    """The organisation's group, with what the settings say now; its id."""
    group = next((group for group in service.groups() if not group.demo), None)
    service.put_group(
        Group(
            id=group.id if group else service.new_id(),
            name=settings.group,
            country=settings.country,
            zone=settings.zone,
            language=settings.language,
            languages=settings.languages,
            chat=group.chat if group else None,
            two_approve=group.two_approve if group else False,
        )
    )
    return next(found.id for found in service.groups() if not found.demo)


class StoredOffset:
    """How far an account's updates were read: a row."""

    def __init__(self, database: Database, channel: str, account: str) -> None:
        self._database = database
        self._key = (channel, account)

    async def read(self) -> int:
        """The next update to ask for."""
        return await self._database.read(lambda service: service.accounts.offset(*self._key)) or 0

    async def write(self, offset: int) -> None:
        """Returns once it is kept."""
        await self._database.run(lambda service: service.accounts.set_offset(*self._key, offset))
