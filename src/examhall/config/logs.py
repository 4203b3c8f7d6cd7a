"""Logs: every line goes through structlog, for people or as JSON."""

import logging.config
import sys

import structlog

_SECRET_WORDS = ("password", "secret", "token", "authorization", "cookie", "refresh")


def configure(*, style: str, level: str) -> None:
    """Send the logs of examhall, Django and the server to stderr.

    `style` is `console` or `json`; `level` is the lower-case name of the least severe level.
    """
    timestamp = structlog.processors.TimeStamper(fmt="iso", utc=True)
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        timestamp,
        _mask_secrets,
    ]
    last: list[structlog.typing.Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if style == "json"
        else [
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
        ]
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": shared,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    }
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"examhall": formatter},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "examhall"}},
            "root": {"handlers": ["stderr"], "level": level.upper()},
            # A refused sign-in or a wrong address is no event for the operator: only what failed is.
            "loggers": {"axes": {"level": "ERROR"}, "django.request": {"level": "ERROR"}},
        }
    )


def _mask_secrets(
    _logger: structlog.typing.WrappedLogger, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Replace values whose key names a secret; nobody has to remember it at each log line."""
    return {key: "***" if any(word in key.lower() for word in _SECRET_WORDS) else value for key, value in event.items()}
