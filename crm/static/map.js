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
  let placed = [];
  let whole = true; // whether everything is in view, as it was drawn
  // What JavaScript makes work is there with JavaScript only.
  document.querySelectorAll("[data-with-script]").forEach((part) => { part.hidden = false; });

  const isDark = () => document.documentElement.dataset.bsTheme === "dark";

  // How everything looks, on light and on dark.
  const looks = {
    colours: (dark) => (dark ? { ink: "#e2ebea", paper: "#172123" } : { ink: "#16292b", paper: "#ffffff" }),
    options: () => ({
      physics: false,
      layout: { improvedLayout: false },
      interaction: { hover: true, multiselect: false, dragNodes: false, zoomSpeed: 0.6, keyboard: { enabled: true, bindToWindow: false, autoFocus: false } },
      nodes: { borderWidth: 1.5 },
      edges: { smooth: false, selectionWidth: 1.5, hoverWidth: 0.5 },
    }),
    data: (nodes, dark) => ({
      nodes: new vis.DataSet(nodes.map((node) => looks.node(node, dark))),
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
      status.textContent = shown.nodes.length ? "" : shown.nothing;
      document.getElementById("map-png").disabled = !shown.nodes.length;
      // Nothing to find, to enlarge or to save: no tools for it.
      if (!shown.nodes.length) {
        holder.closest(".map-frame").classList.add("is-empty");
        document.querySelectorAll("[data-with-nodes]").forEach((part) => { part.hidden = true; });
      }
    } catch (error) {
      status.textContent = says("failed");
      throw error;
    } finally {
      holder.removeAttribute("aria-busy");
    }
  }

  function draw() {
    const view = network && !whole && { position: network.getViewPosition(), scale: network.getScale(), animation: false };
    const again = Boolean(network);
    const chosen = again ? network.getSelectedNodes() : [];
    if (again) network.destroy();
    const begun = performance.now();
    placed = window.mapPlaces(shown, frame(), letters());
    network = new vis.Network(holder, looks.data(placed, isDark()), looks.options());
    window.mapLabels(network, placed, looks.colours(isDark()), letters());
    network.once("afterDrawing", () => { holder.dataset.drawn = String(Math.round(performance.now() - begun)); });
    network.on("selectNode", ({ nodes }) => open(nodes[0]));
    network.on("doubleClick", ({ nodes }) => nodes.length && focus(nodes[0]));
    for (const moved of ["zoom", "dragStart"]) network.on(moved, () => { whole = false; });
    listNames();
    listLegend();
    if (view) network.moveTo(view);
    else fit();
    if (again) network.selectNodes(chosen);
    else if (shown.selected) choose(shown.selected, { over: false });
  }

  // What the frame leaves free: names keep away from its edges, and from the tools above.
  const letters = () => (holder.clientWidth < 480 ? 11 : 12);
  const frame = () => ({ wide: holder.clientWidth, high: holder.clientHeight, edge: 10, top: 56 });

  // Everything, as it was drawn for this frame.
  function fit() {
    network.moveTo({ position: { x: 0, y: 0 }, scale: 1, animation: false });
    whole = true;
  }

  function zoom(factor) {
    if (!network) return;
    network.moveTo({ scale: network.getScale() * factor, animation: false });
    whole = false;
  }

  // A frame of another size gets a drawing of its own, unless somebody looks at a part of it.
  let size = "";
  let waits = 0;
  new ResizeObserver(() => {
    const now = `${holder.clientWidth}×${holder.clientHeight}`;
    if (shown && whole && size && now !== size) {
      clearTimeout(waits);
      waits = setTimeout(draw, 150);
    }
    size = now;
  }).observe(holder);

  const byId = (id) => shown.nodes.find((node) => String(node.id) === String(id));

  // Facts come up over the map only when somebody has touched it.
  function open(id, { over = true } = {}) {
    const node = byId(id);
    if (!node) return;
    if (node.open) { window.location.assign(node.open); return; }
    const panel = document.getElementById("map-panel");
    if (node.panel) htmx.ajax("GET", node.panel, { target: panel, swap: "innerHTML" });
    else panel.replaceChildren(...(node.facts || []).map((text) => {
      const line = document.createElement("p");
      line.textContent = text;
      return line;
    }));
    if (over) document.getElementById("map-side").classList.add("is-open");
  }

  function focus(id) {
    const node = byId(id);
    if (node && node.focus) window.location.assign(node.focus);
  }

  function choose(id, how) {
    const node = byId(id);
    if (!node) return;
    network.selectNodes([node.id]);
    open(node.id, how);
  }

  function goTo(id) {
    const node = byId(id);
    network.focus(node.id, { scale: Math.max(network.getScale(), shown.nodes.length > window.mapWords.FEW ? 1.6 : 1), animation: false });
    whole = false;
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

  on("map-search", "submit", async (event) => {
    event.preventDefault();
    if (!shown) return;
    const typed = document.getElementById("map-q").value.trim().toLowerCase();
    if (!typed) return;
    const match = shown.nodes.find((node) => node.label.toLowerCase() === typed)
      || shown.nodes.find((node) => `${node.label} ${node.also || ""}`.toLowerCase().includes(typed))
      || await meant(typed);
    status.textContent = match ? "" : says("nobody");
    if (match) goTo(match.id);
  });

  // The server knows abbreviations and other spellings, the likeliest first.
  async function meant(typed) {
    if (!says("find")) return undefined;
    try {
      const answer = await fetch(`${says("find")}?q=${encodeURIComponent(typed)}`, { headers: { Accept: "application/json" } });
      const { ids } = await answer.json();
      return ids.map(byId).find(Boolean);
    } catch {
      return undefined; // without a connection the names on the map still count
    }
  }

  on("map-png", "click", () => {
    if (!shown) return;
    status.textContent = says("saving");
    // First say so, then draw: the browser shows nothing while it draws.
    setTimeout(() => window.mapPicture.save(network, looks, shown, { whole, nodes: placed, legend: says("legend") }, () => { status.textContent = ""; }), 30);
  });
  on("map-fit", "click", () => network && fit());
  on("map-in", "click", () => zoom(1.3));
  on("map-out", "click", () => zoom(1 / 1.3));
  on("map-close", "click", () => document.getElementById("map-side").classList.remove("is-open"));
  new MutationObserver(() => shown && draw()).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
  load();
})();
