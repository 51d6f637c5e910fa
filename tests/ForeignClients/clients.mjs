// google-auth-library and @google-cloud/storage against the emulator. One line per check: "PASS name" or "FAIL name: why".
// Environment: what the emulator prints, and EMULATOR_API (its API address).
import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { Storage } from '@google-cloud/storage';
import { Gaxios } from 'gaxios';
import { GoogleAuth, JWT, UserRefreshClient } from 'google-auth-library';

const api = process.env.EMULATOR_API;
const cloudPlatform = 'https://www.googleapis.com/auth/cloud-platform';
let failed = 0;

async function check(name, body) {
  try {
    await body();
    console.log(`PASS node: ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAIL node: ${name}: ${String(error?.message ?? error).split('\n')[0]}`);
  }
}

async function control(call, body) {
  const answer = await fetch(`${api}/_emulator/${call}`, { method: 'POST', body: JSON.stringify(body ?? {}) });
  assert.ok(answer.ok, `${call}: ${answer.status}`);
  return answer.status === 204 ? undefined : answer.json();
}

// The library has Google's token URL built in: only the host is changed, on its way out.
function redirected() {
  const transporter = new Gaxios();
  transporter.interceptors.request.add({
    resolved: async options => {
      const url = new URL(options.url);
      if (url.host === 'oauth2.googleapis.com') {
        options.url = new URL(url.pathname + url.search, api);
      }
      return options;
    },
  });
  return transporter;
}

async function statusOf(token) {
  const answer = await fetch(`${api}/storage/v1/b?project=demo-project`, { headers: { Authorization: `Bearer ${token}` } });
  await answer.text();
  return answer.status;
}

await check('metadata server found, project and universe read', async () => {
  const auth = new GoogleAuth({ scopes: cloudPlatform });
  const client = await auth.getClient();
  assert.equal(client.constructor.name, 'Compute');
  assert.equal(await auth.getProjectId(), 'demo-project');
  assert.equal(await client.getUniverseDomain?.() ?? 'googleapis.com', 'googleapis.com');
});

await check('access token from the metadata server is taken by Storage', async () => {
  const token = await new GoogleAuth({ scopes: cloudPlatform }).getAccessToken();
  assert.match(token, /^ya29\.emu-/);
  assert.equal(await statusOf(token), 200);
});

await check('identity token has the audience and a good signature', async () => {
  const client = await new GoogleAuth().getIdTokenClient('https://x.example/path');
  const headers = await client.getRequestHeaders();
  const [head, body, signature] = headers.get('authorization').split(' ')[1].split('.');
  const kid = JSON.parse(Buffer.from(head, 'base64url')).kid;
  const keys = (await (await fetch(`${api}/oauth2/v3/certs`)).json()).keys;
  const key = createPublicKey({ key: keys.find(k => k.kid === kid), format: 'jwk' });
  assert.ok(verify('RSA-SHA256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url')), 'signature');
  assert.equal(JSON.parse(Buffer.from(body, 'base64url')).aud, 'https://x.example/path');
});

await check('service account key: JWT bearer grant', async () => {
  const key = await control('keys', { email: 'robot@demo-project.iam.gserviceaccount.com' });
  const jwt = new JWT({ email: key.client_email, key: key.private_key, keyId: key.private_key_id, scopes: [cloudPlatform], transporter: redirected() });
  const { access_token: token, expiry_date: expiry } = await jwt.authorize();
  assert.ok(expiry - Date.now() > 3_500_000 && expiry - Date.now() < 3_700_000, 'expiry');
  assert.equal(await statusOf(token), 200);
});

await check('service account key: identity token', async () => {
  const key = await control('keys', { email: 'robot@demo-project.iam.gserviceaccount.com' });
  const jwt = new JWT({ email: key.client_email, key: key.private_key, keyId: key.private_key_id, transporter: redirected() });
  const token = await jwt.fetchIdToken('https://x.example');
  assert.equal(JSON.parse(Buffer.from(token.split('.')[1], 'base64url')).email, key.client_email);
});

await check('service account key: self-signed JWT is taken by Storage', async () => {
  const key = await control('keys');
  const jwt = new JWT({ email: key.client_email, key: key.private_key, keyId: key.private_key_id });
  const headers = await jwt.getRequestHeaders('https://storage.googleapis.com/');
  assert.equal(await statusOf(headers.get('authorization').split(' ')[1]), 200);
});

