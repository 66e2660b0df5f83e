// What comes from etcd is anybody's: it becomes nodes of text, never markup, an address or a selector.

const at = id => document.getElementById(id);

const element = (tag, look, ...content) => {
  const node = document.createElement(tag);
  node.className = look;
  node.append(...content.filter(each => each !== null && each !== undefined));
  return node;
};

/** Shown is what is there: what would be invisible, or would turn the text around, by its code; and not all of it. */
const shown = (value, most = 200) => {
  const text = String(value);
  const visible = text.slice(0, most).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, each =>
    each === '\n' ? '\\n' : `\\u{${each.codePointAt(0).toString(16)}}`);
  return text.length > most ? `${visible}\u2026 (${text.length} characters)` : visible;
};

const id = value => element('bdi', 'mono', shown(value));

/** A link only to what a browser itself takes for a page of the web. */
const address = value => {
  let url = null;
  try {
    url = new URL(value);
  } catch {
    // No address of the web: text.
  }
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.href.length > 2000) {
    return element('bdi', 'mono', shown(value));
  }
  const link = element('a', 'mono', shown(value));
  link.href = url.href;
  link.rel = 'noreferrer';
  return link;
};

const duration = ms => {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (ms < 1000) {
    return `${Math.max(0, Math.round(ms))} ms`;
  } else if (ms < 10000) {
    return `${(ms / 1000).toFixed(1)} s`;
  } else if (seconds < 60) {
    return `${seconds} s`;
  } else if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  } else if (seconds < 86400) {
    return `${Math.floor(seconds / 3600)} h ${Math.floor(seconds / 60) % 60} min`;
  }
  return `${Math.floor(seconds / 86400)} d ${Math.floor(seconds / 3600) % 24} h`;
};

/** How far the clock of the application is ahead of this one; instants that it tells are by its clock. */
let ahead = 0;
const now = () => Date.now() + ahead;

/** The age of an instant; it grows without anything being asked. */
const age = instant => {
  const node = element('span', '');
  node.dataset.since = String(instant);
  tick(node);
  return node;
};
const tick = node => {
  node.textContent = duration(Math.max(0, Math.floor((now() - Number(node.dataset.since)) / 1000) * 1000))
    .replace(/^0 ms$/, '0 s').replace('.0 s', ' s');
};
setInterval(() => document.querySelectorAll('[data-since]').forEach(tick), 1000);

const time = iso => {
  const instant = new Date(iso);
  if (Number.isNaN(instant.getTime())) {
    return shown(iso);
  }
  const two = number => String(number).padStart(2, '0');
  const day = `${instant.getFullYear()}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`;
  const clock = `${two(instant.getHours())}:${two(instant.getMinutes())}:${two(instant.getSeconds())}`;
  const today = instant.toDateString() === new Date().toDateString();
  const node = element('time', '', today ? clock : `${day} ${clock}`);
  node.dateTime = instant.toISOString();
  node.title = instant.toISOString();
  return node;
};

const words = constant => shown(constant).toLowerCase().replaceAll('_', ' ');

const table = (caption, heads, rows) => {
  const head = element('tr', '', ...heads.map(each => {
    const cell = element('th', each === 'Token' ? 'number' : '', each);
    cell.scope = 'col';
    return cell;
  }));
  const body = element('tbody', '', ...rows);
  const node = element('table', '', element('thead', '', head), body);
  node.ariaLabel = caption;
  return node;
};
const row = (look, ...cells) => element('tr', look, ...cells);
const cell = (...content) => element('td', '', ...content);
