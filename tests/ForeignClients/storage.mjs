// @google-cloud/storage against the emulator's objects. One line per check: "PASS name" or "FAIL name: why".
// Environment: what the emulator prints, and EMULATOR_API (its API address).
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Storage, TransferManager } from '@google-cloud/storage';

const api = process.env.EMULATOR_API;
const work = mkdtempSync(join(tmpdir(), 'storage-'));
let failed = 0;

async function check(name, body) {
  try {
    await body();
    console.log(`PASS node: ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAIL node: ${name}: ${String(error?.stack ?? error).split('\n').slice(0, 6).join(' ')}`);
  }
}

async function control(call, body) {
  const answer = await fetch(`${api}/_emulator/${call}`, { method: 'POST', body: JSON.stringify(body ?? {}) });
  assert.ok(answer.ok, `${call}: ${answer.status}`);
  return answer.status === 204 ? undefined : answer.json();
}

// The library's resumable uploads send no token to an endpoint of one's own, whatever useAuthWithCustomEndpoint says.
await control('options', { anonymousStorage: true });

const md5 = bytes => createHash('md5').update(bytes).digest('base64');
const storage = new Storage({ projectId: 'demo-project', apiEndpoint: api, useAuthWithCustomEndpoint: true, retryOptions: { maxRetryDelay: 1, retryDelayMultiplier: 1 } });
const bucket = storage.bucket('node-bucket');
const large = randomBytes(9_500_001);
const path = join(work, 'large.bin');
writeFileSync(path, large);

await check('createBucket, settings, 409', async () => {
  const [made] = await storage.createBucket('node-bucket', { location: 'EU', labels: { env: 'test' }, iamConfiguration: { uniformBucketLevelAccess: { enabled: true } } });
  assert.equal(made.metadata.location, 'EU');
  await assert.rejects(storage.createBucket('node-bucket'), e => e.code === 409);
  await bucket.setMetadata({ versioning: { enabled: true }, lifecycle: { rule: [{ action: { type: 'Delete' }, condition: { age: 30 } }] } });
  const [metadata] = await bucket.getMetadata();
  assert.equal(metadata.versioning.enabled, true);
  assert.equal(metadata.lifecycle.rule[0].condition.age, 30);
  assert.equal(metadata.labels.env, 'test');
});

await check('a resumable upload in one stream, downloaded with its hash', async () => {
  const [file] = await bucket.upload(path, { destination: 'large', resumable: true, validation: 'crc32c' });
  assert.equal(Number(file.metadata.size), large.length);
  assert.equal(file.metadata.md5Hash, md5(large));
  const [content] = await file.download({ validation: 'crc32c' });
  assert.ok(content.equals(large));
});

await check('a resumable upload in chunks, broken off twice', async () => {
  await control('faults', { pathPattern: '/upload/*', method: 'PUT', status: 503, skip: 1, times: 1 });
  await control('faults', { pathPattern: '/upload/*', method: 'PUT', loseAnswer: true, skip: 2, times: 1 });
  const [file] = await bucket.upload(path, { destination: 'chunks', resumable: true, chunkSize: 2 * 1024 * 1024, preconditionOpts: { ifGenerationMatch: 0 } });
  assert.equal(file.metadata.md5Hash, md5(large));
  await fetch(`${api}/_emulator/faults`, { method: 'DELETE' });
});

await check('a corrupted download is found', async () => {
  await control('faults', { pathPattern: '*/o/large', corruptAt: 5_000_000, times: 1 });
  await assert.rejects(bucket.file('large').download({ validation: 'crc32c' }), e => e.code === 'CONTENT_DOWNLOAD_MISMATCH');
});

await check('a range, and a slice beyond the end', async () => {
  const [content] = await bucket.file('large').download({ start: 1_000_000, end: 1_999_999, validation: false });
  assert.ok(content.equals(large.subarray(1_000_000, 2_000_000)));
  await assert.rejects(bucket.file('large').download({ start: 99_000_000, validation: false }), e => e.code === 416);
});

