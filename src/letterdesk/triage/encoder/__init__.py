"""An encoder beside the tables for incivility."""

SWITCH = "LETTERDESK_ENCODER"  # in the environment: "off" silences what is installed
