"""What whoever runs the portal may know of how it does: readiness, metrics, logs, errors. Nothing about a person."""
