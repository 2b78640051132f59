// The specification of step 02, from outside: what a client sends, what it must see.
import { promisify } from 'node:util'
import { brotliCompress, deflate, gzip } from 'node:zlib'
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
const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

/** An order that is exactly this long on the wire. */
function orderOf(lengthBytes: number, reference: string): string {
  const order = JSON.stringify({ reference, amount: 1 })
  return order.slice(0, -1) + ' '.repeat(lengthBytes - order.length) + order.slice(-1)
}

/** Settings of a server that is in no hurry, for what has nothing to do with time. */
const calm = {
  HEADERS_TIMEOUT_MS: 8000,
  REQUEST_TIMEOUT_MS: 9000,
  KEEP_ALIVE_TIMEOUT_MS: 8000,
  MAX_REQUESTS_PER_SOCKET: 1000,
  MAX_BODY_BYTES: 16_384,
}

/**
 * Fails unless the server ends this connection within the time, without a word or with this status.
 * Answers from before do not count.
 */
async function mustBeCutOff(connection: Connection, withinMs: number, status = 408): Promise<void> {
  const earlier = connection.answers().length
  const waited = await connection.untilEnded(withinMs)
  const answers = connection.answers().slice(earlier)
  const fits = answers.length === 0 || (answers.length === 1 && answers[0]?.status === status)
  verify(waited.ending !== 'open' && fits, {
    sent: connection.sent,
    command: connection.command,
    expected: `${status} (or no answer) and the connection closed within ${seconds(withinMs)}`,
    received: connection.describe(waited),
  })
}

