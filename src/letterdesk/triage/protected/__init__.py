"""Names that must not be given: their forms, and what in a text may be one."""
