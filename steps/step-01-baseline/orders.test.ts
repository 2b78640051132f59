// The specification of the baseline, from outside.
import { check, verify } from '../../grader/author.ts'

const order = { reference: 'A-1', amount: 12.5 }
const json = { 'content-type': 'application/json' }

check(
  {
    id: 'ping',
    why: 'Every step measures with this endpoint.',
    look: 'ping.ts',
  },
  'when GET /ping, then 200 and exactly "ok" as text/plain',
  async ({ request }) => {
    const exchange = await request('GET /ping')
    const { status, body, headers } = exchange.answer ?? {}
    const type = headers?.['content-type'] ?? ''
    verify(status === 200 && body === 'ok' && type.startsWith('text/plain'), {
      ...exchange,
      expected: '200, text/plain, ok',
    })
  },
)

check(
  {
    id: 'head-ping',
    why: 'Monitors ask with HEAD; they want the headers of GET and no body (RFC 9110, section 9.3.2).',
    look: 'ping.ts: Express answers HEAD with the handler of GET.',
  },
  'when HEAD /ping, then the headers of GET and no body',
  async ({ request }) => {
    const exchange = await request('HEAD /ping')
    const { status, body, headers } = exchange.answer ?? {}
    verify(status === 200 && body === '' && headers?.['content-length'] === '2', {
      ...exchange,
      expected: '200, Content-Length: 2, no body',
    })
  },
)

check(
  {
    id: 'kept-connection',
    why: 'A connection that ends after one answer makes each request pay for a new one.',
    look: 'Is "Connection: close" set for every answer?',
  },
  'when two requests come on one connection, then both are answered',
  async ({ connect }) => {
    const connection = connect()
    connection.send('GET /ping HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
    const first = await connection.answer(3000)
    connection.send('GET /ping HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
    const second = await connection.answer(3000, 2)
    verify(first?.status === 200 && second?.status === 200, {
      sent: 'GET /ping twice on one connection',
      expected: '200 twice',
      received: connection.describe(),
    })
  },
)

check(
  {
    id: 'order-created',
    why: '201 says that something exists now, Location says where (RFC 9110, section 15.3.2).',
    look: 'orders.ts',
  },
  'when POST /orders with an order, then 201, its id, and a Location where it can be read again',
  async ({ request, random }) => {
    const mine = { reference: random.word(12), amount: random.integer(1, 5000) / 4 }
    const exchange = await request('POST /orders', { body: mine })
    const location = exchange.answer?.headers.location ?? ''
    const created = parse(exchange.answer?.body)
    verify(
      exchange.answer?.status === 201 &&
        typeof created?.id === 'string' &&
        location.endsWith(`/orders/${created.id}`),
      {
        ...exchange,
        expected: '201, Location: /orders/<id>, JSON with that id',
      },
    )
    const again = await request(`GET /orders/${created.id}`)
    const read = parse(again.answer?.body)
    verify(read?.reference === mine.reference && read?.amount === mine.amount, {
      ...again,
      expected: `the order with reference "${mine.reference}" and amount ${mine.amount}`,
    })
  },
)

check(
  {
    id: 'chunked-order',
    why: 'A client that streams does not know the length beforehand; its body is as good as any.',
    look: 'orders.ts, limits.ts: is Content-Length required?',
  },
  'when an order comes in chunks, then 201',
  async ({ request }) => {
    const exchange = await request('POST /orders', { body: order, chunked: true })
    verify(exchange.answer?.status === 201, { ...exchange, expected: '201' })
  },
)

check(
  {
    id: 'distinct-ids',
    why: 'Two orders with one id are one lost order. A clock is no source of ids: it stands still within a millisecond.',
    look: 'orders.ts: randomUUID.',
  },
  'when 50 orders come at once, then each has an id of its own',
  async ({ request }) => {
    const exchanges = await Promise.all(
      Array.from({ length: 50 }, () => request('POST /orders', { body: order })),
    )
    const ids = new Set(exchanges.map(({ answer }) => parse(answer?.body)?.id).filter(Boolean))
    verify(ids.size === exchanges.length, {
      sent: 'POST /orders, 50 at once',
      expected: '50 different ids',
      received: `${ids.size} different ids; the last answer: ${exchanges.at(-1)?.received}`,
    })
  },
)

check(
  {
    id: 'malformed-json',
    why: "The mistake is the client's. A 500 wakes somebody up at night for it.",
    look: "errors.ts: the parser's error carries the status 400.",
  },
  'when the body is not JSON though it says so, then 400, not 500',
  async ({ request }) => {
    for (const body of ['{"reference": "A-1", "amount":', 'not json', '{"a":1}}']) {
      const exchange = await request('POST /orders', { headers: json, body })
      verify(exchange.answer?.status === 400, { ...exchange, expected: '400' })
    }
  },
)

check(
  {
    id: 'missing-body',
    why: 'Express 5 leaves req.body undefined when nothing was parsed: req.body.reference then throws, and the client gets 500.',
    look: 'orders.ts: validate req.body itself, not its fields.',
  },
  'when there is no body, an empty one, or one that is not JSON, then 400, not 500',
  async ({ request }) => {
    const bodies = [
      {},
      { headers: json, body: '' },
      { headers: { 'content-type': 'text/plain' }, body: JSON.stringify(order) },
      {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'reference=A-1&amount=3',
      },
    ]
    for (const options of bodies) {
      const exchange = await request('POST /orders', options)
      verify(exchange.answer?.status === 400, { ...exchange, expected: '400' })
    }
  },
)

check(
  {
    id: 'wrong-types',
    why: 'What is let in here is in the database tomorrow. Number("") is 0, and so is Number(null).',
    look: 'orders.ts: a schema, not a conversion.',
  },
  'when a field is missing or of the wrong type, then 400',
  async ({ request }) => {
    const bodies: unknown[] = [
      { ...order, amount: '12.5' },
      { ...order, amount: '' },
      { ...order, amount: null },
      { ...order, amount: -1 },
      { ...order, amount: true },
      { reference: 'A-1' },
      { amount: 3 },
      { ...order, reference: 7 },
      { ...order, reference: '' },
      [order],
      null,
      'order',
      7,
    ]
    for (const body of bodies) {
      const exchange = await request('POST /orders', { headers: json, body: JSON.stringify(body) })
      verify(exchange.answer?.status === 400, { ...exchange, expected: '400' })
    }
    const huge = await request('POST /orders', {
      headers: json,
      body: '{"reference":"A-1","amount":1e999}',
    })
    verify(huge.answer?.status === 400, {
      ...huge,
      expected: '400: 1e999 is Infinity to JSON.parse',
    })
  },
)

check(
  {
    id: 'not-found',
    why: 'A client that parses JSON everywhere should not meet an HTML page when it is lost.',
    look: 'errors.ts: notFound.',
  },
  'when nothing is there, then 404 as JSON',
  async ({ request }) => {
    for (const line of ['GET /nowhere', 'GET /orders/unknown', 'POST /nowhere']) {
      const exchange = await request(line)
      const type = exchange.answer?.headers['content-type'] ?? ''
      verify(
        exchange.answer?.status === 404 &&
          type.startsWith('application/json') &&
          parse(exchange.answer.body) !== undefined,
        {
          ...exchange,
          expected: '404, application/json',
        },
      )
    }
  },
)

function parse(body: string | undefined): Record<string, unknown> | undefined {
  try {
    return JSON.parse(body ?? '')
  } catch {
    return undefined
  }
}
