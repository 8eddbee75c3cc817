"""What a mention is to what is remembered, and what becomes of the story."""
