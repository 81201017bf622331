// Saves each answer when it is given, and counts down. The page works without it: every button sends a form.
const RETRY_SECONDS = [1, 2, 4, 8];
const BEAT_SECONDS = 30;
const LEAVE_AFTER_SECONDS = 8;
const WARN_MINUTES = [10, 5, 1];

const root = document.querySelector("[data-exam]");
if (root) run(root);

function run(exam) {
  const queue = openQueue(exam.dataset.attempt);
  const page = openPage(exam, queue);
  const clock = startClock(exam, page);
  const line = openLine(exam, queue, page, clock);
  page.onAnswer = (entry) => { queue.add(entry); line.send(); };
  window.addEventListener("pagehide", () => line.sendLast());
  window.addEventListener("online", () => line.send());
  setInterval(() => line.send(), BEAT_SECONDS * 1000);
  line.send();
}

// What is not acknowledged stays in the browser's storage, and survives a crash and a reload.
function openQueue(attempt) {
  const nameKey = `exam-window-${attempt}`;
  const name = sessionStorage.getItem(nameKey) || freshName();
  sessionStorage.setItem(nameKey, name);
  const prefix = `exam-queue-${attempt}-`;
  const kept = JSON.parse(localStorage.getItem(prefix + name) || '{"seq":0,"items":[]}');
  const queue = {
    client: name,
    get items() { return kept.items; },
    nextSeq() { kept.seq += 1; keep(); return kept.seq; },
    add(entry) { kept.items.push({ ...entry, seq: queue.nextSeq() }); keep(); },
    acknowledge(numbers) { kept.items = kept.items.filter((item) => !numbers.includes(item.seq)); keep(); },
    rename() {
      localStorage.removeItem(prefix + queue.client);
      queue.client = freshName();
      sessionStorage.setItem(nameKey, queue.client);
      keep();
    },
    // The window that stops may hold answers that it could not send.
    adopt() {
      for (const key of Object.keys(localStorage).filter((k) => k.startsWith(prefix) && k !== prefix + queue.client)) {
        for (const item of JSON.parse(localStorage.getItem(key)).items) queue.add(item);
        localStorage.removeItem(key);
      }
    },
  };
  function keep() { localStorage.setItem(prefix + queue.client, JSON.stringify(kept)); }
  return queue;
}

function freshName() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function openPage(exam, queue) {
  const part = (name) => exam.querySelector(`[data-exam-${name}]`);
  const words = (name, values = {}) =>
    Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), exam.dataset[`word${name}`]);
  const form = part("form");
  const page = {
    onAnswer() {},
    say(text) { part("saved").textContent = text; },
    warn(minutes) { part("warning").textContent = words("Left", { minutes }); },
    trouble(text, restored = false) {
      const box = part("connection");
      box.hidden = !text;
      box.textContent = text;
      box.classList.toggle("app-connection--restored", restored);
      return box;
    },
    words,
  };
  if (form) watch(form, exam, queue, page);
  return page;
}

function watch(form, exam, queue, page) {
  const read = () => ({
    slot: Number(form.dataset.position),
    v: [...form.querySelectorAll("input[name=v]:checked")].map((box) => box.value),
    flag: form.elements.flag.checked,
  });
  form.addEventListener("change", () => {
    const entry = read();
    mark(exam, entry, page);
    page.onAnswer(entry);
  });
  // The form goes out under this window's name, and behind everything that the queue holds.
  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) {
      event.preventDefault();
      page.trouble(page.words("Offline"));
      return;
    }
    form.elements.client.value = queue.client;
    form.elements.seq.value = queue.nextSeq();
    form.elements.epoch.value = exam.dataset.epoch;
  });
}

function mark(exam, entry, page) {
  const buttons = [...exam.querySelectorAll(".app-navigator button")];
  const square = buttons.find((button) => button.value === String(entry.slot));
  square.classList.toggle("app-navigator__answered", entry.v.length > 0);
  square.classList.toggle("app-navigator__flagged", entry.flag);
  const states = [entry.v.length ? page.words("Answered") : "", entry.flag ? page.words("Flagged") : ""];
  square.querySelector("[data-exam-state]").textContent = states.filter(Boolean).map((state) => `, ${state}`).join("");
  const count = (name) => buttons.filter((button) => button.classList.contains(`app-navigator__${name}`)).length;
  exam.querySelector("[data-exam-counts]").textContent = page.words("Counts", {
    done: count("answered"), blank: buttons.length - count("answered"), flagged: count("flagged"),
  });
}

