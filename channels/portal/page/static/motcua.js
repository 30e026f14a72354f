// Small comforts for every page. Everything works without this file.
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");

  // On a narrow screen the menu begins where the reader is.
  var here = document.querySelector(".menu [aria-current]");
  if (here) { here.closest(".menu").scrollLeft = Math.max(0, here.offsetLeft - 64); }

  // A menu closes when something else is pressed, or with Escape.
  function drops() { return document.querySelectorAll("details.drop[open]"); }
  document.addEventListener("click", function (e) {
    drops().forEach(function (d) { if (!d.contains(e.target)) { d.open = false; } });
  });
  document.addEventListener("keydown", function (e) {
    if (e.key !== "Escape") { return; }
    drops().forEach(function (d) { d.open = false; d.querySelector("summary").focus(); });
  });

  // What is wrong with a form is read out and reached first.
  var problems = document.querySelector(".problems");
  if (problems) { problems.focus(); }

  // A form is sent once.
  document.addEventListener("submit", function (e) {
    if (e.defaultPrevented || e.target.method !== "post") { return; }
    if (e.target.dataset.sent) { e.preventDefault(); return; }
    e.target.dataset.sent = "1";
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (f) { delete f.dataset.sent; });
  });

  // The network went away: say so where screen readers hear it.
  var note;
  function network() {
    if (navigator.onLine) { if (note) { note.remove(); note = null; } return; }
    if (note) { return; }
    note = document.createElement("p");
    note.className = "offline";
    note.setAttribute("role", "status");
    note.textContent = root.lang === "en" ? "You are offline. What you see stays; asking works again once you are back." : "Đang mất mạng. Những gì đang xem vẫn còn; có mạng lại là hỏi được.";
    document.querySelector("header.top").prepend(note);
  }
  window.addEventListener("online", network);
  window.addEventListener("offline", network);
  network();

  document.querySelectorAll("[data-print]").forEach(function (b) {
    b.hidden = false;
    b.addEventListener("click", function () { window.print(); });
  });
})();
