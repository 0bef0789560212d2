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

  // How everything looks, on light and on dark.
  const looks = {
    colours: (dark) => (dark ? { ink: "#e2ebea", paper: "#172123" } : { ink: "#16292b", paper: "#ffffff" }),
    options: () => ({
      physics: false,
      layout: { improvedLayout: false },
      interaction: { hover: true, multiselect: false, zoomSpeed: 0.6, keyboard: { enabled: true, bindToWindow: false, autoFocus: false } },
      nodes: { borderWidth: 1.5 },
      edges: { smooth: false, selectionWidth: 1.5, hoverWidth: 0.5 },
    }),
    data: (dark) => ({
      nodes: new vis.DataSet(shown.nodes.map((node) => looks.node(node, dark))),
      edges: new vis.DataSet(shown.edges.map((edge) => looks.edge(edge, dark))),
    }),
    node: (node, dark) => {
      const { ink, paper } = looks.colours(dark);
      const background = dark ? node.colourDark : node.colour;
      const chosen = { background, border: ink };
      return { id: node.id, x: node.x, y: node.y, shape: node.shape, size: node.size, color: { background, border: paper, highlight: chosen, hover: chosen } };
    },
    edge: (edge, dark) => {
      const look = shown.layers[edge.layer];
      const color = dark ? look.colourDark : look.colour;
      return { id: edge.id, from: edge.from, to: edge.to, width: edge.width, dashes: edge.dashes, color: { color, opacity: edge.opacity, highlight: color, hover: color } };
    },
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
    } catch (error) {
      status.textContent = says("failed");
      throw error;
    } finally {
      holder.removeAttribute("aria-busy");
    }
  }

  function draw() {
    const view = network && { position: network.getViewPosition(), scale: network.getScale(), animation: false };
    const chosen = network ? network.getSelectedNodes() : [];
    if (network) network.destroy();
    const begun = performance.now();
    network = new vis.Network(holder, looks.data(isDark()), looks.options());
    window.mapLabels(network, shown.nodes, looks.colours(isDark()));
    network.once("afterDrawing", () => { holder.dataset.drawn = String(Math.round(performance.now() - begun)); });
    network.on("selectNode", ({ nodes }) => open(nodes[0]));
    network.on("doubleClick", ({ nodes }) => nodes.length && focus(nodes[0]));
    listNames();
    listLegend();
    if (view) {
      network.moveTo(view);
      network.selectNodes(chosen);
      return;
    }
    fit();
    if (shown.selected) choose(shown.selected);
  }

  // Everything, with room at the edges for names and for the tools above.
  function fit() {
    network.fit({ animation: false });
    network.moveTo({ scale: Math.min(network.getScale() * 0.9, 1.6), offset: { x: 0, y: 18 }, animation: false });
  }

  const byId = (id) => shown.nodes.find((node) => String(node.id) === String(id));

  function open(id) {
    const node = byId(id);
    if (!node) return;
    if (node.open) { window.location.assign(node.open); return; }
    htmx.ajax("GET", node.panel, { target: document.getElementById("map-panel"), swap: "innerHTML" });
    document.getElementById("map-side").classList.add("is-open");
  }

  function focus(id) {
    const node = byId(id);
    if (node && node.focus) window.location.assign(node.focus);
  }

  function choose(id) {
    const node = byId(id);
    if (!node) return;
    network.selectNodes([node.id]);
    open(node.id);
  }

  function goTo(id) {
    const node = byId(id);
    network.focus(node.id, { scale: Math.max(network.getScale(), 1), animation: false });
    choose(id);
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
    const rows = shown.legend.map((one) => {
      const row = document.createElement("li");
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = 36;
      canvas.className = "legend-sign";
      window.mapPicture.sign(canvas.getContext("2d"), one, 18, 18, 13, isDark());
      const name = document.createElement("span");
      name.textContent = one.name;
      const count = document.createElement("span");
      count.className = "count";
      count.textContent = one.count;
      row.append(canvas, name, count);
      return row;
    });
    document.getElementById("map-legend").replaceChildren(...rows);
    const said = shown.heads.map((text) => {
      const line = document.createElement("span");
      line.textContent = text;
      return line;
    });
    document.getElementById("map-counts").replaceChildren(...said);
  }

  const on = (id, kind, work) => document.getElementById(id).addEventListener(kind, work);

  on("map-search", "submit", (event) => {
    event.preventDefault();
    if (!shown) return;
    const typed = document.getElementById("map-q").value.trim().toLowerCase();
    if (!typed) return;
    const match = shown.nodes.find((node) => node.label.toLowerCase() === typed)
      || shown.nodes.find((node) => `${node.label} ${node.also || ""}`.toLowerCase().includes(typed));
    status.textContent = match ? "" : says("nobody");
    if (match) goTo(match.id);
  });
  on("map-png", "click", () => {
    if (!shown) return;
    status.textContent = says("saving");
    // First say so, then draw: the browser shows nothing while it draws.
    setTimeout(() => window.mapPicture.save(network, looks, shown, says("legend"), () => { status.textContent = ""; }), 30);
  });
  on("map-fit", "click", () => network && fit());
  on("map-in", "click", () => network && network.moveTo({ scale: network.getScale() * 1.3 }));
  on("map-out", "click", () => network && network.moveTo({ scale: network.getScale() / 1.3 }));
  on("map-close", "click", () => document.getElementById("map-side").classList.remove("is-open"));
  new MutationObserver(() => shown && draw()).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
  load();
})();
