// The registers, in one JSON file that is replaced as a whole after every change: they survive a kill.
'use strict';
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const { checkDigit } = require('./telegrams');

const FILE = path.join(process.env.JUKI_DATA || path.join(__dirname, 'data'), 'registers.json');

class Register {
  // A run of the harness (its token) has registers of its own; a serial is never used twice.
  open(token) {
    const run = crypto.createHash('sha256').update(token || '').digest('hex').slice(0, 16);
    let kept = {};
    try {
      kept = JSON.parse(fs.readFileSync(FILE, 'utf8'));
    } catch (error) {
      if (error.code !== 'ENOENT') console.error('registers unreadable, begun anew:', error.name);
    }
    const empty = { run, serial: kept.serial || 0, handles: 0, persons: 0, residents: {}, stock: [],
      threshold: 0, requests: [], replenishing: '', seen: {}, heard: {}, cs: [], atena: [], errors: [] };
    this.data = kept.run === run ? kept : empty;
    if (!this.data.serial) this.data.serial = Math.floor(Date.now() / 1000); // a lost file repeats no serial
    this.save();
  }

  save() {
    fs.mkdirSync(path.dirname(FILE), { recursive: true });
    fs.writeFileSync(`${FILE}.tmp`, JSON.stringify(this.data), { mode: 0o600 });
    fs.renameSync(`${FILE}.tmp`, FILE);
  }

  serial() {
    this.data.serial += 1;
    return String(this.data.serial).padStart(10, '0');
  }

  add(resident) {
    this.data.handles += 1;
    const handle = `r${this.data.handles}`;
    this.data.residents[handle] = { handle, juminhyo_code: '', individual_number: '', addressee_number: '', ...resident };
    return this.data.residents[handle];
  }

  addresseeNumber() {
    this.data.persons += 1;
    const digits = String(10000000 + this.data.persons);
    return digits + checkDigit(digits);
  }

  find(item, value) {
    return Object.values(this.data.residents).find((resident) => resident[item] === value);
  }

  error(telegram, code, text) {
    this.data.errors.push({ telegram, code, text, number: String(this.data.errors.length + 1) });
  }
}

module.exports = { Register };
