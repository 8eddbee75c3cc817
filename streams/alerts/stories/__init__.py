"""What is remembered: stories, by what finds them again."""
