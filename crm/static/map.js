// The network map: draws what /network/data.json says. Positions come from the server; nothing
// here moves a node. All text is set as text, never as markup.
(() => {
  "use strict";
  const holder = document.getElementById("map");
  if (!holder) return;
  const says = (name) => holder.dataset[name] || "";
  const status = document.getElementById("map-status");
  let network = null;
  let shown = null;

  const isDark = () => document.documentElement.dataset.bsTheme === "dark";
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function options() {
    return {
      physics: false,
      layout: { improvedLayout: false },
      interaction: { hover: true, multiselect: false, keyboard: false, navigationButtons: false, zoomSpeed: 0.6 },
      nodes: {
        borderWidth: 1.5,
        font: { size: 13, color: css("--tblr-body-color") || "#1f2937", strokeWidth: 3, strokeColor: css("--tblr-bg-surface") || "#ffffff", face: "system-ui, sans-serif" },
        scaling: { label: { enabled: false } },
      },
      edges: { smooth: false, selectionWidth: 1.5, hoverWidth: 0.5 },
    };
  }

  const nodeLook = (node) => {
    const colour = isDark() ? node.colourDark : node.colour;
    const edge = css("--tblr-bg-surface") || "#ffffff";
    return {
      id: node.id, label: node.label, x: node.x, y: node.y, shape: node.shape, size: node.size,
      color: { background: colour, border: edge, highlight: { background: colour, border: css("--tblr-body-color") }, hover: { background: colour, border: css("--tblr-body-color") } },
    };
  };
  const edgeLook = (edge) => {
    const look = shown.layers[edge.layer];
    const colour = isDark() ? look.colourDark : look.colour;
    return {
      id: edge.id, from: edge.from, to: edge.to, width: edge.width, dashes: edge.dashes,
      color: { color: colour, opacity: edge.opacity, highlight: colour, hover: colour },
    };
  };

  async function load() {
    holder.setAttribute("aria-busy", "true");
    status.textContent = says("loading");
    try {
      const answer = await fetch(says("url"), { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      shown = await answer.json();
      draw();
      status.textContent = shown.nodes.length ? "" : says("empty");
    } catch {
      status.textContent = says("failed");
    } finally {
      holder.removeAttribute("aria-busy");
    }
  }

  function draw() {
    const data = { nodes: new vis.DataSet(shown.nodes.map(nodeLook)), edges: new vis.DataSet(shown.edges.map(edgeLook)) };
    if (network) network.destroy();
    const begun = performance.now();
    network = new vis.Network(holder, data, options());
    network.once("afterDrawing", () => { holder.dataset.drawn = String(Math.round(performance.now() - begun)); });
    network.fit({ animation: false });
    network.on("selectNode", ({ nodes }) => open(nodes[0]));
    network.on("doubleClick", ({ nodes }) => nodes.length && focus(nodes[0]));
    listNames();
    listLegend();
    const marked = says("select");
    if (marked && shown.nodes.some((node) => String(node.id) === marked)) select(marked);
  }

  const byId = (id) => shown.nodes.find((node) => String(node.id) === String(id));

  function open(id) {
    const node = byId(id);
    if (!node) return;
    if (node.open) { window.location.assign(node.open); return; }
    const panel = document.getElementById("map-panel");
    htmx.ajax("GET", node.panel, { target: panel, swap: "innerHTML" });
    document.getElementById("map-side").classList.add("is-open");
  }

  function focus(id) {
    const node = byId(id);
    if (node && node.focus) window.location.assign(node.focus);
  }

  function select(id) {
    const node = byId(id);
    if (!node) return;
    network.selectNodes([node.id]);
    network.focus(node.id, { scale: Math.max(network.getScale(), 1), animation: false });
    open(node.id);
  }

  function listNames() {
    const list = document.getElementById("map-names");
    list.replaceChildren(...shown.nodes.map((node) => {
      const option = document.createElement("option");
      option.value = node.label;
      return option;
    }));
  }

  function listLegend() {
    const list = document.getElementById("map-legend");
    list.replaceChildren(...shown.legend.map((one) => {
      const row = document.createElement("li");
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = 36;
      canvas.className = "legend-sign";
      sign(canvas.getContext("2d"), one, 18, 18, 13);
      const name = document.createElement("span");
      name.textContent = one.name;
      const count = document.createElement("span");
      count.className = "count";
      count.textContent = one.count;
      row.append(canvas, name, count);
      return row;
    }));
    document.getElementById("map-counts").textContent = shown.heads.join(" ");
  }

  document.getElementById("map-search").addEventListener("submit", (event) => {
    event.preventDefault();
    if (!shown) return;
    const typed = document.getElementById("map-q").value.trim().toLowerCase();
    if (!typed) return;
    const match = shown.nodes.find((node) => node.label.toLowerCase() === typed)
      || shown.nodes.find((node) => `${node.label} ${node.also || ""}`.toLowerCase().includes(typed));
    status.textContent = match ? "" : says("nobody");
    if (match) select(match.id);
  });

  // The picture: what is on the screen, with title, date, filter, legend, source and counts.
  function picture() {
    const source = holder.querySelector("canvas");
    const ratio = source.width / source.clientWidth;
    const line = 20 * ratio, edge = 24 * ratio, legend = 250 * ratio;
    const head = edge + line * 1.8 + shown.heads.length * line;
    const foot = line * 2 + edge;
    const canvas = document.createElement("canvas");
    canvas.width = source.width + legend + edge * 2;
    canvas.height = source.height + head + foot;
    const pen = canvas.getContext("2d");
    const text = (words, x, y, size, weight = "400", colour = "#1f2937") => {
      pen.font = `${weight} ${size * ratio}px system-ui, sans-serif`;
      pen.fillStyle = colour;
      pen.fillText(words, x, y);
    };
    pen.fillStyle = isDark() ? css("--tblr-bg-surface") : "#ffffff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    const ink = isDark() ? "#f3f4f6" : "#1f2937";
    text(shown.title, edge, edge + line, 20, "600", ink);
    shown.heads.forEach((words, at) => text(words, edge, edge + line * (2.2 + at), 13, "400", ink));
    pen.drawImage(source, edge, head);
    let y = head + line;
    const x = source.width + edge * 2;
    text(says("legend"), x, y, 14, "600", ink);
    for (const one of shown.legend) {
      y += line * 1.3;
      sign(pen, one, x + 8 * ratio, y - 5 * ratio, 7 * ratio);
      text(`${one.name} (${one.count})`, x + 26 * ratio, y, 13, "400", ink);
    }
    shown.feet.forEach((words, at) => text(words, edge, head + source.height + line * (1.4 + at), 12, "400", ink));
    return canvas;
  }

  function sign(pen, one, x, y, r) {
    const colour = isDark() ? one.colourDark : one.colour;
    pen.fillStyle = pen.strokeStyle = colour;
    pen.beginPath();
    if (one.shape === "line") {
      pen.lineWidth = r / 2.5;
      pen.setLineDash(one.dashes ? [r / 1.5, r / 1.5] : []);
      pen.moveTo(x - r, y); pen.lineTo(x + r, y); pen.stroke(); pen.setLineDash([]);
      return;
    }
    const corners = { square: [4, Math.PI / 4], triangle: [3, -Math.PI / 2], diamond: [4, 0], hexagon: [6, 0], star: [10, -Math.PI / 2] }[one.shape];
    if (!corners) pen.arc(x, y, r, 0, Math.PI * 2);
    else for (let at = 0; at < corners[0]; at += 1) {
      const angle = corners[1] + (at * 2 * Math.PI) / corners[0];
      const reach = one.shape === "star" && at % 2 ? r * 0.45 : r * 1.15;
      pen.lineTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
    }
    pen.fill();
  }

  document.getElementById("map-png").addEventListener("click", () => {
    if (!shown) return;
    picture().toBlob((blob) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = shown.file;
      link.click();
      URL.revokeObjectURL(link.href);
    }, "image/png");
  });
  document.getElementById("map-fit").addEventListener("click", () => network && network.fit({ animation: false }));
  document.getElementById("map-in").addEventListener("click", () => network && network.moveTo({ scale: network.getScale() * 1.3 }));
  document.getElementById("map-out").addEventListener("click", () => network && network.moveTo({ scale: network.getScale() / 1.3 }));
  document.getElementById("map-close").addEventListener("click", () => document.getElementById("map-side").classList.remove("is-open"));
  new MutationObserver(() => shown && draw()).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
  load();
})();
