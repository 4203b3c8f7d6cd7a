"""Bodies that no call which names an exam may take."""

NO_EXAM: list[tuple[object, str]] = [
    ({}, "examen: This field is required."),
    ({"examen": None}, "examen: Expected a whole number."),
    ({"examen": "1"}, "examen: Expected a whole number."),
    ({"examen": 1.5}, "examen: Expected a whole number."),
    ({"examen": True}, "examen: Expected a whole number."),
    ({"examen": [1]}, "examen: Expected a whole number."),
    ({"examen": 0}, "examen: Must be at least 1."),
    ({"examen": -1}, "examen: Must be at least 1."),
    ({"examen": 2**63}, "examen: Must be at most 9223372036854775807."),
    ({"examen": 1, "usuario": 2}, "usuario: Unknown field."),
    ([], "Expected an object."),
    (b"", "The body is not valid JSON."),
    (b"{", "The body is not valid JSON."),
    (b'{"examen": NaN}', "The body is not valid JSON."),
    (b"\xff\xfe", "The body is not valid JSON."),
]

# Ids of exams that nobody has.
UNKNOWN = (987654321, 2**63 - 1)
