"""The picture of a network as pyvis' model of it, and large networks as regions × sectors."""

from graphs.draw.groups import grouped
from graphs.draw.model import SUGGESTED, data, picture, strongest_layer

__all__ = ["SUGGESTED", "data", "grouped", "picture", "strongest_layer"]
