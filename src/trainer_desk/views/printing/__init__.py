"""What is put on paper, or into a PDF: painted in points, always light, nothing elided (ux 4.10)."""