await check('chunked parallel download', async () => {
  const target = join(work, 'down.bin');
  await new TransferManager(bucket).downloadFileInChunks('large', { destination: target, chunkSizeBytes: 3_000_000, validation: 'crc32c' });
  assert.ok(readFileSync(target).equals(large));
});

await check('preconditions', async () => {
  const file = bucket.file('cond');
  await file.save('one', { resumable: false, preconditionOpts: { ifGenerationMatch: 0 } });
  await assert.rejects(file.save('two', { resumable: false, preconditionOpts: { ifGenerationMatch: 0 } }), e => e.code === 412);
  const generation = file.metadata.generation;
  await file.setMetadata({ metadata: { k: 'v' } }, { ifMetagenerationMatch: 1 });
  await assert.rejects(file.setMetadata({ metadata: { k: 'w' } }, { ifMetagenerationMatch: 1 }), e => e.code === 412);
  await file.delete({ ifGenerationMatch: generation });
});

await check('versions', async () => {
  const file = bucket.file('versions');
  await file.save('one', { resumable: false });
  const first = file.metadata.generation;
  await file.save('two', { resumable: false });
  const [all] = await bucket.getFiles({ prefix: 'versions', versions: true });
  assert.deepEqual(all.map(f => f.metadata.generation === first), [true, false]);
  assert.equal((await bucket.file('versions', { generation: first }).download())[0].toString(), 'one');
});

await check('copy, rewrite in several calls, move, combine', async () => {
  const [copy] = await bucket.file('large').copy(bucket.file('copies/a'));
  assert.equal((await copy.getMetadata())[0].md5Hash, md5(large));
  await control('options', { rewriteBytesPerCall: 2_000_000 });
  const [slow] = await bucket.file('large').copy(bucket.file('copies/b'));
  assert.equal((await slow.getMetadata())[0].md5Hash, md5(large));
  await control('options', { rewriteBytesPerCall: null });
  await bucket.file('copies/b').moveFileAtomic('copies/c');
  assert.deepEqual(await bucket.file('copies/b').exists(), [false]);
  const [joined] = await bucket.combine(['copies/a', 'copies/c'], 'copies/joined');
  const [content] = await joined.download({ validation: 'crc32c' });
  assert.ok(content.equals(Buffer.concat([large, large])));
});

await check('lists: prefixes, pages, glob', async () => {
  for (const name of ['l/a', 'l/b/c', 'l/b/d', 'l/e.txt']) {
    await bucket.file(name).save('x', { resumable: false });
  }
  const [files, , answer] = await bucket.getFiles({ prefix: 'l/', delimiter: '/', autoPaginate: false });
  assert.deepEqual(files.map(f => f.name), ['l/a', 'l/e.txt']);
  assert.deepEqual(answer.prefixes, ['l/b/']);
  assert.deepEqual((await bucket.getFiles({ prefix: 'l/', maxResults: 3 }))[0].map(f => f.name), ['l/a', 'l/b/c', 'l/b/d']);
  assert.deepEqual((await bucket.getFiles({ matchGlob: 'l/**.txt' }))[0].map(f => f.name), ['l/e.txt']);
});

await check('gzip: packed as stored, unpacked on the way out', async () => {
  const file = bucket.file('text.gz.txt');
  await file.save('hello '.repeat(10_000), { gzip: true, resumable: false });
  assert.equal(file.metadata.contentEncoding, 'gzip');
  assert.equal((await file.download())[0].toString(), 'hello '.repeat(10_000));
});

await check('a customer-supplied key', async () => {
  const key = randomBytes(32);
  const file = bucket.file('secret');
  file.setEncryptionKey(key);
  await file.save('secret', { resumable: false });
  assert.equal((await file.download())[0].toString(), 'secret');
  await assert.rejects(bucket.file('secret').download(), e => e.code === 400);
});

