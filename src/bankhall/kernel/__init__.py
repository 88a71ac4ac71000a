"""The words everyone shares. Standard library only: no framework, no files, no time source."""
