// Writes names onto a map. A few organisations all have their names, in up to three lines; of many,
// the larger ones first, wherever there is room, and more of them the closer one looks. What the
// pointer or the selection is at is always named, in full. Letters keep their size on the screen,
// so that a name can be read at every scale.
window.mapLabels = (network, nodes, colours, letters) => {
  "use strict";
  const { FEW, LEADING, face, wrapped } = window.mapWords;
  const SIZE = letters || 12, ROOM = 3;
  const CROWD = 1; // so many small nodes a name of many may lie over
  const LARGE = 6; // from this radius on the screen no name lies over a node
  const FIRST = 5; // the largest are named even where it is tight
  const few = nodes.length <= FEW;
  const order = [...nodes].sort((one, other) => other.size - one.size || one.label.localeCompare(other.label));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  let pointed = null;

  const overlap = (one, other) =>
    one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h;

  network.on("hoverNode", ({ node }) => { pointed = node; network.redraw(); });
  network.on("blurNode", () => { pointed = null; network.redraw(); });

  network.on("afterDrawing", (pen) => {
    const scale = network.getScale(), centre = network.getViewPosition();
    const half = { x: pen.canvas.clientWidth / 2, y: pen.canvas.clientHeight / 2 };
    const taken = [], written = [];
    // From here on in pixels of the screen, from the middle of the picture.
    const seen = new Map();
    for (const node of nodes) {
      const at = { x: (node.x - centre.x) * scale, y: (node.y - centre.y) * scale, r: node.size * scale };
      if (Math.abs(at.x) < half.x && Math.abs(at.y) < half.y) seen.set(node.id, at);
    }
    pen.save();
    pen.translate(centre.x, centre.y);
    pen.scale(1 / scale, 1 / scale);
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineJoin = "round";

    // How much a name at this place would hide: small nodes a little, large ones too much.
    const hidden = (box, own) => {
      let sum = 0;
      for (const at of seen.values()) {
        if (at === own) continue;
        const reach = few || at.r >= LARGE ? at.r - 1 : 0;
        if (at.x + reach > box.x && at.x - reach < box.x + box.w && at.y + reach > box.y && at.y - reach < box.y + box.h) sum += reach ? CROWD + 1 : 1;
      }
      return sum;
    };
    const places = (at, { w: wide, h: high }) => {
      const w = wide + ROOM * 2, h = high + 1, inside = (x) => Math.min(Math.max(x, -half.x), half.x - w);
      return [
        { x: inside(at.x - w / 2), y: at.y + at.r + 2, w, h },
        { x: inside(at.x - w / 2), y: at.y - at.r - h - 2, w, h },
        { x: at.x + at.r + 1, y: at.y - h / 2, w, h },
        { x: at.x - at.r - w - 1, y: at.y - h / 2, w, h },
      ].filter((box) => box.x >= -half.x && box.x + w <= half.x + 1 && box.y >= -half.y && box.y + h <= half.y);
    };

    const write = (node, { full = false, anyway = false } = {}) => {
      const at = seen.get(node.id);
      if (!at) return;
      const weight = full ? 600 : 400;
      const name = full ? node.label : node.short || node.label;
      const text = wrapped(name, SIZE, { weight, kind: few || full ? "few" : "many" });
      const free = places(at, text).filter((box) => full || !taken.some((other) => overlap(box, other)));
      const costs = free.map((box) => hidden(box, at));
      const least = Math.min(...costs);
      if (!free.length || (!anyway && !full && least > CROWD)) return;
      const box = free[costs.indexOf(least)];
      taken.push(box);
      written.push(node.id);
      pen.font = `${weight} ${SIZE}px ${face()}`;
      pen.lineWidth = full ? 6 : 4;
      pen.strokeStyle = colours.paper;
      pen.fillStyle = colours.ink;
      const row = (at) => box.y + (at + 0.5) * SIZE * LEADING;
      text.lines.forEach((line, at) => pen.strokeText(line, box.x + box.w / 2, row(at)));
      text.lines.forEach((line, at) => pen.fillText(line, box.x + box.w / 2, row(at)));
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
    order.forEach((node, at) => { if (!named.has(node.id)) write(node, { anyway: few || at < FIRST }); });
    pen.restore();
    pen.canvas.dataset.named = String(written.length);
  });
};
