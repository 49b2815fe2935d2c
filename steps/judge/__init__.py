"""The judge: pure rules over recorded evidence, and the court that applies them."""
