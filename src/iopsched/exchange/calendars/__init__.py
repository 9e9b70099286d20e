"""iCalendar files (RFC 5545): a calendar for each member of staff, participant and room."""

from iopsched.exchange.calendars.folder import INDEX, CalendarFolder, calendar_folder, file_name

__all__ = ["INDEX", "CalendarFolder", "calendar_folder", "file_name"]
