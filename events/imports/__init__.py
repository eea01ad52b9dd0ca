"""Reading programmes as other tools write them: a module for each format, all giving `rows.ReadFile`."""
