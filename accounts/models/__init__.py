"""People and the roles they hold."""

from accounts.models.role_held import RoleHeld
from accounts.models.user import User

__all__ = ["RoleHeld", "User"]
