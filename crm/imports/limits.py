"""How large an uploaded file may be; everything beyond is refused before it costs memory."""

MEGABYTE = 1024 * 1024

MAX_BYTES = 50 * MEGABYTE
MAX_UNPACKED = 80 * MEGABYTE
"""What all parts of a workbook may measure together once unpacked."""
MAX_RATIO = 100
"""How many times larger than the file its unpacked parts may be, above ``FREE_UNPACKED``."""
FREE_UNPACKED = 8 * MEGABYTE
MAX_PARTS = 1_000
MAX_COLUMNS = 200
MAX_ROWS = 50_000
MAX_CELLS = 600_000
MAX_LETTERS = 20_000_000
MAX_CELL = 10_000
READING_SECONDS = 20
READING_MEMORY = 512 * MEGABYTE
"""What the process that reads a workbook may take; it is not the server's."""
