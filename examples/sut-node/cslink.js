// The CS link: a listener for what the CS initiates, one connection of our own for what we initiate.
'use strict';
const net = require('net');
const tls = require('tls');
const { encode, decode, HEAD } = require('./telegrams');

const RECEIPT_WITHIN = 2000; // ms until the telegram is sent again
const PAUSE = 300; // ms between attempts
const LONGEST = 20000; // bytes of a telegram
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

class CsLink {
  constructor(register, network, secure, onTelegram, onReceipt) {
    Object.assign(this, { register, network, secure, onTelegram, onReceipt, connection: null, busy: false });
  }

  listen(done) {
    const serve = (socket) => this.serve(socket);
    this.server = this.secure ? tls.createServer(this.secure.server, serve) : net.createServer(serve);
    this.server.listen(0, '127.0.0.1', () => done(this.server.address().port));
  }

  // Take telegrams from a connection of the CS; each is answered by a receipt.
  serve(socket) {
    let buffer = Buffer.alloc(0);
    let timer = null;
    socket.on('error', () => {});
    const answer = (bytes) => socket.write(this.receive(bytes));
    socket.on('data', (chunk) => {
      clearTimeout(timer);
      buffer = Buffer.concat([buffer, chunk]);
      while (buffer.length >= 6) {
        const length = /^[0-9]{6}$/.test(buffer.toString('latin1', 0, 6)) ? Number(buffer.toString('latin1', 0, 6)) : 0;
        if (length < HEAD + 2 || length > LONGEST) { // where the next one begins is not known any more
          answer(buffer);
          buffer = Buffer.alloc(0);
        } else if (buffer.length < length) {
          break;
        } else {
          const whole = buffer.subarray(0, length);
          const framed = whole.toString('latin1', length - 2) === '$$';
          answer(framed ? whole : buffer);
          buffer = framed ? buffer.subarray(length) : Buffer.alloc(0);
        }
      }
      if (buffer.length) timer = setTimeout(() => { answer(buffer); buffer = Buffer.alloc(0); }, 1000);
    });
    socket.on('close', () => clearTimeout(timer));
  }

  // The receipt for a telegram; what was answered before is answered again and not done again.
  receive(bytes) {
    const { data } = this.register;
    const told = decode(bytes);
    const { codes } = this.network;
    let outcome = { result: told.fault, error_item: told.error_item };
    if (!told.fault && told.name === 'receipt') outcome = { result: '1002' };
    if (!told.fault && (told.sender !== codes.cs || told.receiver !== codes.juki)) {
      outcome = { result: '1004', error_item: told.sender !== codes.cs ? 'sender' : 'receiver' };
    }
    if (!outcome.result) {
      const content = bytes.toString('latin1', 0, 46) + bytes.toString('latin1', 60);
      const before = data.seen[told.serial];
      if (before && before.content === content) outcome = before.outcome;
      else if (before) outcome = { result: '1003', error_item: 'serial' };
      else {
        outcome = this.onTelegram(told);
        data.seen[told.serial] = { content, outcome };
      }
    }
    if (outcome.result !== '0000') this.register.error(told.name || told.telegram_id, outcome.result, 'refused');
    const ref = /^[0-9]{10}$/.test(told.serial) ? told.serial : '0000000000';
    const receipt = encode('receipt', { sender: codes.juki, receiver: codes.cs, serial: this.register.serial(),
      ref_serial: ref, result: outcome.result }, { error_item: outcome.error_item });
    this.register.save(); // before the answer: what was answered must survive
    return receipt;
  }

  // Put a telegram into the queue; the caller saves. Returns its serial.
  enqueue(name, values, handle = '') {
    const { codes } = this.network;
    const serial = this.register.serial();
    const bytes = encode(name, { sender: codes.juki, receiver: codes.cs, serial }, values);
    this.register.data.cs.push({ name, serial, handle, hex: bytes.toString('hex') });
    return serial;
  }

  // Send the queue in order, one outstanding telegram at a time.
  async pump() {
    if (this.busy) return;
    this.busy = true;
    const queue = this.register.data.cs;
    for (let attempts = 0; queue.length;) {
      const waiting = queue[0];
      let result = null;
      try {
        result = await this.attempt(waiting);
      } catch (error) {
        if (this.connection) this.connection.destroy();
        this.connection = null;
        attempts += 1;
        if (attempts === 2) this.register.error(waiting.name, 'not_sent', error.message);
      }
      if (result === null || result === '3001') {
        await sleep(PAUSE);
      } else {
        attempts = 0;
        queue.shift();
        if (result !== '0000') this.register.error(waiting.name, result, 'refused by the CS');
        this.onReceipt(waiting, result);
        this.register.save();
      }
    }
    this.busy = false;
  }

  async attempt(waiting) {
    if (!this.connection || this.connection.destroyed) this.connection = await this.connect();
    const socket = this.connection;
    const bytes = await new Promise((done, fail) => {
      let buffer = Buffer.alloc(0);
      const timer = setTimeout(() => fail(new Error('no receipt in time')), RECEIPT_WITHIN);
      const closed = () => { clearTimeout(timer); fail(new Error('connection closed')); };
      socket.removeAllListeners('data').removeAllListeners('close').on('close', closed);
      socket.on('data', (chunk) => {
        buffer = Buffer.concat([buffer, chunk]);
        const length = Number(buffer.toString('latin1', 0, 6));
        if (buffer.length < 6 || buffer.length < length) return;
        clearTimeout(timer);
        socket.removeListener('close', closed);
        done(buffer);
      });
      socket.write(Buffer.from(waiting.hex, 'hex'));
    });
    const receipt = decode(bytes);
    const { codes } = this.network;
    if (receipt.fault || receipt.name !== 'receipt' || receipt.ref_serial !== waiting.serial
        || receipt.sender !== codes.cs || receipt.receiver !== codes.juki) throw new Error('not the receipt');
    return receipt.result;
  }

  connect() {
    const [, host, port] = /^(.*):(\d+)$/.exec(this.network.peers.cs.tcp);
    return new Promise((done, fail) => {
      const socket = this.secure ? tls.connect({ ...this.secure.client, host, port: Number(port) }, () => done(socket))
        : net.connect(Number(port), host, () => done(socket));
      socket.setTimeout(0);
      socket.on('error', (error) => fail(new Error(error.code || error.name)));
    });
  }

  get idle() { return !this.busy && !this.register.data.cs.length; }
}

module.exports = { CsLink, sleep };
