"""Values as YAML that people read and edit, and that `read_marked` reads back as the very same values."""

import yaml

from uncrick.files.yaml_tree import scalar_value


class _Dumper(yaml.SafeDumper):
    """PyYAML quotes what YAML 1.1 takes for something else than text; our reader follows 1.2, where ``0E0`` is one."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="'" if _means_more(text) else None)


def _means_more(text: str) -> bool:
    """Whether *text* without quotes would be read as something else."""
    try:
        return scalar_value(text) != text
    except ValueError:
        return True


_Dumper.add_representer(str, _text)


def yaml_text(value: object, width: int = 116) -> str:
    """Return *value* (plain values, dates, lists, mappings) as YAML, keys in their order, lines of about *width*."""
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=width, default_flow_style=None)
