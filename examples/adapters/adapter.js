// Starter of an adapter for denbun, in Node.js 14 or newer, without dependencies. Copy it and go on.
//
// The harness starts this program, writes one command a line (JSON) to its stdin, and reads one
// answer a line from its stdout. Messages for people go to stderr. See docs/sut-protocol.md.
// この雛形を写して、あなたのシステムにつなぐところを書き足してください。
'use strict';
const net = require('net');
const readline = require('readline');

const LONGEST = 1000000; // characters of a line
const LISTENS = { tcp: '127.0.0.1:9101', http: '127.0.0.1:9102' }; // where your system listens
const UNSUPPORTED = { status: 'unsupported', scope: 'adapter' }; // the adapter cannot

let network = {}; // what hello told: peers, codes, tls, client

const VERBS = {
  // Take note of the network; open your listeners before you answer.
  hello(command) {
    if (command.token !== process.env.DENBUN_TOKEN) { // another run, or not the harness
      return { status: 'error', reason: 'wrong token' };
    }
    network = command.network;
    return {
      status: 'ok',
      nonce: command.nonce,
      environment: 'test', // 'production' is refused: the suite writes synthetic residents
      sut: { name: 'my system', version: '0' },
      adapter: { name: 'starter-node', version: '1' },
      verbs: ['stop'], // add provision, trigger, observe, clock as you write them
      listens: { [command.role]: LISTENS },
    };
  },

  // Put records into the registers (事前データ); no telegram may leave because of it.
  provision(command) {
    return UNSUPPORTED; // command.kind, command.args → { status: 'ok', handle: … }
  },

  // Do what staff would do (操作), and tell how it came out; do not wait for telegrams.
  async trigger(command) {
    // FIRST EVENT: a dozen lines here reach the wire, see docs/sut-protocol.md.
    return UNSUPPORTED; // command.action, command.args → { status: 'ok', handle: … }
  },

  // Tell what the registers hold (照会).
  observe(command) {
    return UNSUPPORTED; // command.what, command.args → { status: 'ok', data: { … } }
  },

  // Close what is open; the program ends behind the answer.
  stop() {
    return { status: 'ok' };
  },
};

let last = 0;

// Return the command of a line; null for what cannot be read or has a seq that was used.
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
    let answer = UNSUPPORTED;
    try {
      if (Object.keys(VERBS).includes(command.cmd)) answer = await VERBS[command.cmd](command);
    } catch (error) {
      answer = { status: 'error', reason: error.name }; // told, and the run goes on
    }
    process.stdout.write(JSON.stringify({ v: 1, seq: last, ...answer }) + '\n');
    if (command.cmd === 'stop') break;
  }
  process.stdin.destroy();
}

main();
