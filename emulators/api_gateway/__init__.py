"""API Gateway: what a method of the API leads to, the events it makes, and what it answers by itself."""
