"""The Puzzeltafel server: hosts one document per case and keeps its log."""
