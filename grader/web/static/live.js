// Shows the verdict of a file as soon as it is graded, and says when the server is gone.
"use strict";

const section = document.querySelector("[data-events]");

if (section) {
  const status = document.getElementById("status");
  const report = document.getElementById("report");
  const events = new EventSource(section.dataset.events);

  events.addEventListener("judging", (event) => {
    status.textContent = JSON.parse(event.data).sentence;
    section.setAttribute("aria-busy", "true");
  });
  events.addEventListener("verdict", (event) => {
    const verdict = JSON.parse(event.data);
    const parsed = new DOMParser().parseFromString(verdict.html, "text/html");
    report.replaceChildren(...parsed.body.childNodes);
    status.textContent = verdict.sentence;
    section.removeAttribute("aria-busy");
  });
  events.addEventListener("error", () => {
    status.textContent = section.dataset.lost;
    section.removeAttribute("aria-busy");
  });
  events.addEventListener("open", () => {
    if (status.textContent === section.dataset.lost) status.textContent = "";
  });
}
