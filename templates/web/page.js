// Search, filter and the choice of colours. The page is whole without it.
(function () {
  "use strict";

  // Colours: the reader's choice stands above the system's.
  var root = document.documentElement;
  var theme = document.getElementById("theme");
  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  function stored(value) {
    // A page opened from a file may have no storage.
    try {
      if (value) { localStorage.setItem("theme", value); }
      return localStorage.getItem("theme");
    } catch (error) { return null; }
  }
  function isDark() { return root.dataset.theme ? root.dataset.theme === "dark" : dark.matches; }
  function nameTheme() { theme.textContent = isDark() ? "明るい配色に切り替える" : "暗い配色に切り替える"; }
  var choice = stored();
  if (choice === "dark" || choice === "light") { root.dataset.theme = choice; }
  theme.addEventListener("click", function () {
    root.dataset.theme = isDark() ? "light" : "dark";
    stored(root.dataset.theme);
    nameTheme();
  });
  dark.addEventListener("change", nameTheme);
  nameTheme();
  theme.hidden = false;

  var form = document.getElementById("filter");
  if (!form) { return; }

  // Texts are compared without regard to width, case and kana.
  function fold(text) {
    return text.normalize("NFKC").toLowerCase().replace(/[\u30a1-\u30f6]/g, function (kana) {
      return String.fromCharCode(kana.charCodeAt(0) - 0x60);
    });
  }
  var words = document.getElementById("words");
  var department = document.getElementById("department");
  var category = document.getElementById("category");
  var result = document.getElementById("result");
  var rows = Array.from(document.querySelectorAll(".row"), function (element) {
    var parts = Array.from(element.querySelectorAll(".name, td, .link, .id"), function (part) { return part.textContent; });
    return {
      element: element,
      text: fold(parts.join("\n")),
      departments: element.dataset.departments.split("\n"),
      category: element.closest("[data-category]").dataset.category
    };
  });

  function showGroups() {
    document.querySelectorAll(".category > table, .progress > table").forEach(function (table) {
      table.hidden = !table.querySelector(".row:not([hidden])");
      var note = table.nextElementSibling;
      if (note && note.classList.contains("note")) { note.hidden = table.hidden; }
    });
    document.querySelectorAll(".category").forEach(function (section) {
      section.hidden = !section.querySelector(".row:not([hidden])") && isSet();
    });
    document.querySelectorAll(".pillar").forEach(function (section) {
      section.hidden = !section.querySelector(".category:not([hidden])") && isSet();
    });
    document.querySelectorAll(".progress").forEach(function (section) {
      section.hidden = !section.querySelector(".row:not([hidden])") && isSet();
    });
  }
  function isSet() { return Boolean(words.value.trim() || department.value || category.value); }
  function count(selector) { return document.querySelectorAll(selector + ":not([hidden])").length; }
  function tell() {
    if (!isSet()) {
      result.textContent = "全て表示しています（{measure} " + count(".measure:not(.repost)") + "件、{reposted} " + count(".repost") + "件、{kpi} " + count(".kpi") + "件）。";
    } else if (!count(".row")) {
      result.textContent = "条件に合う{measure}・{kpi}はありません。";
    } else {
      result.textContent = "条件に合うもの：{measure} " + count(".measure:not(.repost)") + "件、{reposted} " + count(".repost") + "件、{kpi} " + count(".kpi") + "件";
    }
  }
  function filter() {
    var wanted = fold(words.value).split(/\s+/).filter(Boolean);
    rows.forEach(function (row) {
      var fits = (!category.value || row.category === category.value)
        && (!department.value || row.departments.indexOf(department.value) >= 0)
        && wanted.every(function (word) { return row.text.indexOf(word) >= 0; });
      row.element.hidden = !fits;
    });
    showGroups();
    tell();
  }
  // The count is told once the typing rests, not at every key.
  var timer;
  words.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(filter, 200); });
  department.addEventListener("change", filter);
  category.addEventListener("change", filter);
  form.addEventListener("submit", function (event) { event.preventDefault(); clearTimeout(timer); filter(); });
  form.addEventListener("reset", function () { clearTimeout(timer); setTimeout(filter, 0); });

  // A link into what is filtered away shows everything again.
  function reveal() {
    var name = location.hash.slice(1);
    // A hash typed by hand may be no valid encoding.
    try { name = decodeURIComponent(name); } catch (error) { return; }
    var target = document.getElementById(name);
    if (!target || !target.closest("main") || !target.closest("[hidden]")) { return; }
    form.reset();
    clearTimeout(timer);
    setTimeout(function () { filter(); target.scrollIntoView(); target.focus(); }, 0);
  }
  window.addEventListener("hashchange", reveal);
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest('a[href^="#"]');
    if (link && link.hash === location.hash) { reveal(); }
  });

  form.hidden = false;
  filter();
}());
