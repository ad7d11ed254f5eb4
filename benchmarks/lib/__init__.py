"""What the measurements share: firms and a scorecard of 60 indicators, the peers, the stop-watch, the table."""
