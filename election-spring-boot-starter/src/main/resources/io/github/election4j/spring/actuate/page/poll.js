// Asks again and again, and shows what changed.

const here = location.pathname.replace(/\/+$/, '');
const every = 2000;
const limit = 5000;

let last = null; // the last answer
let lastAt = 0; // when it came
let outSince = null; // since when etcd is out of reach, as far as this page knows
let trouble = null; // what is wrong with the application; null while it answers
let asking = false;
let timer = 0;
const drawn = new Map(); // what each section was made of
const told = new Map(); // what was announced of each election

let news = [];

/** Told by screen readers; what comes at once is told together. */
const announce = text => {
  if (news.push(text) === 1) {
    setTimeout(() => {
      at('news').textContent = news.join(' ');
      news = [];
    });
  }
};

const current = async () => {
  const response = await fetch(here, {
    headers: {Accept: 'application/json'}, credentials: 'same-origin', redirect: 'manual', cache: 'no-store',
    signal: AbortSignal.timeout(limit)});
  if (response.type === 'opaqueredirect' || response.status === 401 || response.status === 403) {
    throw new Error('it asks to sign in: reload this page');
  } else if (!response.ok) {
    throw new Error(`status ${response.status}`);
  }
  const answer = await response.json();
  if (!answer.session || !answer.elections) {
    throw new Error('something else answers there');
  }
  const date = Date.parse(response.headers.get('Date') ?? '');
  // It tells whole seconds: what is less is no difference.
  ahead = Math.abs(date - Date.now()) > 2000 ? date - Date.now() : 0;
  return answer;
};

const poll = async () => {
  clearTimeout(timer);
  if (asking || document.hidden) {
    return;
  }
  asking = true;
  try {
    last = await current();
    lastAt = now();
    trouble = null;
  } catch (failure) {
    trouble = shown(failure.name === 'TimeoutError' ? `no answer within ${limit / 1000} s` : failure.message);
  }
  asking = false;
  draw();
  timer = setTimeout(poll, every);
};

const draw = () => {
  const out = last !== null && last.session.state !== 'ACTIVE';
  outSince = out ? outSince ?? firstOut() : null;
  drawTrouble(out);
  if (last === null) {
    return;
  }
  drawSession();
  [...drawn].filter(([name]) => !Object.hasOwn(last.elections, name)).forEach(([name, {node}]) => {
    node.remove();
    drawn.delete(name);
  });
  Object.entries(last.elections).forEach(([name, described]) => {
    // Each place in a queue has the lease of its member: an id may be that of several.
    const election = {...described, place: `${described.key}/${last.session.leaseId}`};
    const lost = election.state === 'DISCONNECTED' ? Date.parse(election.since) : null;
    drawElection(name, election, trouble !== null ? lastAt : out ? outSince : lost);
  });
};

/** A member that lost etcd before this page was opened says since when. */
const firstOut = () => Math.min(lastAt, ...Object.values(last.elections)
  .filter(each => each.state === 'DISCONNECTED').map(each => Date.parse(each.since)));

const drawTrouble = out => {
  const states = {
    DISCONNECTED: 'etcd is out of reach of this member: who leads now is not known here.',
    CONNECTING: 'This member has not reached etcd yet.',
    CLOSED: 'This member has closed its session with etcd.'};
  const text = trouble !== null ? `This page cannot reach the application: ${trouble}.`
    : out ? states[last.session.state] ?? `The session is ${words(last.session.state)}.` : '';
  if (at('trouble').textContent !== text) {
    at('trouble').textContent = text;
    announce(text === '' ? 'The application and etcd can be reached again.' : text);
  }
  at('trouble').hidden = text === '';
  const live = last === null ? ['No answer yet'] : trouble !== null ? ['Last answer ', age(lastAt), ' ago']
    : [`Live from ${location.host}, asked every ${every / 1000} s`];
  at('live').replaceChildren(...live);
};

const drawSession = () => {
  const {state, leaseId, grantedTtlMs, validForMs, notice} = last.session;
  const look = state === 'ACTIVE' ? 'good' : 'bad';
  at('session').className = trouble === null ? '' : 'old';
  at('session').replaceChildren(
    element('span', '', 'Session with etcd: ', element('strong', look, words(state))),
    element('span', '', 'granted for ', duration(grantedTtlMs)),
    element('span', '', 'valid for ', duration(validForMs)),
    element('span', '', 'lease ', element('span', 'mono', leaseId === null ? 'none' : shown(leaseId))),
    ...(notice ? [element('span', 'warn', shown(notice, 500))] : []));
};

const drawElection = (name, election, oldSince) => {
  const made = JSON.stringify([election, oldSince === null ? null : Math.round(oldSince / 1000)]);
  const before = drawn.get(name);
  if (before?.made === made) {
    return;
  }
  const focussed = document.activeElement?.dataset.key;
  const node = section(name, election, oldSince);
  before ? before.node.replaceWith(node) : at('elections').append(node);
  drawn.set(name, {made, node});
  if (focussed !== undefined && document.activeElement === document.body) {
    focusOn(focussed);
  }
  const story = `Election ${shown(name)}: ${election.leader ? `${shown(election.leader.id)} leads` : 'nobody leads'}`
    + `; this member is ${words(election.state)}.`;
  if (told.has(name) && told.get(name) !== story) {
    announce(story);
  }
  told.set(name, story);
};

if (!operable) {
  at('closed').hidden = false;
  at('closed').className = 'muted';
  at('closed').textContent = framed
    ? 'Operations are off where this page is part of another.'
    : 'Operations are closed here: management.endpoint.election.access is not unrestricted.';
}
document.addEventListener('visibilitychange', poll);
poll();
