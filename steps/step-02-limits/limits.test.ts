// The specification of step 02, from outside: what a client sends, what it must see.
import { type Connection, check, verify } from '../../grader/author.ts'

/** Time that a busy machine may take on top of what a setting promises. */
const slackMs = 800

const open = 'GET /ping HTTP/1.1\r\nHost: 127.0.0.1\r\n' // headers without their end
const ping = `${open}\r\n`
const postOrders = (...headers: string[]) =>
  [
    'POST /orders HTTP/1.1',
    'Host: 127.0.0.1',
    'Content-Type: application/json',
    ...headers,
    '',
    '',
  ].join('\r\n')
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

/** An order that is exactly this long on the wire. */
function orderOf(lengthBytes: number, reference: string): string {
  const order = JSON.stringify({ reference, amount: 1 })
  return order.slice(0, -1) + ' '.repeat(lengthBytes - order.length) + order.slice(-1)
}

/** Fails unless the server ends this connection, with a 4xx or without a word, within the time. */
async function mustBeCutOff(connection: Connection, withinMs: number): Promise<void> {
  const waited = await connection.untilEnded(withinMs)
  const answer = connection.answers().at(-1)
  verify(waited.ending !== 'open' && (!answer || (answer.status >= 400 && answer.status < 500)), {
    sent: connection.sent,
    command: connection.command,
    expected: `408 (or no answer) and the connection closed within ${seconds(withinMs)}`,
    received: connection.describe(waited),
  })
}

check(
  {
    id: 'stalled-headers',
    why: 'A client that starts a request and falls silent holds a connection. A few hundred of them hold them all.',
    look: 'Lesson, "Two clocks": HEADERS_TIMEOUT_MS, and who looks at that clock (TIMEOUT_CHECK_INTERVAL_MS).',
  },
  'when a client never finishes its headers, then it is cut off',
  async ({ connect, setting }) => {
    const connection = connect()
    connection.send(open)
    await mustBeCutOff(connection, setting('HEADERS_TIMEOUT_MS') + slackMs)
  },
)

check(
  {
    id: 'dripped-headers',
    why: 'A timeout that starts anew with every byte never ends for a client that sends one byte now and then (slowloris).',
    look: 'Lesson, "Two clocks": the clock must run from the beginning of the request, not from the last byte.',
  },
  'when a client drips its headers, then the drops do not buy it time',
  async ({ connect, setting }) => {
    const connection = connect()
    connection.send(open)
    connection.drip('X-Drip: 1\r\n', 100)
    await mustBeCutOff(connection, setting('HEADERS_TIMEOUT_MS') + slackMs)
  },
)

check(
  {
    id: 'silent-socket',
    why: 'The cheapest attack of all: connect, send nothing, wait.',
    look: 'Lesson, "Two clocks": HEADERS_TIMEOUT_MS counts from the connection when nothing was sent.',
  },
  'when a client connects and sends nothing, then it is cut off',
  async ({ connect, setting }) => {
    await mustBeCutOff(connect(), setting('HEADERS_TIMEOUT_MS') + slackMs)
  },
)

check(
  {
    id: 'stalled-body',
    why: 'Headers may be complete and the body still never come; the request waits with everything it holds.',
    look: 'Lesson, "Two clocks": REQUEST_TIMEOUT_MS is for the request with its body.',
  },
  'when a client stops in the middle of its body, then it is cut off',
  async ({ connect, setting }) => {
    const connection = connect()
    connection.send(`${postOrders('Content-Length: 100')}{"reference"`)
    await mustBeCutOff(connection, setting('REQUEST_TIMEOUT_MS') + slackMs)
  },
)

check(
  {
    id: 'dripped-body',
    why: 'One byte every second keeps an upload "active" for as long as its sender likes.',
    look: 'Lesson, "Two clocks": REQUEST_TIMEOUT_MS covers the whole request; a silence timer does not.',
  },
  'when a client drips its body, then the drops do not buy it time',
  async ({ connect, setting }) => {
    const connection = connect()
    connection.send(postOrders('Content-Length: 5000'))
    connection.drip(' ', 100)
    await mustBeCutOff(connection, setting('REQUEST_TIMEOUT_MS') + slackMs)
  },
)

