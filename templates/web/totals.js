// The totals of a table are those of all its rows: they are hidden where some are.
(function () {
  "use strict";
  function show() {
    document.querySelectorAll("tfoot").forEach(function (foot) {
      var isPart = Boolean(foot.closest("table").querySelector(".row[hidden]"));
      if (foot.hidden !== isPart) { foot.hidden = isPart; }
    });
  }
  new MutationObserver(show).observe(document.getElementById("main"), { subtree: true, attributes: true, attributeFilter: ["hidden"] });
  show();
}());
