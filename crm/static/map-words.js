// Names on a map: how wide they are, and how they stand in two or three lines.
window.mapWords = (() => {
  "use strict";
  const FEW = 40; // up to so many organisations each has its whole name beside it
  const LINES = { few: 3, many: 2 }; // so many lines a name takes at most
  const WIDE = { few: 9.8, many: 11.5 }; // and is about so many letters wide, more if it must
  const LONGEST = { few: 90, many: 72 }, HEAD = 0.4;
  const LEADING = 1.2;
  const pen = document.createElement("canvas").getContext("2d");
  const widths = new Map();
  const face = () => getComputedStyle(document.body).fontFamily;

  function width(text, size, weight = 400) {
    const key = `${size}:${weight}:${text}`;
    if (!widths.has(key)) {
      pen.font = `${weight} ${size}px ${face()}`;
      widths.set(key, pen.measureText(text).width);
    }
    return widths.get(key);
  }

  // The middle goes: names of offices begin with what they are and end with where they are.
  function cut(text, most) {
    if (text.length <= most) return text;
    const head = Math.round(most * HEAD), end = text.slice(head - most), word = end.indexOf(" ");
    return `${text.slice(0, head).trimEnd()}… ${word >= 0 && word < 10 ? end.slice(word + 1) : end}`;
  }

  // Words in as many lines as they need at this width.
  function lines(text, wide, size, weight) {
    const found = [];
    let line = "";
    for (const word of text.split(" ")) {
      const longer = line ? `${line} ${word}` : word;
      if (line && width(longer, size, weight) > wide) {
        found.push(line);
        line = word;
      } else line = longer;
    }
    return [...found, line];
  }

  // In as few lines as allowed, and as narrow as that allows; widths are measured once.
  const boxes = new Map();
  function wrapped(text, size, { weight = 400, kind = "few" } = {}) {
    const key = `${size}:${weight}:${kind}:${text}`;
    if (!boxes.has(key)) {
      const whole = cut(text, LONGEST[kind]);
      let wide = WIDE[kind] * size, found = lines(whole, wide, size, weight);
      while (found.length > LINES[kind]) found = lines(whole, (wide *= 1.12), size, weight);
      boxes.set(key, {
        lines: found,
        w: Math.max(...found.map((line) => width(line, size, weight))),
        h: found.length * size * LEADING,
      });
    }
    return boxes.get(key);
  }

  return { FEW, LEADING, face, lines, wrapped };
})();
