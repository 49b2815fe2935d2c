// Telegrams of the CS link: layouts as `denbun specs show` prints them, check digits, characters.
'use strict';

const HEADER = [
  ['length', '9', 6], ['telegram_id', 'X', 6], ['version', '9', 2], ['sender', '9', 6],
  ['receiver', '9', 6], ['serial', '9', 10], ['ref_serial', '9', 10], ['created_date', 'DATE', 8],
  ['created_time', 'TIME', 6], ['kind', 'X', 1], ['result', '9', 4],
];
const HEAD = 65; // bytes of the header
const FROM_CS = ['juminhyo_code_list', 'number_issue_result', 'service_status', 'receipt'];
const RESULTS = '0000 1001 1002 1003 1004 2001 2002 2003 2004 2005 2006 2101 2102 2103 3001 9999'.split(' ');

// name: id on the wire, kind (1 request, 2 answer, 3 notice), items of the body
const LAYOUTS = {
  juminhyo_code_request: ['DB0101', '1', [['count', '9', 3]]],
  juminhyo_code_list: ['DB0102', '3', [['count', '9', 3], ['codes', 'LIST', 11]]],
  number_issue_request: ['DB0201', '1', [['juminhyo_code', '9', 11]]],
  number_issue_result: ['DB0202', '3', [['juminhyo_code', '9', 11], ['individual_number', '9', 12]]],
  identity_notice: ['DB0301', '3', [
    ['entry', 'X', 1], ['reason', 'X', 2], ['event_date', 'DATE', 8], ['name', 'N', 40],
    ['furigana', 'N', 60], ['former_surname', 'N', 20], ['alias', 'N', 40], ['birth_date', 'ERA', 7],
    ['sex', 'X', 1], ['municipality_code', '9', 6], ['address', 'N', 80], ['juminhyo_code', '9', 11],
    ['individual_number', '9', 12], ['former_juminhyo_code', '9', 11], ['former_individual_number', '9', 12],
  ]],
  delivery_address: ['DB0302', '3', [
    ['juminhyo_code', '9', 11], ['print_kind', 'X', 1], ['name', 'N', 40], ['postal_code', '9', 7],
    ['address', 'N', 80],
  ]],
  linkage_code_request: ['DB0401', '1', [['acquisition_number', 'X', 20], ['individual_number', '9', 12]]],
  service_status: ['DB9002', '3', [['state', 'X', 1], ['since_date', 'DATE', 8], ['since_time', 'TIME', 6], ['message', 'N', 40]]],
  receipt: ['DB9001', '2', [['error_item', 'X', 30]]],
};

// The check digit of 住民票コード, 個人番号 and 宛名番号: weights 2 to 7 from the right, modulus 11.
function checkDigit(digits) {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) sum += Number(digits[digits.length - 1 - i]) * (2 + (i % 6));
  const rest = sum % 11;
  return rest < 2 ? '0' : String(11 - rest);
}

function checks(text) {
  return /^[0-9]{9,15}$/.test(text) && checkDigit(text.slice(0, -1)) === text.slice(-1);
}

// 住基ネット統一文字 of the open profile, as found with `denbun encode`: UCS-2, the rest becomes 〓.
const SUBSTITUTE = 0x3013;

const RANGES = [[0xa1, 0x9fff], [0xf900, 0xfaff], [0xff01, 0xff60], [0xffe0, 0xffe6]];

function code(character) {
  const point = character.codePointAt(0);
  if (point === 0x2020) return null; // it would look like two spaces
  return RANGES.some(([low, high]) => point >= low && point <= high) ? point : null;
}

// Half-width characters become full-width ones, also on the HTTP links.
const widened = (text) => text.replace(/[\x20-\x7e]/g, (one) => (one === ' ' ? '\u3000' : String.fromCharCode(one.charCodeAt(0) + 0xfee0)))
  .replace(/[\uff61-\uff9f]+/g, (some) => some.normalize('NFKC'));

const unmapped = (text) => [...(text || '')].some((character) => code(character) === null);

function fullWidth(text, size) {
  const bytes = Buffer.alloc(size * 2);
  const characters = [...(text || '')];
  if (characters.length > size) throw new RangeError('too long');
  for (let i = 0; i < size; i += 1) {
    const found = i < characters.length ? code(characters[i]) : 0x3000;
    bytes.writeUInt16BE(found === null ? SUBSTITUTE : found, i * 2);
  }
  return bytes;
}

