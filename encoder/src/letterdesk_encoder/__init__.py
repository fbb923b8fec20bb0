"""The encoders that Letterdesk's triage hears beside its tables. Weights alone, no code."""
