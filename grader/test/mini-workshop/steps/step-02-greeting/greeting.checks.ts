import { check, verify } from '../../../../../grader/author.ts'

check(
  {
    id: 'by-name',
    why: 'People like to be called by their name.',
    look: 'Lesson, "Names".',
  },
  'when a visitor says a name, then the greeting has it',
  async ({ request, random }) => {
    const name = random.word(8)
    const exchange = await request(`GET /greet?name=${name}`, { timeoutMs: 1500 })
    verify(exchange.answer?.body === `Hello, ${name}!`, {
      ...exchange,
      expected: `200, Hello, ${name}!`,
    })
  },
)

check(
  { id: 'no-name', why: 'Nobody is not a visitor.', look: 'Lesson, "Nobody".' },
  'when a visitor says no name, then 400',
  async ({ request }) => {
    const exchange = await request('GET /greet', { timeoutMs: 1500 })
    verify(exchange.answer?.status === 400, { ...exchange, expected: '400' })
  },
)

check(
  {
    id: 'other-words',
    why: 'Not everybody speaks English.',
    look: 'Lesson, "Words": GREETING.',
    settings: { GREETING: 'Moin' },
  },
  'when the words are set otherwise, then the greeting uses them',
  async ({ request }) => {
    const exchange = await request('GET /greet?name=you', { timeoutMs: 1500 })
    verify(exchange.answer?.body === 'Moin, you!', { ...exchange, expected: '200, Moin, you!' })
  },
)

check(
  { id: 'kept-open', why: 'A door that slams is no welcome.', look: 'Lesson, "Doors".' },
  'when two greetings are asked for on one connection, then both come',
  async ({ connect }) => {
    const connection = connect()
    connection.send('GET /greet?name=one HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
    await connection.answer(1500)
    connection.send('GET /greet?name=two HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
    const second = await connection.answer(1500, 2)
    verify(second?.body === 'Hello, two!', {
      sent: connection.sent,
      command: connection.command,
      expected: '200 twice',
      received: connection.describe(),
    })
  },
)
