"""What happens to trends: a cycle opens, people share, keys change, the cycle closes."""
