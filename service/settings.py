"""Settings of the service: environment variables with the prefix `YUSUAN_`, and a `.env` file."""

from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from extractors.checking.tiers import Trust, observations_in, observed_on_golden
from extractors.layout.limits import Limits
from extractors.llm.client import Profile
from extractors.llm.providers import provider, provider_at
from extractors.model.errors import Language


class Settings(BaseSettings):
    """Read once, where a command starts, and handed on; never read at import."""

    model_config = SettingsConfigDict(
        env_prefix="YUSUAN_", env_file=".env", env_file_encoding="utf-8", frozen=True, extra="ignore"
    )

    data_dir: Path = Field(Path("data"), description="Folder of the stored PDFs and of the SQLite database.")
    database_url: str = Field("", description="SQLAlchemy URL; empty: SQLite in the data folder.")
    max_upload_mb: int = Field(50, gt=0, description="A larger file is refused.")
    max_pages: int = Field(800, gt=0, description="A PDF with more pages is refused.")
    lang: Language = Field(Language.ZH, description="Language of messages: zh or en.")
    readers: int = Field(
        1,
        ge=0,
        le=32,
        description="Documents that the server reads at the same time; 0 leaves them to `yusuan worker`.",
    )
    ocr: bool = Field(
        True, description="on or off: whether scanned pages are read (3 seconds a page, up to 0.8 GB)."
    )
    accuracy_target: Decimal | None = Field(
        None,
        gt=0,
        lt=1,
        description="Accuracy asked for of values that are accepted unseen (0.99): tiers of evidence whose "
        "observed accuracy may lie below it go to review.",
    )
    tiers_file: Path | None = Field(
        None, description="Observations of tiers (yusuan tiers --out) in place of those that are installed."
    )
    source_url: str = Field(
        "/source", description="Where users find the source of this installation (AGPL-3.0, section 13)."
    )
    llm_base_url: str = Field(
        "", description="Endpoint that speaks OpenAI chat completions; empty: no model."
    )
    llm_api_key: SecretStr = Field(SecretStr(""), description="Its key.")
    llm_model: str = Field("", description="The model's name there.")
    llm_provider: str = Field(
        "",
        description="How the endpoint is talked to: openai, deepseek, qwen, vllm, llama.cpp, unknown, or the "
        "path of a TOML file of your own; empty: by the host of its address.",
    )
    llm_ask: Literal["full", "needed"] = Field(
        "full",
        description="full: everything, beside the built-in reader; needed: only what that one leaves open.",
    )
    llm_timeout: float = Field(120, gt=0, description="Seconds after which a call is given up.")
    llm_at_once: int = Field(0, ge=0, description="Calls in flight together; 0: as the provider bears.")
    llm_budget: Decimal | None = Field(
        None,
        gt=0,
        description="Money that one reading of a document may spend, in the currency of the model's price.",
    )
    llm_run_budget: Decimal | None = Field(
        None,
        gt=0,
        description="Money that one command, or a server while it runs, may spend on all documents together.",
    )
    llm_mask: bool = Field(
        True, description="on or off: whether telephone and identity numbers and names leave masked."
    )

    @field_validator("llm_provider")
    @classmethod
    def _known(cls, name: str) -> str:
        """Raises where there is no such provider; its file is read again where it is used."""
        if name:
            provider(name)
        return name

    @field_validator("tiers_file")
    @classmethod
    def _observed(cls, path: Path | None) -> Path | None:
        """Raises where the file holds no observations."""
        if path is not None:
            try:
                observations_in(path.read_text(encoding="utf-8"))
            except OSError as error:
                raise ValueError(f"{path}: {error.strerror}") from error
        return path

    @cached_property
    def trust(self) -> Trust:
        """How far each tier of evidence is trusted."""
        if self.tiers_file is None:
            return Trust(observed_on_golden(), self.accuracy_target)
        return Trust(observations_in(self.tiers_file.read_text(encoding="utf-8")), self.accuracy_target)

    @property
    def database(self) -> str:
        """The database URL in force."""
        return self.database_url or f"sqlite:///{self.data_dir.absolute() / 'yusuan.sqlite3'}"

    @property
    def limits(self) -> Limits:
        """What a file may weigh and how long it may be."""
        return Limits(max_megabytes=self.max_upload_mb, max_pages=self.max_pages)

    @property
    def model(self) -> Profile | None:
        """The model endpoint; None where none is configured."""
        if not (self.llm_base_url and self.llm_model):
            return None
        named = provider(self.llm_provider) if self.llm_provider else provider_at(self.llm_base_url)
        return Profile(
            self.llm_base_url,
            self.llm_model,
            self.llm_api_key.get_secret_value(),
            provider=named,
            timeout=self.llm_timeout,
            at_once=self.llm_at_once or None,
            budget=self.llm_budget,
            mask=self.llm_mask,
        )