/** A connection on which one request was answered already. */
async function kept(connect: () => Connection): Promise<Connection> {
  const connection = connect()
  connection.send(ping)
  await connection.answer(2000)
  return connection
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
  'when a client drips its headers, on a new connection or a kept one, then the drops do not buy it time',
  async ({ connect, setting }) => {
    // Twice: on a busy machine a drop may come so late that a timer for silence looks right.
    for (let round = 1; round <= 2; round++) {
      const connections = [connect(), await kept(connect)]
      for (const connection of connections) {
        connection.send(open)
        connection.drip('X-Drip: 1\r\n', 50)
      }
      const withinMs = setting('HEADERS_TIMEOUT_MS') + slackMs
      await Promise.all(connections.map((one) => mustBeCutOff(one, withinMs)))
    }
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
  'when a client stops in the middle of its body, on a new connection or a kept one, then it is cut off',
  async ({ connect, setting }) => {
    const connections = [connect(), await kept(connect)]
    for (const one of connections) one.send(`${postOrders('Content-Length: 100')}{"reference"`)
    const withinMs = setting('REQUEST_TIMEOUT_MS') + slackMs
    await Promise.all(connections.map((one) => mustBeCutOff(one, withinMs)))
  },
)

check(
  {
    id: 'dripped-body',
    why: 'One byte every second keeps an upload "active" for as long as its sender likes.',
    look: 'Lesson, "Two clocks": REQUEST_TIMEOUT_MS covers the whole request; a silence timer does not.',
  },
  'when a client drips its body, announced or chunked, then the drops do not buy it time',
  async ({ connect, setting }) => {
    const announced = connect()
    announced.send(postOrders('Content-Length: 5000'))
    announced.drip(' ', 100)
    const chunked = connect()
    chunked.send(postOrders('Transfer-Encoding: chunked'))
    chunked.drip('1\r\n \r\n', 100)
    const withinMs = setting('REQUEST_TIMEOUT_MS') + slackMs
    await Promise.all([announced, chunked].map((one) => mustBeCutOff(one, withinMs)))
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
    const longMs = setting('HEADERS_TIMEOUT_MS') * 2
    const inDrops = [body.slice(0, 5), body.slice(5, 12), body.slice(12, 20), body.slice(20)]
    const withPause = [body.slice(0, 9), body.slice(9)]
    await Promise.all([
      upload(inDrops, longMs / 3, `Content-Length: ${body.length}`),
      upload(withPause.map(chunk), longMs, 'Transfer-Encoding: chunked', '0\r\n\r\n'),
    ])

    async function upload(pieces: string[], pauseMs: number, header: string, end = '') {
      // The upload has to end before REQUEST_TIMEOUT_MS. On a busy machine it may come too late by
      // our own fault: such an attempt says nothing, so try again.
      for (let attempt = 1; ; attempt++) {
        const connection = connect()
        await connection.untilConnected()
        const start = performance.now()
        connection.send(postOrders(header))
        for (const [i, piece] of pieces.entries()) {
          if (i > 0) await connection.pause(pauseMs)
          connection.send(piece)
        }
        connection.send(end)
        const tookMs = performance.now() - start
        const answer = await connection.answer(2000)
        const tooLate = tookMs > setting('REQUEST_TIMEOUT_MS') * 0.85
        if (answer?.status !== 201 && tooLate && attempt < 5) continue
        verify(answer?.status === 201, {
          sent: `${connection.sent}, in ${pieces.length} pieces over ${seconds(tookMs)}`,
          expected: `201: the whole request took less than REQUEST_TIMEOUT_MS (${seconds(setting('REQUEST_TIMEOUT_MS'))})`,
          received: connection.describe(),
        })
        return
      }
    }
  },
)

check(
  {
    id: 'large-header',
    settings: calm,
    why: 'Every open request keeps its headers in memory, and cookies grow.',
    look: 'Lesson, "Sizes": MAX_HEADER_BYTES.',
  },
  'when the headers are a little larger than allowed, then 431; a little smaller, and they pass',
  async ({ request, setting }) => {
    const headers = (bytes: number) => ({ headers: { 'X-Large': 'x'.repeat(bytes) } })
    const fine = await request('GET /ping', headers(setting('MAX_HEADER_BYTES') * 0.8))
    verify(fine.answer?.status === 200, { ...fine, expected: '200: within MAX_HEADER_BYTES' })
    const large = await request('GET /ping', headers(setting('MAX_HEADER_BYTES') * 1.1))
    verify(large.answer?.status === 431, {
      ...large,
      expected: '431 Request Header Fields Too Large',
    })
  },
)

check(
  {
    id: 'many-headers',
    settings: calm,
    why: 'A thousand tiny headers cost more to handle than one large one.',
    look: 'Lesson, "Sizes": MAX_HEADER_COUNT. It is a property of the server, not an option of createServer.',
  },
  'when there are more headers than allowed, then 431; when there are just as many, then they pass',
  async ({ connect, setting }) => {
    const most = setting('MAX_HEADER_COUNT')
    // Host is one of them.
    const withHeaders = async (count: number, name: (i: number) => string) => {
      const connection = connect()
      const lines = Array.from({ length: count - 1 }, (_, i) => `${name(i)}: 1\r\n`)
      connection.send(`${open}${lines.join('')}\r\n`)
      const answer = await connection.answer(2000)
      const sent = `GET /ping with ${count} headers: Host, ${name(0)}, ${name(1)}, … (MAX_HEADER_COUNT=${most})`
      return { status: answer?.status, sent, received: connection.describe() }
    }
    const fine = await withHeaders(most, (i) => `X-${i}`)
    verify(fine.status === 200, { ...fine, expected: '200: as many as are allowed' })
    for (const name of [(i: number) => `X-${i}`, () => 'X-Same']) {
      const many = await withHeaders(most + 2, name)
      verify(many.status === 431, { ...many, expected: '431: more than MAX_HEADER_COUNT' })
    }
  },
)

check(
  {
    id: 'announced-body',
    settings: calm,
    why: 'Who announces 2 GB need not be let in to prove it. Waiting for the body costs you the bandwidth that the limit was to save.',
    look: 'Lesson, "413, but when?": compare Content-Length with MAX_BODY_BYTES before reading.',
  },
  'when a client announces a body that is too large, then 413 before it is sent',
  async ({ connect, setting }) => {
    const connection = connect()
    connection.send(`${postOrders(`Content-Length: ${setting('MAX_BODY_BYTES') * 64}`)}{"re`)
    const answer = await connection.answer(1000)
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
    settings: calm,
    why: 'Without Content-Length nobody tells you how much will come. express.json answers 413 only after the last byte, which may never come.',
    look: 'Lesson, "413, but when?": count while reading, stop at the limit, answer, close.',
  },
  'when a chunked body grows beyond the limit, then 413 while it is still being sent',
  async ({ connect, setting }) => {
    const length = setting('MAX_BODY_BYTES') + 1
    const pieces = [
      { name: 'one chunk', header: 'Transfer-Encoding: chunked', body: chunk(' '.repeat(length)) },
      {
        name: 'chunks of 1000 bytes',
        header: 'Transfer-Encoding: Chunked',
        body: chunk(' '.repeat(1000)).repeat(Math.ceil(length / 1000)),
      },
    ]
    const refused = async ({ name, header, body }: (typeof pieces)[number]) => {
      const connection = connect()
      connection.send(postOrders(header))
      connection.send(Buffer.from(body))
      const answer = await connection.answer(1000)
      verify(answer?.status === 413, {
        sent: `POST /orders, ${header}, more than MAX_BODY_BYTES (${length - 1}) in ${name}, then nothing`,
        expected: '413 Payload Too Large, though the body has not ended',
        received: connection.describe(),
      })
    }
    await Promise.all(pieces.map(refused))
  },
)

check(
  {
    id: 'closed-after-413',
    settings: calm,
    why: 'While the connection lives, Node reads what is left of the body and throws it away: all 2 GB, if that was announced. The refusal then saves memory, and nothing else.',
    look: 'Lesson, "413, but when?": Connection: close on the 413, so that Node ends the connection after it.',
  },
  'when a body was refused with 413, then its connection is closed',
  async ({ connect, setting }) => {
    const tooLong = setting('MAX_BODY_BYTES') + 1
    const closed = async (header: string, body: string) => {
      const connection = connect()
      connection.send(`${postOrders(header)}${body}`)
      const waited = await connection.untilEnded(1200)
      verify(waited.ending !== 'open', {
        sent: `POST /orders, ${header}, the beginning of a body that is too large`,
        expected: `413, then the connection closed within ${seconds(1200)}`,
        received: connection.describe(waited),
      })
    }
    await Promise.all([
      closed(`Content-Length: ${setting('MAX_BODY_BYTES') * 64}`, '{"re'),
      closed('Transfer-Encoding: chunked', chunk(' '.repeat(tooLong))),
    ])
  },
)

check(
  {
    id: 'exact-limit',
    why: 'A limit that is off by some bytes refuses what it promised to take.',
    look: 'Lesson, "Sizes": MAX_BODY_BYTES itself is allowed; one byte more is not.',
  },
  'when a body is exactly as large as allowed, then 201; when it is one byte larger, then 413',
  async ({ connect, request, setting, random }) => {
    const headers = { 'content-type': 'application/json' }
    const send = (bytes: number, chunked: boolean) =>
      request('POST /orders', { headers, chunked, body: orderOf(bytes, random.word(8)) })
    const limit = setting('MAX_BODY_BYTES')
    const grains = connect()
    const small = orderOf(Math.floor(limit / 3), random.word(8))
    grains.send(
      `${postOrders('Transfer-Encoding: chunked')}${[...small].map(chunk).join('')}${chunk('')}`,
    )
    const whole = await grains.answer(3000)
    verify(whole?.status === 201, {
      sent: `POST /orders, ${small.length} bytes of body in chunks of one byte`,
      expected: '201: it is the body that counts, not its packaging',
      received: grains.describe(),
    })
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
      // Letters of two bytes: fewer letters than the limit has bytes.
      const letters = JSON.stringify({ reference: 'a', amount: 1, note: 'ż'.repeat(limit * 0.6) })
      const wide = await request('POST /orders', { headers, chunked, body: letters })
      verify(wide.answer?.status === 413, {
        ...wide,
        expected: `413: ${letters.length} letters, but ${Buffer.byteLength(letters)} bytes`,
      })
    }
  },
)

