"""Settings of the product. They load without any environment variable; the environment only changes them."""

SECRET_KEY = "replaced-by-the-platform"  # noqa: S105 - placeholder until the site's key file is read
INSTALLED_APPS: list[str] = []
USE_TZ = True
