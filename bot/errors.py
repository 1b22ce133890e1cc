"""What an operator can mend."""


class WrongSetting(Exception):
    """A setting is missing or wrong; the message says which, and what to do."""
