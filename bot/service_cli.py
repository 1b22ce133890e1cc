"""The service by command: run it, look whether it can run, bring its database up to date."""

import asyncio

from bot import app, logs, settings
from bot.opening import open_database, open_keys
from dispatch.store.database import Database


def run() -> int:
    """Run until it is stopped. Raises WrongSetting."""
    chosen = settings.read()
    logs.configure(chosen.log)
    asyncio.run(app.run(chosen))
    return 0


def check() -> int:
    """Say whether the settings, the key and the database are in order. Raises WrongSetting."""
    chosen = settings.read()
    print("Settings: in order.")
    keys = open_keys(chosen)
    where = "MORSMAL_KEY" if chosen.key else f"{chosen.data / 'key'}. Keep a copy of this file elsewhere"
    print(f"Key: {keys.fingerprint}, from {where}.")

    async def look() -> bool:
        database = Database.open(chosen.database_url, keys=keys, exclusive=False)
        try:
            return await database.schema_is_current()
        finally:
            await database.close()

    if asyncio.run(look()):
        print("Database: in order.")
    else:
        print(
            "Database: new, or of another release; `morsmal run` or `morsmal migrate` brings it up to date."
        )
    return 0


def migrate() -> int:
    """Bring the database to this release. Raises WrongSetting."""
    chosen = settings.read()

    async def bring_up_to_date() -> None:
        database = await open_database(chosen, open_keys(chosen))
        await database.close()

    asyncio.run(bring_up_to_date())
    print("The database has the schema of this release.")
    return 0
