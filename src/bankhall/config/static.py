"""Static files under hashed names; imports between ES modules are rewritten too."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class HouseStorage(ManifestStaticFilesStorage):
    """Hashed, so that whitenoise may tell browsers to keep them for ever."""

    support_js_module_import_aggregation = True
