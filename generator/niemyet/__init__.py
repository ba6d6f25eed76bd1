"""Niêm Yết: everything a one-stop centre must post, generated from the YAML its staff keep."""
