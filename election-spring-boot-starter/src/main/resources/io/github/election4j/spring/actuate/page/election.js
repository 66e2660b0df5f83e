// One election as a section.

/** Who led from when until when, nobody included; oldest first. What goes on has no end. */
const segments = election => {
  const heard = ofHistory(election.history ?? []);
  const terms = election.terms ?? [];
  const all = terms.length === 0 ? heard : withGaps([...terms.map(ofTerm), ...unwritten(heard, terms)], vacant(heard));
  return all.filter(each => each.leader || !each.until || span(each) >= NOTABLE);
};

/** Ordered hand-overs take less, and the clocks of two members may differ by as much. */
const NOTABLE = 1000;

const ofTerm = term => ({leader: term, from: term.from, until: term.until, reason: term.reason, by: term.by});

/** Members of other libraries write no terms: of theirs there is what this member has heard. */
const unwritten = (heard, terms) =>
  heard.filter(each => each.leader && !terms.some(term => term.fencingToken === each.leader.fencingToken));

/** When this member has heard that nobody leads. */
const vacant = heard => heard.filter(each => each.leader === null).map(each => each.from);

/** Who was killed has written no end: its term lasted until nobody led, or at most until the next one. */
const withGaps = (known, vacancies) => known
  .sort((one, other) => Date.parse(one.from) - Date.parse(other.from))
  .flatMap((each, index) => {
    const next = known[index + 1]?.from ?? null;
    const lapsed = vacancies.find(at => isBetween(each.from, at, next)) ?? null;
    const until = each.until ?? lapsed ?? next;
    const gap = until && isBetween(each.from, until, next) ? [{leader: null, from: until, until: next}] : [];
    return [{...each, until, atMost: !each.until && !lapsed}, ...gap];
  });

const isBetween = (from, at, next) =>
  Date.parse(at) > Date.parse(from) && (next === null || Date.parse(at) < Date.parse(next));

const ofHistory = changes => changes.map((change, index) => {
  const next = changes[index + 1];
  const ended = change.leader && next?.state === 'RETIRE_FROM_LEADER' ? next.reason : null;
  return {leader: change.leader, from: change.time, until: next?.time ?? null, reason: ended, by: null};
});

const span = segment => (segment.until ? Date.parse(segment.until) : now()) - Date.parse(segment.from);

const timeline = (all, title, old) => {
  const ids = [...new Set(all.flatMap(each => each.leader ? [each.leader.id] : []))];
  const colour = segment => segment.leader ? `s${ids.indexOf(segment.leader.id) % 6}` : 'gap';
  const strip = element('div', 'strip', ...all.map(segment => {
    const part = element('span', colour(segment));
    part.style.flexGrow = String(Math.max(0.5, Math.log2(1 + Math.max(0, span(segment)) / 1000)));
    return part;
  }));
  strip.ariaHidden = 'true';
  const rows = [...all].reverse().map(segment => row(segment.leader ? '' : 'gap',
    cell(time(segment.from), element('span', 'below', ...lasting(segment, old))),
    segment.leader
      ? cell(element('span', `dot ${colour(segment)}`), id(segment.leader.id),
        element('span', 'below', `token ${shown(segment.leader.fencingToken)}`))
      : cell(segment.until || old ? 'Nobody led' : 'Nobody leads'),
    cell(...why(segment))));
  return [element('h3', '', 'Terms, newest first, by the clocks of those who led'), strip, table(`Terms of ${title}`, ['From', 'Leader', 'End'], rows)];
};

const lasting = (segment, old) => segment.until ? [segment.atMost ? 'for at most ' : 'for ', duration(span(segment))]
  : old ? ['nothing newer is known'] : ['for ', age(Date.parse(segment.from)), ', goes on'];

const why = segment => [
  segment.reason ? (/^[A-Z_]+$/.test(segment.reason) ? words(segment.reason) : shown(segment.reason)) : null,
  segment.by ? element('span', 'below', 'by ', id(segment.by)) : null];

