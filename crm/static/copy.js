// A button with data-copy puts that text on the clipboard and says so; without one, the field
// beside it is selected, ready to be copied by hand.
(() => {
  "use strict";
  document.addEventListener("click", async ({ target }) => {
    const button = target.closest("[data-copy]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      button.parentElement.querySelector("input").select();
      return;
    }
    const label = button.querySelector("span"), before = label.textContent;
    label.textContent = button.dataset.copied;
    document.getElementById("announcements").textContent = button.dataset.copied;
    setTimeout(() => { label.textContent = before; }, 2000);
  });
})();
