"""The proof that nobody misses a reminder and nobody gets one twice, whatever is killed or taken away."""
