// The HTTP links: requests to 団体内統合宛名 with an access token, and what it asks of us.
'use strict';
const crypto = require('crypto');
const http = require('http');
const https = require('https');
const { checks } = require('./telegrams');
const { sleep } = require('./cslink');

const PAUSE = 300;
const base64 = (value) => Buffer.from(value).toString('base64url');

class AtenaLink {
  constructor(register, network, secure, onLinkageRequest) {
    Object.assign(this, { register, network, secure, onLinkageRequest, token: null, busy: false });
  }

  listen(done) {
    const serve = (request, response) => {
      const chunks = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        const [status, body] = this.answer(request, Buffer.concat(chunks));
        response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
      });
    };
    this.server = this.secure ? https.createServer(this.secure.server, serve) : http.createServer(serve);
    this.server.listen(0, '127.0.0.1', () => done(this.server.address().port));
  }

  answer(request, bytes) {
    const refuse = (status, title, detail) => [status, { title, detail }];
    if (request.url !== '/v1/linkage-requests') return refuse(404, 'Not Found', 'no such path');
    if (request.method !== 'POST') return refuse(405, 'Method Not Allowed', 'POST only');
    let body;
    try {
      body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    } catch (error) {
      return refuse(400, 'Bad Request', 'the body is no JSON in UTF-8');
    }
    const sizes = { serial: 36, addressee_number: 15, acquisition_number: 20 };
    const wrong = body === null || typeof body !== 'object' ? 'body'
      : Object.keys(body).find((key) => !sizes[key])
      || Object.keys(sizes).find((key) => typeof body[key] !== 'string' || !body[key] || body[key].length > sizes[key]
        || /[^\x21-\x7e]/.test(body[key]));
    if (wrong) return refuse(400, 'Bad Request', `item ${wrong}`);
    const { heard } = this.register.data;
    if (!heard[body.serial]) {
      heard[body.serial] = checks(body.addressee_number) ? this.onLinkageRequest(body) : '2003';
      this.register.save();
    }
    return [200, { serial: body.serial, result: heard[body.serial] }];
  }

  // Put a request into the queue; the caller saves. Its serial and content stay in every re-send.
  enqueue(path, handle, values) {
    this.register.data.atena.push({ path, handle, body: { serial: this.register.serial(), ...values } });
  }

  async pump() {
    if (this.busy) return;
    this.busy = true;
    const { register } = this;
    const queue = register.data.atena;
    for (let attempts = 0; queue.length;) {
      const waiting = queue[0];
      let code = '';
      try {
        let [status, body] = await this.send(waiting);
        if (status === 401) { // a new token, and the same request once more
          this.token = null;
          [status, body] = await this.send(waiting);
        }
        if (status >= 500 || body.result === '3001') throw new Error(`HTTP ${status}`);
        code = status !== 200 ? `http_${status}`
          : body.serial !== waiting.body.serial || body.addressee_number !== waiting.body.addressee_number ? 'wrong_answer'
            : body.result;
      } catch (error) {
        attempts += 1;
        if (attempts === 2) register.error('addressee_request', 'not_sent', error.message);
        register.save();
        await sleep(PAUSE);
        continue;
      }
      attempts = 0;
      queue.shift();
      if (code !== '0000') register.error('addressee_request', String(code), 'refused');
      register.save();
    }
    this.busy = false;
  }

  async send(waiting) {
    const token = await this.accessToken();
    return this.request(waiting.path, { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      JSON.stringify(waiting.body));
  }

  // OAuth 2.0 client credentials, client_secret_jwt.
  async accessToken() {
    if (this.token && this.token.until > Date.now()) return this.token.text;
    const { id, secret } = this.network.client;
    const seconds = Math.floor(Date.now() / 1000);
    const claims = { iss: id, sub: id, aud: `https://${this.network.peers.atena.http}/oauth2/token`,
      iat: seconds, exp: seconds + 300, jti: crypto.randomUUID() };
    const signed = `${base64('{"alg":"HS256","typ":"JWT"}')}.${base64(JSON.stringify(claims))}`;
    const assertion = `${signed}.${crypto.createHmac('sha256', secret).update(signed).digest('base64url')}`;
    const [status, body] = await this.request('/oauth2/token', { 'Content-Type': 'application/x-www-form-urlencoded' },
      new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_assertion: assertion,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' }).toString());
    if (status !== 200 || !body.access_token) throw new Error(`token: HTTP ${status}`);
    this.token = { text: body.access_token, until: Date.now() + (body.expires_in - 10) * 1000 };
    return body.access_token;
  }

  request(path, headers, text) {
    const [, host, port] = /^(.*):(\d+)$/.exec(this.network.peers.atena.http);
    return new Promise((done, fail) => {
      const request = (this.secure ? https : http).request({ ...(this.secure ? this.secure.client : {}), agent: false, host, port, path,
        method: 'POST', timeout: 4000, headers: { ...headers, 'Content-Length': Buffer.byteLength(text) } }, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () => {
          let body = {};
          try {
            body = JSON.parse(Buffer.concat(chunks).toString('utf8')) || {};
          } catch (error) { /* no document: judged by its status */ }
          done([response.statusCode, body]);
        });
      });
      request.on('timeout', () => request.destroy(new Error('timeout')));
      request.on('error', (error) => fail(new Error(error.code || error.message)));
      request.end(text);
    });
  }

  get idle() { return !this.busy && !this.register.data.atena.length; }
}

module.exports = { AtenaLink };
