// What the page does in the browser: it follows the service and has its parts loaded anew (htmx), calls the API for buttons,
// draws the plots (Chart.js), and writes times as the reader's clock shows them.
'use strict';

(() => {
  const byId = id => document.getElementById(id);

  // ------------------------------------------------------------------------------------------------ live

  const PARTS = ['message', 'step', 'receipt', 'recipient', 'station', 'alert'];
  const COME_AGAIN = 3000;

  function changed(parts) {
    for (const part of parts) {
      htmx.trigger(document.body, 'changed-' + part);
    }
  }

  /** Each look at the recipients is a question for every one of them: not more often than people see. */
  const SLOWLY = 2000;
  let recipientsSoon;
  document.body.addEventListener('changed-recipient', () => {
    recipientsSoon ??= setTimeout(() => {
      recipientsSoon = undefined;
      changed(['recipient-slowly']);
    }, SLOWLY);
  });

  let events;
  let comingAgain;

  /**
   * The browser comes again by itself when the connection breaks, but not when it was refused. What happened while nobody
   * listened, since the page was made at first, is seen with the first look.
   */
  function follow() {
    const stream = new EventSource('/ui/events');
    events = stream;
    stream.addEventListener('changed', event =>
      changed(event.data === 'everything' ? PARTS : event.data.split(' ')));
    stream.onopen = () => {
      byId('connection').hidden = true;
      changed(PARTS);
    };
    stream.onerror = () => {
      byId('connection').hidden = false;
      if (stream.readyState === EventSource.CLOSED) {
        comingAgain = setTimeout(comeAgain, COME_AGAIN);
      }
    };
  }

  function leave() {
    clearTimeout(comingAgain);
    events?.close();
  }

  /**
   * Browsers have six connections to a service (HTTP/1.1) for all their tabs: those that nobody sees leave them to the others.
   */
  function followWhileSeen() {
    leave();
    if (document.visibilityState === 'visible') {
      follow();
    }
  }

  document.addEventListener('visibilitychange', followWhileSeen);
  // A page that lies in the browser's history listens to nothing, and does so again when it is shown again.
  window.addEventListener('pagehide', leave);
  window.addEventListener('pageshow', event => {
    if (event.persisted) {
      followWhileSeen();
    }
  });

  async function comeAgain() {
    try {
      const answer = await fetch('/ui/overview', {headers: {'HX-Request': 'true'}});
      if (answer.status === 401) {
        location.href = '/sign-in';
        return;
      }
    } catch (unreachable) {
      // Then the stream cannot be opened either, and it is tried again
    }
    followWhileSeen();
  }

  // ------------------------------------------------------------------------------------------------ buttons

  const SEEN_FOR = 6000;

  function toast(text, isError) {
    const line = document.createElement('div');
    line.className = isError ? 'toast error' : 'toast';
    line.textContent = text;
    byId('toasts').append(line);
    setTimeout(() => line.remove(), SEEN_FOR);
  }

  /** What is wrong, in the words of the service (RFC 9457). */
  async function problem(answer) {
    try {
      const said = await answer.json();
      return said.detail || said.title || 'it answered ' + answer.status;
    } catch (notJson) {
      return 'it answered ' + answer.status;
    }
  }

  async function call(method, path, body, headers) {
    const answer = await fetch(path, {
      method,
      headers: {...(body ? {'Content-Type': 'application/json'} : {}), ...headers},
      body,
    });
    if (answer.status === 401) {
      location.href = '/sign-in';
    }
    if (!answer.ok) {
      throw new Error(await problem(answer));
    }
    return answer;
  }

  /** Of those whom the filter names only. */
  function filtered(body) {
    const wanted = JSON.parse(body);
    for (const name of ['recipient', 'sender']) {
      const value = byId('filter-' + name).value.trim();
      if (value) {
        wanted[name] = value;
      }
    }
    return JSON.stringify(wanted);
  }

  async function press(button) {
    const [method, path] = button.dataset.call.split(' ');
    if (button.dataset.confirm && !window.confirm(button.dataset.confirm)) {
      return;
    }
    button.disabled = true;
    try {
      const body = 'filtered' in button.dataset ? filtered(button.dataset.body) : button.dataset.body;
      const said = await (await call(method, path, body)).json();
      const many = 'retried' in said ? ': ' + said.retried + (said.more ? ', and there are more' : '') : '';
      toast(button.dataset.done + many, false);
      changed(['message', 'station']);
    } catch (refused) {
      toast(refused.message, true);
    } finally {
      button.disabled = false;
    }
  }

  /** The message whose details are open, or asked for; null if none are. */
  let wantedMessage = null;

  function showDetails(id) {
    wantedMessage = id;
    htmx.ajax('GET', '/ui/messages/' + encodeURIComponent(id), {source: '#details', target: '#details'});
  }

  function show(before) {
    byId('filter-before').value = before;
    htmx.trigger('#messages', 'show');
  }

  function filterBy(field, value) {
    for (const name of ['filter-state', 'filter-recipient', 'filter-sender']) {
      byId(name).value = name === field ? value : '';
    }
    show('');
    byId('messages-heading').scrollIntoView();
  }

  const TYPING = 300;
  let typing;
  byId('filter').addEventListener('submit', event => {
    event.preventDefault();
    show('');
  });
  byId('filter').addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => show(''), TYPING);
  });

  function write(recipient) {
    byId('write-error').hidden = true;
    if (recipient && byId('write-recipient').value !== recipient) {
      byId('write-recipient').value = recipient;
      newKey();
    }
    byId('write-dialog').showModal();
  }

  /** The window comes to the front, so one at a time. */
  let isProbing = false;

  async function probe(recipient) {
    if (!isProbing) {
      isProbing = true;
      try {
        await htmx.ajax('POST', '/ui/recipients/' + encodeURIComponent(recipient) + '/probe', '#probe');
      } finally {
        isProbing = false;
      }
    }
  }

  // Here, and not at each button: one that a part brings along would do nothing for the moment until it is wired.
  document.addEventListener('click', event => {
    const target = event.target.closest('[data-call], [data-message], [data-probe], [data-write], [data-state], [data-filter-recipient], [data-before], #write');
    if (!target || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    if (target.dataset.call) {
      press(target);
    } else if ('message' in target.dataset) {
      showDetails(new URL(target.href).searchParams.get('message'));
    } else if (target.dataset.probe) {
      probe(target.dataset.probe);
    } else if ('before' in target.dataset) {
      show(target.dataset.before);
    } else if (target.dataset.state) {
      filterBy('filter-state', target.dataset.state);
    } else if (target.dataset.filterRecipient) {
      filterBy('filter-recipient', target.dataset.filterRecipient);
    } else {
      write(target.dataset.recipient);
    }
  });

  /** A form that is sent twice, by a double click or over a bad line, is one message: its key says so. */
  let key;

  byId('write-form').addEventListener('submit', async event => {
    event.preventDefault();
    const form = event.target;
    const button = form.querySelector('button');
    const {recipient, priority, content} = Object.fromEntries(new FormData(form));
    button.disabled = true;
    try {
      await call('POST', '/api/v1/messages', JSON.stringify({recipient, priority, content, sender: 'dashboard'}),
        {'Idempotency-Key': key});
      newKey();
      form.reset();
      byId('write-dialog').close();
      toast('Accepted', false);
    } catch (refused) {
      byId('write-error').textContent = refused.message;
      byId('write-error').hidden = false;
    } finally {
      button.disabled = false;
    }
  });

  function newKey() {
    const random = crypto.getRandomValues(new Uint8Array(16));
    key = Array.from(random, byte => byte.toString(16).padStart(2, '0')).join('');
  }

  newKey();
  byId('write-form').addEventListener('input', newKey);

  // ------------------------------------------------------------------------------------------------ parts

  document.body.addEventListener('htmx:afterSwap', event => {
    const dialog = {details: 'details-dialog', probe: 'probe-dialog'}[event.detail.target.id];
    if (dialog && !byId(dialog).open) {
      byId(dialog).showModal();
    }
    if (event.detail.target.id === 'overview' && byId('rules')) {
      byId('rules').open = rulesAreOpen;
    }
    writeTimes();
  });

  /** What nobody looks at need not be kept up to date. */
  byId('details-dialog').addEventListener('close', () => {
    wantedMessage = null;
    shown.delete(byId('details'));
    byId('details').replaceChildren();
  });

  document.body.addEventListener('changed-message', refreshDetails);
  document.body.addEventListener('changed-receipt', refreshDetails);

  function refreshDetails() {
    if (wantedMessage !== null) {
      showDetails(wantedMessage);
    }
  }

  document.body.addEventListener('htmx:responseError', event => {
    const status = event.detail.xhr.status;
    if (status !== 401 && !(status === 404 && event.detail.target.id === 'details')) {
      toast('A part of the page cannot be shown: the service answered ' + status + ', and its log says why', true);
    }
  });

  /** What each part was made of last. */
  const shown = new WeakMap();
  let rulesAreOpen = false;
  let isPressed = false;
  let heldBack = false;

  document.body.addEventListener('htmx:beforeSwap', event => {
    const {target, xhr, requestConfig} = event.detail;
    if (target.id === 'details') {
      if (requestConfig.path !== '/ui/messages/' + encodeURIComponent(wantedMessage)) {
        // Closed meanwhile, or another one was opened.
        event.detail.shouldSwap = false;
        return;
      }
      // A message that is gone is shown as such.
      event.detail.shouldSwap ||= xhr.status === 404;
    }
    if (!event.detail.shouldSwap) {
      return;
    }
    // A part that is the same stays: with what is selected in it, and with what somebody is about to press.
    const isSame = shown.get(target) === xhr.responseText && target.childElementCount > 0 && target.id !== 'probe';
    const isAsked = target.id === 'probe' || !(requestConfig.triggeringEvent?.type ?? 'changed').startsWith('changed');
    if (isSame) {
      event.detail.shouldSwap = false;
    } else if (isPressed && !isAsked) {
      event.detail.shouldSwap = false;
      heldBack = true;
    } else {
      shown.set(target, xhr.responseText);
    }
    // Whoever has opened the list of rules goes on reading it.
    if (target.id === 'overview') {
      rulesAreOpen = byId('rules') !== null && byId('rules').open;
    }
  });

  // Under a finger nothing is exchanged: what was pressed and what is let go would be two things, and no click.
  document.addEventListener('pointerdown', event => {
    isPressed = event.button === 0;
  }, true);
  for (const end of ['pointerup', 'pointercancel', 'contextmenu', 'dragend', 'change']) {
    document.addEventListener(end, letGo, true);
  }
  window.addEventListener('blur', letGo);

  function letGo() {
    setTimeout(() => {
      isPressed = false;
      if (heldBack) {
        heldBack = false;
        changed(PARTS);
      }
    });
  }

  // ------------------------------------------------------------------------------------------------ times

  const ago = new Intl.RelativeTimeFormat('en', {numeric: 'auto', style: 'short'});
  const UNITS = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];

  /** What is due is due now, however long it has been. */
  function relative(when, isDue) {
    const past = Math.round((when - Date.now()) / 1000);
    const seconds = isDue ? Math.max(0, past) : past;
    const [unit, length] = UNITS.find(([, size]) => Math.abs(seconds) >= size) || UNITS[3];
    return ago.format(Math.round(seconds / length), unit);
  }

  function absolute(when) {
    const isToday = when.toDateString() === new Date().toDateString();
    return isToday ? when.toLocaleTimeString() : when.toLocaleString();
  }

  function writeTimes() {
    for (const time of document.querySelectorAll('time[datetime]')) {
      const when = new Date(time.getAttribute('datetime'));
      if (!Number.isNaN(when.getTime())) {
        const text = 'ago' in time.dataset ? relative(when, 'due' in time.dataset) : absolute(when);
        if (time.textContent !== text) {
          time.textContent = text;
        }
        time.title = when.toISOString();
      }
    }
  }

  // ------------------------------------------------------------------------------------------------ plots

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  let outcomes;
  let latency;

  function plot(canvas, type, sets, options) {
    return new Chart(byId(canvas), {
      type,
      data: {labels: [], datasets: sets.map(([label, name]) => ({
        label, data: [], backgroundColor: colour(name), borderColor: colour(name), pointRadius: 2, borderWidth: type === 'line' ? 2 : 0,
        spanGaps: false,
      }))},
      options: {
        animation: false, responsive: true, maintainAspectRatio: false, interaction: {mode: 'index', intersect: false},
        plugins: {legend: {labels: {color: colour('--ink'), boxWidth: 12}}},
        scales: {
          x: {stacked: options.stacked, ticks: {color: colour('--quiet'), maxTicksLimit: 7, maxRotation: 0}, grid: {display: false}},
          y: {stacked: options.stacked, beginAtZero: true, ticks: {color: colour('--quiet'), precision: 0, callback: options.ticks},
            grid: {color: colour('--line')}},
        },
      },
    });
  }

  function millis(value) {
    return value >= 1000 ? value / 1000 + ' s' : value + ' ms';
  }

  function draw() {
    outcomes?.destroy();
    latency?.destroy();
    outcomes = plot('outcomes', 'bar', [['delivered', '--good'], ['failed', '--bad'], ['unconfirmed', '--doubt'], ['retries', '--busy']],
      {stacked: true});
    latency = plot('latency', 'line', [['median', '--accent'], ['99th percentile', '--busy']], {stacked: false, ticks: millis});
    plotHistory();
  }

  function put(chart, labels, ...series) {
    chart.data.labels = labels;
    series.forEach((values, i) => {
      chart.data.datasets[i].data = values;
    });
    chart.update();
  }

  async function plotHistory() {
    try {
      const answer = await fetch('/ui/history', {headers: {'HX-Request': 'true'}});
      if (answer.ok) {
        const minutes = await answer.json();
        const labels = minutes.map(minute => new Date(minute.start).toLocaleTimeString([], {hour: '2-digit', minute: '2-digit'}));
        const values = name => minutes.map(minute => minute[name]);
        put(outcomes, labels, values('delivered'), values('failed'), values('unconfirmed'), values('retries'));
        put(latency, labels, values('median'), values('p99'));
      }
    } catch (unreachable) {
      // The line at the top says so already
    }
  }

  let plotSoon;

  /** A plot of an hour is not looked at every quarter of a second. */
  document.body.addEventListener('changed-message', () => {
    plotSoon ??= setTimeout(() => {
      plotSoon = undefined;
      plotHistory();
    }, 2000);
  });

  // ------------------------------------------------------------------------------------------------ start

  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  writeTimes();
  setInterval(writeTimes, 1000);
  draw();
  setInterval(plotHistory, 30000);
  if (byId('details').childElementCount > 0) {
    wantedMessage = new URLSearchParams(location.search).get('message');
    byId('details-dialog').showModal();
  }
  followWhileSeen();
})();
