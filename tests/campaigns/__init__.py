"""Failure campaigns: a real server is made to fail on purpose, again and again, and an oracle of our own reads what is left.

Each campaign has a short form, which `make test` runs, and a full form: `python -m tests.campaigns.<name> --rounds N --seed S`.
All chance comes from the seed. Nothing here is imported by the server: what must go wrong inside it is put there by the
launcher `faulty_server.py`.
"""
