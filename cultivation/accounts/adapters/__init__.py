"""What allauth asks us, and the ways out of the site: mail and text messages."""