check(
  {
    id: 'slow-upload',
    why: 'A phone on a train is slow, not hostile. A limit that it cannot meet is an outage for your customers.',
    look: 'Lesson, "Two clocks": two settings, because a body may take longer than headers.',
  },
  'when an honest client needs longer for its body than headers may take, then its order is accepted',
  async ({ connect, setting, random }) => {
    const body = JSON.stringify({ reference: random.word(12), amount: 3 })
    const pieces = [body.slice(0, 5), body.slice(5, 12), body.slice(12, 20), body.slice(20)]
    const leastMs = setting('HEADERS_TIMEOUT_MS') * 1.5
    const mostMs = setting('REQUEST_TIMEOUT_MS') * 0.85
    // The upload must take a time between the two limits. On a busy machine it may come too late
    // by our own fault: such an attempt says nothing, so try again.
    for (let attempt = 1; ; attempt++) {
      const connection = connect()
      await connection.untilConnected()
      const start = performance.now()
      connection.send(postOrders(`Content-Length: ${body.length}`))
      for (const piece of pieces) {
        await connection.untilEnded(leastMs / pieces.length)
        connection.send(piece)
      }
      const tookMs = performance.now() - start
      const answer = await connection.answer(2000)
      if (answer?.status !== 201 && tookMs > mostMs && attempt < 5) continue
      verify(answer?.status === 201, {
        sent: `${connection.sent}, in four pieces over ${seconds(tookMs)}`,
        expected: `201: the whole request took less than REQUEST_TIMEOUT_MS (${seconds(setting('REQUEST_TIMEOUT_MS'))})`,
        received: connection.describe(),
      })
      return
    }
  },
)

check(
  {
    id: 'large-header',
    why: 'Every open request keeps its headers in memory, and cookies grow.',
    look: 'Lesson, "Sizes": MAX_HEADER_BYTES.',
  },
  'when the headers are larger than allowed, then 431; when they are half as large, then they pass',
  async ({ request, setting }) => {
    const headers = (bytes: number) => ({ headers: { 'X-Large': 'x'.repeat(bytes) } })
    const fine = await request('GET /ping', headers(setting('MAX_HEADER_BYTES') / 2))
    verify(fine.answer?.status === 200, { ...fine, expected: '200: within MAX_HEADER_BYTES' })
    const large = await request('GET /ping', headers(setting('MAX_HEADER_BYTES') * 2))
    verify(large.answer?.status === 431, {
      ...large,
      expected: '431 Request Header Fields Too Large',
    })
  },
)

check(
  {
    id: 'many-headers',
    why: 'A thousand tiny headers cost more to handle than one large one.',
    look: 'Lesson, "Sizes": MAX_HEADER_COUNT. It is a property of the server, not an option of createServer.',
  },
  'when there are more headers than allowed, then 431; when there are fewer, then they pass',
  async ({ request, setting }) => {
    const headers = (count: number) => ({
      headers: Object.fromEntries(Array.from({ length: count }, (_, i) => [`X-${i}`, '1'])),
    })
    const fine = await request('GET /ping', headers(setting('MAX_HEADER_COUNT') / 2))
    verify(fine.answer?.status === 200, { ...fine, expected: '200: fewer than MAX_HEADER_COUNT' })
    const many = await request('GET /ping', headers(setting('MAX_HEADER_COUNT') + 10))
    verify(many.answer?.status === 431, { ...many, expected: '431: more than MAX_HEADER_COUNT' })
  },
)

check(
  {
    id: 'announced-body',
    why: 'Who announces 2 GB need not be let in to prove it. Waiting for the body costs you the bandwidth that the limit was to save.',
    look: 'Lesson, "413, but when?": compare Content-Length with MAX_BODY_BYTES before reading.',
  },
  'when a client announces a body that is too large, then 413 before it is sent',
  async ({ connect, setting }) => {
    const connection = connect()
    connection.send(`${postOrders(`Content-Length: ${setting('MAX_BODY_BYTES') * 64}`)}{"re`)
    const answer = await connection.answer(setting('REQUEST_TIMEOUT_MS') + slackMs)
    verify(answer?.status === 413, {
      sent: `${connection.sent} and not one byte more`,
      command: connection.command,
      expected: '413 Payload Too Large, at once',
      received: connection.describe(),
    })
  },
)

