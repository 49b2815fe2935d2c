// A small resident record system (住民記録システム): control plane on stdio, real links on sockets.
// Written from docs/sut-protocol.md and `denbun specs show`; Node.js 18 or newer, no dependencies.
'use strict';
const crypto = require('crypto');
const fs = require('fs');
const readline = require('readline');
const { AtenaLink } = require('./atenalink');
const { CsLink, sleep } = require('./cslink');
const { Register } = require('./register');
const { checks, isDate, now, unmapped, widened } = require('./telegrams');

const LONGEST = 1000000; // bytes of a command
const REPLENISHMENT = 20; // codes asked for when the stock is low
const CANNOT = { status: 'unsupported', scope: 'sut', reason: 'this system has no such function' };
const UNMAPPED = { code: 'unmapped_character', text: '住基ネット統一文字にない文字を代替文字で送ります。' };

const register = new Register();
let network = {};
let cs = null;
let atena = null;

const reject = (stage, code, more = {}) => ({ status: 'rejected', stage, reason: code, alerts: [{ code, text: code }], ...more });
const records = () => register.data.residents;

function pump() {
  cs.pump();
  atena.pump();
}

// --- what happens inside ------------------------------------------------------------------------

function requestNumber(resident) {
  const serial = cs.enqueue('number_issue_request', { juminhyo_code: resident.juminhyo_code }, resident.handle);
  register.data.requests.push({ serial, handle: resident.handle });
}

function requestAddressee(resident) {
  const unknown = /00$/.test(resident.birth_date);
  const { municipality_code, addressee_number, individual_number, name, furigana, birth_date, sex, address } = resident;
  atena.enqueue('/v1/addressees', resident.handle, { municipality_code, addressee_number, individual_number, name, furigana,
    birth_date, birth_date_unknown: unknown ? '1' : '0', birth_date_text: unknown ? resident.birth_date_text : '', sex, address });
}

// 本人確認情報 and 送付先情報 to the CS, 付番依頼 to 団体内統合宛名: when a record has its number.
function notify(resident) {
  cs.enqueue('identity_notice', { ...resident, entry: '1', reason: '12' }, resident.handle);
  const to = resident.delivery || {};
  cs.enqueue('delivery_address', { juminhyo_code: resident.juminhyo_code, print_kind: '1', name: to.name || resident.name,
    postal_code: to.postal_code || resident.postal_code, address: to.address || resident.address }, resident.handle);
  requestAddressee(resident);
  resident.notified = true;
}

// 本登録: a code is drawn from the stock at random (BIRTH-002), and the number asked for.
function finalise(resident) {
  const { data } = register;
  const alerts = [...(resident.alerts || [])];
  if (!data.stock.length) {
    replenish();
    return reject('final', 'stock_empty', { handle: resident.handle });
  }
  [resident.juminhyo_code] = data.stock.splice(crypto.randomInt(data.stock.length), 1);
  resident.addressee_number = register.addresseeNumber();
  resident.state = 'final';
  if (data.stock.length < data.threshold) {
    alerts.push({ code: 'stock_low', text: `住民票コードの残りが${data.stock.length}件です。` });
    replenish();
  }
  requestNumber(resident);
  return { status: 'ok', handle: resident.handle, alerts };
}

function fetchCodes(count) {
  return cs.enqueue('juminhyo_code_request', { count: String(count).padStart(3, '0') });
}

function replenish() {
  if (!register.data.replenishing) register.data.replenishing = fetchCodes(REPLENISHMENT);
}

// --- what comes over the CS link: the outcome goes into the receipt -----------------------------

function takeCodes(told) {
  const { data } = register;
  if (told.codes.some((code) => !checks(code))) return { result: '2003', error_item: 'juminhyo_code' };
  const held = (code) => data.stock.includes(code) || register.find('juminhyo_code', code);
  if (told.codes.some(held) || new Set(told.codes).size < told.codes.length) return { result: '2006', error_item: 'juminhyo_code' };
  data.stock.push(...told.codes);
  if (told.ref_serial === data.replenishing || data.stock.length >= data.threshold) data.replenishing = '';
  return { result: '0000' };
}

function takeNumber(told) {
  const { data } = register;
  if (!checks(told.juminhyo_code)) return { result: '2003', error_item: 'juminhyo_code' };
  const resident = register.find('juminhyo_code', told.juminhyo_code);
  if (!resident) return { result: '2001', error_item: 'juminhyo_code' };
  const request = data.requests.find(({ serial, handle }) => serial === told.ref_serial && handle === resident.handle);
  if (!request) return { result: '2004', error_item: 'ref_serial' };
  if (told.result !== '0000') {
    register.error(told.name, told.result, 'no number was generated');
    return { result: '0000' };
  }
  if (!checks(told.individual_number)) return { result: '2003', error_item: 'individual_number' };
  const holder = register.find('individual_number', told.individual_number);
  if (holder && holder !== resident) return { result: '2002', error_item: 'individual_number' };
  if (resident.individual_number) {
    return resident.individual_number === told.individual_number ? { result: '0000' } : { result: '2004', error_item: 'individual_number' };
  }
  resident.individual_number = told.individual_number;
  notify(resident);
  setImmediate(pump);
  return { result: '0000' };
}