const looks = {LEADING: 'good', STEPPING_DOWN: 'warn', EVICTED: 'warn', DISCONNECTED: 'bad', CLOSED: 'bad'};

const leads = (election, all, old) => {
  const last = all[all.length - 1];
  const from = last && last.leader?.fencingToken === election.leader?.fencingToken ? last.from : null;
  const since = from ? [' since ', time(from), ...(old ? [] : [' (', age(Date.parse(from)), ')'])] : [];
  if (!election.leader) {
    return element('p', 'leader warn', element('strong', '', old ? 'Nobody led' : 'Nobody leads'), ...since);
  }
  return element('p', 'leader', element('strong', 'good', id(election.leader.id)), old ? ' led' : ' leads', ...since);
};

const fact = (name, ...content) => [element('dt', '', name), element('dd', '', ...content)];

const self = (election, old) => element('dl', '',
  ...fact('This member', id(election.id)),
  ...fact('Address', election.address ? address(election.address) : 'none'),
  ...fact('State', words(election.state), ' since ', time(election.since),
    ...(old ? [] : [' (', age(Date.parse(election.since)), ')'])),
  ...(election.fencingToken === null ? [] : fact('Token of its term', shown(election.fencingToken))),
  ...(election.lastError ? fact('Last error', element('span', 'bad', shown(election.lastError, 1000))) : []));

const queue = (name, election) => {
  const rows = election.candidates.map((candidate, index) => row('',
    element('td', 'place', String(index + 1)),
    cell(id(candidate.id),
      candidate.key === election.leader?.key ? element('span', 'tag good', 'leads') : null,
      candidate.key === election.place ? element('span', 'tag', 'this member') : null,
      element('span', 'below', candidate.address ? address(candidate.address) : null),
      candidate.since ? element('span', 'below', 'since ', time(candidate.since)) : null),
    element('td', 'number', shown(candidate.fencingToken)),
    ...(operable ? [element('td', 'act', ofCandidate(name, election, candidate))] : [])));
  const heads = ['', 'Candidate', 'Token', ...(operable ? [''] : [])];
  return [element('h3', '', 'Queue, first come first'), rows.length > 0
    ? table(`Queue of ${shown(name)}`, heads, rows)
    : element('p', 'muted', 'Nobody is in the queue.')];
};

const evictions = (name, election) => {
  if (!Array.isArray(election.evictions) || election.evictions.length === 0) {
    return [];
  }
  const rows = election.evictions.map(each => row('',
    cell(id(each.id)),
    cell(each.reason ? shown(each.reason) : null, each.by ? element('span', 'below', 'by ', id(each.by)) : null),
    cell(each.since ? time(each.since) : null,
      element('span', 'below', ...(each.until ? ['until ', time(each.until)] : ['until cancelled']))),
    ...(operable ? [element('td', 'act', ofEviction(name, each))] : [])));
  return [
    element('h3', '', 'Evicted'),
    table(`Evicted from ${shown(name)}`, ['Member', 'Reason', 'Since', ...(operable ? [''] : [])], rows)];
};

/** What is known of an election; since when it is no longer news, or null. */
const section = (name, election, oldSince) => {
  const all = segments(election);
  const old = oldSince !== null;
  const heading = element('h2', '', id(name));
  const node = element('section', old ? 'old' : '',
    element('div', 'title', heading, element('span', 'mono muted', shown(election.key)),
      element('span', `state ${looks[election.state] ?? 'muted'}`, `this member: ${words(election.state)}`)),
    old ? element('p', 'bad', 'As it was ', age(oldSince), ' ago.') : null,
    leads(election, all, old), self(election, old), operable ? ofMember(name, election) : null,
    ...queue(name, election), ...evictions(name, election), ...(all.length > 0 ? timeline(all, shown(name), old) : []));
  node.ariaLabel = `Election ${shown(name)}`;
  return node;
};
