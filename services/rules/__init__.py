"""Rules of services: discounting, appraisal, entry criteria."""
