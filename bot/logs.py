"""Logs for operators: ids and outcomes; never the text of a message, a name, an address or a token."""

import logging
import sys

import structlog

Logger = structlog.stdlib.BoundLogger

QUIET = ("httpx", "httpcore", "telegram", "apscheduler", "aiohttp.access", "alembic", "asyncio", "matplotlib")
"""Libraries that tell more than an operator needs, or (httpx) write the token into the log."""


def configure(level: str) -> None:
    """Set up logging for the process: readable on a terminal, JSON lines elsewhere. Raises ValueError."""
    number = logging.getLevelNamesMapping().get(level.upper())
    if number is None:
        raise ValueError(f"unknown log level {level!r}; use debug, info, warning or error")
    logging.basicConfig(level=number, stream=sys.stderr, format="%(message)s")
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            where,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def where(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Of an exception, say its kind and the places it went through, but not its words: they may quote a message."""
    error = event.pop("error", None)
    if isinstance(error, BaseException):
        event["kind"] = type(error).__name__
        event["at"] = _places(error)
    return event


def _places(error: BaseException) -> list[str]:
    places = []
    trace = error.__traceback__
    while trace:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-6:]


def get(name: str) -> Logger:
    """A logger for one part of the process."""
    logger: Logger = structlog.get_logger(part=name)
    return logger
