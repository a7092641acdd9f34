"""What carries reminders to people: a mail server, or GOV.UK Notify."""

from programme.channels.carrier import Carrier, NotTakenError, SendingError, TryAgainError
from programme.channels.chosen import carrier_named, chosen_carrier

__all__ = ["Carrier", "NotTakenError", "SendingError", "TryAgainError", "carrier_named", "chosen_carrier"]
