"""The encoders that Letterdesk's triage hears beside its tables. Weights alone, no code."""

VERSION = 1  # of all of them; letters that wait are screened anew when it changes
