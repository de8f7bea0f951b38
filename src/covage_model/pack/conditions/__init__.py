"""What conditions mean (`truth`), as JSON Schema (`schema`), and in words (`words`): three readings of one thing."""