// The server says how much is left; in between the page counts with a clock that nobody can set.
function startClock(exam, page) {
  let ends = performance.now() + Number(exam.dataset.leftMs);
  let warned = null;
  const face = exam.querySelector("[data-exam-time]");
  function tick() {
    const left = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
    const two = (number) => String(number).padStart(2, "0");
    face.textContent = `${two(Math.floor(left / 3600))}:${two(Math.floor(left / 60) % 60)}:${two(left % 60)}`;
    face.classList.toggle("app-exam__time--short", left <= 300);
    const mark = WARN_MINUTES.filter((minutes) => left > 0 && left <= minutes * 60).at(-1) ?? null;
    if (mark !== null && mark !== warned) page.warn(mark);
    warned = mark;
    if (performance.now() - ends > LEAVE_AFTER_SECONDS * 1000) window.location.assign(exam.dataset.finishedUrl);
  }
  tick();
  setInterval(tick, 1000);
  return { set(leftMs) { ends = performance.now() + leftMs; } };
}

function openLine(exam, queue, page, clock) {
  let busy = false;
  let failures = 0;
  let lost = false;
  const batch = () => JSON.stringify({ client: queue.client, epoch: Number(exam.dataset.epoch), batch: queue.items.slice(0, 100) });

  async function send() {
    if (busy || lost) return;
    busy = true;
    if (queue.items.length) page.say(page.words("Saving"));
    try {
      const answer = await fetch(exam.dataset.saveUrl, {
        method: "POST", credentials: "same-origin", body: batch(), redirect: "manual",
        headers: { "Content-Type": "application/json", "X-CSRFToken": exam.dataset.csrf },
      });
      if (answer.type === "opaqueredirect") stop("SignIn", "Continue", () => window.location.reload());
      else take(answer.status, await answer.json());
    } catch {
      retry();
    } finally {
      busy = false;
    }
    if (!failures && !lost && queue.items.length) send();
  }

  function take(status, reply) {
    queue.acknowledge(reply.acked);
    if (reply.left_ms !== undefined && reply.state === "in_progress") clock.set(reply.left_ms);
    if (status === 200) return stored(reply);
    if (reply.code === "closed") { lost = true; window.location.assign(exam.dataset.finishedUrl); }
    if (reply.code === "seq_conflict") queue.rename();
    if (reply.code === "lease_lost" || reply.code === "seq_conflict") stop("Elsewhere", "Continue", takeOver);
    if (reply.code === "malformed") { queue.acknowledge(queue.items.map((item) => item.seq)); window.location.reload(); }
  }

  function stored(reply) {
    if (failures) page.trouble(page.words("Online"), true);
    failures = 0;
    const time = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Shanghai", timeStyle: "medium" });
    if (reply.acked.length) page.say(page.words("Saved", { time: time.format(new Date(reply.server_now)) }));
  }

  function retry() {
    failures += 1;
    page.say(page.words("Unsaved"));
    if (failures > 1) page.trouble(page.words("Offline"));
    setTimeout(send, RETRY_SECONDS[Math.min(failures, RETRY_SECONDS.length) - 1] * 1000);
  }

  // Another window writes on this paper, or the sign-in is over: go on only if the candidate says so.
  function stop(reason, offer, goOn) {
    lost = true;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button";
    button.textContent = page.words(offer);
    button.addEventListener("click", goOn);
    page.trouble(`${page.words(reason)} `).append(button);
  }

  function takeOver() {
    queue.adopt();
    const form = document.createElement("form");
    form.method = "post";
    form.action = exam.dataset.takeOverUrl;
    const values = { csrf_token: exam.dataset.csrf, client: queue.client,
      position: exam.querySelector("[data-exam-form]")?.dataset.position ?? "" };
    for (const [name, value] of Object.entries(values)) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name, value });
      form.append(field);
    }
    document.body.append(form);
    form.submit();
  }

  function sendLast() {
    if (!queue.items.length || lost) return;
    const form = new FormData();
    form.set("csrf_token", exam.dataset.csrf);
    form.set("payload", batch());
    navigator.sendBeacon(exam.dataset.saveUrl, form);
  }

  return { send, sendLast };
}