check(
  {
    id: 'compressed-body',
    settings: calm,
    why: 'Two kilobytes of gzip can become two megabytes of JSON: the limit is for what you must hold, not for what was sent.',
    look: 'Lesson, "Sizes": count the inflated bytes, or refuse Content-Encoding with 415.',
  },
  'when a small compressed body inflates beyond the limit, or does not inflate, then it is refused',
  async ({ request }) => {
    const order = Buffer.from(orderOf(2_000_000, 'bomb'))
    const bombs = {
      gzip: await promisify(gzip)(order),
      deflate: await promisify(deflate)(order),
      br: await promisify(brotliCompress)(order),
    }
    for (const [encoding, body] of Object.entries(bombs)) {
      const headers = { 'content-type': 'application/json', 'content-encoding': encoding }
      const exchange = await request('POST /orders', { headers, body })
      verify([400, 413, 415].includes(exchange.answer?.status ?? 0), {
        ...exchange,
        sent: `POST /orders, content-encoding: ${encoding}, ${body.length} bytes that inflate to 2 MB`,
        expected: '413 or 415 (or 400)',
      })
    }
    const junk = await request('POST /orders', {
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: 'not gzip at all',
    })
    verify([400, 415].includes(junk.answer?.status ?? 0), { ...junk, expected: '400 or 415' })
  },
)