check(
  {
    id: 'chunked-body',
    why: 'Without Content-Length nobody tells you how much will come. express.json answers 413 only after the last byte, which may never come.',
    look: 'Lesson, "413, but when?": count while reading, stop at the limit, answer, close.',
  },
  'when a chunked body grows beyond the limit, then 413 while it is still being sent',
  async ({ connect, setting }) => {
    const connection = connect()
    const length = setting('MAX_BODY_BYTES') + 1
    connection.send(postOrders('Transfer-Encoding: chunked'))
    connection.send(Buffer.from(`${length.toString(16)}\r\n${' '.repeat(length)}\r\n`))
    const answer = await connection.answer(setting('REQUEST_TIMEOUT_MS') + slackMs)
    verify(answer?.status === 413, {
      sent: `POST /orders, chunked: one chunk of MAX_BODY_BYTES + 1 = ${length} bytes, then nothing`,
      expected: '413 Payload Too Large, though the body has not ended',
      received: connection.describe(),
    })
  },
)

check(
  {
    id: 'exact-limit',
    why: 'A limit that is off by some bytes refuses what it promised to take.',
    look: 'Lesson, "Sizes": MAX_BODY_BYTES itself is allowed; one byte more is not.',
  },
  'when a body is exactly as large as allowed, then 201; when it is one byte larger, then 413',
  async ({ request, setting, random }) => {
    const headers = { 'content-type': 'application/json' }
    const send = (bytes: number, chunked: boolean) =>
      request('POST /orders', { headers, chunked, body: orderOf(bytes, random.word(8)) })
    const limit = setting('MAX_BODY_BYTES')
    for (const chunked of [false, true]) {
      const fits = await send(limit, chunked)
      verify(fits.answer?.status === 201, {
        ...fits,
        expected: `201: a body of ${limit} bytes is allowed`,
      })
      const tooLarge = await send(limit + 1, chunked)
      verify(tooLarge.answer?.status === 413, {
        ...tooLarge,
        expected: `413: ${limit + 1} bytes are one too many`,
      })
    }
  },
)

check(
  {
    id: 'compressed-body',
    why: 'Twenty kilobytes of gzip can become twenty megabytes of JSON: the limit is for what you must hold, not for what was sent.',
    look: 'Lesson, "Sizes": count the inflated bytes, or refuse Content-Encoding with 415.',
  },
  'when a small compressed body inflates beyond the limit, then it is refused',
  async ({ request }) => {
    const { gzipSync } = await import('node:zlib')
    const body = gzipSync(orderOf(10_000_000, 'bomb'))
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    const exchange = await request('POST /orders', { headers, body })
    const status = exchange.answer?.status ?? 0
    verify([400, 413, 415].includes(status), {
      ...exchange,
      sent: `POST /orders, content-encoding: gzip, ${body.length} bytes that inflate to 10 MB`,
      expected: '413 or 415 (or 400)',
    })
  },
)

check(
  {
    id: 'split-character',
    why: 'Bytes arrive in pieces, and a piece may end inside a letter. Text that is put together from such pieces is broken.',
    look: 'Lesson, "413, but when?": collect bytes, decode once (Buffer.concat), or use a decoder that remembers.',
  },
  'when a letter of several bytes arrives in two pieces, then it is read as one letter',
  async ({ connect, random }) => {
    const reference = `${random.word(6)}-żółw-🐢`
    const body = Buffer.from(JSON.stringify({ reference, amount: 2 }))
    const inside = body.indexOf(Buffer.from('🐢')) + 2
    const connection = connect()
    connection.send(postOrders(`Content-Length: ${body.length}`))
    connection.send(body.subarray(0, inside))
    await connection.untilEnded(60) // long enough to be a piece of its own
    connection.send(body.subarray(inside))
    const answer = await connection.answer(3000)
    verify(answer?.status === 201 && answer.body.includes(reference), {
      sent: `POST /orders with the reference "${reference}", cut inside the turtle`,
      expected: `201 with the reference "${reference}"`,
      received: `${connection.describe()} ${answer?.body ?? ''}`,
    })
  },
)

check(
  {
    id: 'bad-bodies',
    why: 'A new body reader must keep what the old one could: a client that sends nonsense learns so, and your log stays empty.',
    look: 'The baseline answers 400 to all of these. JSON.parse throws a SyntaxError without a status.',
  },
  'when a body is malformed, empty, not JSON or not an order, then 400',
  async ({ request }) => {
    const json = { 'content-type': 'application/json' }
    const bodies = [
      { headers: json, body: '{"reference": "a", "amount":' },
      { headers: json, body: '' },
      { headers: json, body: 'null' },
      { headers: { 'content-type': 'text/plain' }, body: '{"reference": "a", "amount": 1}' },
      {},
    ]
    for (const options of bodies) {
      const exchange = await request('POST /orders', options)
      verify(exchange.answer?.status === 400, { ...exchange, expected: '400 Bad Request' })
    }
  },
)

