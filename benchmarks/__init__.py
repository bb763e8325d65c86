"""Side-by-side measurements: what the product does beside the bare floor for the same work, in one run."""
