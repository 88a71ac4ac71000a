"""A small bank at work while its processes are killed: what it was told stands in the store, whole and once.

`bank` makes it, `house` starts and kills the processes of `bankhall serve`, `clients` act over HTTP and keep what they
were told, `verdict` reads the store afterwards, `rounds` puts them together.
"""