check(
  {
    id: 'connection-cap',
    settings: {
      MAX_CONNECTIONS: 30,
      HEADERS_TIMEOUT_MS: 8000,
      REQUEST_TIMEOUT_MS: 9000,
      KEEP_ALIVE_TIMEOUT_MS: 8000,
      MAX_REQUESTS_PER_SOCKET: 1000,
    },
    why: 'Each connection costs memory and a file descriptor. Without a cap, the number of them is chosen by your clients.',
    look: 'Lesson, "How many": MAX_CONNECTIONS. Refused may mean closed, reset or 503; and whoever leaves must make room.',
  },
  'when more clients connect than allowed, then the surplus is refused, the others are served, and room is made again',
  async ({ connect, setting, request }) => {
    const cap = setting('MAX_CONNECTIONS')
    const crowd = Array.from({ length: cap * 2 }, () => connect())
    for (const connection of crowd) connection.send(ping)
    await Promise.all(
      crowd.map((connection) => connection.until(() => connection.answers().length > 0, 4000)),
    )
    const served = () => crowd.filter((connection) => connection.answers()[0]?.status === 200)
    const left = () => crowd.filter(({ ending }) => ending === 'open').length
    await Promise.all(
      crowd.filter((one) => !served().includes(one)).map((one) => one.untilEnded(1000)),
    )
    const evidence = () => ({
      sent: `${crowd.length} connections at once, each with GET /ping (MAX_CONNECTIONS=${cap})`,
      received: `${served().length} served with 200, ${left()} connections still open`,
    })
    verify(served().length <= cap && left() <= cap, {
      ...evidence(),
      expected: `at most ${cap} served and at most ${cap} left open`,
    })
    verify(served().length >= cap * 0.9, {
      ...evidence(),
      expected: `the first ${cap} served: the cap must not be lower than it says`,
    })

    for (const connection of crowd) connection.close()
    let last = await request('GET /ping')
    for (const deadline = performance.now() + 3000; performance.now() < deadline; ) {
      if (last.answer?.status === 200) break
      last = await request('GET /ping')
    }
    verify(last.answer?.status === 200, {
      ...last,
      sent: `GET /ping, after all ${crowd.length} connections were closed`,
      expected: '200: there is room again',
    })
  },
)

check(
  {
    id: 'parallel-clients',
    why: 'A browser opens six connections, an office hundreds. Limits are for abuse, not for a busy morning.',
    look: 'Lesson, "How many": is a cap written into the code, lower than MAX_CONNECTIONS?',
  },
  'when 20 honest clients come at once, then every one is served',
  async ({ request, random }) => {
    const clients = Array.from({ length: 20 }, async () => [
      await request('GET /ping'),
      await request('POST /orders', { body: { reference: random.word(10), amount: 5 } }),
    ])
    for (const [ping, order] of await Promise.all(clients)) {
      verify(ping?.answer?.body === 'ok', {
        sent: 'GET /ping, 20 clients at once',
        received: ping?.received ?? '',
        expected: '200 for each',
      })
      verify(order?.answer?.status === 201, {
        sent: 'POST /orders, 20 clients at once',
        received: order?.received ?? '',
        expected: '201 for each',
      })
    }
  },
)

check(
  {
    id: 'idle-keep-alive',
    why: 'A connection kept for a next request that never comes is as good as a leak, and one closed at once costs every request a handshake.',
    look: 'Lesson, "How long idle": KEEP_ALIVE_TIMEOUT_MS. Node adds keepAliveTimeoutBuffer (1 s) to it; both are fine here.',
  },
  'when a client is idle after an answer, then its connection is kept for a while and then closed',
  async ({ connect, setting }) => {
    const keptMs = setting('KEEP_ALIVE_TIMEOUT_MS')
    const connection = connect()
    connection.send(ping)
    const answer = await connection.answer(2000)
    const early = await connection.untilEnded(keptMs / 2)
    const sent = 'GET /ping, then nothing'
    verify(answer?.status === 200 && early.ending === 'open', {
      sent,
      expected: `200, and the connection still open ${keptMs / 2} ms later`,
      received: connection.describe(early),
    })
    const nodesBufferMs = 1000
    const withinMs = keptMs + nodesBufferMs + slackMs
    const late = await connection.untilEnded(withinMs)
    verify(late.ending !== 'open', {
      sent,
      expected: `closed within ${seconds(withinMs)} (KEEP_ALIVE_TIMEOUT_MS=${keptMs}, plus Node's buffer of 1 s)`,
      received: connection.describe(late),
    })
  },
)

