"""People, the roles they hold, and addresses that do not reach them."""

from accounts.models.failed_address import FailedAddress
from accounts.models.role_held import RoleHeld
from accounts.models.user import User

__all__ = ["FailedAddress", "RoleHeld", "User"]
