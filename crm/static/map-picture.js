// The saved picture of a map: what is shown, with title, filter, counts, legend, source and date.
// Always on white and of one size, so that it looks the same from a phone as from a desk.
window.mapPicture = (() => {
  "use strict";
  const WIDE = 1600, HIGH = 1000, SIDE = 320, EDGE = 40, LINE = 28;
  const TITLE = 38, TEXT = 20, SMALL = 17;
  const { FEW, face, lines } = window.mapWords;
  // Read from a page or a wall, names need larger letters than on a screen.
  const letters = (nodes) => (nodes.length <= FEW ? 21 : 16);
  const INK = "#1f2937", SOFT = "#4b5563", RULE = "#d1d5db";

  const CORNERS = { square: [4, Math.PI / 4], triangle: [3, -Math.PI / 2], diamond: [4, 0], hexagon: [6, 0], star: [10, -Math.PI / 2] };

  // The sign of a row of the legend: the shape of a sector, or the line of a kind of tie.
  function sign(pen, one, x, y, r, dark) {
    pen.fillStyle = pen.strokeStyle = dark ? one.colourDark : one.colour;
    pen.beginPath();
    if (one.shape === "line") {
      pen.lineWidth = one.thin ? r / 8 : r / 2.5;
      pen.setLineDash(Array.isArray(one.dashes) ? one.dashes.map((part) => part * r / 15) : one.dashes ? [r / 1.5, r / 1.5] : []);
      pen.moveTo(x - r, y);
      pen.lineTo(x + r, y);
      pen.stroke();
      pen.setLineDash([]);
      return;
    }
    const corners = CORNERS[one.shape];
    if (!corners) pen.arc(x, y, r, 0, Math.PI * 2);
    else for (let at = 0; at < corners[0]; at += 1) {
      const angle = corners[1] + (at * 2 * Math.PI) / corners[0];
      const reach = one.shape === "star" && at % 2 ? r * 0.45 : r * 1.15;
      pen.lineTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
    }
    pen.fill();
  }

  function compose(map, shown, legendTitle) {
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d");
    const font = (size, weight = 400) => { pen.font = `${weight} ${size}px ${face()}`; };
    canvas.width = WIDE + SIDE + EDGE * 3;
    const page = canvas.width - EDGE * 2;
    const wrap = (texts, size) => texts.flatMap((text) => lines(text, page, size, 400));
    const title = lines(shown.title, page, TITLE, 600), heads = wrap(shown.heads, TEXT), feet = wrap(shown.feet, SMALL);
    const top = EDGE + title.length * TITLE * 1.2 + 10 + heads.length * LINE + 14;
    canvas.height = top + HIGH + 16 + feet.length * LINE + EDGE / 2;
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.textBaseline = "alphabetic";

    const write = (text, x, y, size, weight, colour) => {
      pen.font = `${weight} ${size}px ${face()}`;
      pen.fillStyle = colour;
      pen.fillText(text, x, y);
    };
    let y = EDGE;
    for (const text of title) write(text, EDGE, (y += TITLE * 1.2) - 10, TITLE, 600, INK);
    y += 6;
    for (const text of heads) write(text, EDGE, (y += LINE), TEXT, 400, SOFT);
    pen.drawImage(map, EDGE, top, WIDE, HIGH);
    pen.strokeStyle = RULE;
    pen.lineWidth = 1;
    pen.strokeRect(EDGE, top, WIDE, HIGH);
    feet.forEach((text, at) => write(text, EDGE, top + HIGH + 8 + (at + 0.8) * LINE, SMALL, 400, SOFT));

    const x = WIDE + EDGE * 2;
    y = top + 20;
    write(legendTitle, x, y, 24, 600, INK);
    y += 8;
    for (const one of shown.legend) {
      y += 38;
      sign(pen, one, x + 13, y - 7, 12, false);
      lines(`${one.name} (${one.count})`, SIDE - 40, TEXT, 400).forEach((text, at) => {
        if (at) y += LINE;
        write(text, x + 40, y, TEXT, 400, INK);
      });
    }
    return canvas;
  }

  // Draws everything anew for the page, or the part that is in view once more: large and light,
  // beside what the screen shows.
  function save(network, looks, shown, view, done) {
    const holder = document.createElement("div");
    holder.className = "map-off-screen";
    holder.setAttribute("aria-hidden", "true");
    document.body.append(holder);
    const size = letters(shown.nodes), screen = network.canvas.frame;
    const nodes = view.whole
      ? window.mapPlaces(shown, { wide: WIDE, high: HIGH, edge: 24, top: 24 }, size)
      : view.nodes;
    const large = new vis.Network(holder, looks.data(nodes, false), looks.options());
    window.mapLabels(large, nodes, looks.colours(false), size);
    large.selectNodes(network.getSelectedNodes());
    large.moveTo(view.whole
      ? { position: { x: 0, y: 0 }, scale: 1, animation: false }
      : {
          position: network.getViewPosition(),
          scale: network.getScale() * Math.min(WIDE / screen.clientWidth, HIGH / screen.clientHeight),
          animation: false,
        });
    large.redraw();
    const picture = compose(holder.querySelector("canvas"), shown, view.legend);
    large.destroy();
    holder.remove();
    picture.toBlob((blob) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = shown.file;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
      done();
    }, "image/png");
  }

  return { sign, save };
})();