check(
  {
    id: 'split-character',
    settings: calm,
    why: 'Bytes arrive in pieces, and a piece may end inside a letter. Text that is put together from such pieces is broken.',
    look: 'Lesson, "413, but when?": collect bytes, decode once (Buffer.concat), or use a decoder that remembers.',
  },
  'when a letter of several bytes arrives in two pieces, then it is read as one letter',
  async ({ connect, random }) => {
    const reference = `${random.word(6)}-żółw-🐢`
    const body = Buffer.from(JSON.stringify({ reference, amount: 2 }))
    const inside = body.indexOf(Buffer.from('🐢')) + 2
    const connection = connect()
    await connection.untilConnected() // what is sent before that leaves in one piece
    connection.send(postOrders(`Content-Length: ${body.length}`))
    connection.send(body.subarray(0, inside))
    await connection.pause(60) // long enough to be a piece of its own
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
    settings: calm,
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
      { headers: { 'content-type': 'text/json' }, body: '{"reference": "a", "amount": 1}' },
      {
        headers: { 'content-type': 'application/problem+json' },
        body: '{"reference": "a", "amount": 1}',
      },
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
    id: 'content-type',
    settings: calm,
    why: 'Media types are not case sensitive and may carry a charset (RFC 9110, section 8.3.1): both are ordinary clients.',
    look: 'Lesson, "413, but when?": req.is(\'application/json\') knows all spellings.',
  },
  'when a JSON body is announced in another spelling, then it is read all the same',
  async ({ request }) => {
    const body = '{"reference": "a", "amount": 1}'
    for (const type of ['application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"']) {
      const exchange = await request('POST /orders', { headers: { 'content-type': type }, body })
      verify(exchange.answer?.status === 201, { ...exchange, expected: '201' })
    }
  },
)

check(
  {
    id: 'own-body',
    settings: calm,
    why: 'Many uploads are under way at once. What is kept outside of the request is shared by all of them.',
    look: 'In readJson: is a variable outside of the middleware, or on the server, collecting pieces?',
  },
  'when uploads come interleaved, or one breaks off, then every client gets its own order',
  async ({ connect, request, random }) => {
    const orders = Array.from({ length: 5 }, () => {
      const body = JSON.stringify({ reference: random.word(16), amount: 1 })
      return { body, connection: connect() }
    })
    const brokenOff = connect()
    brokenOff.send(`${postOrders('Content-Length: 100')}{"reference": "ż`.slice(0, -1))
    for (const { body, connection } of orders) {
      await connection.untilConnected()
      connection.send(`${postOrders(`Content-Length: ${body.length}`)}${body.slice(0, 10)}`)
    }
    brokenOff.close()
    await orders[0]?.connection.pause(30) // so that the second halves are pieces of their own
    for (const { body, connection } of orders.toReversed()) connection.send(body.slice(10))
    for (const { body, connection } of orders) {
      const answer = await connection.answer(3000)
      const { reference } = JSON.parse(body)
      verify(answer?.status === 201 && answer.body.includes(reference), {
        sent: `5 orders at once, each in two halves; this one with the reference "${reference}"`,
        expected: `201 with the reference "${reference}"`,
        received: `${connection.describe()} ${answer?.body ?? ''}`,
      })
    }
    const after = await request('POST /orders', { body: { reference: 'after', amount: 1 } })
    verify(after.answer?.status === 201, {
      ...after,
      expected: '201, after a client that broke off',
    })
  },
)

