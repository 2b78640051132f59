// Whoever comes when it is full is told so: 503 on the raw socket. The body goes through a Transform.
import { createServer as createHttpServer, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { Transform } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { Express, RequestHandler } from 'express'
import type { Config } from '#config'

const full = 'HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'

export function createServer(app: Express, config: Config): Server {
  app.disable('x-powered-by')
  const server = createHttpServer({
    headersTimeout: config.headersTimeoutMs,
    requestTimeout: config.requestTimeoutMs,
    connectionsCheckingInterval: config.timeoutCheckIntervalMs,
    keepAliveTimeout: config.keepAliveTimeoutMs,
    maxHeaderSize: config.maxHeaderBytes,
  })
  server.maxHeadersCount = config.maxHeaderCount
  server.maxRequestsPerSocket = config.maxRequestsPerSocket

  const taken = new Set<Socket>()
  server.on('connection', (socket) => {
    if (taken.size >= config.maxConnections) {
      socket.write(full)
      socket.destroySoon()
      return
    }
    taken.add(socket)
    socket.once('close', () => taken.delete(socket))
  })
  server.on('request', (req, res) => {
    if (taken.has(req.socket)) app(req, res)
  })
  return server
}

const failure = (status: number, message: string) => Object.assign(new Error(message), { status })

function atMost(limitBytes: number): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > limitBytes) done(failure(413, 'the body is larger than allowed'))
      else done(null, chunk)
    },
  })
}

export function readJson(config: Config): RequestHandler {
  return async (req, res, next) => {
    if (!req.is('application/json')) return next()
    try {
      if (req.get('content-encoding')) throw failure(415, 'send the body as it is')
      if (Number(req.get('content-length')) > config.maxBodyBytes) {
        throw failure(413, 'the body is larger than allowed')
      }
      const body = await pipeline(req, atMost(config.maxBodyBytes), text)
      req.body = JSON.parse(body)
    } catch (error) {
      res.set('Connection', 'close')
      return next(error instanceof SyntaxError ? failure(400, 'the body is not JSON') : error)
    }
    next()
  }
}
