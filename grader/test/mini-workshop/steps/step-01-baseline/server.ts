import { createServer } from 'node:http'
import { greet } from '#greeting'
import { ping } from '#ping'

const { PORT = '3000', HOST = '127.0.0.1', GREETING = 'Hello' } = process.env

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
  if (pathname === '/ping') ping(response)
  else if (pathname === '/greet') greet(searchParams.get('name'), GREETING, response)
  else response.writeHead(404).end()
})
server.listen(Number(PORT), HOST, () => {
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  console.log(`listening on http://${HOST}:${port}`)
})
