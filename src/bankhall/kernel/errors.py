"""Errors carry a code and facts; the sentence that people read is made at the face (wording)."""


class BankhallError(Exception):
    """Something that a person can put right. `code` names the sentence, `facts` fill it."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts = facts
        super().__init__(f"{code}: {facts}" if facts else code)


class BadInput(BankhallError):
    """What was handed in cannot be used (exit 3 on the command line, 422 or a form error elsewhere)."""


class Refused(BankhallError):
    """The act is not possible in this state (409)."""


class NotAllowed(BankhallError):
    """This person may not do this here (403)."""


class NotFound(BankhallError):
    """There is no such thing within the person's scope (404)."""
