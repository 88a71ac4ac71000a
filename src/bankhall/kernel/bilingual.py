"""Text that people read always has both languages."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh-hans", "en"]


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One meaning in Chinese and English; a missing side falls back to the other, never to nothing."""

    zh: str = ""
    en: str = ""

    def read(self, language: str) -> str:
        """The text for a language code such as `zh-hans` or `en`."""
        if language.startswith("zh"):
            return self.zh or self.en
        return self.en or self.zh