await check('a foreign key is refused with invalid_grant', async () => {
  const [one, other] = [await control('keys', { email: 'one@demo-project.iam.gserviceaccount.com' }), await control('keys', { email: 'two@demo-project.iam.gserviceaccount.com' })];
  const jwt = new JWT({ email: one.client_email, key: other.private_key, keyId: one.private_key_id, scopes: [cloudPlatform], transporter: redirected() });
  await assert.rejects(jwt.authorize(), /invalid_grant: Invalid JWT Signature\./);
});

await check('refresh token grant, then revoked', async () => {
  const file = await control('users');
  const user = new UserRefreshClient({ clientId: file.client_id, clientSecret: file.client_secret, refreshToken: file.refresh_token, transporter: redirected() });
  const { token } = await user.getAccessToken();
  assert.equal(await statusOf(token), 200);
  await fetch(`${api}/revoke`, { method: 'POST', body: new URLSearchParams({ token: file.refresh_token }) });
  const again = new UserRefreshClient({ clientId: file.client_id, clientSecret: file.client_secret, refreshToken: file.refresh_token, transporter: redirected() });
  await assert.rejects(again.getAccessToken(), /invalid_grant|expired or revoked/);
});

await check('503 from the metadata server is tried again', async () => {
  await control('faults', { pathPattern: '/computeMetadata/*/token', status: 503, times: 1, body: 'Service Unavailable', contentType: 'text/plain' });
  assert.match(await new GoogleAuth({ scopes: cloudPlatform }).getAccessToken(), /^ya29\.emu-/);
});

await check('a wrong flavor is refused', async () => {
  await control('faults', { pathPattern: '/computeMetadata/*/token', flavor: 'Other', times: 1 });
  await assert.rejects(new GoogleAuth({ scopes: cloudPlatform }).getAccessToken(), /Metadata-Flavor/);
});

const storage = new Storage({ projectId: 'demo-project', apiEndpoint: api, useAuthWithCustomEndpoint: true });
await check('getBuckets reads all pages', async () => {
  const [buckets] = await storage.getBuckets();
  assert.equal(buckets.length, 1203);
  assert.equal(new Set(buckets.map(b => b.name)).size, 1203);
});

await check('getBuckets with a prefix and one page', async () => {
  const [buckets] = await storage.getBuckets({ prefix: 'demo-project-bucket-000' });
  assert.equal(buckets.length, 9);
  assert.equal(buckets[0].metadata.projectNumber, '123456789012');
});

await check('bucket.exists, getMetadata and 404', async () => {
  assert.deepEqual(await storage.bucket('demo-project-bucket-0001').exists(), [true]);
  assert.deepEqual(await storage.bucket('no-such-bucket').exists(), [false]);
  await assert.rejects(storage.bucket('no-such-bucket').getMetadata(), e => e.code === 404 && e.message === 'The specified bucket does not exist.');
});

await check('a small file is saved, listed and read back', async () => {
  const file = storage.bucket('demo-project-bucket-0001').file('folder/report[1] ä.txt');
  await file.save('hello from node', { resumable: false, contentType: 'text/plain', metadata: { metadata: { origin: 'node' } } });
  const [content] = await file.download(); // checks the hash
  assert.equal(content.toString(), 'hello from node');
  const [metadata] = await file.getMetadata();
  assert.equal(metadata.metadata.origin, 'node');
  const [files] = await storage.bucket('demo-project-bucket-0001').getFiles({ prefix: 'folder/' });
  assert.equal(files.length, 1);
  await file.delete();
  assert.deepEqual(await file.exists(), [false]);
});

await check('a revoked token is 401, a new client gets a new one', async () => {
  await control('tokens/revoke');
  await assert.rejects(storage.getBuckets({ prefix: 'x' }), e => e.code === 401 && e.message === 'Invalid Credentials');
  const [buckets] = await new Storage({ projectId: 'demo-project', apiEndpoint: api, useAuthWithCustomEndpoint: true }).getBuckets({ prefix: 'x' });
  assert.equal(buckets.length, 0);
});

await check('STORAGE_EMULATOR_HOST: no token is sent, and none is needed', async () => {
  await control('options', { anonymousStorage: true });
  process.env.STORAGE_EMULATOR_HOST = api;
  const [buckets] = await new Storage({ projectId: 'demo-project' }).getBuckets({ prefix: 'demo-project-bucket-1' });
  assert.equal(buckets.length, 204);
});

process.exit(failed === 0 ? 0 : 1);
