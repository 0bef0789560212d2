// Draws what stands in [data-chart] as lines over months: the index with its parts, and beneath it
// the counts. The table beside it has the same numbers; without script it is all there is.
(() => {
  "use strict";
  const library = document.currentScript.dataset.library;
  const lines = ["solid", "dashed", "dotted", [8, 3, 2, 3], [3, 3]];
  const shapes = ["circle", "rect", "triangle", "diamond", "roundRect"];
  const drawn = new Map();
  let loading = null;

  function loaded() {
    loading ||= new Promise((ready, failed) => {
      const script = document.createElement("script");
      script.src = library;
      script.onload = ready;
      script.onerror = failed;
      document.head.append(script);
    });
    return loading;
  }

  // The colours of the theme that is in use now.
  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  }

  function options(data, narrow) {
    const ink = colour("ink-soft");
    const axis = { axisLine: { lineStyle: { color: colour("line-strong") } }, axisLabel: { color: ink, hideOverlap: true, alignMinLabel: "left", alignMaxLabel: "right" }, splitLine: { lineStyle: { color: colour("line") } } };
    const colours = ["accent", "info", "mark", "danger", "success"].map(colour);
    const line = (one, at, grid) => ({
      type: "line", name: one.name, data: one.values, xAxisIndex: grid, yAxisIndex: grid,
      symbol: shapes[at], symbolSize: data.months.length > 24 ? 3 : 6, connectNulls: false,
      color: grid ? colours[at + 1] : colours[at], lineStyle: { width: at || grid ? 1.5 : 3, type: lines[at] },
    });
    const legend = (found, top) => ({ data: found.map((one) => one.name), top, left: 0, type: narrow ? "scroll" : "plain", textStyle: { color: colour("ink") }, pageTextStyle: { color: ink }, pageIconColor: ink });
    const months = (grid) => ({ ...axis, type: "category", data: data.months, gridIndex: grid, boundaryGap: false });
    const frame = { left: 44, right: 16 };
    return {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      // As text drawn on the canvas: markup with styles of its own is against our security policy.
      tooltip: { trigger: "axis", renderMode: "richText", confine: true, backgroundColor: colour("surface"), borderColor: colour("line-strong"), textStyle: { color: colour("ink") } },
      axisPointer: { link: [{ xAxisIndex: "all" }] },
      legend: [legend(data.index, 0), legend(data.counts, 262)],
      grid: [{ ...frame, top: 36, height: 190 }, { ...frame, top: 298, height: 110 }],
      xAxis: [months(0), months(1)],
      yAxis: [{ ...axis, gridIndex: 0, min: 0, max: 100 }, { ...axis, gridIndex: 1, minInterval: 1 }],
      series: [...data.index.map((one, at) => line(one, at, 0)), ...data.counts.map((one, at) => line(one, at, 1))],
    };
  }

  function paint(holder) {
    const { picture, data } = drawn.get(holder);
    picture.setOption(options(data, holder.clientWidth < 560), true);
  }

  async function draw(holder) {
    if (drawn.has(holder)) return;
    const data = JSON.parse(holder.dataset.chart);
    try {
      await loaded();
    } catch {
      return; // The table says the same.
    }
    if (!holder.isConnected || drawn.has(holder)) return;
    holder.hidden = false;
    drawn.set(holder, { picture: echarts.init(holder), data });
    paint(holder);
  }

  function repaint() {
    drawn.forEach(({ picture }, holder) => {
      if (!holder.isConnected) {
        picture.dispose();
        drawn.delete(holder);
        return;
      }
      picture.resize();
      paint(holder);
    });
  }

  const find = (root) => root.querySelectorAll("[data-chart]").forEach(draw);
  find(document);
  document.addEventListener("htmx:afterSettle", (event) => { repaint(); find(event.detail.elt); });
  window.addEventListener("resize", repaint);
  new MutationObserver(repaint).observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
})();
