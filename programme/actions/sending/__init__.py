"""What becomes of mails once they are made: receipts, sending again, addresses that fail."""
