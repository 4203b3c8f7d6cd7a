"""What needs Django and the models: planting, checking, capturing, the floor and the profile, each a task."""