// 2026-05-01 → 5080501; unknown parts stay 00. Months and days decide at the turn of an era.
const ERAS = [[20190501, 2018, '5'], [19890108, 1988, '4'], [19261225, 1925, '3'], [19120730, 1911, '2'], [0, 1867, '1']];
function era(date) {
  const digits = date.replace(/-/g, '');
  const from = ERAS.find(([start]) => Number(digits.replace(/0000$/, '1231').replace(/00$/, '31')) >= start);
  return from[2] + String(Number(digits.slice(0, 4)) - from[1]).padStart(2, '0') + digits.slice(4);
}

function item(value, type, size) {
  if (type === 'N') return fullWidth(value, size);
  if (type === 'ERA') return Buffer.from(era(value));
  const text = type === 'DATE' ? value.replace(/-/g, '') : value || '';
  if (text.length > size) throw new RangeError('too long');
  return Buffer.from(text.padEnd(size, ' '), 'ascii');
}

// The present moment in Japan: YYYYMMDDhhmmss.
function now() {
  return new Date(Date.now() + 9 * 3600 * 1000).toISOString().replace(/[^0-9]/g, '').slice(0, 14);
}

// Bytes of a telegram; `header` has sender, receiver, serial, ref_serial? and result?.
function encode(name, header, values) {
  const [id, kind, items] = LAYOUTS[name];
  const body = Buffer.concat(items.map(([field, type, size]) => item(values[field], type, size)));
  const head = `${String(HEAD + body.length + 2).padStart(6, '0')}${id}01${header.sender}${header.receiver}${
    header.serial}${header.ref_serial || '0000000000'}${now()}${kind}${header.result || '0000'}`;
  return Buffer.concat([Buffer.from(head), body, Buffer.from('$$')]);
}

function isDate(text) {
  const at = new Date(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10).replace(/-/g, '') === text;
}

// What a telegram holds, with `fault` (a result code) and `error_item` where something is wrong.
function decode(bytes) {
  const text = bytes.toString('latin1');
  const found = { telegram_id: text.slice(6, 12) };
  let at = 0;
  for (const [field, , size] of HEADER) {
    found[field] = text.slice(at, at + size);
    at += size;
  }
  const fault = (result, errorItem = '') => ({ ...found, fault: result, error_item: errorItem });
  if (bytes.length < HEAD + 2 || text.slice(-2) !== '$$' || Number(found.length) !== bytes.length) return fault('1001');
  const name = Object.keys(LAYOUTS).find((key) => LAYOUTS[key][0] === found.telegram_id);
  if (!name) return fault('1002');
  found.name = name;
  const [, kind, items] = LAYOUTS[name];
  const size = items.reduce((sum, [, type, width]) => sum + (type === 'LIST' ? width * Number(text.slice(at, at + 3)) : type === 'N' ? width * 2 : width), 0);
  if (!FROM_CS.includes(name)) return fault('1002'); // not for us
  if (Number.isNaN(size)) return fault('1003', 'count');
  if (HEAD + size + 2 !== bytes.length) return fault('1001');
  const right = (value, type) => (type === '9' ? /^[0-9]+$/.test(value)
    : type === 'DATE' ? /^[0-9]{8}$/.test(value) && isDate(value)
      : type === 'TIME' ? /^([01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]$/.test(value)
        : type === 'N' || /^[\x20-\x7e]*$/.test(value));
  for (const [field, type] of HEADER) if (!right(found[field], type)) return fault('1003', field);
  if (found.version !== '01') return fault('1003', 'version');
  if (found.kind !== kind) return fault('1003', 'kind');
  if (!RESULTS.includes(found.result)) return fault('1003', 'result');
  for (const [field, type, width] of items) {
    if (type === 'LIST') {
      found.codes = [];
      for (let i = 0; i < Number(found.count); i += 1) found.codes.push(text.slice(at + i * width, at + (i + 1) * width));
      if (found.codes.some((one) => !/^[0-9]+$/.test(one))) return fault('1003', 'juminhyo_code');
    } else {
      const value = text.slice(at, at + (type === 'N' ? width * 2 : width));
      const blank = field === 'individual_number' && found.result !== '0000' && !value.trim();
      if (!blank && !right(value, type)) return fault('1003', field);
      found[field] = value.trimEnd();
      at += value.length;
    }
  }
  return found;
}

module.exports = { encode, decode, checkDigit, checks, unmapped, widened, now, isDate, HEAD };
