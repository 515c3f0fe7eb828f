"""How the server is doing: what it counts and what it writes into its log. Neither says who."""
