"""Static files under hashed names; imports between ES modules are rewritten too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HouseStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed, so that whitenoise may tell browsers to keep them for ever."""

    support_js_module_import_aggregation = True
