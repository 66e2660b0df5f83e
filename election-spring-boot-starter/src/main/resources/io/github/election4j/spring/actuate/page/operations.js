// What an operator can do. A page within another could be clicked by somebody who sees only that one.

const framed = window.top !== window;
const operable = document.body.dataset.operations === 'open' && !framed;
let running = false;

const button = (key, label, ask) => {
  const node = element('button', '', label);
  node.type = 'button';
  node.title = ask.question;
  node.dataset.key = key;
  node.disabled = running;
  node.addEventListener('click', () => confirmed(key, ask));
  return node;
};

const eviction = (key, name, id) => {
  const on = `${shown(id)} in election ${shown(name)}`;
  return button(key, 'Evict', {
    operation: 'evict', body: {election: name, id}, verb: 'Evict', question: `Evict ${on}?`,
    consequence: 'It gives up its place, and its term if it leads, and stays out of the queue.',
    fields: {for: 'For how long, such as 30m; empty: until cancelled', reason: 'Reason'}});
};

/** Behind a balancer another member may answer than is shown, so this one is named. */
const ofMember = (name, election) => {
  const place = election.candidates.some(each => each.key === election.place);
  const on = `${shown(election.id)} in election ${shown(name)}`;
  const buttons = election.evicted
    ? [button(`cancel-evict ${name}`, 'Cancel the eviction', {
      operation: 'cancel-evict', body: {election: name, id: election.id}, verb: 'Cancel the eviction',
      question: `Let ${on} return?`, consequence: 'It enters the queue again, at the tail.'})]
    : [
      ...(place ? [button(`resign ${name}`, 'Resign', {
        operation: 'resign', body: {election: name, id: election.id}, verb: 'Resign',
        question: `Resign ${on}?`,
        consequence: 'It gives up its place, and its term if it leads, and enters again at the tail.'})] : []),
      eviction(`evict ${name}`, name, election.id)];
  return element('p', 'buttons', ...buttons);
};

/** An operation means an id: where several have it, that could be another than the one of this row. */
const ofCandidate = (name, election, candidate) => {
  const other = candidate.key !== election.place;
  const leads = candidate.key === election.leader?.key;
  const who = shown(candidate.id);
  const target = {election: name, id: candidate.id};
  if (election.candidates.filter(each => each.id === candidate.id).length > 1) {
    return element('p', 'muted', 'shares its id');
  }
  return element('p', 'buttons',
    election.leader && !leads
      ? button(`transfer ${name} ${candidate.key}`, 'Transfer', {
        operation: 'transfer', body: target, verb: 'Transfer', question: `Make ${who} the leader of ${shown(name)}?`,
        consequence: `${shown(election.leader.id)} gives up its term, and who waited longer waits behind it.`})
      : null,
    other && leads
      ? button(`resign ${name} ${candidate.key}`, 'Resign', {
        operation: 'resign', body: target, verb: 'Resign', question: `Resign ${who} in election ${shown(name)}?`,
        consequence: 'It gives up its term, and enters again at the tail.'})
      : null,
    other ? eviction(`evict ${name} ${candidate.key}`, name, candidate.id) : null,
    other
      ? button(`clear ${name} ${candidate.key}`, 'Clear', {
        operation: 'clear', body: target, verb: 'Clear',
        question: `Clear ${who} from election ${shown(name)}?`,
        consequence: 'Only if its process is dead: while it lives and leads, there could be two leaders for a moment.'})
      : null);
};

const ofEviction = (name, evicted) => element('p', 'buttons',
  button(`let-return ${name} ${evicted.id}`, 'Let return', {
    operation: 'cancel-evict', body: {election: name, id: evicted.id}, verb: 'Let return',
    question: `Let ${shown(evicted.id)} return to election ${shown(name)}?`,
    consequence: 'It enters the queue at the tail, if it is there.'}));

/** Asks first; what is focussed then, and chosen by Escape, is to do nothing. */
const confirmed = (key, ask) => {
  const inputs = Object.entries(ask.fields ?? {}).map(([name, label]) => {
    const input = element('input', '');
    input.name = name;
    input.autocomplete = 'off';
    at('fields').append(element('label', '', label, input));
    return input;
  });
  at('question').textContent = ask.question;
  at('consequence').textContent = ask.consequence;
  at('confirm').textContent = ask.verb;
  at('confirm').onclick = () => {
    const filled = inputs.map(each => [each.name, each.value.trim()]).filter(([, value]) => value !== '');
    at('dialog').close('confirmed');
    operate(ask, {...ask.body, ...Object.fromEntries(filled)});
  };
  at('cancel').onclick = () => at('dialog').close('');
  at('dialog').onclose = () => {
    at('fields').replaceChildren();
    if (at('dialog').returnValue !== 'confirmed') {
      focusOn(key);
    }
  };
  at('dialog').returnValue = '';
  at('dialog').showModal();
};

/** Sections are made anew when they change: what was focussed is found by what it is for. */
const focusOn = key =>
  [...document.querySelectorAll('[data-key]')].find(each => each.dataset.key === key)?.focus();

const operate = async (ask, body) => {
  const what = `${ask.verb} (${shown(body.id ?? body.election)})`;
  run(true);
  report(`${what}: waiting for the answer`, '');
  at('outcome').focus();
  try {
    const response = await fetch(`${here}/${ask.operation}`, {
      method: 'POST', credentials: 'same-origin', redirect: 'manual', cache: 'no-store',
      headers: {'Accept': 'application/json', 'Content-Type': 'application/json', ...token()},
      body: JSON.stringify(body)});
    report(...await outcome(response, what));
  } catch (failure) {
    report(`${what}: no answer came (${shown(failure.message)}). It may have taken effect all the same.`, 'bad');
  }
  run(false);
  poll();
};

const outcome = async (response, what) => {
  const answer = await response.json().catch(() => ({}));
  if (response.ok) {
    const leader = answer.leader ? `${shown(answer.leader.id)} leads.` : 'Nobody leads yet.';
    return [`${what}: ${words(answer.outcome)}. ${leader}`, ''];
  }
  const hint = response.type === 'opaqueredirect' || [401, 403].includes(response.status)
    ? 'You may not do this, or are no longer signed in.' : '';
  const status = response.status === 0 ? 'a redirect' : `status ${response.status}`;
  return [`${what}: refused with ${status}. ${shown(answer.message ?? hint, 1000)}`, 'bad'];
};

const token = () => {
  const found = document.cookie.split('; ').find(each => each.startsWith('XSRF-TOKEN='));
  return found ? {'X-XSRF-TOKEN': decodeURIComponent(found.slice('XSRF-TOKEN='.length))} : {};
};

const report = (text, look) => {
  at('outcome').hidden = false;
  at('outcome').className = look;
  at('outcome').textContent = text;
  announce(text);
};

const run = on => {
  running = on;
  document.querySelectorAll('[data-key]').forEach(each => { each.disabled = on; });
};
