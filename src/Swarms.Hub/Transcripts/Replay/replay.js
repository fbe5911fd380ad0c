'use strict';
// Plays the room's events. Every text is hostile: it becomes text of the page, never markup.
(() => {
  const byId = id => document.getElementById(id);
  const events = [...document.querySelectorAll('script.events')].flatMap(block => JSON.parse(block.textContent));
  const zone = JSON.parse(byId('zone').textContent);
  if (byId('is-cut')) byId('cut').hidden = false;

  const LongestPause = 3000;
  const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: zone });
  const times = events.map(event => Date.parse(event.at));
  // The place of each event, in milliseconds from the first, at true pace and with short pauses. A clock that went back stands still.
  const truePlaces = placesOf(Infinity);
  const shortPlaces = placesOf(LongestPause);

  let places = truePlaces;
  let shown = 0;
  let place = 0;
  let isPlaying = false;
  let last = 0;
  let room = emptyRoom();

  const slider = byId('place');
  const button = byId('play');
  byId('short').addEventListener('change', choosePlaces);
  byId('speed').addEventListener('change', showPlace);
  button.addEventListener('click', () => (isPlaying ? pause() : play()));
  slider.addEventListener('input', () => seek(Number(slider.value)));
  slider.max = String(lengthOf(places));
  seek(0);

  function placesOf(longestPause) {
    let at = 0;
    let newest = times[0] ?? 0;
    return times.map(time => {
      if (time > newest) {
        at += Math.min(time - newest, longestPause);
        newest = time;
      }
      return at;
    });
  }

  function lengthOf(list) {
    return list.length === 0 ? 0 : list[list.length - 1];
  }

  function choosePlaces() {
    const before = shown;
    places = byId('short').checked ? shortPlaces : truePlaces;
    slider.max = String(lengthOf(places));
    seek(before === 0 ? 0 : places[before - 1]);
  }

  function play() {
    if (place >= lengthOf(places)) seek(0);
    isPlaying = true;
    last = performance.now();
    button.textContent = 'Pause';
    requestAnimationFrame(step);
  }

  function pause() {
    isPlaying = false;
    button.textContent = 'Play';
  }

  function step(now) {
    if (!isPlaying) return;
    place = Math.min(place + Math.max(0, now - last) * Number(byId('speed').value), lengthOf(places));
    last = now;
    catchUp();
    if (place >= lengthOf(places)) pause();
    else requestAnimationFrame(step);
  }

  function seek(target) {
    place = target;
    last = performance.now();
    if (shown > 0 && places[shown - 1] > place) {
      shown = 0;
      room = emptyRoom();
    }
    catchUp();
  }

  function catchUp() {
    while (shown < events.length && places[shown] <= place) show(events[shown++]);
    showPlace();
  }

  function showPlace() {
    slider.value = String(Math.floor(place));
    const at = shown === 0 ? '' : ` · ${clock.format(times[shown - 1])}`;
    byId('time').textContent = `${duration(place)} of ${duration(lengthOf(places))}${at}`;
  }

  function duration(milliseconds) {
    const seconds = Math.floor(milliseconds / 1000);
    const two = number => String(number).padStart(2, '0');
    const hours = Math.floor(seconds / 3600);
    const minutes = Math.floor(seconds / 60) % 60;
    return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
  }

  function emptyRoom() {
    byId('room').replaceChildren();
    byId('people').textContent = '';
    return { names: new Map(), present: new Map(), agents: new Map(), messages: new Map(), runs: new Map() };
  }

  // Control characters, and those that turn the direction of what stands around them.
  function clean(text) {
    return String(text).replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
  }

  function element(tag, className, text, isTheirs) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = clean(text);
    if (isTheirs) {
      made.dir = 'auto';
      made.lang = '';
    }
    return made;
  }

  function nameOf(id) {
    return room.names.get(id) ?? (id === undefined ? 'The hub' : 'somebody');
  }

  // Words of the page's own are texts, names are { name }.
  function line(event, ...words) {
    const made = element('p', 'line');
    made.append(element('time', '', clock.format(Date.parse(event.at))), ' ');
    for (const word of words) made.append(typeof word === 'string' ? word : element('bdi', '', word.name));
    byId('room').append(made);
  }

  function by(event) {
    return { name: nameOf(event.by) };
  }

  function showPeople() {
    const people = byId('people');
    people.replaceChildren();
    for (const [id, person] of room.present) {
      if (people.childNodes.length > 0) people.append(', ');
      people.append(element('bdi', '', nameOf(id)), person.isHandUp ? ' ✋' : '');
    }
  }

  function text(value) {
    return typeof value === 'string' ? value : '';
  }

  function show(event) {
    const data = event.data !== null && typeof event.data === 'object' ? event.data : {};
    if (event.run === undefined) showOfPeople(event, data);
    else showOfRun(event, event.run, data);
  }

  function showOfPeople(event, data) {
    switch (event.type) {
      case 'room.created':
        line(event, by(event), ' creates the room ', { name: text(data.name) });
        break;
      case 'room.changed':
        line(event, by(event), ' changes the room ', { name: text(data.name) });
        break;
      case 'member.joined':
      case 'member.changed':
        showMember(event, data.member ?? {});
        break;
      case 'member.left':
        room.present.delete(data.member?.id);
        showPeople();
        line(event, { name: nameOf(data.member?.id) }, data.reason === 'removed' ? ' is removed' : ' leaves');
        break;
      case 'agent.changed':
        room.agents.set(data.agent?.id, text(data.agent?.name));
        line(event, by(event), ' sets up the agent ', { name: text(data.agent?.name) });
        break;
      case 'agent.removed':
        line(event, by(event), ' removes the agent ', { name: room.agents.get(data.agent?.id) ?? '' });
        break;
      case 'message':
        showMessage(event, data);
        break;
      case 'message.edited':
      case 'message.removed':
        showChange(event, data);
        break;
      case 'reaction':
        line(event, by(event), ' reacts ', { name: text(data.emoji) }, ` to #${Number(data.target)}`);
        break;
      case 'reaction.removed':
        line(event, by(event), ' takes back ', { name: text(data.emoji) });
        break;
      case 'hand.raised':
        showHand(event, event.by, true);
        break;
      case 'hand.lowered':
        showHand(event, data.member ?? event.by, false);
        break;
      case 'group.started':
        line(event, by(event), ` asks ${Number(data.runs?.length ?? 0)} runs at once`);
        break;
      case 'group.voted':
        line(event, by(event), data.run === undefined ? ' takes a vote back' : ' votes');
        break;
      case 'group.revealed':
        showResults(event, data);
        break;
      case 'run.hidden':
      case 'run.shown':
        line(event, by(event), event.type === 'run.hidden' ? ' hides a run' : ' shows a run again');
        break;
      case 'run.removed':
        removeRun(event, data);
        break;
      case 'budget.warned':
        line(event, `The hub says that ${Number(data.percent)} % of a budget is used`);
        break;
    }
  }

  function showMember(event, member) {
    const isNew = !room.present.has(member.id);
    const before = nameOf(member.id);
    room.names.set(member.id, text(member.name));
    room.present.set(member.id, { isHandUp: room.present.get(member.id)?.isHandUp === true });
    showPeople();
    if (isNew) line(event, { name: nameOf(member.id) }, ` joins as ${text(member.role)}`);
    else if (before !== member.name) line(event, { name: before }, ' is now called ', { name: text(member.name) });
    else line(event, { name: before }, ` is now ${text(member.role)}`);
  }

  function showHand(event, id, isUp) {
    if (room.present.has(id)) room.present.set(id, { isHandUp: isUp });
    showPeople();
    line(event, { name: nameOf(id) }, isUp ? ' raises a hand' : "'s hand is lowered");
  }

  function showMessage(event, data) {
    const card = element('article', 'message');
    const heading = element('h2');
    heading.append(element('bdi', '', nameOf(event.by)), ` #${event.sequence} `, element('time', '', clock.format(Date.parse(event.at))));
    const body = data.erased === undefined ? element('p', 'text', text(data.text), true) : element('p', 'state', 'Edited or removed later.');
    card.append(heading, body);
    room.messages.set(event.sequence, body);
    byId('room').append(card);
  }

  function showChange(event, data) {
    const body = room.messages.get(data.target);
    if (!body) return;
    const isRemoved = event.type === 'message.removed';
    const isErased = isRemoved || data.erased !== undefined;
    body.className = isErased ? 'state' : 'text';
    body.dir = 'auto';
    body.textContent = isRemoved ? 'Removed.' : isErased ? 'Edited or removed later.' : clean(text(data.text));
  }

  function showResults(event, data) {
    const results = Array.isArray(data.results) ? data.results : [];
    line(event, by(event), ` ends the vote: ${results.map(result => `${Number(result.votes)}`).join(' · ')}`);
    // What a blind group has hidden: who wrote which answer.
    for (const revealed of Array.isArray(data.runs) ? data.runs : []) {
      const card = room.runs.get(revealed.run);
      if (card) card.heading.append(' · ', element('bdi', '', text(revealed.agent?.name)));
    }
  }

  function cardOf(event, run) {
    const known = room.runs.get(run);
    if (known) return known;
    const card = element('article', 'run');
    const made = {
      heading: element('h2'),
      task: element('p', 'text task', '', true),
      parts: element('div'),
      state: element('p', 'state'),
      agent: undefined,
      text: undefined,
    };
    card.append(made.heading, made.task, made.parts, made.state);
    room.runs.set(run, made);
    byId('room').append(card);
    return made;
  }

  function showOfRun(event, run, data) {
    const card = cardOf(event, run);
    switch (event.type) {
      case 'run.proposed':
      case 'run.queued':
        nameRun(event, card, data);
        card.state.textContent = event.type === 'run.proposed' ? 'Proposed' : 'Waiting';
        break;
      case 'run.approved':
        card.state.textContent = clean(`Approved by ${nameOf(event.by)}`);
        break;
      case 'run.started':
        card.state.textContent = 'Running';
        break;
      case 'chunk':
        write(card, data.agent, text(data.content));
        break;
      case 'masked':
        write(card, data.agent, '[masked]');
        break;
      case 'tool_call':
        card.state.textContent = clean(`Calls the tool ${text(data.name)}`);
        break;
      case 'done':
        card.state.textContent = 'Finished';
        break;
      case 'error':
        card.state.textContent = clean(`Failed: ${text(data.message)}`);
        break;
      case 'cancelled':
        card.state.textContent = clean(event.by === undefined ? 'Cancelled' : `Cancelled by ${nameOf(event.by)}`);
        break;
      case 'declined':
        card.state.textContent = clean(`Declined by ${nameOf(event.by)}${text(data.reason) === '' ? '' : `: ${data.reason}`}`);
        break;
      case 'interrupted':
        card.state.textContent = 'Interrupted';
        break;
    }
  }

  function nameRun(event, card, data) {
    if (data.erased !== undefined) {
      card.heading.textContent = 'A run that was removed later';
      return;
    }
    const name = text(data.agent?.name) || (data.kind === 'swarm' ? 'Swarm' : 'Agent');
    card.heading.replaceChildren(element('bdi', '', name));
    if (event.by !== undefined) card.heading.append(', asked by ', element('bdi', '', nameOf(event.by)));
    card.heading.append(' ', element('time', '', clock.format(Date.parse(event.at))));
    const said = room.messages.get(data.message);
    card.task.textContent = clean(text(data.task)) || (said?.textContent ?? '');
  }

  function write(card, agent, content) {
    if (card.text === undefined || !card.text.isConnected || card.agent !== agent) {
      if (agent !== undefined) card.parts.append(element('h3', '', agent, true));
      const body = element('p', 'text', '', true);
      card.text = document.createTextNode('');
      card.agent = agent;
      body.append(card.text);
      card.parts.append(body);
    }
    card.text.appendData(clean(content));
  }

  function removeRun(event, data) {
    const card = room.runs.get(data.run);
    line(event, by(event), ' removes a run');
    if (!card) return;
    card.task.textContent = '';
    card.parts.replaceChildren();
    card.state.textContent = 'Removed';
  }
})();
