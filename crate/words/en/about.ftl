### The language itself.

# Its name, in itself.
language-name = English
# The sign before the decimals of a number.
decimal-sign = .
