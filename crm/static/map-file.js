// Draws a saved map from the data inside the same file. Every text is set as text.
(() => {
  "use strict";
  const shown = JSON.parse(document.getElementById("data").textContent);
  const holder = document.getElementById("map");
  const placed = window.mapPlaces(shown, { wide: holder.clientWidth, high: holder.clientHeight, edge: 10, top: 10 }, 13);
  const nodes = placed.map((node) => ({
    id: node.id, x: node.x, y: node.y, shape: node.shape, size: node.size,
    color: { background: node.color, border: "#ffffff", highlight: { background: node.color, border: "#111827" }, hover: { background: node.color, border: "#111827" } },
  }));
  const edges = shown.edges.map((edge, id) => ({
    id, from: edge.from, to: edge.to, width: edge.width, dashes: edge.dashes,
    color: { color: shown.layers[edge.layer].colour, opacity: edge.opacity },
  }));
  const network = new vis.Network(holder, { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges) }, {
    physics: false, layout: { improvedLayout: false }, edges: { smooth: false }, nodes: { borderWidth: 1.5 },
    interaction: { hover: true, dragNodes: false, zoomSpeed: 0.6, keyboard: { enabled: true, bindToWindow: false, autoFocus: false } },
  });
  window.mapLabels(network, placed, { ink: "#1f2937", paper: "#ffffff" }, 13);
  network.moveTo({ position: { x: 0, y: 0 }, scale: 1, animation: false });
  network.on("selectNode", ({ nodes: chosen }) => {
    const node = shown.nodes.find((one) => one.id === chosen[0]);
    document.getElementById("facts").textContent = node.facts.join(" · ");
  });
  document.getElementById("legend").append(...shown.legend.map((one) => {
    const row = document.createElement("li");
    const sign = document.createElement("i");
    sign.className = one.dashes ? "line dashed" : one.shape;
    sign.style.color = one.colour;
    row.append(sign, ` ${one.name} (${one.count})`);
    return row;
  }));
})();