check(
  {
    id: 'requests-per-socket',
    why: 'Connections that live forever pin clients to one process: after a deployment or behind a balancer the load never evens out.',
    look: 'Lesson, "How many": MAX_REQUESTS_PER_SOCKET. It is a property of the server, not an option of createServer.',
  },
  'when a connection has had its number of requests, then it is closed, not before',
  async ({ connect, setting }) => {
    const most = setting('MAX_REQUESTS_PER_SOCKET')
    const connection = connect()
    for (let count = 1; count <= most; count++) {
      connection.send(ping)
      const answer = await connection.answer(2000, count)
      verify(answer?.status === 200, {
        sent: `request ${count} of ${most} allowed on one connection`,
        expected: '200',
        received: connection.describe(),
      })
    }
    const last = connection.answers().at(-1)
    connection.send(ping)
    await connection.answer(slackMs, most + 1)
    const extra = connection.answers()[most]
    // Node announces the end on the last answer and leaves the closing to the client; a request that
    // comes all the same gets 503.
    const announced = last?.headers.connection === 'close' || connection.ending !== 'open'
    verify(extra?.status !== 200 && announced, {
      sent: `${most + 1} requests, one after the other, on one connection (MAX_REQUESTS_PER_SOCKET=${most})`,
      expected: `${most} answers with 200, the last one with "Connection: close", then no more (or 503)`,
      received: `${connection.answers().filter(({ status }) => status === 200).length} answers with 200, the ${most}th with "Connection: ${last?.headers.connection ?? 'keep-alive'}"`,
    })
  },
)

check(
  {
    id: 'missing-host',
    why: 'HTTP/1.1 demands it (RFC 9112, section 3.2), and code behind you builds links from it.',
    look: 'Node refuses it by default; is requireHostHeader switched off?',
  },
  'when the Host header is missing, then 400',
  async ({ connect }) => {
    const connection = connect()
    connection.send('GET /ping HTTP/1.1\r\nConnection: close\r\n\r\n')
    const answer = await connection.answer(2000)
    verify(answer?.status === 400, {
      sent: connection.sent,
      command: connection.command,
      expected: '400 Bad Request',
      received: connection.describe(),
    })
  },
)

check(
  {
    id: 'two-lengths',
    why: 'Content-Length and Transfer-Encoding together let a proxy and a server disagree where a request ends: the next one is smuggled in (RFC 9112, section 6.1).',
    look: "Node's parser refuses it by default; is insecureHTTPParser on, or a clientError listener that answers otherwise?",
  },
  'when a request gives two lengths for its body, then it is refused and the connection closed',
  async ({ connect }) => {
    const connection = connect()
    connection.send(`${postOrders('Content-Length: 6', 'Transfer-Encoding: chunked')}0\r\n\r\nG`)
    await mustBeCutOff(connection, 300 + slackMs)
  },
)

check(
  {
    id: 'garbage',
    why: 'Scanners send anything. One odd byte must cost its sender the connection, not you the process.',
    look: 'A clientError listener replaces what Node does: it must end the socket, and must not throw.',
  },
  'when a client sends what is not HTTP, then it is cut off and others are served',
  async ({ connect, request }) => {
    const connection = connect()
    connection.send('\x16\x03\x01 what?\r\n\r\n')
    await mustBeCutOff(connection, 300 + slackMs)
    const after = await request('GET /ping')
    verify(after.answer?.status === 200, {
      ...after,
      sent: 'GET /ping, after garbage of another client',
      expected: '200',
    })
  },
)

check(
  {
    id: 'powered-by',
    why: 'It tells a scanner which list of known holes to try, and it is on every answer.',
    look: 'Lesson, "What you give away": one line, app.disable(\'x-powered-by\').',
  },
  'when anything is answered, then it does not say which framework answered',
  async ({ request }) => {
    for (const line of ['GET /ping', 'GET /nowhere']) {
      const exchange = await request(line)
      verify(exchange.answer !== undefined && !('x-powered-by' in exchange.answer.headers), {
        ...exchange,
        expected: 'no X-Powered-By header',
        received: `X-Powered-By: ${exchange.answer?.headers['x-powered-by'] ?? exchange.received}`,
      })
    }
  },
)
