// Asking without leaving the page: sources first, then the explanation as it is written.
// Everything works without this file: forms and links then load a page.
(function () {
  "use strict";
  var result = document.querySelector("[data-result]");
  var status = document.querySelector("[data-live]");
  var running = null;

  // Citations open beside the answer.
  function openSource(hash, focus, said) {
    if (!/^#nguon-\d+$/.test(hash)) { return; }
    var passage = document.getElementById(hash.slice(1));
    if (!passage) { return; }
    document.querySelectorAll(".sources details[open]").forEach(function (d) { d.open = false; });
    passage.closest("details").open = true;
    var box = passage.closest(".sources");
    if (getComputedStyle(box).position === "sticky") {
      box.scrollTop = passage.closest("li").offsetTop - box.offsetTop - 8;
    } else {
      passage.closest("li").scrollIntoView({ block: "start" });
    }
    var quote = sharpen(passage, said) || passage.querySelector("mark");
    if (quote && box.scrollHeight > box.clientHeight) {
      box.scrollTop += Math.max(0, quote.getBoundingClientRect().bottom - box.getBoundingClientRect().bottom + 24);
    }
    if (focus) { passage.focus({ preventScroll: true }); }
  }
  // sharpen marks only those words of the passage that the line rests on.
  function sharpen(passage, said) {
    var first = null, words = plain(said || "");
    passage.querySelectorAll("mark").forEach(function (m) {
      var here = words !== "" && plain(m.textContent) !== "" && (words.indexOf(plain(m.textContent)) >= 0 || plain(m.textContent).indexOf(words) >= 0);
      m.classList.toggle("here", here);
      first = first || (here ? m : null);
    });
    passage.classList.toggle("sharp", first !== null);
    return first;
  }
  function plain(s) { return s.toLowerCase().replace(/[\s:;.,]+/g, " ").trim(); }

  document.addEventListener("click", function (e) {
    var mark = e.target.closest("a.mark");
    if (!mark) { return; }
    e.preventDefault();
    history.replaceState(history.state, "", mark.hash);
    var line = mark.closest("li, p"), words = line && line.querySelector("span");
    openSource(mark.hash, true, words ? words.textContent : "");
  });
  openSource(location.hash, false, "");

  function busy() {
    var wait = document.createElement("div");
    wait.className = "loading";
    wait.setAttribute("aria-hidden", "true");
    for (var n = 0; n < 5; n++) { wait.appendChild(document.createElement("i")); }
    result.replaceChildren(wait);
    var start = document.querySelector("[data-start]");
    if (start) { start.hidden = true; }
    document.querySelectorAll(".hero").forEach(function (h) { h.hidden = true; });
    say("busy");
  }
  function say(what) { if (status) { status.textContent = status.dataset[what] || ""; } }

  // put shows a piece made by the server, keeping open what the reader opened.
  function put(html) {
    var open = Array.prototype.map.call(result.querySelectorAll("details[open][id]"), function (d) { return d.id; });
    var made = new DOMParser().parseFromString(html, "text/html").body;
    result.replaceChildren.apply(result, Array.from(made.childNodes));
    open.forEach(function (id) { var d = document.getElementById(id); if (d) { d.open = true; } });
    document.querySelector("main").classList.add("wide");
    document.querySelector("form.ask").classList.add("small");
    comforts(result);
  }
  function add(html) {
    var into = result.querySelector("[data-explained]");
    if (!into) { return; }
    into.closest(".explained").hidden = false;
    into.append.apply(into, Array.from(new DOMParser().parseFromString(html, "text/html").body.childNodes));
  }

  function ask(form, submitter) {
    var data = new FormData(form);
    if (submitter && submitter.name) { data.set(submitter.name, submitter.value); }
    if (!String(data.get("q") || "").trim()) { return false; }
    var query = new URLSearchParams(data);
    var posted = form.method === "post";
    if (running) { running.abort(); }
    var mine = running = new AbortController();
    busy();
    var box = document.querySelector("form.ask textarea");
    if (box && !posted) { box.value = data.get("q"); }
    var go = posted ? fetch("/hoi/dong", { method: "POST", body: query, signal: mine.signal }) : fetch("/hoi/dong?" + query, { signal: mine.signal });
    if (!posted) { history.pushState({ asked: true }, "", "/?" + query); }
    document.title = String(data.get("q")).replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, "") + " · Một Cửa";
    go.then(function (r) {
      if (!r.ok || !r.body) { throw new Error(String(r.status)); }
      return read(r.body.getReader());
    }).then(function () {
      say("done");
      var heading = result.querySelector("h1");
      if (heading) { heading.tabIndex = -1; heading.focus({ preventScroll: true }); window.scrollTo({ top: 0 }); }
    }).catch(function (e) {
      if (e.name === "AbortError" || mine !== running) { return; }
      say("failed");
      if (submitter && submitter.name) { // the plain way loses the name of a pressed button
        var keep = document.createElement("input");
        keep.type = "hidden"; keep.name = submitter.name; keep.value = submitter.value;
        form.appendChild(keep);
      }
      HTMLFormElement.prototype.submit.call(form);
    });
    return true;
  }

  function read(reader) {
    var decoder = new TextDecoder(), rest = "", finished = false;
    function take(block) {
      var name = "", data = "";
      block.split("\n").forEach(function (line) {
        if (line.indexOf("event: ") === 0) { name = line.slice(7); }
        if (line.indexOf("data: ") === 0) { data += line.slice(6); }
      });
      if (!data) { return; }
      var html = JSON.parse(data).html;
      if (name === "sentence") { add(html); return; }
      put(html);
      finished = finished || name === "done";
    }
    function next() {
      return reader.read().then(function (step) {
        rest += decoder.decode(step.value || new Uint8Array(), { stream: !step.done });
        var blocks = rest.split("\n\n");
        rest = blocks.pop();
        blocks.forEach(take);
        if (!step.done) { return next(); }
        if (!finished) { throw new Error("cut"); }
      });
    }
    return next();
  }

  document.addEventListener("submit", function (e) {
    if (!result || !e.target.matches("form[data-ask]") || !window.fetch || !window.AbortController) { return; }
    if (ask(e.target, e.submitter)) { e.preventDefault(); }
  });
  document.addEventListener("click", function (e) {
    var a = e.target.closest("a[data-question]");
    var form = document.querySelector("form.ask");
    if (!a || !result || !form || e.ctrlKey || e.metaKey || e.shiftKey) { return; }
    form.elements.q.value = a.textContent.trim();
    e.preventDefault();
    form.requestSubmit();
  });
  window.addEventListener("popstate", function (e) { if (e.state && e.state.asked || result && result.childElementCount) { location.reload(); } });
  document.addEventListener("keydown", function (e) { // Enter asks, Shift+Enter breaks the line
    if (e.key === "Enter" && !e.shiftKey && !e.isComposing && e.target.matches("form.ask textarea")) { e.preventDefault(); e.target.form.requestSubmit(); }
  });

  // Comforts that only some browsers have.
  function comforts(root) {
    var voice = window.speechSynthesis;
    root.querySelectorAll("[data-read]").forEach(function (b) {
      if (!voice) { return; }
      b.hidden = false;
      b.addEventListener("click", function () {
        var on = b.getAttribute("aria-pressed") === "true";
        voice.cancel();
        b.setAttribute("aria-pressed", String(!on));
        if (on) { return; }
        var parts = document.querySelectorAll(".answer > h1, .answer .aside p, .answer .keys > div, .answer .part:not(details.more .part), .answer .say p, .answer .law blockquote");
        var said = Array.prototype.map.call(parts, function (p) {
          var copy = p.cloneNode(true);
          copy.querySelectorAll(".mark, small, .basis").forEach(function (x) { x.remove(); });
          return copy.textContent.replace(/\s+/g, " ").trim();
        });
        said.forEach(function (text, i) {
          var u = new SpeechSynthesisUtterance(text);
          u.lang = "vi-VN";
          u.rate = 0.95;
          if (i === said.length - 1) { u.onend = function () { b.setAttribute("aria-pressed", "false"); }; }
          voice.speak(u);
        });
      });
    });
    root.querySelectorAll("[data-copy]").forEach(function (b) {
      if (!navigator.clipboard) { return; }
      b.hidden = false;
      b.addEventListener("click", function () {
        navigator.clipboard.writeText(new URL(b.dataset.copy, location.href).href).then(function () {
          b.querySelector("span").textContent = document.documentElement.lang === "en" ? "Copied" : "Đã chép";
        });
      });
    });
  }
  comforts(document);

  var Hearing = window.SpeechRecognition || window.webkitSpeechRecognition;
  document.querySelectorAll("[data-dictate]").forEach(function (b) {
    if (!Hearing) { return; }
    b.hidden = false;
    var ear = null;
    b.addEventListener("click", function () {
      if (ear) { ear.stop(); return; }
      ear = new Hearing();
      ear.lang = document.documentElement.lang === "en" ? "en-US" : "vi-VN";
      ear.onresult = function (e) { b.form.elements.q.value = e.results[0][0].transcript; };
      ear.onend = function () { ear = null; b.setAttribute("aria-pressed", "false"); b.form.elements.q.focus(); };
      b.setAttribute("aria-pressed", "true");
      ear.start();
    });
  });
})();
