import {
  closedLoop,
  DrippingCrowd,
  defineLoadGate,
  defineStep,
  endlessUpload,
} from '../../grader/author.ts'

const attackers = 100
const megabyte = 1024 * 1024

const gate = defineLoadGate({
  kind: 'shape',
  title: `good requests while ${attackers} dripping connections press on the cap`,
  async run({ startServer, progress, random }) {
    const server = await startServer({
      MAX_CONNECTIONS: attackers,
      MAX_REQUESTS_PER_SOCKET: 1_000_000,
    })
    const crowd = new DrippingCrowd(server.port, random)
    await crowd.begin(attackers)
    // The crowd fills the cap. A server that cuts it off makes room for everybody else; one that
    // does not is given three seconds, then good clients try all the same.
    for (const deadline = performance.now() + 3000; performance.now() < deadline; ) {
      if (crowd.heldMs.length >= attackers / 2) break
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    const good = await closedLoop(server.port, {
      connections: 10,
      durationMs: 1200,
      expectBody: 'ok',
    })
    const allowedMs = 2000
    const heldTooLong = crowd.heldLongerThan(allowedMs)
    const longestMs = crowd.longestHeldMs
    crowd.stop()

    progress('an upload that never ends')
    const chunked = await endlessUpload(server.port, '/orders', { limitMs: 1000 })
    const announced = await endlessUpload(server.port, '/orders', {
      limitMs: 1000,
      announcedBytes: 2e9,
    })
    const packed = await endlessUpload(server.port, '/orders', {
      limitMs: 1000,
      header: 'Content-Encoding: gzip',
    })

    const uploads = [chunked, announced, packed].map(({ takenBytes }) => takenBytes)

    return {
      observations: [
        {
          id: 'good-served',
          name: 'good requests served during the attack',
          measured: (100 * good.good) / Math.max(1, good.good + good.bad + good.errors),
          unit: '%',
          needed: { atLeast: 99 },
          why: 'with the cap full of clients that never finish, nobody else gets in',
          spread: `${good.good} of ${good.good + good.bad + good.errors}`,
        },
        {
          id: 'held-too-long',
          name: `dripping connections held for more than ${allowedMs / 1000} s`,
          measured: heldTooLong,
          unit: 'connections',
          needed: { atMost: 0 },
          why: `headers had ${server.settings.HEADERS_TIMEOUT_MS} ms; the rest is room for a busy machine`,
          spread: `longest ${(longestMs / 1000).toFixed(2)} s`,
        },
        {
          id: 'upload-taken',
          name: 'taken of an upload without end in 1 s: chunked, announced as 2 GB, compressed',
          measured: Math.max(...uploads) / megabyte,
          unit: 'MB',
          spread: `${uploads.map((bytes) => (bytes / megabyte).toFixed(1)).join(', ')} MB`,
          // What Linux keeps in the socket buffers of both ends: tcp_wmem and tcp_rmem, 4 + 6 MB.
          needed: { atMost: 10 },
          why: `the limit is ${server.settings.MAX_BODY_BYTES} bytes; what comes after it must not be read`,
        },
      ],
    }
  },
})

const reference = 'order of the load gate'
const order = JSON.stringify({ reference, amount: 1, note: 'x'.repeat(200_000) })

const speed = defineLoadGate({
  kind: 'speed',
  id: 'order-speed',
  title: 'orders of 200 kB, against the reference',
  settings: {
    MAX_REQUESTS_PER_SOCKET: 1_000_000,
    KEEP_ALIVE_TIMEOUT_MS: 5000,
    MAX_BODY_BYTES: 1_000_000,
  },
  load: {
    method: 'POST',
    path: '/orders',
    headers: { 'content-type': 'application/json' },
    body: order,
    verifyBody: (body) => body.includes(reference),
  },
  threshold: 0.28,
  slow: 'wrong/byte-by-byte',
  why: 'a guard is paid for by every honest request; looking at each byte by itself costs more than the order',
})

export default defineStep({
  title: 'Limits are guardrails',
  layer: 'limits',
  summary: 'Timeouts, sizes and counts, so that no client decides how much of the server it gets.',
  // Four clocks with four values, so that none can stand in for another.
  settings: {
    HEADERS_TIMEOUT_MS: 400,
    REQUEST_TIMEOUT_MS: 1300,
    TIMEOUT_CHECK_INTERVAL_MS: 50,
    KEEP_ALIVE_TIMEOUT_MS: 600,
    MAX_REQUESTS_PER_SOCKET: 10,
    MAX_CONNECTIONS: 200,
    MAX_HEADER_BYTES: 4096,
    MAX_HEADER_COUNT: 30,
    MAX_BODY_BYTES: 10_000,
  },
  gates: [gate, speed],
  hints: [
    "Begin with createServer: http.createServer takes an object of options before the app. The values are all in `config`. Go through the tables of the lesson and give each its place. And app.disable('x-powered-by').",
    'A timeout that is set and never fires? Two clocks are only looked at every `connectionsCheckingInterval` milliseconds, 30 000 by default, and that one has to be an option of http.createServer: a server that listens already does not look at it again.',
    'Three limits are properties of the server rather than options: server.maxHeadersCount, server.maxRequestsPerSocket and server.maxConnections. Set them on what createServer returned, before you return it.',
    'express.json({ limit }) answers 413 only when the body has ended. To answer earlier, read the body yourself: the package raw-body rejects as soon as `length` (from Content-Length) or what it has read is over its `limit`, with an error that carries status 413. Its default export takes (req, { length, limit, encoding }).',
    "In readJson: return next() unless req.is('application/json'); refuse a Content-Encoding with 415; then const text = await getRawBody(req, { length: req.headers['content-length'], limit: config.maxBodyBytes, encoding: 'utf-8' }), req.body = JSON.parse(text), next(). In the catch: a SyntaxError gets the status 400 (that body was read to its end); everything else gets res.set('Connection', 'close'), because the rest of that body will never be read. Then next(error).",
  ],
  todo: [
    'TODO step 02: give this server limits. The lesson is README.md beside this file.',
    '  1. createServer: two timeouts and how often they are looked at, the keep-alive timeout,',
    '     the size and number of headers, requests per socket, connections, X-Powered-By.',
    '  2. readJson: at most config.maxBodyBytes, and 413 before the rest has arrived.',
    'Every number is in config. Grade with: npm run grade step-02     Stuck? npm run hint step-02',
  ],
})
