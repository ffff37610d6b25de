// Filter of the changes and steps from one to the next. The page is whole without it.
(function () {
  "use strict";
  var form = document.getElementById("review");
  if (!form) { return; }
  var pillar = document.getElementById("pillar");
  var department = document.getElementById("department");
  var kind = document.getElementById("kind");
  var keys = document.getElementById("keys");
  var result = document.getElementById("result");
  var entries = Array.from(document.querySelectorAll(".entry"));

  function hideEmpty(selector) {
    document.querySelectorAll(selector).forEach(function (part) {
      part.hidden = !part.querySelector(".entry:not([hidden])");
    });
  }
  function filter() {
    var shown = 0;
    entries.forEach(function (entry) {
      var fits = (!pillar.value || entry.closest(".group").dataset.pillar === pillar.value)
        && (!department.value || entry.dataset.departments.split("\n").indexOf(department.value) >= 0)
        && (!kind.value || entry.dataset.kinds.split(" ").indexOf(kind.value) >= 0);
      entry.hidden = !fits;
      shown += fits ? 1 : 0;
      entry.querySelectorAll("[data-kind]").forEach(function (line) {
        line.hidden = Boolean(kind.value) && line.dataset.kind !== kind.value;
      });
    });
    hideEmpty(".part");
    hideEmpty(".group");
    result.textContent = shown ? "変更のある{measure}・{kpi}など " + shown + "件を表示しています。" : "条件に合う変更はありません。";
  }
  function step(by) {
    var shown = entries.filter(function (entry) { return !entry.hidden; });
    if (!shown.length) { return; }
    var here = shown.indexOf(document.activeElement);
    var to = here < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(Math.max(here + by, 0), shown.length - 1);
    shown[to].focus();
    shown[to].scrollIntoView({ block: "nearest" });
  }
  [pillar, department, kind].forEach(function (field) { field.addEventListener("change", filter); });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { setTimeout(filter, 0); });
  document.getElementById("back").addEventListener("click", function () { step(-1); });
  document.getElementById("forth").addEventListener("click", function () { step(1); });
  document.addEventListener("keydown", function (event) {
    if (!keys.checked || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) { return; }
    // In a field a letter is a letter.
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) { return; }
    if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      step(event.key === "j" ? 1 : -1);
    }
  });
  form.hidden = false;
  filter();
}());
