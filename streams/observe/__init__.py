"""What an operator sees: metrics, health, logs; and the one door to the clock."""
