// comfort.js: what script adds to the pages: progress of uploads, drafts that save themselves, a
// question before something typed is lost, passwords shown, long tables filtered. Everything works
// without it. Elements are found by attributes (docs/pages.md); sentences stand on <body>.
"use strict";
(() => {
  const said = (name) => document.body.dataset[name] ?? "";
  const SAVE_AFTER_MS = 1500;

  // A line that screen readers hear when it changes.
  const liveLine = (form) => {
    let line = form.querySelector("[data-said]");
    if (!line) {
      line = document.createElement("p");
      line.dataset.said = "";
      line.setAttribute("role", "status");
      form.append(line);
    }
    return line;
  };

  // --- uploads ---

  const showReply = (request) => {
    if (request.status === 200 && new URL(request.responseURL).pathname !== location.pathname) {
      location.assign(request.responseURL);
      return true;
    }
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const main = page.querySelector("main");
    if (!main) return false;
    document.title = page.title;
    document.querySelector("main").replaceWith(main);
    start(main);
    const first = main.querySelector("[role=alert] a, [role=alert], [role=status], h1") ?? main;
    if (!first.matches("a")) first.tabIndex = -1;
    first.focus();
    return true;
  };

  const upload = (form) => form.addEventListener("submit", (event) => {
    const files = [...form.querySelectorAll("input[type=file]")];
    if (!files.some((field) => field.files.length)) return;
    event.preventDefault();
    const line = liveLine(form);
    const bar = document.createElement("progress");
    const request = new XMLHttpRequest();
    const buttons = [...form.querySelectorAll("button")];
    const stop = (words) => {
      bar.remove();
      line.textContent = words;
      for (const button of buttons) button.disabled = false;
    };
    bar.max = 100;
    bar.setAttribute("aria-label", said("sending"));
    line.textContent = said("sending");
    line.before(bar);
    let told = 0;
    request.upload.addEventListener("progress", ({ loaded, total, lengthComputable }) => {
      if (!lengthComputable) return;
      bar.value = 100 * loaded / total;
      if (bar.value >= told + 10) {
        told = Math.floor(bar.value / 10) * 10;
        line.textContent = `${said("sending")} ${told} %`;
      }
    });
    request.addEventListener("load", () => {
      stop("");
      dirty.delete(form);
      if (!showReply(request)) stop(said("broken"));
    });
    request.addEventListener("error", () => stop(said("broken")));
    request.addEventListener("abort", () => stop(said("broken")));
    request.open("POST", form.action);
    const body = new FormData(form);
    const { submitter } = event;
    if (submitter?.name) body.set(submitter.name, submitter.value);
    request.send(body);
    for (const button of buttons) button.disabled = true;
  });

  // --- drafts that save themselves; what was typed and not sent ---

  const dirty = new Set();

  const save = (form) => {
    const line = liveLine(form);
    let timer = 0, running = false, again = false;
    const send = async () => {
      if (running) {
        again = true;
        return;
      }
      running = true;
      again = false;
      line.textContent = said("saving");
      const body = new URLSearchParams({ save: "yes" });   // the reply is 204, not the next page
      for (const [name, value] of new FormData(form)) {
        if (typeof value === "string") body.append(name, value);
      }
      try {
        const reply = await fetch(form.dataset.save, { method: "POST", body });
        if (!reply.ok || reply.redirected) throw new Error();
        if (!again) dirty.delete(form);
        line.textContent = said("saved");
      } catch {
        line.textContent = said("unsaved");
      }
      running = false;
      if (again) send();
    };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(send, SAVE_AFTER_MS);
    });
    form.addEventListener("submit", () => clearTimeout(timer));
  };

  const keep = (form) => {
    form.addEventListener("input", () => dirty.add(form));
    form.addEventListener("submit", () => dirty.delete(form));
  };

  addEventListener("beforeunload", (event) => {
    if (dirty.size) event.preventDefault();
  });

  // --- small things ---

  const showPassword = (field) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = said("show");
    button.addEventListener("click", () => {
      const shown = field.type === "text";
      field.type = shown ? "password" : "text";
      button.textContent = said(shown ? "show" : "hide");
    });
    field.after(button);
    field.form.addEventListener("submit", () => { field.type = "password"; });
  };

  const filter = (field) => {
    const table = document.getElementById(field.dataset.filter);
    const rows = [...table?.tBodies[0]?.rows ?? []];
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/);
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
      }
    });
  };

  // A second press while the first is under way sends nothing.
  const once = (form) => form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    else if (!event.defaultPrevented) form.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });

  const start = (root) => {
    const all = (what, then) => root.querySelectorAll(what).forEach(then);
    all("form[data-upload]", upload);
    all("form[data-save]", save);
    all("form[data-save], form[data-keep]", keep);
    all("form[method=post]", once);
    all("input[data-show]", showPassword);
    all("input[data-filter]", filter);
    all("a[data-whole]", (link) => { link.textContent = link.href; });   // to be handed on
  };
  start(document);
})();
