// Looks for news and shows the time that is left; the forms work without it.
"use strict";
const body = document.body;
const left = document.getElementById("left");
let rest = left ? Number(left.dataset.left) : 0;

setInterval(() => {
  if (!left) return;
  rest = Math.max(0, rest - 1);
  left.textContent = `${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, "0")}`;
}, 1000);

function end(text) {
  const status = document.getElementById("status");
  status.textContent = text;
  document.querySelectorAll("form").forEach((form) => form.remove());
  body.dataset.state = "finished";
}

async function news() {
  let heard;
  try {
    const answer = await fetch(`news?version=${body.dataset.version}`, { cache: "no-store" });
    heard = await answer.json();
  } catch {
    end(body.dataset.gone);
    return;
  }
  if (heard.state === "finished") {
    end(body.dataset.finished);
  } else if (String(heard.task ?? "") !== body.dataset.task || heard.state !== body.dataset.state) {
    location.replace(location.href);
  } else {
    body.dataset.version = heard.version;
    if (heard.left !== null) rest = heard.left;
    news();
  }
}
if (body.dataset.state !== "finished") news();
