"""What can go wrong that a user can mend."""


class MlprepError(Exception):
    """A mistake that the user can mend: `where: what is wrong; what to do`, on one line."""

    exit_code = 1


class UsageError(MlprepError):
    """An option or argument that cannot be taken as it stands."""

    exit_code = 2
