// Filters tables, and shows new requests live. Without this script, the pages show the same after a reload.
const rowsOf = id => document.getElementById(id);

const apply = id => {
  const text = document.querySelector(`[data-filter="${id}"]`)?.value.trim().toLowerCase() ?? '';
  const failuresOnly = document.querySelector(`[data-failures="${id}"]`)?.checked ?? false;
  for (const row of rowsOf(id).rows) {
    row.hidden = !row.dataset.text.toLowerCase().includes(text) || (failuresOnly && !row.dataset.failed);
  }
};

for (const input of document.querySelectorAll('[data-filter], [data-failures]')) {
  input.addEventListener('input', () => apply(input.dataset.filter ?? input.dataset.failures));
}

const cell = (row, text, className) => {
  const td = row.insertCell();
  td.textContent = text ?? '';
  if (className) td.className = className;
  return td;
};

const createRow = request => {
  const failed = request.status === null || request.status >= 400;
  const place = (request.host ?? '') + request.path;
  const row = document.createElement('tr');
  row.className = 'new';
  row.dataset.text = [request.method, place, request.operation, request.status, request.fault].join(' ');
  if (failed) row.dataset.failed = 'true';
  const time = document.createElement('time');
  time.dateTime = request.time;
  time.textContent = new Date(request.time).toISOString().slice(11, 23);
  row.insertCell().append(time);
  cell(row, request.method);
  cell(row, place, 'path');
  cell(row, request.operation);
  const status = document.createElement('span');
  status.className = `tag ${failed ? 'failed' : 'completed'}`;
  status.textContent = request.status ?? 'no response';
  row.insertCell().append(status);
  cell(row, `${Math.round(request.milliseconds)} ms`, 'number');
  cell(row, request.fault);
  return row;
};

for (const body of document.querySelectorAll('[data-events]')) {
  const live = document.querySelector(`[data-live="${body.id}"]`);
  const pause = document.querySelector(`[data-pause="${body.id}"]`);
  let waiting = [];
  let isPaused = false;

  // Many requests can end between two frames; they are inserted together.
  const show = () => {
    if (isPaused || waiting.length === 0) return;
    body.prepend(...waiting.slice(-Number(body.dataset.max)).reverse().map(createRow));
    waiting = [];
    while (body.rows.length > Number(body.dataset.max)) body.deleteRow(-1);
    apply(body.id);
  };

  const events = new EventSource(`${body.dataset.events}?after=${body.dataset.last}`);
  events.addEventListener('open', () => { live.textContent = 'Live'; });
  events.addEventListener('error', () => { live.textContent = 'The emulator does not respond. Trying to reconnect…'; });
  events.addEventListener('message', event => {
    waiting.push(JSON.parse(event.data));
    waiting = waiting.slice(-Number(body.dataset.max));
    requestAnimationFrame(show);
  });

  pause.hidden = false;
  pause.addEventListener('click', () => {
    isPaused = !isPaused;
    pause.setAttribute('aria-pressed', String(isPaused));
    pause.textContent = isPaused ? 'Resume' : 'Pause';
    show();
  });
}
