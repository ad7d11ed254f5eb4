"""What runs across all apps."""
