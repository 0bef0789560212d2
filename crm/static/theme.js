// Runs before the first paint, so that neither the colours nor the menu jump.
(function () {
  "use strict";
  var page = document.documentElement;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");

  function kept(name) {
    try {
      return localStorage.getItem("sinergi-" + name);
    } catch (refused) {
      return null;
    }
  }

  function keep(name, value) {
    try {
      localStorage.setItem("sinergi-" + name, value);
    } catch (refused) {
      // A browser that stores nothing forgets the choice with the page: nothing else is lost.
    }
  }

  function paint() {
    var wish = kept("theme") || "auto";
    var shown = wish === "auto" ? (dark.matches ? "dark" : "light") : wish;
    page.setAttribute("data-bs-theme", shown);
    return wish;
  }

  window.sinergi = { kept: kept, keep: keep, paint: paint };
  page.classList.add("js");
  page.classList.toggle("sidebar-folded", kept("sidebar") === "folded");
  paint();
  dark.addEventListener("change", paint);
})();
