// The saved picture of a map: what is shown, with title, filter, counts, legend, source and date.
// Always on white and of one size, so that it looks the same from a phone as from a desk.
window.mapPicture = (() => {
  "use strict";
  const WIDE = 1600, HIGH = 1000, SIDE = 300, EDGE = 32, LINE = 22;
  const face = () => getComputedStyle(document.body).fontFamily;
  const INK = "#1f2937", SOFT = "#4b5563", RULE = "#d1d5db";

  const CORNERS = { square: [4, Math.PI / 4], triangle: [3, -Math.PI / 2], diamond: [4, 0], hexagon: [6, 0], star: [10, -Math.PI / 2] };

  // The sign of a row of the legend: the shape of a sector, or the line of a kind of tie.
  function sign(pen, one, x, y, r, dark) {
    pen.fillStyle = pen.strokeStyle = dark ? one.colourDark : one.colour;
    pen.beginPath();
    if (one.shape === "line") {
      pen.lineWidth = r / 2.5;
      pen.setLineDash(one.dashes ? [r / 1.5, r / 1.5] : []);
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

  // Words in as many lines as they need.
  function lines(pen, text, wide) {
    const found = [];
    let line = "";
    for (const word of text.split(" ")) {
      const longer = line ? `${line} ${word}` : word;
      if (line && pen.measureText(longer).width > wide) {
        found.push(line);
        line = word;
      } else line = longer;
    }
    return [...found, line];
  }

  function compose(map, shown, legendTitle) {
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d");
    const font = (size, weight = 400) => { pen.font = `${weight} ${size}px ${face()}`; };
    canvas.width = WIDE + SIDE + EDGE * 3;
    font(16);
    const wrap = (texts) => texts.flatMap((text) => lines(pen, text, canvas.width - EDGE * 2));
    const heads = wrap(shown.heads), feet = wrap(shown.feet);
    const top = EDGE + 44 + heads.length * LINE + 12;
    canvas.height = top + HIGH + 12 + feet.length * LINE + EDGE;
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.textBaseline = "alphabetic";

    const write = (text, x, y, size, weight, colour) => {
      font(size, weight);
      pen.fillStyle = colour;
      pen.fillText(text, x, y);
    };
    write(shown.title, EDGE, EDGE + 26, 28, 600, INK);
    heads.forEach((text, at) => write(text, EDGE, EDGE + 54 + at * LINE, 16, 400, SOFT));
    pen.drawImage(map, EDGE, top, WIDE, HIGH);
    pen.strokeStyle = RULE;
    pen.lineWidth = 1;
    pen.strokeRect(EDGE, top, WIDE, HIGH);
    feet.forEach((text, at) => write(text, EDGE, top + HIGH + 12 + (at + 0.8) * LINE, 14, 400, SOFT));

    const x = WIDE + EDGE * 2;
    let y = top + 18;
    write(legendTitle, x, y, 18, 600, INK);
    for (const one of shown.legend) {
      y += 30;
      sign(pen, one, x + 10, y - 6, 9, false);
      font(16);
      lines(pen, `${one.name} (${one.count})`, SIDE - 30).forEach((text, at) => {
        if (at) y += LINE;
        write(text, x + 30, y, 16, 400, INK);
      });
    }
    return canvas;
  }

  // Draws the part that is in view once more, large and light, beside what the screen shows.
  function save(network, looks, shown, legendTitle, done) {
    const holder = document.createElement("div");
    holder.className = "map-off-screen";
    holder.setAttribute("aria-hidden", "true");
    document.body.append(holder);
    const screen = network.canvas.frame;
    const scale = network.getScale() * Math.min(WIDE / screen.clientWidth, HIGH / screen.clientHeight);
    const large = new vis.Network(holder, looks.data(false), looks.options(false));
    window.mapLabels(large, shown.nodes, looks.colours(false), 16);
    large.selectNodes(network.getSelectedNodes());
    large.moveTo({ position: network.getViewPosition(), scale, animation: false });
    large.redraw();
    const picture = compose(holder.querySelector("canvas"), shown, legendTitle);
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
