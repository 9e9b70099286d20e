"""Other people's files: workbooks and CSV in and out, calendars, FHIR, attendance lists."""
