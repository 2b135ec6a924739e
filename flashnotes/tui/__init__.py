"""The full-screen session; nothing here is imported before a command needs a screen."""