const STATES = { 1: 'running', 2: 'partial', 3: 'stopped' };

function takeStatus(told) {
  if (!STATES[told.state]) return { result: '1003', error_item: 'state' };
  register.data.service = STATES[told.state];
  return { result: '0000' };
}

const TELEGRAMS = { service_status: takeStatus, juminhyo_code_list: takeCodes, number_issue_result: takeNumber };

function takeLinkageRequest(body) {
  const resident = register.find('addressee_number', body.addressee_number);
  if (!resident || !resident.individual_number) return '2001';
  resident.linkage = 'sent';
  cs.enqueue('linkage_code_request', { acquisition_number: body.acquisition_number, individual_number: resident.individual_number }, resident.handle);
  setImmediate(pump);
  return '0000';
}

function receiptCame(sent, result) {
  const resident = records()[sent.handle];
  if (resident && sent.name === 'linkage_code_request') resident.linkage = result === '0000' ? 'accepted' : 'refused';
  if (sent.name === 'juminhyo_code_request' && result !== '0000') register.data.replenishing = '';
}

// --- what staff do ------------------------------------------------------------------------------

// Why a birth cannot be taken as it was written; null when it can.
function inputFault(child, eventDate, reportDate) {
  const digits = (date) => date.replace(/-/g, '');
  const known = (date) => /^[0-9]{4}(0[0-9]|1[0-2])([0-2][0-9]|3[01])$/.test(digits(date)); // unknown and off the calendar too
  const today = now().slice(0, 8);
  if (!known(child.birth_date) || digits(child.birth_date) > today) return 'birth_date_wrong';
  if (!known(eventDate)) return 'event_date_wrong';
  if (digits(eventDate) > today) return 'event_date_future';
  if (reportDate && !isDate(digits(reportDate))) return 'report_date_wrong';
  if (reportDate && digits(reportDate) > today) return 'report_date_future';
  if ([...child.name].length > 40) return 'name_too_long';
  if ([...child.furigana].length > 60) return 'furigana_too_long';
  return null;
}

const ACTIONS = {
  birth({ household, child, until, event_date, report_date, delivery }) {
    const home = records()[household];
    if (!home) return { status: 'error', reason: 'unknown household' };
    const person = { ...child, name: widened(child.name || ''), furigana: widened(child.furigana || '') };
    const fault = inputFault(person, event_date || child.birth_date, report_date);
    if (fault) return reject('input', fault);
    const resident = register.add({ ...person, delivery, event_date: event_date || child.birth_date, state: 'provisional',
      household: home.household, address: home.address, postal_code: home.postal_code, municipality_code: network.codes.juki });
    if (unmapped(child.name) || unmapped(child.furigana)) { // widened, or substituted on the CS link
      resident.alerts = [UNMAPPED];
    }
    return until === 'provisional' ? { status: 'ok', handle: resident.handle, alerts: resident.alerts } : finalise(resident);
  },
  finalise({ handle }) {
    const resident = records()[handle];
    return resident && resident.state === 'provisional' ? finalise(resident) : reject('input', 'not_provisional');
  },
  withdraw({ handle }) {
    const resident = records()[handle];
    if (!resident || resident.state !== 'provisional') return reject('input', 'not_provisional');
    delete records()[handle];
    return { status: 'ok' };
  },
  // 職権修正、軽微な修正、誤記修正: told as 修正, with what the record holds afterwards.
  correct({ handle, items, kind = 'ex_officio', event_date, report_date, until }) {
    const reason = own({ ex_officio: '33', clerical: '33', minor: '32' }, kind);
    const strange = Object.keys(items).some((item) => !['name', 'furigana', 'birth_date', 'sex', 'address'].includes(item));
    if (!reason || strange || until === 'provisional') return CANNOT;
    const resident = records()[handle];
    if (!resident || resident.state !== 'final') return reject('input', 'not_final');
    const today = now().replace(/^(....)(..)(..).*/, '$1-$2-$3');
    const corrected = { ...resident, ...items };
    const fault = inputFault(corrected, event_date || today, report_date);
    if (fault) return reject('input', fault);
    Object.assign(resident, items);
    // While the number is awaited, the notice that follows its arrival tells the corrected items.
    if (resident.notified) cs.enqueue('identity_notice', { ...resident, event_date: event_date || today, entry: '3', reason }, handle);
    const alerts = unmapped(corrected.name) || unmapped(corrected.furigana) ? [UNMAPPED] : [];
    return { status: 'ok', handle, alerts };
  },
  fetch_codes({ count }) {
    fetchCodes(count);
    return { status: 'ok' };
  },
  request_number({ handle }) {
    const resident = records()[handle];
    if (!resident || resident.state !== 'final' || resident.individual_number) return reject('input', 'no_number_to_ask_for');
    requestNumber(resident);
    return { status: 'ok', handle };
  },
  request_addressee({ handle, addressee_number }) {
    const resident = records()[handle];
    if (!resident || !resident.individual_number) return reject('input', 'no_number');
    if (addressee_number) resident.addressee_number = addressee_number;
    requestAddressee(resident);
    return { status: 'ok', handle };
  },
};

