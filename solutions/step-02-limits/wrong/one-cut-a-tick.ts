// caught by: load:held-too-long
// Cut off the first connection that is too old at each tick; a crowd grows faster.
import { createServer as createHttpServer, type Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Express, RequestHandler } from 'express'
import getRawBody from 'raw-body'
import type { Config } from '#config'

/** Puts the app behind an HTTP server. */
export function createServer(app: Express, config: Config): Server {
  app.disable('x-powered-by')
  const waiting = new Map<Socket, { since: number; forMs: number }>()
  const server = createHttpServer(
    {
      requestTimeout: 0,
      keepAliveTimeout: config.keepAliveTimeoutMs,
      maxHeaderSize: config.maxHeaderBytes,
    },
    (req, res) => {
      waiting.set(req.socket, { since: performance.now(), forMs: config.requestTimeoutMs })
      res.once('close', () => waiting.delete(req.socket))
      app(req, res)
    },
  )
  server.maxHeadersCount = config.maxHeaderCount
  server.maxRequestsPerSocket = config.maxRequestsPerSocket
  server.maxConnections = config.maxConnections
  server.on('connection', (socket) => {
    const begin = () => {
      if (waiting.has(socket)) return
      waiting.set(socket, { since: performance.now(), forMs: config.headersTimeoutMs })
    }
    begin()
    socket.on('data', begin)
    socket.once('close', () => waiting.delete(socket))
  })
  setInterval(() => {
    const now = performance.now()
    const late = [...waiting].find(([, { since, forMs }]) => now - since > forMs)
    late?.[0].destroy()
  }, config.timeoutCheckIntervalMs).unref()
  return server
}

/** Reads a JSON request body into `req.body`. */
export function readJson(config: Config): RequestHandler {
  return async (req, res, next) => {
    if (!req.is('application/json')) return next()
    if (req.headers['content-encoding']) return res.status(415).json({ error: 'send it plain' })
    try {
      const text = await getRawBody(req, {
        length: req.headers['content-length'],
        limit: config.maxBodyBytes,
        encoding: 'utf-8',
      })
      req.body = JSON.parse(text)
      next()
    } catch (error) {
      res.set('Connection', 'close')
      next(error instanceof SyntaxError ? Object.assign(error, { status: 400 }) : error)
    }
  }
}