await check('IAM: conditions at version 3, a stale etag', async () => {
  const [policy] = await bucket.iam.getPolicy({ requestedPolicyVersion: 3 });
  policy.version = 3;
  policy.bindings.push({ role: 'roles/storage.objectViewer', members: ['user:a@example.com'], condition: { title: 't', expression: 'true' } });
  await bucket.iam.setPolicy(policy);
  const [read] = await bucket.iam.getPolicy({ requestedPolicyVersion: 3 });
  assert.ok(read.bindings.some(b => b.condition?.title === 't'));
  await assert.rejects(bucket.iam.setPolicy(policy), e => e.code === 412);
  assert.deepEqual((await bucket.iam.testPermissions(['storage.objects.get']))[0], { 'storage.objects.get': true });
});

await check('V4 signed URLs: write, read, wrong method, expired, changed', async () => {
  const key = await control('keys', { email: 'robot@demo-project.iam.gserviceaccount.com' });
  const signer = new Storage({ projectId: 'demo-project', apiEndpoint: api, credentials: { client_email: key.client_email, private_key: key.private_key } });
  const file = signer.bucket('node-bucket').file('signed/a b+ä.txt');
  const sign = options => file.getSignedUrl({ version: 'v4', expires: Date.now() + 60_000, ...options }).then(([url]) => url);
  const headers = { 'x-goog-meta-origin': 'signed' };
  const put = await fetch(await sign({ action: 'write', contentType: 'text/plain', extensionHeaders: headers }), {
    method: 'PUT', body: 'signed text', headers: { 'Content-Type': 'text/plain', ...headers },
  });
  assert.equal(put.status, 200, await put.text());
  const url = await sign({ action: 'read', responseDisposition: 'attachment; filename="x.txt"' });
  const get = await fetch(url);
  assert.equal(await get.text(), 'signed text');
  assert.equal(get.headers.get('content-disposition'), 'attachment; filename="x.txt"');
  assert.equal(get.headers.get('x-goog-meta-origin'), 'signed');
  assert.match(await (await fetch(url, { method: 'DELETE' })).text(), /SignatureDoesNotMatch/);
  assert.match(await (await fetch(url.replace('signed/a', 'signed/b'))).text(), /SignatureDoesNotMatch/);
  assert.equal((await fetch(url, { headers: { 'x-goog-meta-more': '1' } })).status, 403);
  const old = await sign({ action: 'read', expires: Date.now() + 1000 });
  await new Promise(done => setTimeout(done, 2500));
  assert.match(await (await fetch(old)).text(), /ExpiredToken/);
});

await check('V4 POST policy', async () => {
  const key = await control('keys', { email: 'robot@demo-project.iam.gserviceaccount.com' });
  const signer = new Storage({ projectId: 'demo-project', apiEndpoint: api, credentials: { client_email: key.client_email, private_key: key.private_key } });
  const [policy] = await signer.bucket('node-bucket').file('posted.txt').generateSignedPostPolicyV4({
    expires: Date.now() + 60_000, fields: { 'x-goog-meta-test': 'data' }, conditions: [['content-length-range', 1, 20]],
  });
  const send = text => {
    const form = new FormData();
    Object.entries(policy.fields).forEach(([name, value]) => form.append(name, value));
    form.append('file', new Blob([text]), 'posted.txt');
    return fetch(`${api}/node-bucket`, { method: 'POST', body: form });
  };
  const answer = await send('posted');
  assert.equal(answer.status, 204, await answer.text());
  assert.equal((await bucket.file('posted.txt').download())[0].toString(), 'posted');
  assert.match(await (await send('x'.repeat(50))).text(), /EntityTooLarge/);
});

await check('deleteFiles, then the bucket', async () => {
  await assert.rejects(bucket.delete(), e => e.code === 409);
  await bucket.deleteFiles({ versions: true, force: true });
  await bucket.delete();
  assert.deepEqual(await bucket.exists(), [false]);
});

rmSync(work, { recursive: true });
process.exit(failed === 0 ? 0 : 1);