const KINDS = {
  household({ head, members = [], ...home }) {
    const people = [head, ...members].map((person) => register.add({ ...person, ...home, state: 'final', notified: true,
      municipality_code: network.codes.juki, event_date: person.birth_date, addressee_number: register.addresseeNumber(),
      juminhyo_code: person.juminhyo_code || '', individual_number: person.individual_number || '' }));
    for (const resident of people) resident.household = people[0].handle;
    const [first, ...rest] = people.map(({ handle }) => handle);
    return { status: 'ok', handle: first, data: { head: first, members: rest } };
  },
  stock({ codes, threshold = 0 }) {
    Object.assign(register.data, { stock: [...codes], threshold, replenishing: '' });
    return { status: 'ok' };
  },
};

const VIEWS = {
  resident({ handle }) {
    const { juminhyo_code, individual_number, addressee_number, state } = records()[handle];
    return { juminhyo_code, individual_number, addressee_number, state };
  },
  stock: () => ({ count: register.data.stock.length, threshold: register.data.threshold }),
  errors: () => ({ errors: register.data.errors }),
  service_status: () => ({ state: register.data.service || 'unknown' }),
  linkage_request: ({ handle }) => ({ state: records()[handle].linkage || 'none' }),
};

// --- the control plane --------------------------------------------------------------------------

// Options of TLS for one link, both as server and as client; null when it is plain.
function secure(link) {
  const speaks = network.links[link] || 'plain';
  if (speaks === 'plain') return null;
  const read = (name) => fs.readFileSync(network.tls[name]);
  const mutual = speaks === 'mutual';
  return {
    server: { cert: read('certificate'), key: read('key'), ca: read('ca'), requestCert: mutual, rejectUnauthorized: mutual, minVersion: 'TLSv1.2' },
    client: { ca: read('ca'), minVersion: 'TLSv1.2', ...(mutual ? { cert: read('client_certificate'), key: read('client_key') } : {}) },
  };
}

const own = (table, key) => (Object.prototype.hasOwnProperty.call(table, key) ? table[key] : null);

const VERBS = {
  async hello(command) {
    if (process.env.DENBUN_TOKEN && command.token !== process.env.DENBUN_TOKEN) return { status: 'error', reason: 'wrong token' };
    if (command.role !== 'juki') return { ...CANNOT, reason: 'role juki only' };
    network = { links: {}, tls: {}, ...command.network };
    if (!cs) {
      register.open(command.token);
      cs = new CsLink(register, network, secure('cs_link'), (told) => TELEGRAMS[told.name](told), receiptCame);
      atena = new AtenaLink(register, network, secure('atena_link'), takeLinkageRequest);
    }
    const [tcp, http] = await Promise.all([new Promise((done) => cs.listen(done)), new Promise((done) => atena.listen(done))]);
    pump(); // what a kill left waiting
    return { status: 'ok', nonce: command.nonce, environment: 'test', sut: { name: 'Mihon Juki', version: '1' },
      adapter: { name: 'sut-node', version: '1' }, verbs: ['provision', 'trigger', 'observe', 'stop'],
      listens: { juki: { tcp: `127.0.0.1:${tcp}`, http: `127.0.0.1:${http}` } } };
  },
  provision({ kind, args }) {
    const put = own(KINDS, kind);
    const answer = put ? put(args) : CANNOT;
    register.save();
    return answer;
  },
  async trigger({ action, args, deadline_ms }) {
    if (action === 'flush') return flush(Date.now() + deadline_ms - 500);
    const act = own(ACTIONS, action);
    const answer = act ? act(args) : CANNOT;
    register.save();
    setImmediate(pump);
    return answer;
  },
  observe({ what, args }) {
    const view = own(VIEWS, what);
    return view ? { status: 'ok', data: view(args) } : CANNOT;
  },
  stop: () => ({ status: 'ok' }),
};

async function flush(until) {
  pump();
  while (!(cs.idle && atena.idle)) {
    if (Date.now() > until) return { status: 'error', reason: 'telegrams still wait' };
    await sleep(10);
  }
  return { status: 'ok' };
}

let last = 0;

// The command of a line; null for what cannot be read or has a seq that was used.
function read(line) {
  try {
    const command = JSON.parse(line);
    return line.length <= LONGEST && command.seq > last ? command : null;
  } catch (error) {
    return null;
  }
}

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const command = read(line);
    if (command === null) {
      console.error('passed over a line that is no command');
      continue;
    }
    last = command.seq;
    let answer = CANNOT;
    try {
      const verb = own(VERBS, command.cmd);
      if (verb) answer = await verb(command);
    } catch (error) {
      console.error(error.stack);
      answer = { status: 'error', reason: error.name };
    }
    process.stdout.write(`${JSON.stringify({ v: 1, seq: last, ...answer })}\n`);
    if (command.cmd === 'stop') break;
  }
  process.exitCode = 0;
  process.stdout.write('', () => process.exit());
}

main();
