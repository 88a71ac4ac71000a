"""The command line; analytics commands never load Django."""
