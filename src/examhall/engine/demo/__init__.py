"""A school to try everything on: the contract's own example, classes with exams of all ages, a certification bank."""
