"""Rules of benefits: net benefit, variances, realisation, equity."""
