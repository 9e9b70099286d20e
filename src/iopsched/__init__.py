"""iopsched: weekly timetables for Intensive Outpatient Programs."""