check(
  {
    id: 'still-http',
    settings: calm,
    why: 'A guard must not cost what HTTP promises: some clients send the next request before the last answer, some ask before they upload.',
    look: 'Lesson, "What you give away": what Node does well by default; is there a listener for upgrade or checkContinue, or a guard that cuts quick requests?',
  },
  'when requests are pipelined, ask for HEAD or an upgrade, or wait for 100 Continue, then all are answered',
  async ({ connect, request, random }) => {
    for (const [line, headers] of [
      ['HEAD /ping', {}],
      ['GET /ping', { connection: 'Upgrade', upgrade: 'h2c' }],
    ] as const) {
      const exchange = await request(line, { headers, timeoutMs: 1500 })
      verify(exchange.answer?.status === 200, { ...exchange, expected: '200' })
    }
    const pipelined = connect()
    pipelined.send(ping.repeat(3))
    await pipelined.answer(2000, 3)
    verify(pipelined.answers().filter(({ status }) => status === 200).length === 3, {
      sent: 'GET /ping three times without waiting for the answers',
      expected: '200 three times',
      received: pipelined.describe(),
    })
    const body = JSON.stringify({ reference: random.word(8), amount: 1 })
    const asking = connect()
    asking.send(postOrders(`Content-Length: ${body.length}`, 'Expect: 100-continue'))
    await asking.until(() => asking.received.includes('100 Continue'), 1000)
    asking.send(body)
    const answer = await asking.answer(2000)
    verify(answer?.status === 201, {
      sent: 'POST /orders with Expect: 100-continue',
      expected: '100 Continue, then 201',
      received: asking.describe(),
    })
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
    // From several addresses; some say nothing, and are connections all the same.
    // (macOS has only the one address unless it is told of more.)
    const many = process.platform !== 'darwin'
    const addressOf = (i: number) => (many ? `127.0.0.${2 + (i % 5)}` : '127.0.0.1')
    const silent = Array.from({ length: cap / 2 }, (_, i) => connect(addressOf(i)))
    await Promise.all(silent.map((one) => one.untilConnected()))
    const asking = Array.from({ length: cap * 1.5 }, (_, i) => connect(addressOf(i)))
    for (const connection of asking) connection.send(ping)
    await Promise.all(asking.map((one) => one.until(() => one.answers().length > 0, 4000)))
    const crowd = [...silent, ...asking]
    const served = () => asking.filter((connection) => connection.answers()[0]?.status === 200)
    const left = () => crowd.filter(({ ending }) => ending === 'open').length
    await Promise.all(
      asking.filter((one) => !served().includes(one)).map((one) => one.untilEnded(1000)),
    )
    const evidence = () => ({
      sent: `${crowd.length} connections at once, the first ${silent.length} silent, the others with GET /ping (MAX_CONNECTIONS=${cap})`,
      received: `${served().length} served with 200, ${left()} connections still open`,
    })
    verify(left() <= cap, { ...evidence(), expected: `at most ${cap} connections left open` })
    const room = cap - silent.length
    verify(served().length >= room - 1, {
      ...evidence(),
      expected: `${room} served: the cap must not be lower than it says`,
    })

    for (const [i, connection] of crowd.entries()) {
      if (i % 2 === 0) connection.close()
      else connection.reset()
    }
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
    settings: calm,
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
    const early = await connection.pause(keptMs / 2)
    const sent = 'GET /ping, then nothing'
    // Woken late on a busy machine, we cannot say that it was closed too early.
    const kept = early.ending === 'open' || early.afterMs > keptMs * 0.9
    verify(answer?.status === 200 && kept, {
      sent,
      expected: `200, and the connection still open ${keptMs / 2} ms later`,
      received: connection.describe(early),
    })
    const nodesBufferMs = 1000
    const withinMs = keptMs + nodesBufferMs + slackMs / 2
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
    id: 'kept-as-long-as-set',
    settings: calm,
    why: 'Whoever sets 8 seconds has clients that come back after five. A connection closed before costs them a handshake each time.',
    look: 'Lesson, "How long idle": is it config.keepAliveTimeoutMs, in milliseconds?',
  },
  'when connections may be idle for longer, then they are kept for longer',
  async ({ connect, setting }) => {
    const connection = await kept(connect)
    const pauseMs = 1300 // more than Node's buffer of 1 s and any other clock of the server before
    const waited = await connection.pause(pauseMs)
    verify(waited.ending === 'open', {
      sent: `GET /ping, then nothing for ${seconds(pauseMs)} (KEEP_ALIVE_TIMEOUT_MS=${setting('KEEP_ALIVE_TIMEOUT_MS')})`,
      expected: 'the connection still open',
      received: connection.describe(waited),
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
    const order = JSON.stringify({ reference: 'a', amount: 1 })
    const connection = connect()
    for (let count = 1; count <= most; count++) {
      // Spread over more than a request may take: it is not the age of a connection that counts.
      await connection.pause((1.3 * setting('REQUEST_TIMEOUT_MS')) / most)
      const isOrder = count % 2 === 0
      connection.send(isOrder ? `${postOrders(`Content-Length: ${order.length}`)}${order}` : ping)
      const answer = await connection.answer(2000, count)
      verify(answer?.status === (isOrder ? 201 : 200), {
        sent: `request ${count} of ${most} allowed on one connection`,
        expected: isOrder ? '201' : '200',
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
      expected: `${most} answers, the last one with "Connection: close", then no more (or 503)`,
      received: `${connection.answers().filter(({ status }) => status < 300).length} answers, the ${most}th with "Connection: ${last?.headers.connection ?? 'keep-alive'}"`,
    })
  },
)

check(
  {
    id: 'missing-host',
    settings: calm,
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
    settings: calm,
    why: 'Content-Length and Transfer-Encoding together let a proxy and a server disagree where a request ends: the next one is smuggled in (RFC 9112, section 6.1).',
    look: "Node's parser refuses it by default; is insecureHTTPParser on, or a clientError listener that answers otherwise?",
  },
  'when a request gives two lengths for its body, then it is refused and the connection closed',
  async ({ connect }) => {
    const connection = connect()
    // Read by its chunks, the order ends at the 0, and what follows is a second request.
    connection.send(
      `${postOrders('Content-Length: 5', 'Transfer-Encoding: chunked')}0\r\n\r\n${ping}`,
    )
    await mustBeCutOff(connection, 300 + slackMs, 400)
  },
)

check(
  {
    id: 'garbage',
    settings: calm,
    why: 'Scanners send anything. One odd byte must cost its sender the connection, not you the process.',
    look: 'A clientError listener replaces what Node does: it must end the socket, and must not throw.',
  },
  'when a client sends what is not HTTP, then it is cut off and others are served',
  async ({ connect, request }) => {
    const scraps = [
      '\x16\x03\x01 what?\r\n\r\n',
      `${open}Bad header: \x00\r\n\r\n`,
      `${postOrders('Transfer-Encoding: chunked')}zz\r\n`,
    ]
    for (const scrap of scraps) {
      const connection = connect()
      connection.send(scrap)
      await mustBeCutOff(connection, 300 + slackMs, 400)
    }
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
    settings: calm,
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
        received: exchange.answer
          ? `X-Powered-By: ${exchange.answer.headers['x-powered-by']}`
          : exchange.received,
      })
    }
  },
)
