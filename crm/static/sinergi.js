// The little that pages do in the browser. Everything here is a comfort: without it each page works.
(function () {
  "use strict";
  var page = document.documentElement;
  var own = window.sinergi;
  var say = document.getElementById("sentences").dataset;

  function each(root, selector, work) {
    if (root.matches && root.matches(selector)) work(root);
    root.querySelectorAll(selector).forEach(work);
  }

  function make(name, classes, text) {
    var element = document.createElement(name);
    element.className = classes || "";
    if (text) element.textContent = text;
    return element;
  }

  function announce(text) {
    document.getElementById("announcements").textContent = text;
  }

  // --- Choices with a search of their own ------------------------------------------------------
  function reveal(dropdown) {
    // Low on a small screen the choices would open below its edge.
    dropdown.scrollIntoView({ block: "nearest" });
  }

  function searchable(select) {
    if (select.tomselect || !window.TomSelect) return;
    var settings = {
      maxOptions: 1000,
      allowEmptyOption: false,
      clearAfterSelect: true,
      create: select.hasAttribute("data-create"),
      plugins: select.multiple ? { remove_button: { title: say.remove } } : {},
      render: {
        no_results: function () { return make("div", "no-results", say.noMatch); },
      },
      onDropdownOpen: reveal,
    };
    var box = new TomSelect(select, select.dataset.load ? loaded(select, settings) : settings);
    select.setAttribute("aria-hidden", "true");
    ["aria-describedby", "aria-invalid"].forEach(function (name) {
      if (select.hasAttribute(name)) box.control_input.setAttribute(name, select.getAttribute(name));
    });
  }

  // The same for organisations: the server finds them, and says in which order they fit; it knows
  // other names and abbreviations that are not in the text of a choice. Where all of them stand in
  // the select ("whole"), those are offered at once, and found by their text too.
  function loaded(select, settings) {
    var address = select.dataset.load;
    var whole = select.hasAttribute("data-whole");
    var answers = {};
    var failed = false;
    var asking = null;
    function word(query) { return query.trim().toLowerCase(); }
    function hint(sentence) { return function () { return make("div", "no-results", sentence); }; }

    settings.refreshThrottle = 0;
    settings.loadThrottle = 250;
    settings.shouldLoad = function (query) { return word(query).length > 1; };
    settings.load = function (query, answer) {
      var box = this;
      if (asking) asking.abort();
      var asked = asking = new AbortController();
      var late = setTimeout(function () { asked.abort(); }, 30000);
      failed = false;
      function offer(options) {
        clearTimeout(late);
        if (asked !== asking) return answer();  // the answer to a later search is what counts
        box.lastQuery = null;
        answer(options);
        if (box.isOpen) reveal(box.dropdown);
        if (failed) announce(say.notLoaded);
        else if (!options.length) announce(say.noMatch);
      }
      fetch(address + "?q=" + encodeURIComponent(query), {
        headers: { Accept: "application/json" },
        signal: asked.signal,
      }).then(function (response) {
        if (!response.ok) throw new Error(response.statusText);
        return response.json();
      }).then(function (found) {
        var options = found.choices.map(function (one) { return { value: String(one.id), text: one.text }; });
        if (found.more) options.push({ value: "more", text: say.moreMatch, disabled: true });
        answers[word(query)] = options.map(function (one) { return one.value; });
        return options;
      }).catch(function () {
        delete box.loadedSearches[query];
        failed = asked === asking;
        return [];
      }).then(offer);
    };
    settings.score = function (query) {
      var order = answers[word(query)] || [];
      var likeness = whole ? this.getScoreFunction(query) : function () { return 0; };
      return function (option) {
        var place = order.indexOf(String(option.value));
        return place < 0 ? likeness(option) : 1 + order.length - place;
      };
    };
    settings.onType = function (query) {
      if (whole || word(query)) return;
      // Nothing is asked for any more: only what is chosen stays.
      answers = {};
      this.clearOptions();
      this.refreshOptions();
    };
    settings.render.loading = hint(say.loading);
    settings.render.not_loading = hint(say.typeMore);
    settings.render.no_results = function () {
      return make("div", "no-results", failed ? say.notLoaded : say.noMatch);
    };
    return settings;
  }

  // --- Unsaved changes -------------------------------------------------------------------------
  var leaving = false;
  var typed = false;
  var away = false;

  document.addEventListener("input", function () { typed = true; });
  window.addEventListener("beforeunload", function () { away = true; });
  window.addEventListener("pageshow", function () { away = false; });
  document.addEventListener("htmx:beforeRequest", function (event) { if (event.detail.boosted) away = true; });
  document.addEventListener("htmx:afterRequest", function (event) { if (event.detail.boosted) away = typed = false; });

  function guard(form) {
    form.addEventListener("input", function () { form.dataset.changed = "yes"; });
    form.addEventListener("change", function () { form.dataset.changed = "yes"; });
  }

  window.addEventListener("beforeunload", function (event) {
    if (!leaving && document.querySelector("form[data-guard][data-changed]")) event.preventDefault();
  });

  // --- Asking before something that matters ----------------------------------------------------
  function ask(question, title, yes) {
    return new Promise(function (answer) {
      var dialog = make("dialog", "confirm");
      var heading = make("h2", "", title || say.confirmTitle);
      heading.id = "confirm-title";
      dialog.setAttribute("aria-labelledby", heading.id);
      var actions = make("div", "form-actions");
      var no = make("button", "btn btn-ghost", say.confirmNo);
      var go = make("button", "btn btn-primary", yes || say.confirmYes);
      no.type = go.type = "button";
      no.addEventListener("click", function () { dialog.close("no"); });
      go.addEventListener("click", function () { dialog.close("yes"); });
      dialog.addEventListener("close", function () {
        dialog.remove();
        answer(dialog.returnValue === "yes");
      });
      actions.append(no, go);
      dialog.append(heading, make("p", "", question), actions);
      document.body.append(dialog);
      dialog.showModal();
      no.focus();
    });
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    var button = event.submitter;
    var asks = (button && button.closest("[data-confirm]")) || form.closest("[data-confirm]");
    if (asks && form.dataset.confirmed !== "yes") {
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(asks.dataset.confirm, asks.dataset.confirmTitle, asks.dataset.confirmYes).then(function (yes) {
        if (!yes) return;
        form.dataset.confirmed = "yes";
        form.requestSubmit(button || undefined);
        delete form.dataset.confirmed;
      });
      return;
    }
    if (form.method !== "post") return;
    // A second press on a slow line must not store twice.
    if (form.dataset.sent === "yes") {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sent = "yes";
    form.setAttribute("aria-busy", "true");
    leaving = true;
    setTimeout(function () { free(form); }, 15000);
  }, true);

  function free(form) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
    leaving = false;
  }

  document.addEventListener("htmx:confirm", function (event) {
    var asks = event.detail.elt.closest("[data-confirm]");
    if (!asks || event.detail.elt.closest("form")) return;
    event.preventDefault();
    ask(asks.dataset.confirm, asks.dataset.confirmTitle, asks.dataset.confirmYes).then(function (yes) {
      if (yes) event.detail.issueRequest(true);
    });
  });

  window.addEventListener("pageshow", function (event) {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(free);
  });

  // --- Colours and menu ------------------------------------------------------------------------
  function showTheme() {
    var wish = own.paint();
    document.querySelectorAll("button[data-theme]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.theme === wish));
    });
  }

  function showSidebar(open) {
    page.classList.toggle("sidebar-shown", open);
    document.querySelector(".frame").inert = open;
    var target = document.querySelector(open ? ".sidebar-close" : ".sidebar-open");
    if (target) target.focus();
  }

  function showFold() {
    var folded = page.classList.contains("sidebar-folded");
    each(document, ".sidebar-fold", function (button) {
      button.setAttribute("aria-expanded", String(!folded));
    });
  }

  document.addEventListener("click", function (event) {
    var found;
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
    if ((found = event.target.closest("button[data-theme]"))) {
      own.keep("theme", found.dataset.theme);
      showTheme();
    } else if ((found = event.target.closest("[data-sidebar]"))) {
      event.preventDefault();
      if (found.dataset.sidebar === "fold") {
        own.keep("sidebar", page.classList.toggle("sidebar-folded") ? "folded" : "open");
        showFold();
      } else {
        showSidebar(found.dataset.sidebar === "open");
      }
    } else if ((found = event.target.closest("[data-toggle]"))) {
      var open = document.querySelector(found.dataset.toggle).classList.toggle("is-open");
      found.setAttribute("aria-expanded", String(open));
    } else if ((found = event.target.closest("[data-back]")) && history.length > 1) {
      event.preventDefault();
      history.back();
    } else if (event.target.closest("[data-print]")) {
      window.print();
    } else if ((found = event.target.closest("[data-dismiss]"))) {
      found.closest(".alert").remove();
    }
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    if (page.classList.contains("sidebar-shown")) showSidebar(false);
  });

  // --- htmx ------------------------------------------------------------------------------------
  document.addEventListener("htmx:configRequest", function (event) {
    var token = document.querySelector("meta[name=csrf-token]");
    if (event.detail.verb !== "get" && token) event.detail.headers["X-CSRFToken"] = token.content;
    if (event.detail.elt.id !== "listing-form") return;
    // What is not asked for does not stand in the address.
    Array.from(event.detail.formData.keys()).forEach(function (name) {
      var said = event.detail.formData.getAll(name).filter(Boolean);
      event.detail.formData.delete(name);
      said.forEach(function (value) { event.detail.formData.append(name, value); });
    });
  });

  document.addEventListener("htmx:beforeSwap", function (event) {
    var detail = event.detail;
    var refused = [400, 403, 404, 413, 429].indexOf(detail.xhr.status) >= 0;
    var messages = document.getElementById("messages");
    // A refusal of a part is a message: what the user was working on stays where it is.
    if (refused && messages && !detail.boosted) {
      detail.target = messages;
      detail.swapOverride = "innerHTML";
      detail.selectOverride = "unset";
    }
  });

  document.addEventListener("htmx:afterRequest", function (event) {
    each(document, "form[data-sent]", free);
    if (event.detail.successful) each(document, ".trouble", function (box) { box.remove(); });
  });

  function trouble(sentence, event) {
    each(document, ".trouble", function (box) { box.remove(); });
    var box = make("div", "alert alert-danger trouble");
    box.setAttribute("role", "alert");
    var again = make("button", "btn btn-sm", say.retry);
    var close = make("button", "btn btn-sm btn-ghost", say.close);
    again.type = close.type = "button";
    close.dataset.dismiss = "";
    again.addEventListener("click", function () {
      var config = event.detail.requestConfig;
      box.remove();
      htmx.ajax(config.verb, config.path, {
        source: config.elt,
        target: event.detail.target,
        values: config.verb === "get" ? {} : Object.fromEntries(config.formData),
      });
    });
    box.append(make("div", "alert-text", sentence), again, close);
    document.body.append(box);
  }

  document.addEventListener("htmx:sendError", function (event) { trouble(say.offline, event); });
  document.addEventListener("htmx:timeout", function (event) { trouble(say.offline, event); });
  document.addEventListener("htmx:responseError", function (event) { trouble(say.failed, event); });

  document.addEventListener("htmx:afterSettle", function (event) {
    var swapped = event.detail.elt;
    var wrong = swapped.querySelector(".error-summary, .is-invalid");
    var boosted = event.detail.boosted || swapped === document.body;
    if (wrong) wrong.focus();
    else if (boosted) focusHeading();
    else if (swapped.id === "listing-results" || swapped.id === "listing") {
      var count = document.querySelector(".listing-count");
      announce(count ? count.textContent : say.updated);
    }
  });

  function focusHeading() {
    var heading = document.querySelector("h1");
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }

  function prepare(root) {
    each(root, "select[data-search]", searchable);
    each(root, "form[data-guard]", guard);
    // New results of an analysis are there: show them, unless that would lose what was typed, close
    // a menu under the hand that opened it, or turn back somebody who is on the way to another page.
    // The link says that they are there.
    each(root, "[data-reload]", function () {
      var busy = document.querySelector(":is(input, textarea, select):focus, details[open] > .menu-panel, dialog[open]");
      if (!typed && !away && !busy) location.reload();
    });
    // Our own messages stand beside the fields, in the user's language.
    each(root, "form[method=post]", function (form) { form.noValidate = true; });
    showTheme();
    showFold();
  }

  document.addEventListener("htmx:load", function (event) { prepare(event.detail.elt); });
  prepare(document);
  var first = document.querySelector(".error-summary, main .is-invalid");
  if (first) first.focus();
})();
