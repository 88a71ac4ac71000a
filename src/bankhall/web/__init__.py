"""The HTML face, one package per screen family."""
