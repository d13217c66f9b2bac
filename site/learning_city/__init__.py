"""The ready site: wires the plugins together."""
