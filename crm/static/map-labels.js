// Writes names onto a map: those of the larger nodes first, wherever there is room for them, and
// more of them the closer one looks. What the pointer or the selection is at is always named, in
// full. Letters keep their size on the screen, so that a name can be read at every scale.
window.mapLabels = (network, nodes, colours, letters) => {
  "use strict";
  const SIZE = letters || 12, MOST = 32, HEAD = 13, ROOM = 3;
  const CROWD = 2; // so many small nodes a name may lie over
  const LARGE = 7; // from this radius on the screen no name lies over a node
  const FIRST = 5; // the largest are named even where it is tight
  const face = getComputedStyle(document.body).fontFamily;
  const order = [...nodes].sort((one, other) => other.size - one.size || one.label.localeCompare(other.label));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const widths = { 400: new Map(), 600: new Map() };
  let pointed = null;

  // The middle goes: names of offices begin with what they are and end with where they are.
  const short = (text) => {
    if (text.length <= MOST) return text;
    const end = text.slice(HEAD - MOST), word = end.indexOf(" ");
    return `${text.slice(0, HEAD).trimEnd()}… ${word >= 0 && word < 10 ? end.slice(word + 1) : end}`;
  };
  const width = (pen, text, weight) => {
    if (!widths[weight].has(text)) widths[weight].set(text, pen.measureText(text).width);
    return widths[weight].get(text);
  };
  const overlap = (one, other) =>
    one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h;

  network.on("hoverNode", ({ node }) => { pointed = node; network.redraw(); });
  network.on("blurNode", () => { pointed = null; network.redraw(); });

  network.on("afterDrawing", (pen) => {
    const scale = network.getScale(), centre = network.getViewPosition();
    const half = { x: pen.canvas.clientWidth / 2, y: pen.canvas.clientHeight / 2 };
    const taken = [];
    // From here on in pixels of the screen, from the middle of the picture.
    const seen = new Map();
    for (const node of nodes) {
      const at = { x: (node.x - centre.x) * scale, y: (node.y - centre.y) * scale, r: node.size * scale };
      if (Math.abs(at.x) < half.x && Math.abs(at.y) < half.y) seen.set(node.id, at);
    }
    pen.save();
    pen.translate(centre.x, centre.y);
    pen.scale(1 / scale, 1 / scale);
    pen.textAlign = "left";
    pen.textBaseline = "top";
    pen.lineJoin = "round";

    // How much a name at this place would hide: small nodes a little, large ones too much.
    const hidden = (box, own) => {
      let sum = 0;
      for (const at of seen.values()) {
        if (at === own) continue;
        const reach = at.r >= LARGE ? at.r : 0;
        if (at.x + reach > box.x && at.x - reach < box.x + box.w && at.y + reach > box.y && at.y - reach < box.y + box.h) sum += reach ? CROWD + 1 : 1;
      }
      return sum;
    };
    const places = (at, wide) => {
      const w = wide + ROOM * 2, h = SIZE + ROOM, inside = (x) => Math.min(Math.max(x, -half.x), half.x - w);
      return [
        { x: inside(at.x - w / 2), y: at.y + at.r + 2, w, h },
        { x: inside(at.x - w / 2), y: at.y - at.r - h - 1, w, h },
        { x: at.x + at.r, y: at.y - h / 2, w, h },
        { x: at.x - at.r - w, y: at.y - h / 2, w, h },
      ].filter((box) => box.x >= -half.x && box.x + w <= half.x && box.y >= -half.y && box.y + h <= half.y);
    };

    const write = (node, { full = false, anyway = false } = {}) => {
      const at = seen.get(node.id);
      if (!at) return;
      const text = full ? node.label : short(node.short || node.label), weight = full ? 600 : 400;
      pen.font = `${weight} ${SIZE}px ${face}`;
      const free = places(at, width(pen, text, weight)).filter((box) => full || !taken.some((other) => overlap(box, other)));
      const costs = free.map((box) => hidden(box, at));
      const least = Math.min(...costs);
      if (!free.length || (!anyway && !full && least > CROWD)) return;
      const box = free[costs.indexOf(least)];
      taken.push(box);
      pen.lineWidth = full ? 6 : 3;
      pen.strokeStyle = colours.paper;
      pen.fillStyle = colours.ink;
      pen.strokeText(text, box.x + ROOM, box.y + 1);
      pen.fillText(text, box.x + ROOM, box.y + 1);
    };

    const chosen = new Set(network.getSelectedNodes());
    if (pointed !== null) chosen.add(pointed);
    const named = new Set(chosen);
    for (const id of chosen) if (byId.has(id)) write(byId.get(id), { full: true });
    for (const id of chosen) {
      for (const other of network.getConnectedNodes(id)) {
        if (!named.has(other) && byId.has(other)) write(byId.get(other), { anyway: true });
        named.add(other);
      }
    }
    order.forEach((node, at) => { if (!named.has(node.id)) write(node, { anyway: at < FIRST }); });
    pen.restore();
  });
};
