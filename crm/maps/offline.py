"""The map as one HTML file that opens without a server and without a network."""

import json
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from crm.language import _, current_language
from crm.maps import telling
from crm.maps.drawing import Drawing

STATIC = Path(__file__).parent.parent / "static"
LIBRARY = STATIC / "vendor" / "vis-network" / "vis-network.min.js"
SCRIPTS = tuple(
    STATIC / name for name in ("map-words.js", "map-places.js", "map-labels.js", "map-file.js")
)
STYLE = STATIC / "map-file.css"

PAGE = Template("""\
<!doctype html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:">
<title>$title</title>
<style>$style</style>
</head>
<body>
<header><h1>$title</h1>$heads</header>
<main><div id="map" role="img" aria-label="$title"></div>
<aside><h2>$legend_title</h2><ul id="legend"></ul>
<p id="facts" role="status">$hint</p></aside></main>
<footer>$feet</footer>
<script type="application/json" id="data">$data</script>
<script>$library</script>
<script>$script</script>
</body>
</html>
""")


def of(drawing: Drawing) -> str:
    """Return the file; every text in it is data, none of it is markup."""
    model = telling.drawn(drawing)
    graph = drawing.graph
    for node in model["nodes"]:
        data = graph.nodes[node["id"]]
        node["facts"] = [
            telling.label(drawing, node["id"]),
            telling.region(drawing, data),
        ]
    shown = {**model, "legend": telling.legend(drawing), "layers": telling.LAYER_LOOKS}
    return PAGE.substitute(
        language=current_language(),
        title=escape(drawing.title),
        style=STYLE.read_text(),
        heads=_lines(telling.heads(drawing)),
        feet=_lines(telling.feet(drawing)),
        legend_title=escape(str(_("Legend"))),
        hint=escape(str(_("Choose an organisation to see its name and region."))),
        data=_inside_script(shown),
        library=_as_script(LIBRARY.read_text()),
        script=_as_script("\n".join(one.read_text() for one in SCRIPTS)),
    )


def _lines(texts: list[str]) -> str:
    return "".join(f"<p>{escape(one)}</p>" for one in texts)


def _inside_script(value: Any) -> str:
    """Return JSON that cannot end the element it stands in, nor begin another one."""
    text = json.dumps(value, ensure_ascii=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _as_script(code: str) -> str:
    return code.replace("</script", "<\\/script").replace("<!--", "<\\!--")
