// Where the nodes of a map stand in a frame, in pixels from its middle. The server says who stands
// beside whom; here that picture is drawn out to the shape of the frame, and where nodes are few
// they make room for each other's names. Nothing is left to chance: same frame, same places.
window.mapPlaces = (shown, frame, letters) => {
  "use strict";
  const { nodes, edges } = shown;
  const { FEW, wrapped } = window.mapWords;
  const FARTHEST = 4.5; // pixels for one of the server's: neighbours are 60 of those apart
  const SLANT = 2.6; // a larger map is drawn out to one side by no more than this
  const LARGEST = 1.3, LEAST = 4.5, GAP = 4;
  const SHARES = [1, 0.8, 0.6, 0.45]; // of their size, until all have room
  const EASING = 30, STEP = 0.015, ROUNDS = 500;
  const DENSE = 200; // so many ties leave no way that none runs through
  const few = nodes.length <= FEW;
  const scale = letters / 12;

  const room = { x: frame.wide / 2 - frame.edge, top: frame.top - frame.high / 2, bottom: frame.high / 2 - frame.edge };
  const range = (axis) => {
    const all = nodes.map((node) => node[axis]);
    const from = Math.min(...all), to = Math.max(...all);
    return { middle: (from + to) / 2, span: Math.max(to - from, 1) };
  };
  if (!nodes.length) return [];
  const place = new Map(nodes.map((node, at) => [node.id, at]));
  const ties = few ? edges.map((edge) => [place.get(edge.from), place.get(edge.to)]) : [];
  const across = range("x"), down = range("y");

  // The box that a node takes up: its shape, and where all names are written its name below it.
  const boxes = nodes.map((node) => {
    const name = few ? wrapped(node.short || node.label, letters) : { w: 0, h: 0 };
    return { half: name.w / 2 + GAP, name: name.h };
  });
  const sized = (share) => {
    nodes.forEach((node, at) => {
      const box = boxes[at];
      box.r = few ? node.size * scale * share : Math.max(node.size * share, LEAST * scale);
      box.x = Math.max(box.half, box.r + GAP);
      box.up = box.r + GAP;
      box.down = box.r + box.name + GAP;
    });
  };
  // Drawn out to the frame; where names alone nearly fill it, the shapes become smaller.
  let points = [];
  for (const share of few ? SHARES : [1]) {
    sized(share);
    if (share !== SHARES.at(-1) && few && !fits()) continue;
    points = drawnOut();
    if (!few) break;
    ease();
    if (part()) break;
  }

  function fits() {
    const needed = boxes.reduce((sum, box) => sum + 2 * box.x * (box.up + box.down), 0);
    return needed < 2 * room.x * (room.bottom - room.top);
  }

  function drawnOut() {
    const widest = Math.max(...boxes.map((box) => box.x));
    const highest = Math.max(...boxes.map((box) => box.up)), lowest = Math.max(...boxes.map((box) => box.down));
    let fx = Math.max(2 * (room.x - widest), 1) / across.span;
    let fy = Math.max(room.bottom - lowest - room.top - highest, 1) / down.span;
    fx = Math.min(fx, few ? FARTHEST * scale : fy * SLANT);
    fy = Math.min(fy, few ? FARTHEST * scale : fx * SLANT);
    if (!few) sized(Math.min(Math.sqrt(fx * fy), 1.3 * fx, 1.3 * fy, LARGEST * scale));
    const centre = (room.top + highest + room.bottom - lowest) / 2;
    return nodes.map((node) => ({
      x: (node.x - across.middle) * fx,
      y: (node.y - down.middle) * fy + centre,
    }));
  }

  function keepInside() {
    points.forEach((point, at) => {
      const box = boxes[at];
      point.x = Math.min(Math.max(point.x, box.x - room.x), room.x - box.x);
      point.y = Math.min(Math.max(point.y, room.top + box.up), room.bottom - box.down);
    });
  }

  // All push each other a little into what is empty, and away from ties of others that run through
  // them. Small steps, and few: who stood beside whom still does.
  function ease() {
    const long = (axis) => Math.max(...points.map((one) => one[axis])) - Math.min(...points.map((one) => one[axis]));
    const apart = Math.sqrt((long("x") * long("y")) / points.length) || 1;
    for (let round = 0; round < EASING; round += 1) {
      const moves = points.map((one) => {
        const move = { x: 0, y: 0 };
        for (const other of points) {
          const dx = one.x - other.x, dy = one.y - other.y, near = apart / Math.max(Math.hypot(dx, dy), 1);
          move.x += 0.1 * dx * near ** 4;
          move.y += 0.1 * dy * near ** 4;
        }
        return move;
      });
      points.forEach((point, at) => {
        const share = Math.min(1, (STEP * apart) / (Math.hypot(moves[at].x, moves[at].y) || 1));
        point.x += moves[at].x * share;
        point.y += moves[at].y * share;
      });
      makeWay();
      keepInside();
    }
  }

  function makeWay() {
    if (ties.length > DENSE) return;
    for (const [from, to] of ties) {
      const one = points[from], other = points[to];
      const dx = other.x - one.x, dy = other.y - one.y, length = Math.hypot(dx, dy);
      if (length < 1) continue;
      points.forEach((point, at) => {
        if (at === from || at === to) return;
        const along = ((point.x - one.x) * dx + (point.y - one.y) * dy) / length;
        const beside = ((point.x - one.x) * dy - (point.y - one.y) * dx) / length;
        const lack = boxes[at].r + GAP - Math.abs(beside);
        if (along < 0 || along > length || lack <= 0) return;
        const step = (beside >= 0 ? 0.5 : -0.5) * lack;
        point.x += (dy / length) * step;
        point.y -= (dx / length) * step;
      });
    }
  }

  // Two boxes that overlap move apart the shorter way, half each, and nobody leaves the frame.
  function part() {
    const rounds = fits() ? ROUNDS : ROUNDS / 5;
    for (let round = 0; round < rounds; round += 1) {
      let tight = false;
      for (let i = 0; i < points.length; i += 1) {
        for (let j = i + 1; j < points.length; j += 1) {
          const one = points[i], other = points[j];
          const dx = other.x - one.x, dy = other.y - one.y;
          const lackX = boxes[i].x + boxes[j].x - Math.abs(dx);
          const lackY = dy >= 0 ? boxes[i].down + boxes[j].up - dy : boxes[j].down + boxes[i].up + dy;
          if (lackX <= 0.5 || lackY <= 0.5) continue;
          tight = true;
          // Late rounds also try the longer way: two in a corner may have no other.
          const turn = round > ROUNDS / 3 && round % 3 === 0;
          if ((lackX < lackY) !== turn) {
            const step = (dx >= 0 ? 0.3 : -0.3) * lackX;
            one.x -= step;
            other.x += step;
          } else {
            const step = (dy >= 0 ? 0.3 : -0.3) * lackY;
            one.y -= step;
            other.y += step;
          }
        }
      }
      keepInside();
      if (!tight) return true;
    }
    return false;
  }

  return nodes.map((node, at) => ({ ...node, ...points[at], size: boxes[at].r }));
};
